import { describe, expect, it } from 'vitest';
import { PYTHON, startDebugpy, startNode } from './lab/debuggers.js';
import { expectCause, expectHealthy, runDoctor } from './lab/doctor.js';
import { FAR, NEAR, NOBODY } from './lab/namespace.js';
import { nextPort } from './lab/ports.js';
import { stateOf, waitUntil } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const canTest = canRun('routes and namespaces', 'root', 'ip', PYTHON);
const hasNft = canRun('firewall, end to end', 'root', 'ip', 'nft', PYTHON);

describe.runIf(canTest)('routes', () => {
  it('finds that no route leads to the address', async () => {
    const { name: namespace } = scene.namespace();
    const examination = await runDoctor(['check', '203.0.113.7:5678'], { namespace });
    expect(expectCause(examination, 'no-route-to-host')).toMatchObject({
      confidence: 'certain',
      args: { address: '203.0.113.7' },
    });
    expect(examination.target.diagnosis.symptom?.id).toBe('network-unreachable');
  });

  it.each(['unreachable', 'prohibit', 'blackhole'])('names a route of the kind "%s"', async (kind) => {
    const space = scene.namespace();
    space.run('ip', 'route', 'add', kind, '198.51.100.0/24');
    const examination = await runDoctor(['check', '198.51.100.9:5678'], { namespace: space.name });
    expect(expectCause(examination, 'no-route-to-host')).toMatchObject({
      confidence: 'certain',
      args: { detail: kind },
    });
  });

  it('finds that nobody on the network has the address', async () => {
    const { near } = scene.twoMachines();
    const examination = await runDoctor(['check', `${NOBODY}:5678`], { namespace: near.name });
    expect(expectCause(examination, 'no-route-to-host').args).toMatchObject({ address: NOBODY });
  });

  it('finds the loopback interface down', async () => {
    const { name: namespace } = scene.namespace({ loopback: false });
    const port = nextPort();
    const examination = await runDoctor(['check', `127.0.0.1:${port}`], { namespace });
    expect(expectCause(examination, 'local-network-stack-broken').confidence).toBe('certain');
  });
});

describe.runIf(canTest)('network namespaces', () => {
  it('finds that node listens only in another one', async () => {
    const port = nextPort();
    const { name: namespace } = scene.namespace();
    const node = await startNode(scene, port, { namespace });
    const examination = await runDoctor(['check', String(port), '--adapter', 'node']);
    expect(expectCause(examination, 'listens-in-other-network-namespace')).toMatchObject({
      confidence: 'certain',
      args: { pid: node.pid, otherPort: port },
    });
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node'], { namespace }));
  });

  it('finds that debugpy listens only in another one', async () => {
    const port = nextPort();
    const { name: namespace } = scene.namespace();
    await startDebugpy(scene, port, { namespace });
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expectCause(examination, 'listens-in-other-network-namespace');
  });

  it('finds that the server of the dialled namespace listens on its loopback only', async () => {
    const port = nextPort();
    const { near, far } = scene.twoMachines();
    const node = await startNode(scene, port, { namespace: far.name });
    const examination = await runDoctor(['check', `${FAR.four}:${port}`, '--adapter', 'node'], {
      namespace: near.name,
    });
    expect(expectCause(examination, 'loopback-bind-in-container').args).toMatchObject({
      pid: node.pid,
      otherAddress: '127.0.0.1',
    });
  });

  it('says what a refusal by another machine allows', async () => {
    const { near } = scene.twoMachines();
    const examination = await runDoctor(['check', `${FAR.four}:${nextPort()}`, '--adapter', 'node'], {
      namespace: near.name,
    });
    expect(expectCause(examination, 'server-not-started').confidence).toBe('possible');
  });
});

describe.runIf(canTest)('another machine, while something here has the same port', () => {
  it('is healthy whatever the state of the listener here', async () => {
    const port = nextPort();
    const { near, far } = scene.twoMachines();
    const here = await startNode(scene, port, { namespace: near.name });
    here.signal('SIGSTOP');
    await waitUntil('it is stopped', () => stateOf(here.pid) === 'T');
    await startDebugpy(scene, port, { namespace: far.name, host: FAR.four });
    expectHealthy(await runDoctor(['check', `${FAR.four}:${port}`, '--adapter', 'debugpy'], { namespace: near.name }));
  });

  it('does not take the listener here for the one that refused', async () => {
    const port = nextPort();
    const { near } = scene.twoMachines();
    await startNode(scene, port, { namespace: near.name, host: '::1' });
    const examination = await runDoctor(['check', `${FAR.four}:${port}`, '--adapter', 'node'], {
      namespace: near.name,
    });
    expect(expectCause(examination, 'server-not-started').confidence).toBe('possible');
  });
});

describe.runIf(hasNft)('firewalls', () => {
  const rulesFor = (port: number, verdict: string): string => `
table inet ddat {
  chain input {
    type filter hook input priority 0
    tcp dport ${port} ${verdict}
  }
}
`;

  it.each([
    { verdict: 'reject with tcp reset', cause: 'firewall-rejects-connection' as const },
    { verdict: 'reject', cause: 'firewall-rejects-connection' as const },
    { verdict: 'drop', cause: 'firewall-drops-packets' as const },
  ])('names the nft rule "$verdict" before a listener', async ({ verdict, cause }) => {
    const port = nextPort();
    const { near } = scene.twoMachines();
    await startNode(scene, port, { namespace: near.name, host: NEAR.four });
    near.loadNft(rulesFor(port, verdict));
    const examination = await runDoctor(['check', `${NEAR.four}:${port}`, '--adapter', 'node'], {
      namespace: near.name,
    });
    const { args, confidence } = expectCause(examination, cause);
    expect(args.rule).toContain(`tcp dport ${port}`);
    expect(confidence).toBe('certain');
    expect(examination.causes).not.toContain('server-not-started');
  });

  it.each([
    { verdict: 'reject', cause: 'firewall-rejects-connection' as const },
    { verdict: 'drop', cause: 'firewall-drops-packets' as const },
  ])('names the nft rule "$verdict" for the port, also on loopback', async ({ verdict, cause }) => {
    const port = nextPort();
    const space = scene.namespace();
    await startDebugpy(scene, port, { namespace: space.name });
    space.loadNft(rulesFor(port, verdict));
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy'], { namespace: space.name });
    expect(expectCause(examination, cause).args.rule).toContain(`tcp dport ${port}`);
  });

  it('finds a firewall that forgot loopback', async () => {
    const port = nextPort();
    const space = scene.namespace();
    await startDebugpy(scene, port, { namespace: space.name });
    space.loadNft('table inet ddat {\n chain input {\n type filter hook input priority 0\n policy drop\n }\n}\n');
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy'], { namespace: space.name });
    expectCause(examination, 'firewall-blocks-loopback');
  });

  it('does not blame a reject rule when nothing listens behind it', async () => {
    const port = nextPort();
    const space = scene.namespace();
    space.loadNft(rulesFor(port + 1, 'drop'));
    const examination = await runDoctor(['check', String(port), '--adapter', 'node'], {
      namespace: space.name,
      alone: true,
    });
    expectCause(examination, 'server-not-started');
  });

  it('suspects the firewall of the other machine when it stays silent', async () => {
    const port = nextPort();
    const { near, far } = scene.twoMachines();
    await startNode(scene, port, { namespace: far.name, host: FAR.four });
    far.loadNft(rulesFor(port, 'drop'));
    const examination = await runDoctor(['check', `${FAR.four}:${port}`, '--adapter', 'node'], {
      namespace: near.name,
    });
    expect(expectCause(examination, 'firewall-drops-packets').confidence).toBe('possible');
  });
});
