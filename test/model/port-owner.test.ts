import { describe, expect, it } from 'vitest';
import type { DebugServer, Identity, OwnedSocket, ProcessInfo } from '../../src/model/facts.js';
import { judgeOwner } from '../../src/model/port-owner.js';
import { target } from '../remedies/samples.js';

const PORT = 17590;
const ME: Identity = {
  uid: 1000,
  userName: 'me',
  elevated: false,
  mayBindPrivilegedPorts: false,
  pid: 900,
  ancestors: [800, 700],
};

function process(changes: Partial<ProcessInfo> = {}): ProcessInfo {
  return {
    pid: 4000,
    ppid: 700,
    name: 'python3',
    command: ['/usr/bin/python3', 'app.py'],
    uid: 1000,
    user: 'me',
    cwd: '/project',
    executable: '/usr/bin/python3',
    startTime: 12_345,
    startedAt: null,
    state: 'S',
    tracerPid: 0,
    sessionId: 700,
    parents: [{ pid: 700, name: 'bash', command: ['bash'] }],
    unit: null,
    container: null,
    openFiles: 8,
    openFilesLimit: 1024,
    ...changes,
  };
}

function socket(processes: readonly ProcessInfo[], server: DebugServer | null = null, port = PORT): OwnedSocket {
  const local = { address: '127.0.0.1', family: 4, port } as const;
  const remote = { address: '0.0.0.0', family: 4, port: 0 } as const;
  const row = { local, remote, state: 'LISTEN', receiveQueue: 0, uid: 1000, inode: 77 } as const;
  return { row, processes, hidden: processes.length === 0, server, user: 'me', cgroup: null };
}

function serverOf(owner: ProcessInfo, changes: Partial<DebugServer> = {}): DebugServer {
  return {
    adapter: 'debugpy',
    role: 'adapter',
    process: owner,
    mode: null,
    variable: null,
    wantedHost: '127.0.0.1',
    wantedPort: PORT,
    listens: [],
    program: null,
    programGone: false,
    clients: 0,
    takesOneClient: false,
    ...changes,
  };
}

const wanted = target({
  request: 'launch',
  port: PORT,
  cwd: '/project',
  command: ['python3', '-m', 'debugpy', 'app.py'],
});
const judge = (owned: OwnedSocket): unknown => judgeOwner(owned, wanted, ME);

describe('what the owner of a port is', () => {
  it('is systemd, which starts the service on demand', () => {
    const init = process({
      pid: 1,
      ppid: 0,
      name: 'systemd',
      command: ['/sbin/init'],
      uid: 0,
      user: 'root',
      parents: [],
    });
    expect(judge(socket([init]))).toMatchObject({
      relation: 'socket-activated',
      cause: 'systemd-socket-unit-owns-port',
    });
  });

  it('is the service, when systemd still holds the socket beside it', () => {
    const init = process({ pid: 1, name: 'systemd' });
    const service = process({ pid: 500, unit: 'web.service' });
    expect(judge(socket([init, service]))).toMatchObject({
      relation: 'managed-service',
      cause: 'port-held-by-managed-service',
    });
  });

  it('is the resolver, on its port only', () => {
    const resolver = process({ name: 'systemd-resolve', unit: 'systemd-resolved.service' });
    expect(judge(socket([resolver], null, 53))).toMatchObject({ cause: 'systemd-resolved-holds-port-53' });
    expect(judge(socket([resolver]))).toMatchObject({ cause: 'port-held-by-managed-service' });
  });

  it('is a proxy of Docker, which would be started again', () => {
    const proxy = process({ name: 'docker-proxy', uid: 0 });
    expect(judge(socket([proxy]))).toMatchObject({ relation: 'forwarder', cause: 'port-held-by-managed-service' });
  });

  it.each(['ssh', 'kubectl', 'socat'])('is a forwarder: %s', (name) => {
    expect(judge(socket([process({ name })]))).toMatchObject({
      relation: 'forwarder',
      cause: 'port-held-by-other-program',
    });
  });

  it('is an editor', () => {
    expect(judge(socket([process({ name: 'code' })]))).toMatchObject({
      relation: 'editor',
      cause: 'port-held-by-editor',
    });
  });

  it('is a stopped job, also when it is a debug server', () => {
    const stopped = process({ state: 'T' });
    expect(judge(socket([stopped], serverOf(stopped)))).toMatchObject({
      relation: 'suspended-job',
      cause: 'suspended-job-holds-port',
    });
  });

  it('is an orphan, also one of another debugger', () => {
    const adapter = process();
    const orphan = serverOf(adapter, { programGone: true, adapter: 'lldb' });
    expect(judge(socket([adapter], orphan))).toMatchObject({
      relation: 'orphan',
      cause: 'orphaned-debug-adapter-holds-port',
    });
  });

  it('is the previous run: certain when its program is the one to be launched', () => {
    const adapter = process({ command: ['python3', 'debugpy/adapter'], cwd: '/' });
    const cause = 'previous-run-still-listening';
    expect(judge(socket([adapter], serverOf(adapter, { program: process() })))).toMatchObject({
      cause,
      confidence: 'certain',
    });
    const elsewhere = serverOf(adapter, { program: process({ cwd: '/other' }) });
    expect(judge(socket([adapter], elsewhere))).toMatchObject({ cause, confidence: 'likely' });
    expect(judge(socket([adapter], serverOf(adapter)))).toMatchObject({ cause, confidence: 'likely' });
  });

  it('is a server that another user runs', () => {
    const adapter = process({ uid: 1001, user: 'you' });
    expect(judge(socket([adapter], serverOf(adapter)))).toMatchObject({
      relation: 'running-server',
      cause: 'server-already-running',
    });
  });

  it('is our own child, or started from the same shell, or neither', () => {
    const child = process({ ppid: 900, parents: [{ pid: 900, name: 'node', command: [] }] });
    expect(judge(socket([child]))).toMatchObject({ relation: 'own-child' });
    expect(judge(socket([process({ ppid: 800 })]))).toMatchObject({ relation: 'sibling' });
    expect(judge(socket([process({ ppid: 700 })]))).toMatchObject({ relation: 'stranger' });
    expect(judge(socket([process({ ppid: 1 })]))).toMatchObject({ relation: 'stranger' });
  });

  it('is hidden, and that is no certainty', () => {
    expect(judge(socket([]))).toMatchObject({ relation: 'hidden', confidence: 'likely' });
  });
});
