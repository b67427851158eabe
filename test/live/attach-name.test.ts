import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectorAnswers } from './lab/clients.js';
import { PYTHON, startNode, startPython } from './lab/debuggers.js';
import { expectCause, expectHealthy, runDoctor } from './lab/doctor.js';
import { NEAR } from './lab/namespace.js';
import { nextPort } from './lab/ports.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const canTest = canRun('names and addresses', 'root', 'ip', PYTHON);

/** Names come from the hosts file alone: no test asks a name server. */
const NSSWITCH = 'passwd: files\ngroup: files\nhosts: files\n';
const BOTH = '127.0.0.1 localhost\n::1 localhost\n';

function withHosts(hosts: string) {
  return scene.namespace({ files: { hosts, 'nsswitch.conf': NSSWITCH } });
}

describe.runIf(canTest)('names', () => {
  it('finds a name that does not resolve', async () => {
    const { name: namespace } = withHosts(BOTH);
    const examination = await runDoctor(['check', 'nosuch.invalid:5678'], { namespace });
    expect(expectCause(examination, 'name-does-not-resolve')).toMatchObject({
      confidence: 'certain',
      args: { detail: 'ENOTFOUND' },
    });
    expect(examination.target.diagnosis.symptom?.id).toBe('name-not-resolved');
  });

  it('leaves open whether the name is wrong when no name server answers', async () => {
    const files = { hosts: BOTH, 'nsswitch.conf': 'hosts: files dns\n', 'resolv.conf': 'nameserver 127.0.0.1\n' };
    const { name: namespace } = scene.namespace({ files });
    const examination = await runDoctor(['check', 'nosuch.invalid:5678'], { namespace });
    expect(expectCause(examination, 'name-does-not-resolve')).toMatchObject({
      confidence: 'likely',
      args: { detail: 'EAI_AGAIN' },
    });
  });

  it.each([
    { what: 'missing in the hosts file', hosts: '127.0.0.1 other\n', args: { detail: 'ENOTFOUND' } },
    { what: 'sent elsewhere by the hosts file', hosts: '203.0.113.9 localhost\n', args: { address: '203.0.113.9' } },
  ])('finds localhost $what', async ({ hosts, args }) => {
    const port = nextPort();
    const { name: namespace } = withHosts(hosts);
    await startNode(scene, port, { namespace });
    const examination = await runDoctor(['check', `localhost:${port}`, '--adapter', 'node'], { namespace });
    expect(expectCause(examination, 'localhost-entry-broken').args).toMatchObject(args);
    expectHealthy(await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'node'], { namespace }));
  });

  it.each([
    { listens: '::1', hosts: '127.0.0.1 localhost\n' },
    { listens: '127.0.0.1', hosts: '::1 localhost\n' },
  ])('finds that localhost is the other family than $listens', async ({ listens, hosts }) => {
    const port = nextPort();
    const { name: namespace } = withHosts(hosts);
    await startNode(scene, port, { host: listens, namespace });
    const examination = await runDoctor(['check', `localhost:${port}`, '--adapter', 'node'], { namespace });
    const { args } = expectCause(examination, 'localhost-resolves-to-other-family');
    expect(args).toMatchObject({ otherAddress: listens, otherPort: port });
  });

  it.each(['::1', '127.0.0.1'])('is healthy on %s when localhost means both', async (host) => {
    const port = nextPort();
    const { name: namespace } = withHosts(BOTH);
    await startNode(scene, port, { host, namespace });
    expectHealthy(await runDoctor(['check', `localhost:${port}`, '--adapter', 'node'], { namespace }));
  });
});

describe.runIf(canTest)('addresses', () => {
  it('finds that the server listens on loopback while another address of the machine is dialled', async () => {
    const port = nextPort();
    const { near } = scene.twoMachines();
    await startNode(scene, port, { namespace: near.name });
    const examination = await runDoctor(['check', `${NEAR.four}:${port}`, '--adapter', 'node'], {
      namespace: near.name,
    });
    expect(expectCause(examination, 'server-bound-to-unreachable-address').args).toMatchObject({
      address: NEAR.four,
      otherAddress: '127.0.0.1',
    });
  });

  it('finds IPv6 switched off where the server listens on :: and ::1 is dialled', async () => {
    const port = nextPort();
    const space = withHosts(BOTH);
    space.run('sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1');
    await startNode(scene, port, { host: '::', namespace: space.name });
    const examination = await runDoctor(['check', `[::1]:${port}`, '--adapter', 'node'], { namespace: space.name });
    expectCause(examination, 'ipv6-disabled');
  });

  it.each([70_000, 0])('refuses port %i', async (port) => {
    expectCause(await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'debugpy']), 'invalid-address-syntax');
  });

  it('takes 0.0.0.0 as Linux does, for this machine', async () => {
    const port = nextPort();
    await startNode(scene, port);
    expectHealthy(await runDoctor(['check', `0.0.0.0:${port}`, '--adapter', 'node']));
    expect(await inspectorAnswers(port)).toBe(true);
  });

  it('blames the missing server, not 0.0.0.0, when nothing listens', async () => {
    const examination = await runDoctor(['check', `0.0.0.0:${nextPort()}`, '--adapter', 'node'], { alone: true });
    expectCause(examination, 'server-not-started');
    expect(examination.causes).toContain('client-dials-wildcard-address');
  });
});

describe.runIf(canTest)('Unix sockets', () => {
  const LISTEN = 'listener = socket.socket(socket.AF_UNIX); listener.bind(args[0]); listener.listen(4)';

  it('finds that there is no such path', async () => {
    const path = join(scene.folder(), 'server.sock');
    expect(expectCause(await runDoctor(['check', `unix:${path}`]), 'server-not-started').args.file).toBe(path);
  });

  it('finds a path that is too long for a socket', async () => {
    const examination = await runDoctor(['check', `unix:/tmp/${'x'.repeat(120)}`]);
    expect(expectCause(examination, 'unix-socket-path-too-long').args).toMatchObject({ used: 125, limit: 107 });
  });

  it('finds a socket file whose server is gone', async () => {
    const path = join(scene.folder(), 'server.sock');
    const server = await startPython(scene, LISTEN, [path]);
    await server.end();
    expect(expectCause(await runDoctor(['check', `unix:${path}`]), 'stale-unix-socket-file').args.file).toBe(path);
  });

  it('finds an ordinary file in the place of the socket', async () => {
    const path = join(scene.folder(), 'server.sock');
    writeFileSync(path, '');
    expectCause(await runDoctor(['check', `unix:${path}`]), 'client-and-server-use-different-sockets');
  });

  it('finds that the user may not open the socket', async () => {
    const path = join(scene.folder(), 'server.sock');
    await startPython(scene, LISTEN, [path]);
    chmodSync(path, 0o700);
    expectCause(await runDoctor(['check', `unix:${path}`], { user: 'nobody' }), 'user-not-in-socket-group');
  });

  it('finds that the queue of the socket is full', async () => {
    const path = join(scene.folder(), 'server.sock');
    const fill = `
listener = socket.socket(socket.AF_UNIX); listener.bind(args[0]); listener.listen(0)
clients = []
for _ in range(3):
    clients.append(socket.socket(socket.AF_UNIX))
    clients[-1].setblocking(False)
    clients[-1].connect_ex(args[0])`;
    await startPython(scene, fill, [path]);
    expectCause(await runDoctor(['check', `unix:${path}`]), 'server-not-accepting');
  });

  it('finds a socket for datagrams', async () => {
    const path = join(scene.folder(), 'server.sock');
    await startPython(scene, 'holder = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); holder.bind(args[0])', [path]);
    expectCause(await runDoctor(['check', `unix:${path}`]), 'client-and-server-use-different-sockets');
  });
});
