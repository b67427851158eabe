import type { CauseWords } from '../messages.js';
import { inBrackets, thePlace, thePort, theProcess } from './phrases.js';

export const routeWords = {
  'local-network-stack-broken': {
    title: 'Loopback itself does not work on this machine',
    summary: ({ detail }) =>
      `This machine cannot talk to itself over 127.0.0.1${inBrackets(detail)}, so no local debug connection can work, whatever the port.`,
    explanation:
      'Debuggers rely on loopback even when everything runs on one machine. When the loopback interface is down, when its address or route is gone, when a filter driver, a VPN or a mobile hotspot has taken over the network stack, or when an address rule rewrites loopback traffic, each local connection fails or hangs.',
    proofs: [
      'Even 127.0.0.1 with a random free port cannot be bound or dialled, by any program.',
      'The loopback interface is down, or a connection to 127.0.0.1 leaves with an address of the local network.',
    ],
    lookAlikes: [
      'Only one port fails: then the port is the question.',
      'Only one program fails: a sandbox or security software holds it back.',
      'The name localhost fails and 127.0.0.1 works: the hosts file is broken.',
    ],
  },
  'vpn-or-subnet-overlap': {
    title: 'A VPN or a container network covers the same addresses',
    summary: ({ address, host, detail }) =>
      `Packets to ${address ?? host ?? 'the server'} go into another network than the one with the server${inBrackets(detail)}, because both use the same address range.`,
    explanation:
      'The system sends a packet where its routing table says. When a VPN or a container network claims the range in which the server lies, the packets go there and are lost. Some VPN clients also drop all local IPv6, ::1 included.',
    proofs: [
      'The route to the address leads over a tunnel or a container bridge.',
      'Without the VPN the same command works.',
    ],
    lookAlikes: ['The route is right and the other end is silent: a firewall drops the packets.'],
  },
  'port-not-published': {
    title: 'The port of the container is not published',
    summary: ({ port, container }) =>
      `The server listens inside ${container === undefined ? 'the container' : `container ${container}`}, but ${thePort(port)} is not published to the host, so nothing leads from here to there.`,
    explanation:
      'A port inside a container can be reached from outside only when it was published as the container was created. EXPOSE in an image does not do it, and neither does docker compose run without --service-ports. A debugger that opens a second, random port needs that one published too.',
    proofs: [
      'Something listens inside the container, and docker port does not list it.',
      'The first port connects and a second, random one fails.',
    ],
    lookAlikes: ['The port is listed: look at the address on which the server listens inside.'],
  },
  'wsl2-nat-separates-loopback': {
    title: 'Windows and WSL do not share 127.0.0.1',
    summary: ({ host, port }) =>
      `Client and server are on different sides of WSL, which runs behind its own address translation: ${thePlace(host ?? '127.0.0.1', port)} on one side is not the same place on the other.`,
    explanation:
      'WSL 2 is a virtual machine. In its default network mode Windows reaches a server in WSL over localhost through a relay, but WSL does not reach Windows in that way, and other machines do not reach WSL at all.',
    proofs: [
      'WSL runs in NAT mode, client and server are on different sides, and 127.0.0.1 is dialled.',
      'The listener is there on its own side.',
    ],
    lookAlikes: [
      'Windows dials WSL over localhost and the relay listens: the relay is stale.',
      'WSL dials the address of Windows and times out: the Windows firewall drops it.',
    ],
  },
  'wsl-localhost-relay-stale': {
    title: 'The relay from Windows localhost to WSL is dead',
    summary: ({ port }) =>
      `The server answers inside WSL, but the relay that should bring ${thePort(port)} to Windows is stuck or points to nothing.`,
    explanation:
      'A relay process on Windows listens for the ports that open inside WSL and carries connections over. After sleep, a fast start-up or a crash it may stop doing so, or go on listening for a server that is gone.',
    proofs: [
      "The server answers inside WSL and on WSL's own address, and Windows is refused on 127.0.0.1.",
      'Or wslrelay.exe still listens on Windows while nothing listens in WSL.',
    ],
    lookAlikes: [
      'The server is in a container inside WSL and listens on its loopback: bind and publish it.',
      'The refusal lasts less than a second: WSL makes new ports reachable with a short delay.',
    ],
  },
  'wsl-loopback-registration-delay': {
    title: 'WSL makes a new port reachable only after a moment',
    summary: ({ port }) =>
      `The client connected right after the server opened ${thePort(port)}, before WSL had made it reachable from the other side.`,
    explanation:
      'In some network modes WSL registers new listeners with a delay of a few hundred milliseconds. A client that tries once, at once, is refused although the server already listens.',
    proofs: [
      'The connection is refused right after the server listens, and works a moment later.',
      '.wslconfig has networkingMode=VirtioProxy or hostAddressLoopback=true.',
    ],
    lookAlikes: ['It still fails after several seconds: the relay is stale, or the sides do not share loopback.'],
  },
  'proxy-setting-misroutes-connection': {
    title: 'A proxy setting sends the connection to the wrong place',
    summary: ({ host, port, detail }) =>
      `The client hands its connection to ${host === undefined ? 'the server' : thePlace(host, port)} over to a proxy${inBrackets(detail)}, and the proxy cannot reach the debug server.`,
    explanation:
      'HTTP_PROXY, ALL_PROXY or the proxy of the system apply to local addresses too, unless those are excepted. The proxy then answers in place of the server, with an error page of its own or not at all. The reverse occurs as well: a server behind a proxy, and a client that ignores it.',
    proofs: [
      'A proxy is set and loopback is not excepted; the answer carries marks of the proxy such as Via or its error page.',
      'A client that ignores proxies reaches the server.',
    ],
    lookAlikes: ['Neither a proxy variable nor a system proxy is set.'],
  },
  'ssh-forwarding-disabled': {
    title: 'The SSH server forbids port forwarding',
    summary: ({ host }) =>
      `${host === undefined ? 'The SSH server' : `The SSH server ${host}`} accepts the login but refuses to forward ports, so the tunnel to the debug port stays empty.`,
    explanation:
      'Login and forwarding are separate rights. With AllowTcpForwarding no, or a permitopen that leaves the target out, ssh opens the local port all the same, and each connection through it is closed with "administratively prohibited".',
    proofs: [
      'A shell over ssh works, and each forwarded channel fails with "administratively prohibited".',
      'The effective settings of the server say AllowTcpForwarding no, or permitopen leaves the target out.',
    ],
    lookAlikes: ['The channel fails with "Connection refused": forwarding works, and nothing listens at the far end.'],
  },
  'forwarder-has-dead-upstream': {
    title: 'A tunnel or port-forward accepts, but nothing is left at its far end',
    summary: (args) =>
      `${theProcess(args, 'A forwarder')} accepts connections on ${thePort(args.port)} and drops them, because its far end is gone.`,
    explanation:
      'kubectl, ssh, adb and socat accept a connection before they know whether the far end will. When the pod was replaced, the app ended or the server behind it is not up yet, the client sees a connection that opens and closes without a byte.',
    proofs: [
      'The local listener belongs to a forwarder, and connections are accepted and dropped.',
      'The pod was replaced, the app has ended, or nothing listens behind the forward.',
    ],
    lookAlikes: [
      'The far end listens on the loopback of a container: it has to bind another address.',
      'The local listener is the debug server itself.',
    ],
  },
  'socket-on-shared-mount': {
    title: 'The Unix socket lies on a mount that cannot carry sockets',
    summary: ({ socketPath, directory, detail }) =>
      `${socketPath ?? directory ?? 'The socket'} is on a shared or network file system${inBrackets(detail)}; the file may be visible on both sides, but no connection crosses.`,
    explanation:
      'A Unix socket lives in one kernel. Folders that are shared with a virtual machine, with Windows or over a network show its file at best: making it fails, or connecting to it is refused on the other side.',
    proofs: [
      'The file system of the folder is 9p, drvfs, virtiofs, fuse, cifs or nfs.',
      "A path on the system's own file system works.",
    ],
    lookAlikes: ['The file system is local: a left-over file, or missing rights.'],
  },
  'docker-iptables-chain-missing': {
    title: "Docker's firewall chains are gone, so no port can be published",
    summary: () =>
      'Docker tried to add its forwarding rule and did not find its own chains: something flushed the firewall after Docker had started.',
    explanation:
      'Docker publishes ports with rules in chains that it makes as it starts. Restarting firewalld or flushing iptables removes them, mixing the nft and legacy backends hides them, and after a kernel update the modules may be missing until the next start. The error names the port, but the port is free.',
    proofs: [
      'The message is about iptables: "No chain/target/match by that name", "Chain DOCKER does not exist".',
      'The port itself is free.',
    ],
    lookAlikes: ['The message says "port is already allocated" or "address already in use".'],
  },
  'listens-in-other-network-namespace': {
    title: 'The server listens, but in another network namespace',
    summary: (args) =>
      `${theProcess(args, 'The server')} listens on ${thePort(args.port)} inside another network namespace${inBrackets(args.container === undefined ? undefined : `container ${args.container}`)}; from here the port is closed.`,
    explanation:
      'Containers, sandboxes and network labs have a network of their own, loopback included. A server inside shows up in the process list of this machine, while its port does not exist here.',
    proofs: ['The socket table of that process shows the listener, and the one of this namespace does not.'],
    lookAlikes: [
      'The namespace belongs to a container with published ports: look at what is published and which address is bound.',
    ],
  },
  'no-route-to-host': {
    title: 'This machine has no route to the address',
    summary: ({ address, host, detail }) =>
      `The system does not know a way to ${address ?? host ?? 'the server'}${inBrackets(detail)}, so the connection fails before a packet leaves.`,
    explanation:
      'The routing table has no entry for the network, or one that forbids it; or the address belongs to the own network and no machine answers to it. A VPN that is not connected, a machine that is switched off and a mistyped address all look like this.',
    proofs: [
      'The kernel says that the address is unreachable or prohibited, or gives no route.',
      'Or the neighbour does not answer: the error comes after some seconds.',
    ],
    lookAlikes: [
      'The error comes within milliseconds from a host that otherwise answers: a firewall rejects, which is the habit of firewalld.',
    ],
  },
  'forwarder-listens-on-other-family': {
    title: 'The tunnel is up, but only on the other IP family',
    summary: ({ port, otherAddress }) =>
      `The forwarder found ${thePort(port)} taken and listens on ${otherAddress ?? 'the other address family'} only; clients that dial the usual address get whatever has the port there.`,
    explanation:
      'ssh -L with a bare port tries 127.0.0.1 and ::1. When one of them is taken it prints a line and goes on with the other, even with ExitOnForwardFailure, so the tunnel seems to be up and leads nowhere for most clients.',
    proofs: ['ssh listens on [::1] only, and another program has 127.0.0.1 with the same port.'],
    lookAlikes: ['ssh listens on both: look at the far end of the tunnel.'],
  },
} satisfies Record<string, CauseWords>;
