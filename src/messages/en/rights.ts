import type { CauseWords } from '../messages.js';
import { inBrackets, thePlace, thePort, theProcess } from './phrases.js';
import { tracingWords } from './rights-tracing.js';

export const rightsWords = {
  ...tracingWords,
  'privileged-port': {
    title: 'The port is reserved for root',
    summary: ({ port, limit, user }) =>
      `Ports below ${limit ?? 1024} need a special right that ${user ?? 'your user'} does not have, so ${thePort(port)} was refused.`,
    explanation:
      'Linux keeps low ports for root, or for programs with CAP_NET_BIND_SERVICE; net.ipv4.ip_unprivileged_port_start says where ordinary ports begin. macOS does so for single addresses only. For a debugger there is hardly ever a reason to want such a port, and the Node inspector refuses ports below 1024 even as root.',
    proofs: [
      'The port is below net.ipv4.ip_unprivileged_port_start, and the process lacks CAP_NET_BIND_SERVICE.',
      'As root the same start works.',
    ],
    lookAlikes: [
      'The port is at or above the limit: SELinux, a sandbox, or a policy.',
      'Windows has no such limit: there look at excluded port ranges.',
    ],
  },
  'selinux-denies-network': {
    title: 'SELinux forbids the program to use this port',
    summary: (args) =>
      `SELinux did not let ${theProcess(args, 'the program')} use ${thePort(args.port)}${args.line === undefined ? '.' : `. Its record: ${args.line}`}`,
    explanation:
      'Under SELinux a program may bind and dial only ports that carry a label of its domain. A refusal looks like missing rights (errno 13) on a port that anybody may use, even as root; the reason stands in the audit log.',
    proofs: [
      'SELinux is enforcing, and an AVC record from that moment names the program with name_bind or name_connect.',
      'The error is 13 on a port above 1024, for root as well.',
    ],
    lookAlikes: ['There is no AVC record, or SELinux is permissive: then it did not forbid anything.'],
  },
  'windows-urlacl-missing': {
    title: 'Your user may not register this URL with HTTP.sys',
    summary: ({ port, user }) =>
      `${user === undefined ? 'Your user' : `The user ${user}`} has no reservation for ${thePort(port)} in HTTP.sys, so Windows refused the URL (error 5, access denied).`,
    explanation:
      'Servers on HttpListener or HTTP.sys register a URL with Windows. For anything but localhost an ordinary user needs a reservation that an administrator makes once.',
    proofs: ['The error is 5, an administrator can start the same server, and no reservation for the URL exists.'],
    lookAlikes: [
      'The error is 10013: an excluded port range, or a program that took the port exclusively.',
      'The error is 183 or 32: the URL or the port is taken.',
    ],
  },
  'sandbox-confines-program': {
    title: 'A sandbox forbids the program to use the network or the process',
    summary: (args) =>
      `${theProcess(args, 'The program')} runs inside a sandbox${inBrackets(args.detail)} that does not allow this call${args.line === undefined ? '.' : `: ${args.line}`}`,
    explanation:
      'A snap, a flatpak, a macOS sandbox profile or an Android application without the INTERNET permission may do only what its profile lists. The same program outside the sandbox works.',
    proofs: [
      'The same program from an ordinary package works.',
      'The system log names a sandbox or AppArmor denial for it.',
    ],
    lookAlikes: ['It fails outside the sandbox too.', 'Only a wildcard address fails: a policy limits addresses.'],
  },
  'policy-limits-bind-address': {
    title: 'A policy allows only certain addresses',
    summary: ({ host, address, port }) =>
      `Listening on ${thePlace(address ?? host, port)} is forbidden on this machine, while 127.0.0.1 on the same port is allowed.`,
    explanation:
      'Endpoint policies, VPN lock-downs and hosting platforms forbid programs to listen on every address or on another one than the assigned. Loopback usually stays allowed, and is enough for a debugger on the same machine.',
    proofs: ['Binding 127.0.0.1 works, binding the wildcard or another interface on the same port is refused.'],
    lookAlikes: ['Loopback is refused as well: then it is the port, or a sandbox.'],
  },
  'usb-probe-access-denied': {
    title: 'Your user may not open the USB debug probe',
    summary: ({ user, line }) =>
      `${user === undefined ? 'Your user' : `The user ${user}`} has no right to the device file of the probe, so the debug server ends${line === undefined ? '.' : `: ${line}`}`,
    explanation:
      'A debug probe is a USB device, and its device file belongs to root unless a udev rule gives it away. The server may open its ports first and end a moment later, which then looks like a network fault.',
    proofs: ['libusb reports an access error, root can open the probe, and no udev rule covers it.'],
    lookAlikes: ['The probe is not listed at all: cable, driver, or a virtual machine that does not pass it on.'],
  },
  'user-not-in-socket-group': {
    title: 'Your user is not in the group that may use the socket',
    summary: ({ user, socketPath, file }) =>
      `${socketPath ?? file ?? 'The socket'} belongs to a group that ${user ?? 'your user'} is not in, so the connection was refused with "permission denied".`,
    explanation:
      'The rights of a Unix socket are those of a file. The socket of the Docker daemon, for one, is open to root and to the group docker only.',
    proofs: ['The socket file belongs to a group, and the account is not a member of it.'],
    lookAlikes: ['The account is a member, this session is not: log in again.'],
  },
  'group-membership-not-active': {
    title: 'Your new group membership does not count in this session yet',
    summary: ({ user }) =>
      `${user ?? 'Your account'} is in the group, but this session started before that and has the old groups.`,
    explanation:
      'A session gets its groups when it starts. Desktops, agents, services and terminals that were open before keep the old ones until they start anew.',
    proofs: ['"id" with the user name lists the group, "id" alone does not.'],
    lookAlikes: ['Neither lists it: the user is not a member.'],
  },
  'log-file-not-writable': {
    title: 'The server cannot write its log file',
    summary: ({ file, directory, user }) =>
      `${user ?? 'Your user'} may not write ${file ?? directory ?? 'the configured log file'}, and some debug servers end because of that before they listen.`,
    explanation:
      'The log file, or the folder that it should be made in, belongs to somebody else or lies on a read-only file system. debugpy and Java refuse to start then; others go on and log to the terminal.',
    proofs: [
      'The user who starts the server has no write access to the file, or to the nearest folder that exists.',
      'Or the file system is mounted read-only.',
    ],
    lookAlikes: ['The rights are fine and no space is left: the disk is full.'],
  },
} satisfies Record<string, CauseWords>;
