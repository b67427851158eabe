import type { RemedyId } from '../../model/remedy-ids.js';
import type { RemedyWords } from '../messages.js';
import { thePort, theProcess } from './phrases.js';
import { action, advice } from './remedy-words.js';

export const portRemedyWords = {
  'stop-service': {
    title: ({ unit, port }) => `Stop ${unit ?? 'the service'} to free ${thePort(port)}`,
  },
  'change-service-port': {
    title: () => 'Move the service to another port',
    instruct: ({ unit, container, port }) =>
      container === undefined
        ? `Change the port in the configuration of ${unit ?? 'the service'} and restart it, or stop it while you debug. Do not end its process: the service manager starts it again.`
        : `Publish ${thePort(port)} of container ${container} under another number, or stop the container while you debug. Do not end its process: the engine starts it again.`,
  },
  'show-service': action('Show which service the process belongs to'),
  'close-other-session': advice(
    'End the other debug session in the editor',
    'Stop the listening session in the other window, or close that window. If an extension never lets go of the port, restart the editor. To keep both, give one of them another port.',
  ),
  'switch-off-airplay-receiver': advice(
    'Switch AirPlay Receiver off',
    'Open System Settings > General > AirDrop & Handoff and switch AirPlay Receiver off. Ending ControlCenter does not help: macOS starts it again.',
  ),
  'show-url-registrations': action('Show which URLs are registered with HTTP.sys, and for whom'),
  'remove-portproxy-rule': { title: ({ port }) => `Delete the portproxy rule that listens on ${thePort(port)}` },
  'show-portproxy-rules': action('Show the portproxy rules'),
  'switch-off-connection-sharing': advice(
    'Switch Internet Connection Sharing off',
    'If SharedAccess is among the services of the process, switch off Internet Connection Sharing or the mobile hotspot in the network settings. Do not end svchost.exe: other services live in it.',
  ),
  'reserve-windows-port': {
    title: ({ port }) =>
      `Reserve ${thePort(port)} for yourself while WinNAT is stopped (containers and WSL lose their network for that time)`,
  },
  'show-excluded-ports': action('Show the port ranges that Windows has reserved'),
  'show-dynamic-ports': action('Show the range from which outgoing connections get their local port'),
  'free-port-on-windows': {
    title: () => 'Free the port on the Windows side',
    instruct: ({ port }) =>
      `On Windows, find who holds ${thePort(port)} and give that program another port or stop it. Or take WSL out of mirrored mode (networkingMode=nat in .wslconfig, then "wsl --shutdown"), so that Linux gets ports of its own.`,
  },
  'show-wsl-network': action('Show how WSL is connected to Windows'),
  'free-dns-port': advice(
    'Let your server listen on one address, or switch the local resolver stub off',
    'Bind your server to one external address instead of all: systemd-resolved holds only 127.0.0.53 and 127.0.0.54. If you need them all, set DNSStubListener=no in a file under /etc/systemd/resolved.conf.d, let /etc/resolv.conf point to /run/systemd/resolve/resolv.conf, and restart systemd-resolved.',
  ),
  'change-socket-unit': {
    title: () => 'Change the port in the socket unit',
    instruct: ({ unit }) =>
      `Run "systemctl edit ${unit ?? 'NAME.socket'}", write an empty ListenStream= and below it one line per wanted address, then "systemctl daemon-reload" and restart the socket unit. Or disable the socket unit and enable the service. With ssh, keep a second session open meanwhile.`,
  },
  'show-socket-units': action('Show the socket units of systemd'),
  'show-publishing-containers': {
    title: ({ port }) => `Show which containers, stopped ones included, publish ${thePort(port)}`,
  },
  'restart-adb-server': action(
    'Stop the running adb server (the next adb command starts the right one; device sessions end)',
  ),
  'keep-one-adb': advice(
    'Use one adb everywhere',
    'Keep one platform-tools directory on PATH and point the emulator and other tools to it. If the other server runs in a container or as root, stop it there.',
  ),
  'remove-adb-reverse': { title: ({ port }) => `Remove the old entry for ${thePort(port)} on the device` },
  'show-adb-reverse': action('Show what adb reverse has opened on the device'),
  'bind-one-address': {
    title: () => 'Bind one specific address',
    instruct: (args) =>
      `Let the server listen on one address that ${theProcess(args, 'the other listener')} does not cover, or make each listener take one family only (nginx: listen [::]:PORT ipv6only=on; ssh: -4).`,
  },
  'keep-one-server': advice(
    'Stop the server that you do not want',
    'Look at both owners and stop the one that you do not need, usually the older one. Until then dial the literal address of the right one (127.0.0.1 or [::1]) instead of localhost.',
  ),
  'separate-second-port': {
    title: () => 'Give the second port of the server another number too',
    instruct: ({ port }) =>
      `Change the setting that names ${thePort(port)}, or switch that port off if you do not need it (OpenOCD: "telnet_port disabled", "tcl_port disabled"; Tomcat: Server port="-1"; Java: no -Dcom.sun.management.jmxremote.port, since tools of the same user find the JVM without it).`,
  },
  'reserve-dynamic-port': {
    title: ({ port }) =>
      `Keep ${thePort(port)} out of the dynamic range (the value replaces the list: repeat what is in it)`,
  },
  'show-port-sockets': { title: ({ port }) => `Show every socket on ${thePort(port)}, whatever its state` },
  'wait-and-start-again': {
    title: () => 'Wait a moment and start again',
    instruct: ({ port }) =>
      `Start again when ${thePort(port)} is free. An old instance needs a few seconds, ended connections (TIME_WAIT) about a minute.`,
  },
  'set-reuse-address': {
    title: () => 'Let the server listen beside ended connections',
    instruct: () =>
      "Set SO_REUSEADDR before bind (Python: allow_reuse_address = True on the server class), in the program's own test for a free port too. Not on Windows: there it lets two servers share a port.",
  },
  'bind-port-zero': advice(
    'Let the system choose the port',
    'Bind port 0 and read back the number that the system chose, or hand the open listener over, instead of looking for a free port first. Where that is not possible, try the next port when bind fails.',
  ),
  'remove-stale-file': {
    title: ({ socketPath, file }) => `Remove the left-over file ${socketPath ?? file ?? ''}`.trimEnd(),
  },
  'show-file-owner': action('Show which process holds the socket file'),
  'find-hidden-holder': {
    title: () => 'End the program that reserved the port',
    instruct: ({ port }) =>
      `No table names the program that bound ${thePort(port)}. Look at what you started last, and end what hangs or failed half-way.`,
  },
} satisfies Partial<Record<RemedyId, RemedyWords>>;
