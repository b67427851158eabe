import type { CauseWords } from '../messages.js';
import { theHolder } from './holder.js';
import { inBrackets, thePort, theProcess } from './phrases.js';

export const portHolderWords = {
  'port-held-by-other-program': {
    title: 'Another program holds the port',
    summary: (args) =>
      `${theHolder(args, 'Another program')} already listens on ${thePort(args.port)}, so the debug server cannot.`,
    explanation:
      'Only one program at a time can listen on an address and port. The debug server asked for one that a program which has nothing to do with it already has, and the system refused.',
    proofs: [
      'A listener exists on the wanted address and port, or on a wildcard address that covers it, and its process is no earlier run, child or sibling of the server.',
      'The same server starts on another port.',
      'On Windows a program that took the port exclusively gives error 10013 in place of 10048; its process is listed all the same.',
    ],
    lookAlikes: [
      'No process listens there: look at TIME_WAIT, at outgoing connections that use the port, and at other network namespaces.',
      'The owner is a service, an editor, or part of the system: it needs another setting, not an end.',
    ],
  },
  'port-held-by-managed-service': {
    title: 'A service holds the port, and would come back if it were ended',
    summary: (args) => {
      const service = args.container === undefined ? args.unit : `container ${args.container}`;
      return `${theProcess(args, 'A service')}${inBrackets(service)} listens on ${thePort(args.port)} and is started again whenever it ends, so move the debug server or change the service.`;
    },
    explanation:
      'A service manager keeps the owner of the port alive: systemd, launchd, the Windows service manager, Homebrew, a container engine. To end the process helps for a second; then a new one with another pid has the port again. The place to change is the setting of the service.',
    proofs: [
      'The owner belongs to a systemd unit, a launchd job, a Windows service or a container.',
      'After its process ended, the same program listens again under a new pid.',
    ],
    lookAlikes: ['No service manager stands above the owner: it is an ordinary program, or an earlier run of yours.'],
  },
  'port-held-by-editor': {
    title: 'An editor holds the port',
    summary: (args) =>
      `${theProcess(args, 'An editor or one of its extensions')} already listens on ${thePort(args.port)}: most likely another window, or a debug session that was never ended.`,
    explanation:
      'Some debuggers work the other way round: the editor listens and the program calls it. Two windows, two editors, or an extension that never closes its listener then meet on the same default port.',
    proofs: ['The owner of the port is the editor itself or its extension host.'],
    lookAlikes: [
      'The owner is a debug adapter whose editor is gone: that one is left over and can be ended.',
      'The editor forwards the port of a remote machine: then attach, the server is at the other end.',
    ],
  },
  'macos-airplay-receiver-holds-port': {
    title: 'The AirPlay Receiver of macOS holds the port',
    summary: ({ port }) =>
      `AirPlay Receiver, a part of macOS, listens on ${thePort(port)}; it has taken 5000 and 7000 since macOS 12.`,
    explanation:
      'ControlCenter listens on ports 5000 and 7000 for AirPlay on every address. A server on 127.0.0.1 may still start beside it, and then localhost reaches one of the two and 127.0.0.1 the other.',
    proofs: [
      'The port is 5000 or 7000 and its owner is ControlCenter (lsof shortens it to ControlCe).',
      'An HTTP request is answered with 403 and "Server: AirTunes".',
    ],
    lookAlikes: ['The owner is another program: then AirPlay has nothing to do with it.'],
  },
  'windows-http-sys-holds-port': {
    title: 'HTTP.sys, a part of Windows, holds the port for a service',
    summary: ({ port }) =>
      `Windows itself (System, pid 4) listens on ${thePort(port)} on behalf of a service that registered a URL there, such as IIS or BranchCache.`,
    explanation:
      'HTTP.sys is a driver that accepts web requests for every service that registers a URL. The listener belongs to the System process, which can not be ended and must not be; what holds the port is the service behind the registration. The error is often 10013, access denied, instead of "address in use".',
    proofs: ['The owner of the port has pid 4, and a registered URL names this port.'],
    lookAlikes: [
      'The owner has another pid: an ordinary program or service.',
      'Nobody owns the port: an excluded port range.',
    ],
  },
  'windows-system-service-holds-port': {
    title: 'A Windows system service holds the port',
    summary: (args) =>
      `${theProcess(args, 'A system service inside svchost.exe')} listens on ${thePort(args.port)}: usually Internet Connection Sharing, or a portproxy rule that somebody added.`,
    explanation:
      'svchost.exe runs several services in one process. Internet Connection Sharing takes port 53, and the IP Helper service listens for every portproxy rule. To end the process would end all of its services; switch off the one that listens.',
    proofs: [
      'The owner is svchost.exe and its services include SharedAccess or iphlpsvc.',
      'A portproxy rule listens on this port.',
    ],
    lookAlikes: ['The owner is pid 4: HTTP.sys.'],
  },
  'windows-excluded-port-range': {
    title: 'Windows has reserved the port, and nobody may listen on it',
    summary: ({ port, detail }) =>
      `No program holds ${thePort(port)}: Windows keeps it in a reserved range${inBrackets(detail)}, so even an administrator gets "access denied" (10013).`,
    explanation:
      'Hyper-V, WinNAT, WSL and Docker reserve blocks of ports each time Windows starts, and the blocks move. A port that worked yesterday can lie inside one today. No process is to blame and none can be ended; take a port outside the ranges, or reserve yours before the others do.',
    proofs: [
      'No process owns the port, and it lies in a range that netsh lists as excluded, for IPv4 or IPv6.',
      'An administrator gets the same error 10013.',
    ],
    lookAlikes: [
      'An owner is visible: a program that took the port exclusively, or HTTP.sys.',
      'The range is marked with a star: an administrator added it, and it does not stop a server that asks for the port.',
      'Every port fails: security software or a broken network stack.',
    ],
  },
  'wsl-port-held-on-windows-side': {
    title: 'A Windows program holds the port that a program in WSL wants',
    summary: ({ port, processName }) =>
      `Nobody in WSL holds ${thePort(port)}; ${processName ?? 'a program'} on the Windows side does, and both sides share their ports here.`,
    explanation:
      'WSL 1, and WSL 2 in mirrored mode, use the ports of Windows. A listener on the Windows side then blocks one in Linux, although no Linux tool can see it.',
    proofs: [
      'Inside WSL no socket uses the port, on Windows a process listens there.',
      'The machine runs WSL 1, or WSL 2 in mirrored mode.',
    ],
    lookAlikes: ['WSL 2 in its default mode (NAT) has ports of its own: then look for the owner inside WSL.'],
  },
  'systemd-resolved-holds-port-53': {
    title: 'systemd-resolved holds port 53',
    summary: () =>
      'The resolver of the system listens on 127.0.0.53 and 127.0.0.54, port 53, so a server that wants port 53 on every address collides with it.',
    explanation:
      'systemd-resolved answers name look-ups of this machine on two loopback addresses. A bind to one other address works beside it; a bind to every address includes its two and is refused.',
    proofs: ['The port is 53 and its owner is systemd-resolve on 127.0.0.53.'],
    lookAlikes: ['Another port, or another owner such as dnsmasq: then it is an ordinary conflict.'],
  },
  'systemd-socket-unit-owns-port': {
    title: 'A systemd socket unit owns the port',
    summary: ({ port, unit }) =>
      `systemd itself (pid 1) listens on ${thePort(port)} for ${unit ?? 'a socket unit'}, and starts the service only when somebody connects.`,
    explanation:
      'With socket activation systemd opens the port before the service runs. The port in the configuration of the service then counts for nothing, or collides with the one of the socket unit. It surprises most often with sshd on newer Ubuntu releases.',
    proofs: ['The owner of the port is pid 1, and a socket unit lists this port.'],
    lookAlikes: ['The owner is the service itself: then its own configuration decides.'],
  },
  'docker-stale-port-allocation': {
    title: 'Docker keeps the port of a container that is gone',
    summary: ({ port }) =>
      `Docker still counts ${thePort(port)} as taken, although no container publishes it any more.`,
    explanation:
      'The daemon keeps its own list of published ports. After a crash or an abrupt end, an entry (or its docker-proxy process) can outlive the container, and each new container that wants the port is refused.',
    proofs: [
      'The daemon says "port is already allocated", or docker-proxy listens, and no container, stopped ones included, publishes the port.',
    ],
    lookAlikes: ['A container publishes it after all, maybe in another Docker context or for another user.'],
  },
  'adb-server-version-conflict': {
    title: 'Two versions of adb fight over its port',
    summary: ({ port, otherInterpreter }) =>
      `An adb server of another version${otherInterpreter === undefined ? '' : ` (${otherInterpreter})`} runs on port ${port ?? 5037}; each adb ends the server of the other.`,
    explanation:
      'Every adb program shares one server on port 5037. When two copies of different versions are in use (SDK, emulator, phone assistant, container), each of them ends the server of the other and starts its own, and device sessions break off without a reason that one could see.',
    proofs: [
      'adb says that the versions of client and server differ.',
      'The owner of port 5037 is an adb from another directory.',
    ],
    lookAlikes: ['There is only one adb on the machine: then it is an ordinary conflict on the port.'],
  },
  'adb-reverse-listener-conflict': {
    title: 'The device already has a listener where adb reverse wants one',
    summary: ({ port }) =>
      `On the device, not on this machine, ${thePort(port)} is taken: by an earlier adb reverse, or by an application there.`,
    explanation:
      'adb reverse opens a port on the device that leads to this machine. An entry of an earlier session, or an application that listens on the same number, is in its way. Freeing the port on this machine changes nothing.',
    proofs: ['The port is free on this machine, and the list of reverse entries already has it.'],
    lookAlikes: ['adb forward fails: that one opens its port here, so look at this machine.'],
  },
} satisfies Record<string, CauseWords>;
