import type { CauseWords } from '../messages.js';
import { inBrackets, thePlace, thePort } from './phrases.js';

export const addressWords = {
  'address-not-on-this-machine': {
    title: 'The address to listen on does not belong to this machine',
    summary: ({ address, host }) =>
      `No interface of this machine has the address ${address ?? host ?? 'that the server should bind'}, so the server cannot listen there.`,
    explanation:
      'A server can only bind addresses that one of its own interfaces carries. The address of a router, of a cloud gateway, of another machine or of a configuration that was copied from elsewhere is not among them. An address that an interface gets only later, as at boot, fails in the same way until it is there.',
    proofs: ['No interface carries the address.', 'Or binding fails at boot and works some time later.'],
    lookAlikes: [
      'The address is 127.x.y.z on macOS: its loopback alias is missing.',
      'The printed host is localhost: the name is broken, or IPv6 is off.',
    ],
  },
  'macos-loopback-alias-missing': {
    title: 'macOS has no alias for this 127.x.y.z address',
    summary: ({ address, host }) =>
      `macOS brings only 127.0.0.1 to life; ${address ?? host ?? 'the configured loopback address'} needs an alias on lo0 before a server can listen there.`,
    explanation:
      'Linux and Windows accept the whole block 127.0.0.0/8. macOS knows 127.0.0.1 alone, and every other loopback address has to be added to lo0, anew after each start.',
    proofs: ['The address lies in 127.0.0.0/8, is not 127.0.0.1, and ifconfig lo0 does not list it.'],
    lookAlikes: ['The address is 127.0.0.1 itself: loopback is damaged, or the local ports are used up.'],
  },
  'ipv6-disabled': {
    title: 'The program wants an IPv6 address, but IPv6 is switched off',
    summary: ({ host, address }) =>
      `IPv6 is off on this machine or in this container, so ${address ?? host ?? 'the IPv6 address'} cannot be used; an IPv4 address can.`,
    explanation:
      'The program asks for ::, ::1 or for a localhost that gives ::1, while the kernel has IPv6 disabled or not built in. Containers often have it off where their host has it on.',
    proofs: [
      'The address in the error is ::, ::1, or localhost that gives ::1.',
      'net.ipv6.conf.all.disable_ipv6 is 1, or lo has no ::1 (binding says "cannot assign"); or the kernel has no IPv6 at all ("address family not supported").',
      'The same program works with 127.0.0.1 or 0.0.0.0.',
    ],
    lookAlikes: ['The failing address is an IPv4 literal.'],
  },
  'client-dials-wildcard-address': {
    title: 'The client dials an address that is only good for listening',
    summary: ({ host, address }) =>
      `${host ?? address ?? '0.0.0.0'} means "every address of this machine" to a server; as an address to connect to it is refused or leads to the wrong machine.`,
    explanation:
      'The value was copied from the setting of the server into that of the client. Windows always refuses to dial it (10049). Linux and macOS quietly take it for the own machine, which is wrong as soon as the server is in a container or elsewhere.',
    proofs: ['The dialled address is 0.0.0.0 or ::.'],
    lookAlikes: ['The dialled address is a real one: then the wildcard of the server is not the question.'],
  },
  'localhost-means-the-container': {
    title: 'The client runs in a container and dials its own loopback',
    summary: ({ host, port }) =>
      `Inside a container ${host ?? 'localhost'} is the container itself, and the server${port === undefined ? '' : ` on ${thePort(port)}`} is outside of it.`,
    explanation:
      'Each container has a loopback of its own. A client inside that dials localhost or 127.0.0.1 never leaves it, while the server is on the host or in another container.',
    proofs: [
      'The client is in a container, dials loopback, and the listener is on the host or in another container.',
      'The same address works from the host.',
    ],
    lookAlikes: ['The listener is in the same network namespace as the client.'],
  },
  'client-dials-wrong-host': {
    title: 'The client dials another machine than the one where the server is',
    summary: ({ host, port, otherAddress }) =>
      `The client dials ${host === undefined ? 'one machine' : thePlace(host, port)}, but the server is ${otherAddress === undefined ? 'on another' : `at ${otherAddress}`}.`,
    explanation:
      'A working listener exists, only not at the dialled address: the bridge gateway was taken for the Windows host, the internal address of a container was used from outside, or localhost instead of the machine in which the containers run.',
    proofs: [
      'The server listens on another machine, virtual machine or gateway than the dialled one.',
      "Dialling the server's own address works from the client.",
    ],
    lookAlikes: [
      'The client is in a container and dials 127.0.0.1: its localhost is the container.',
      'The host is right and the port is not published.',
    ],
  },
  'loopback-bind-in-container': {
    title: "The server in the container listens only on the container's own loopback",
    summary: ({ address, port, container }) =>
      `The server listens on ${thePlace(address ?? '127.0.0.1', port)} inside ${container === undefined ? 'the container' : `container ${container}`}, which nobody outside can reach, even when the port is published.`,
    explanation:
      'A published port leads to the network address of the container, not to its loopback. The forwarder on the host accepts the connection, finds nobody inside and drops it: the client sees a connection that opens and closes at once, or a refusal.',
    proofs: [
      'Inside the container the listener is on 127.0.0.1 or ::1 only, while the port is published.',
      'From outside the connection is refused, or accepted and closed without a byte; from inside it works.',
    ],
    lookAlikes: [
      'Inside it listens on 0.0.0.0 or on the container address: look at the published ports and at the firewall.',
      'Nothing listens inside: the server was not started.',
    ],
  },
  'server-bound-to-unreachable-address': {
    title: "The server listens on an address that the client's path does not reach",
    summary: ({ host, port, otherAddress, otherPort }) =>
      `The server listens on ${otherAddress === undefined ? 'another address of its machine only' : `${thePlace(otherAddress, otherPort ?? port)} only`}, and the way of the client${host === undefined ? '' : ` to ${thePlace(host, port)}`} does not lead there.`,
    explanation:
      'A listener on 127.0.0.1 is there for its own machine alone, one on a single interface for that interface alone. A client that comes over another way (from another machine, from Windows into WSL, through a port-forward that dials localhost) is refused, although the server is healthy.',
    proofs: [
      'The listener is on loopback or on one interface, and the client comes over another one.',
      'On the machine of the server the connection works.',
    ],
    lookAlikes: [
      'The server is in a container with a published port: it listens on the loopback of the container.',
      'The listener is on the wildcard address: look at route and firewall.',
    ],
  },
  'debug-address-flag-ignored': {
    title: 'The browser ignores the option that should open its debug port to others',
    summary: ({ port }) =>
      `The browser was told to listen on another address, but keeps ${port === undefined ? 'its debug port' : thePort(port)} on 127.0.0.1: today's Chrome does not honour that option.`,
    explanation:
      'Chrome with a window and Chrome in its new headless mode ignore --remote-debugging-address and listen on 127.0.0.1 only. In a container, that is out of reach for everybody outside.',
    proofs: ['The live command line holds --remote-debugging-address, and the listener is on 127.0.0.1.'],
    lookAlikes: ['The listener is on 0.0.0.0: the option was honoured.'],
  },
  'client-and-server-use-different-sockets': {
    title: 'Client and server mean different sockets',
    summary: ({ socketPath, port, otherAddress }) =>
      `The client looks for ${socketPath ?? (port === undefined ? 'a Unix socket' : thePort(port))}, but the server listens ${otherAddress === undefined ? 'somewhere else' : `on ${otherAddress}`}.`,
    explanation:
      'The client opens a Unix socket and the server listens on TCP, or the two use different paths. To MySQL clients "localhost" means the Unix socket, Docker clients follow their context, and rdbg opens a Unix socket unless it is given a port.',
    proofs: ['The path of the client does not exist, while the server listens on another path or on TCP.'],
    lookAlikes: [
      'The path is the same and the connection is refused: the socket file is left over from an earlier run.',
      'The path is the same and permission is denied: the group is missing.',
    ],
  },
  'unix-socket-path-too-long': {
    title: 'The path of the Unix socket is too long for the system',
    summary: ({ socketPath, used, limit }) =>
      `The socket path${inBrackets(used === undefined ? socketPath : `${used} bytes`)} is longer than the ${limit ?? '107 (Linux) or 103 (macOS)'} bytes that the system takes, so no socket can be made or found there.`,
    explanation:
      'The address of a Unix socket has room for 107 bytes on Linux and 103 on macOS. Deep temporary folders and long user or project names reach that quickly, and some programs only say "invalid argument" or "no such file".',
    proofs: [
      'The full path is longer than 107 bytes on Linux or 103 on macOS.',
      'A short path, such as one under /tmp, works.',
    ],
    lookAlikes: ['The path is short: then "invalid argument" has another reason.'],
  },
} satisfies Record<string, CauseWords>;
