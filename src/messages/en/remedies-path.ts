import type { RemedyWords } from '../messages.js';
import { attachAdvice, listenCommand, thePlace, thePort, theProcess } from './phrases.js';
import { firewallRemedyWords } from './remedies-firewall.js';
import { toolRemedyWords } from './remedies-tool.js';
import { action, advice } from './remedy-words.js';

const sharedWords = {
  'show-port-owner': { title: ({ port }) => `See which program has ${thePort(port)}` },
  'show-process': { title: (args) => `See what ${theProcess(args, 'the process')} is` },
  'use-another-port': {
    title: () => 'Give the debug server another port',
    instruct: ({ adapter, host, freePort }) =>
      `Start the server on ${freePort === undefined ? 'a free port from 1024 to 65535' : `port ${freePort}, which is free`}, and set the same number in the client: ${listenCommand(adapter, host ?? '127.0.0.1', freePort)}`,
  },
  'move-to-free-port': {
    title: ({ freePort, configFile }) =>
      `Move the debug server to ${freePort === undefined ? 'a free port' : `port ${freePort}`}${configFile === undefined ? '' : ` in ${configFile}`}`,
  },
  'end-port-owner': { title: (args) => `End ${theProcess(args, 'the program that holds the port')}` },
} satisfies Record<string, RemedyWords>;

const configWords = {
  'use-server-port': {
    title: ({ otherPort }) =>
      `Let the client use ${otherPort === undefined ? 'the port of the server' : `port ${otherPort}, where the server listens`}`,
    instruct: ({ otherPort, configFile }) =>
      `Write ${otherPort === undefined ? 'the same port on both sides' : `port ${otherPort}`} into ${configFile ?? 'the configuration of the client'}, and keep the number in one place only. Where the server moves to another port by itself, tell it to fail instead (such as strictPort in vite).`,
  },
  'write-plain-address': {
    title: () => 'Write host and port in the form that the tool takes',
    instruct: ({ adapter, port }) =>
      `Give a plain address and a port from 1024 to 65535: ${listenCommand(adapter, '127.0.0.1', port)}. Percent-encode special characters of user and password in a URL. JDWP takes *:PORT from JDK 9 on only.`,
  },
  'start-server': {
    title: ({ adapter, port }) =>
      adapter === 'xdebug'
        ? `Let the editor listen on ${thePort(port)}`
        : `Start the program with its debug option on ${thePort(port)}`,
    instruct: ({ adapter, host, port }) =>
      adapter === 'xdebug'
        ? `Before PHP is run, start "Listen for Xdebug" in VS Code, "Start Listening for PHP Debug Connections" in PhpStorm, or dbgpClient -p ${port ?? 'PORT'}, with the same port as xdebug.client_port.`
        : `Put the option on the process itself, before the script or program: ${listenCommand(adapter, host ?? '127.0.0.1', port)}`,
  },
  'attach-by-pid': {
    title: (args) => `Or attach a debugger to ${theProcess(args, 'the running program')} by its process id`,
    instruct: ({ adapter, pid }) => attachAdvice(adapter, pid),
  },
  'call-the-editor': {
    title: () => 'Let PHP begin a session and call the editor',
    instruct: ({ host, port }) =>
      `With Xdebug 3: php -d xdebug.mode=debug -d xdebug.start_with_request=yes -d xdebug.client_host=${host ?? 'HOST'} -d xdebug.client_port=${port ?? 'PORT'} PROGRAM.php, or the same settings in an ini file. The variable XDEBUG_MODE goes before xdebug.mode. With start_with_request=trigger, set XDEBUG_TRIGGER=1 for a script, or the cookie XDEBUG_TRIGGER for a request. The names of Xdebug 2 (remote_enable, remote_host, remote_port) have no effect in 3.`,
  },
  'limit-debug-option': advice(
    'Give the debug option to the wanted process only',
    'Take it out of NODE_OPTIONS, JAVA_TOOL_OPTIONS, JAVA_OPTS, MAVEN_OPTS or org.gradle.jvmargs, and put it on the command line of the final process (node --inspect=… app.js, runtimeArgs in launch.json, CATALINA_OPTS for Tomcat). A child that must be debugged as well gets port 0 or a port of its own.',
  ),
  'show-injected-options': action('See what NODE_OPTIONS holds'),
  'reset-injected-options': advice(
    'Take the injected option out of the shell',
    'Open a new terminal, or unset NODE_OPTIONS in this one; in VS Code switch auto attach off and on. When the path holds blanks or letters outside ASCII, update the editor or move it and its temporary folder to a plain path.',
  ),
  'pass-systemroot': advice(
    'Hand SystemRoot over to the server',
    'Set variables_order = "GPCS" in php.ini, or let the launcher pass SystemRoot and Path on to its children. Or start the server from a command prompt.',
  ),
  'let-one-side-listen': {
    title: ({ port }) => `Let only one side listen on ${thePort(port)}`,
    instruct: () =>
      'With Xdebug, pydevd as client and JDWP server=n the editor listens: start the program as client, let it dial the host of the editor, and take the published or forwarded port out of the container or virtual machine.',
  },
  'name-real-program': advice(
    'Name the real program in the debug configuration',
    'Give the entry file instead of a shim (node_modules/jest/bin/jest.js, not node_modules/.bin/jest), the compiled binary instead of a folder, and an absolute path when a working directory is set. For hardware, choose interface, target and access port of the probe and chip.',
  ),
  'show-file-type': { title: ({ file }) => `See what ${file ?? 'the file'} is and for which architecture` },
} satisfies Record<string, RemedyWords>;

const nameWords = {
  'resolve-name': { title: ({ host }) => `See which address ${host ?? 'the name'} gives` },
  'resolve-name-in-container': action('See which address host.docker.internal gives inside the container'),
  'repair-configuration-file': {
    title: ({ file }) => `Correct ${file ?? 'the configuration file'}`,
    instruct: ({ file, line }) =>
      `Open ${file ?? 'the file'}${line === undefined ? '' : ` at ${line}`} and correct what is named there; then run the check again.`,
  },
  'repair-hosts-file': {
    title: ({ line }) => (line === undefined ? 'Repair the hosts file' : `Repair the hosts line "${line}"`),
    instruct: ({ host, line }) =>
      `In /etc/hosts (Windows: %SystemRoot%\\System32\\drivers\\etc\\hosts) ${
        host === undefined || host === 'localhost'
          ? 'keep the lines "127.0.0.1 localhost" and "::1 localhost", and look for lost digits such as 27.0.0.1 or 172.0.0.1.'
          : `delete or correct ${line === undefined ? `what names ${host}` : `the line "${line}"`}.`
      }`,
  },
  'use-known-name': {
    title: ({ host }) => `Use a name that resolves here${host === undefined ? '' : ` instead of ${host}`}`,
    instruct: () =>
      'Correct the spelling, or write the address itself. Between containers use the service name of the compose file, and put both on one user-defined network. A name of a company network needs its VPN.',
  },
  'add-host-gateway': advice(
    'Start the container with host.docker.internal',
    'Add --add-host=host.docker.internal:host-gateway to docker run, or extra_hosts: ["host.docker.internal:host-gateway"] to the compose file. On the host, the debugger has to listen on the address of the docker bridge too, not only on 127.0.0.1.',
  ),
} satisfies Record<string, RemedyWords>;

const addressWords = {
  'dial-listener-address': {
    title: ({ otherAddress }) =>
      otherAddress === undefined
        ? 'Let the client dial the address where the server listens'
        : 'Let the client dial the address where the server listens on this machine',
    instruct: ({ otherAddress, otherPort, port, configFile }) =>
      `Write ${otherAddress === undefined ? 'the address of the server (127.0.0.1 or ::1 on the same machine)' : thePlace(otherAddress, otherPort ?? port)} into ${configFile ?? 'the configuration of the client'}. Prefer a name that is kept up to date over an address that was copied once.`,
  },
  'bind-loopback': {
    title: () => 'Use the address 127.0.0.1',
    instruct: ({ adapter, port }) =>
      `Let the server listen on 127.0.0.1 and the client dial it: ${listenCommand(adapter, '127.0.0.1', port)}`,
  },
  'bind-every-address': {
    title: () => 'Let the server listen on 0.0.0.0',
    instruct: ({ adapter, port }) =>
      `Start it with ${listenCommand(adapter, '0.0.0.0', port)}. Whoever reaches a debug port controls the program: in a container publish it as 127.0.0.1:${port ?? 'PORT'}:${port ?? 'PORT'}, elsewhere let the firewall pass the client only.`,
  },
  'show-addresses': { title: ({ address }) => `See whether this machine has ${address ?? 'the address'}` },
  'wait-for-address': advice(
    'Start the server after its address is there',
    'When the address appears only some time after boot, order the service after network-online.target, or let it try again.',
  ),
  'add-loopback-alias': {
    title: ({ address, host }) => `Add ${address ?? host ?? 'the address'} to lo0 until the next start`,
  },
  'enable-ipv6': action('Switch IPv6 on until the next start'),
  'show-ipv6-state': action('See whether IPv6 is switched off'),
  'dial-host-from-container': {
    title: () => 'Let the client dial the way out of its container',
    instruct: ({ port }) =>
      `For a server on the host dial host.docker.internal:${port ?? 'PORT'} (Docker Engine on Linux: with --add-host=host.docker.internal:host-gateway), and let that server listen on the bridge address; for a server in another container dial its service name.`,
  },
  'show-published-ports': action('See which ports of the container are published'),
  'show-container-listeners': action('See which addresses are listened on inside the container'),
  'publish-port': {
    title: ({ port }) => `Create the container again with ${thePort(port)} published`,
    instruct: ({ port }) =>
      `docker run -p 127.0.0.1:${port ?? 'PORT'}:${port ?? 'PORT'} …, or the same under ports: in the compose file (docker compose run needs --service-ports). Fix and publish a second port as well where the debugger uses one, as lldb-server platform does.`,
  },
  'tunnel-over-ssh': { title: ({ port }) => `Bring ${thePort(port)} of the server here through ssh` },
  'forward-inside-container': action('Run a relay inside the container, on a port of its own'),
  'use-same-socket': {
    title: () => 'Set the same socket on both sides',
    instruct: ({ socketPath, otherAddress }) =>
      `Give client and server ${otherAddress ?? socketPath ?? 'the same path'}, or a TCP port on both sides (MySQL: -h 127.0.0.1 -P PORT; rdbg: --open --port PORT; Docker: the context of the running engine).`,
  },
  'list-unix-sockets': action('See which Unix sockets are listened on'),
  'show-docker-contexts': action('See which engine the Docker client calls'),
  'shorten-socket-path': advice(
    'Put the socket into a short path',
    'Use a folder directly under /tmp (RUBY_DEBUG_SOCK_DIR=/tmp, --user-data-dir=/tmp/NAME, ControlPath ~/.ssh/%C for ssh), or give the server a TCP port.',
  ),
} satisfies Record<string, RemedyWords>;

const routeWords = {
  'show-route': action('See which way the packets take'),
  'raise-loopback': action('Switch the loopback interface on'),
  'reset-winsock': action('Reset the Winsock catalogue (needs a restart)'),
  'exclude-from-vpn': advice(
    'Keep VPN and filters away from the address',
    'Disconnect the VPN or switch the mobile hotspot or network filter off, and try again. To keep it, except local addresses from the tunnel, keep lo out of MASQUERADE rules, and create the container network with another subnet. When only ::1 fails, use 127.0.0.1 on both sides.',
  ),
  'stay-on-one-side-of-wsl': advice(
    'Run client and server on the same side of WSL',
    'Open the folder through the WSL extension of the editor. Or dial the address of Windows (the default gateway as WSL sees it) with the server listening there and an inbound rule; or set networkingMode=mirrored under [wsl2] in %UserProfile%\\.wslconfig and restart WSL, which ends every distribution.',
  ),
  'forward-port-to-wsl': { title: ({ port }) => `Forward ${thePort(port)} of Windows to WSL, for other machines` },
  'dial-wsl-address': {
    title: () => 'Dial the address of WSL itself',
    instruct: ({ port }) =>
      `Run hostname -I inside WSL and dial that address with ${thePort(port)} from Windows; the server has to listen on 0.0.0.0 there. Restarting WSL (wsl --shutdown) renews the relay and ends every distribution.`,
  },
  'restart-wsl': action('Restart WSL, which ends every distribution and all that runs in it'),
  'retry-shortly': advice(
    'Let the client try again for some seconds',
    'Retry the connection for about five seconds. If the delay hurts, take networkingMode=VirtioProxy or hostAddressLoopback=true out of .wslconfig.',
  ),
  'except-loopback-from-proxy': {
    title: () => 'Except the server from the proxy',
    instruct: ({ host }) =>
      `Set NO_PROXY and no_proxy to localhost,127.0.0.1,::1${host === undefined || ['localhost', '127.0.0.1', '::1'].includes(host) ? '' : `,${host}`} for the client, the editor included, and start it again. On a device or emulator set the proxy to none.`,
  },
  'show-proxy': action('See which addresses are excepted from the proxy'),
  'allow-ssh-forwarding': advice(
    'Allow forwarding on the SSH server',
    'Set AllowTcpForwarding local (or yes) in sshd_config there, check it with sshd -t and reload sshd; or ask its administrator.',
  ),
  'show-ssh-settings': action('Read the effective settings of the SSH server, on that server'),
  'restart-far-end': {
    title: () => 'Start the far end first, then the forward again',
    instruct: ({ port }) =>
      `Start the server behind the forward, wait for its "listening" line, then set the forward for ${thePort(port)} up again: kubectl port-forward to the new pod, adb forward --remove and adb forward, or the ssh tunnel.`,
  },
  'move-socket-to-local-path': advice(
    'Move the socket to a local file system',
    'Put it into /tmp, /run or a named volume, or use TCP between the two sides.',
  ),
  'show-file-system': { title: ({ directory }) => `See on which file system ${directory ?? 'the folder'} is` },
  'restart-docker': action('Restart Docker, which restarts or stops its containers'),
  'show-docker-chain': action("See whether Docker's chain is there"),
  'join-namespace': {
    title: () => 'Run the client where the server is, or bring the port here',
    instruct: ({ container, pid, port }) =>
      container === undefined
        ? `Run the client in the same network namespace (nsenter -t ${pid ?? 'PID'} -n …, ip netns exec NAME …), or publish or forward ${thePort(port)}.`
        : `Run the client inside (docker exec ${container} …), or create the container again with ${thePort(port)} published.`,
  },
  'show-namespace-listeners': action('See who listens in the namespace of the server'),
  'correct-route': {
    title: ({ address, host }) => `Find a way to ${address ?? host ?? 'the server'}`,
    instruct: () =>
      'Check the address, connect the VPN, switch the machine on, or ask who looks after the network for the route.',
  },
  'name-forward-address': {
    title: () => 'Name the address in the forward, and free the port',
    instruct: ({ port, otherAddress }) =>
      `Use ssh -L 127.0.0.1:${port ?? 'PORT'}:… so that a taken port ends the command, and choose a free one.${otherAddress === undefined ? '' : ` Until then the tunnel is at ${thePlace(otherAddress, port)}.`}`,
  },
} satisfies Record<string, RemedyWords>;

/** Remedies from the configuration to the firewall, of the tools, and those that every hop shares. */
export const pathRemedyWords = {
  ...sharedWords,
  ...configWords,
  ...nameWords,
  ...addressWords,
  ...routeWords,
  ...firewallRemedyWords,
  ...toolRemedyWords,
};
