import type { CauseWords } from '../messages.js';
import { inBrackets, thePlace } from './phrases.js';

export const nameWords = {
  'localhost-entry-broken': {
    title: 'The name localhost is missing or points to another address',
    summary: ({ address, line }) =>
      `The name localhost ${address === undefined ? 'does not lead to this machine' : `gives ${address}, which is not this machine`}${inBrackets(line)}, so whatever binds or dials it fails.`,
    explanation:
      'localhost is an ordinary entry of the hosts file. When it is deleted, mistyped (27.0.0.1, 172.0.0.1) or answered by a name server with an outside address, servers cannot bind it and clients call a stranger. It looks like a port problem, but every port fails alike.',
    proofs: [
      'localhost gives no address, or one outside 127.0.0.0/8 and ::1.',
      'The same server works with the literal 127.0.0.1.',
      'Every port is reported as taken or unusable, not only one.',
    ],
    lookAlikes: [
      'localhost gives 127.0.0.1 or ::1: then the address family is the question, not the entry.',
      '127.0.0.1 fails too: the loopback interface or a filter is at fault.',
    ],
  },
  'service-name-resolves-wrongly': {
    title: 'A service name is unknown here or leads to an old address',
    summary: ({ host, address, line }) =>
      `${host ?? 'The name of the service'} ${address === undefined ? 'does not lead to the service' : `gives ${address}, which is not the service`}${line === undefined ? '' : ` because of the hosts line "${line}"`}.`,
    explanation:
      'Names of services and containers are known only inside their own network, and a line in the hosts file beats every name server. A line left over from an earlier setup sends the client to a machine that no longer has the service.',
    proofs: [
      'A line of the hosts file names the service, and its address is not the one of the service.',
      "The container network's name server has no record for the name.",
      'The address of the service works when it is dialled directly.',
    ],
    lookAlikes: [
      'The name is localhost: see the entry for localhost.',
      'The name gives the right address and is refused there: the name is innocent.',
    ],
  },
  'host-docker-internal-missing': {
    title: 'The container does not know host.docker.internal',
    summary: ({ container }) =>
      `Inside ${container === undefined ? 'the container' : `container ${container}`} the name host.docker.internal gives no usable address: Docker Engine on Linux does not add it by itself.`,
    explanation:
      'Docker Desktop provides the name host.docker.internal, Docker Engine on Linux does so only when it is told to. A debugger in a container that calls the editor on the host by this name fails on the name, or reaches the bridge address where nobody listens.',
    proofs: [
      'The engine is Docker Engine on Linux, and the name gives no address inside the container.',
      'Or it gives the bridge address, and nothing on the host listens there.',
    ],
    lookAlikes: ['The name gives an address: then look at where the editor on the host listens.'],
  },
  'localhost-resolves-to-other-family': {
    title: 'Client and server mean different addresses by localhost: IPv4 and IPv6',
    summary: ({ host, port, address, otherAddress }) =>
      `${host ?? 'localhost'} leads the client to ${address ?? 'one address family'}, but the server listens on ${otherAddress === undefined ? 'the other one only' : `${thePlace(otherAddress, port)} only`}.`,
    explanation:
      'localhost stands for both 127.0.0.1 and ::1. A server that binds only one of them is not there for a client whose resolver gives the other one first. Newer runtimes no longer prefer IPv4, so an update is enough to bring this out.',
    proofs: [
      'The listener exists in one family only: 127.0.0.1 accepts and ::1 refuses, or the reverse.',
      'The name gives first the family in which nothing listens.',
    ],
    lookAlikes: [
      'Both literals are refused: nothing listens.',
      'Both literals accept and different programs answer: two servers share the port.',
    ],
  },
  'name-does-not-resolve': {
    title: 'The host name does not resolve',
    summary: ({ host, detail }) =>
      `No address could be found for ${host ?? 'the host name'}${inBrackets(detail)}, so there is nothing to connect to.`,
    explanation:
      'The resolver was asked for the name and gave no address. Either the name does not exist (mistyped, or known only inside a VPN or another network), or the name server did not answer.',
    proofs: [
      'getaddrinfo gives EAI_NONAME or EAI_NODATA: the name or its addresses do not exist.',
      'getaddrinfo gives EAI_AGAIN: the name server did not answer, and other names fail as well.',
    ],
    lookAlikes: [
      'The name is localhost: the hosts file is broken.',
      'The name is host.docker.internal: the container was started without it.',
    ],
  },
} satisfies Record<string, CauseWords>;
