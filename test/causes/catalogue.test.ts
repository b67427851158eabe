import { describe, expect, test } from 'vitest';
import { CAUSES, causesOf } from '../../src/causes/index.js';
import { CAUSE_IDS } from '../../src/model/cause-ids.js';
import type { FindingArgs } from '../../src/model/cause.js';
import { HOPS } from '../../src/model/hop.js';
import type { Surrounding } from '../../src/model/platform.js';
import { REMEDY_IDS } from '../../src/model/remedy-ids.js';
import type { RemedyPlan } from '../../src/model/remedy.js';
import { SYMPTOM_IDS } from '../../src/model/symptom.js';
import { parseCommand } from './command-line.js';
import { CASES, commandsOf, everyRemedy, FULL, type Given, PLATFORMS } from './samples.js';

const PLACEHOLDER = /<[a-z][a-z .-]*>/;

function name({ cause, platform, plan }: Given): string {
  return `${cause} on ${platform}: ${plan.id}`;
}

/** The names of the remedies for which something does not hold. */
function except(given: readonly Given[], holds: (given: Given) => boolean): string[] {
  return [...new Set(given.filter((one) => !holds(one)).map(name))];
}

function platformOf(where: Surrounding): 'linux' | 'darwin' | 'win32' {
  return where === 'wsl' || where === 'container' ? 'linux' : where;
}

describe('causes', () => {
  test('are the closed list, each under its own id', () => {
    expect(Object.keys(CAUSES).toSorted()).toEqual([...CAUSE_IDS].toSorted());
    expect(CAUSE_IDS.filter((id) => CAUSES[id].id !== id)).toEqual([]);
    expect(new Set(CAUSE_IDS).size).toBe(CAUSE_IDS.length);
  });

  test.each(CAUSE_IDS)('%s has a hop, symptoms with counts, and a place where it occurs', (id) => {
    const { hop, symptoms, platforms } = CAUSES[id];
    expect(HOPS).toContain(hop);
    expect(Object.keys(symptoms).length).toBeGreaterThan(0);
    for (const [symptom, count] of Object.entries(symptoms)) {
      expect(SYMPTOM_IDS).toContain(symptom);
      expect(Number.isInteger(count) && count >= 0).toBe(true);
    }
    expect(new Set(platforms).size).toBe(platforms.length);
    expect(platforms.length).toBeGreaterThan(0);
  });

  test.each(CAUSE_IDS)('%s has a remedy wherever it occurs, whatever is known', (id) => {
    for (const platform of new Set(CAUSES[id].platforms.map(platformOf))) {
      for (const args of CASES) expect(CAUSES[id].remedies[platform](args), platform).not.toEqual([]);
    }
  });
});

describe('causesOf', () => {
  test.each(SYMPTOM_IDS)('%s: the most frequent cause first', (symptom) => {
    const counts = causesOf(symptom).map((cause) => cause.symptoms[symptom]);
    expect(counts).not.toContain(undefined);
    expect(counts).toEqual(counts.toSorted((a, b) => (b ?? 0) - (a ?? 0)));
  });

  test('leaves out what does not occur on the system', () => {
    const ids = (where?: Surrounding) => causesOf('host-unreachable', where).map((cause) => cause.id);
    expect(ids()).toContain('macos-local-network-privacy');
    expect(ids('darwin')[0]).toBe('macos-local-network-privacy');
    expect(ids('linux')).not.toContain('macos-local-network-privacy');
    expect(ids('linux')[0]).toBe('firewall-rejects-connection');
  });

  test('takes WSL and containers for Linux, but not Linux for them', () => {
    const ids = (where: Surrounding) => causesOf('connection-refused', where).map((cause) => cause.id);
    expect(ids('linux')).toContain('localhost-means-the-container');
    expect(ids('linux')).toContain('wsl-localhost-relay-stale');
    expect(ids('container')).not.toContain('wsl-localhost-relay-stale');
    expect(ids('wsl')).not.toContain('localhost-means-the-container');
  });
});

describe('remedies', () => {
  const given = everyRemedy();

  test('use every id of the closed list, and each once in the list', () => {
    expect(new Set(REMEDY_IDS).size).toBe(REMEDY_IDS.length);
    const used = new Set(given.map(({ plan }) => plan.id));
    expect(REMEDY_IDS.filter((id) => !used.has(id))).toEqual([]);
  });

  test('that lack an argument are never run', () => {
    const incomplete = given.filter(({ plan }) =>
      commandsOf(plan.steps)
        .flat()
        .some((text) => PLACEHOLDER.test(text)),
    );
    expect(incomplete.length).toBeGreaterThan(0);
    expect(except(incomplete, ({ plan }) => plan.risk === 'manual' || plan.risk === 'safe')).toEqual([]);
  });

  test('have commands that their programs understand', () => {
    const wrong = new Set<string>();
    for (const one of given) {
      for (const argv of commandsOf([...one.plan.steps, ...(one.plan.undo ?? [])])) {
        try {
          parseCommand(argv);
        } catch (error) {
          wrong.add(`${name(one)}: ${argv.join(' ')}: ${String(error)}`);
        }
      }
    }
    expect([...wrong]).toEqual([]);
  });

  test('are safe when their commands only look, and only then', () => {
    const runs = given.filter(({ plan }) => commandsOf(plan.steps).length > 0);
    const changes = ({ plan }: Given) => commandsOf(plan.steps).some((argv) => parseCommand(argv).changes);
    expect(except(runs, (one) => (one.plan.risk === 'safe') !== changes(one))).toEqual([]);
    expect(except(given, ({ plan }) => plan.risk !== 'safe' || plan.undo === null)).toEqual([]);
  });

  test('put each argument where it belongs', () => {
    const wanted: Readonly<Record<string, (args: FindingArgs) => (string | number | undefined)[]>> = {
      port: ({ port }) => [port],
      serverport: ({ port, otherPort }) => [port, otherPort],
      freeport: ({ freePort }) => [freePort],
      pid: ({ pid }) => [pid],
      container: ({ container }) => [container],
      source: ({ clientAddress }) => [clientAddress],
      destination: ({ address }) => [address],
      user: ({ user }) => [user],
    };
    const wrong = except(given, ({ plan, args }) =>
      commandsOf([...plan.steps, ...(plan.undo ?? [])]).every((argv) =>
        [...parseCommand(argv).slots].every(([slot, value]) => {
          const allowed = wanted[slot]?.(args).map(String);
          return allowed === undefined || PLACEHOLDER.test(value) || allowed.includes(value);
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('join no commands inside one argument, and start no shell on Linux and macOS', () => {
    const wrong = except(given, ({ platform, plan }) =>
      commandsOf([...plan.steps, ...(plan.undo ?? [])]).every(
        ([program = '', ...args]) =>
          args.every((argument) => !/[;`\n]|&&|\|\||\$\(|>>/.test(argument)) &&
          (program === 'powershell' || args.every((argument) => !argument.includes(' | '))) &&
          (platform === 'win32' || !/^(?:.*\/)?(?:ba|da|z)?sh$/.test(program)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('put an edit back to the value that was there', () => {
    const edits = given.flatMap((one) =>
      one.plan.steps.flatMap((step) => (step.kind === 'edit' ? [{ one, step }] : [])),
    );
    expect(edits.length).toBeGreaterThan(0);
    for (const { one, step } of edits) {
      const old = step.keyPath === one.args.portKeyPath ? one.args.port : one.args.host;
      expect(one.plan.undo, name(one)).toEqual([{ ...step, value: old }]);
      expect(step.value, name(one)).not.toBe(old);
    }
  });
});

describe('remedies that lower a guard', () => {
  const guards = /^(?:nft|iptables|ip6tables|ufw|firewall-cmd|netsh|sysctl|setsebool|semanage|setcap)$/;

  test('are for a person to run', () => {
    const lowering = everyRemedy().filter(({ plan }) =>
      commandsOf(plan.steps).some((argv) => guards.test(argv[0] ?? '') && parseCommand(argv).changes),
    );
    expect(lowering.length).toBeGreaterThan(0);
    expect(except(lowering, ({ plan }) => plan.risk === 'manual' && plan.needsElevation)).toEqual([]);
  });

  test.each([['ufw'], ['firewalld'], ['iptables'], ['ip6tables'], ['nft'], [undefined]] as const)(
    'open the firewall for one client only (%s)',
    (firewallTool) => {
      const args: FindingArgs = { ...FULL, ...(firewallTool === undefined ? {} : { firewallTool }) };
      for (const platform of ['linux', 'win32'] as const) {
        for (const [client, expected] of [
          ['192.0.2.9', '192.0.2.9'],
          ['0.0.0.0/0', '<client-address>'],
          ['::', '<client-address>'],
          ['any', '<client-address>'],
          ['1.2.3.4" accept', '<client-address>'],
        ] as const) {
          const opened = openings(
            CAUSES['firewall-drops-packets'].remedies[platform]({ ...args, clientAddress: client }),
          );
          expect(opened.length).toBeGreaterThan(0);
          expect(new Set(opened)).toEqual(new Set([expected]));
        }
      }
    },
  );

  test('open the firewall outwards for one server only', () => {
    const args: FindingArgs = { ...FULL, direction: 'output' };
    const plans = CAUSES['firewall-rejects-connection'].remedies.linux(args);
    const commands = plans.flatMap((plan) => commandsOf(plan.steps)).map(parseCommand);
    const slots = commands.filter((meaning) => meaning.changes).map((meaning) => meaning.slots);
    expect(slots.map((slot) => [slot.get('destination'), slot.get('source')])).toEqual(
      slots.map(() => [FULL.address, undefined]),
    );
    expect(slots.length).toBe(4);
  });

  /** Where the commands that change the firewall let packets come from. */
  function openings(plans: readonly RemedyPlan[]): (string | undefined)[] {
    const commands = plans.flatMap((plan) => commandsOf(plan.steps)).map(parseCommand);
    return commands.filter((meaning) => meaning.changes).map((meaning) => meaning.slots.get('source'));
  }
});

describe('remedies by case', () => {
  const hostEdit = (value: string) => [{ kind: 'edit', file: FULL.configFile, keyPath: FULL.hostKeyPath, value }];
  const first = (plans: readonly RemedyPlan[]) => ({ ...plans[0] });

  test.each([
    ['localhost-entry-broken', { ...FULL, host: 'localhost' }, 'bind-loopback', '127.0.0.1'],
    ['address-not-on-this-machine', { ...FULL, host: '203.0.113.77' }, 'bind-loopback', '127.0.0.1'],
    ['ipv6-disabled', { ...FULL, host: '::1' }, 'bind-loopback', '127.0.0.1'],
    ['ipv6-disabled', { ...FULL, host: '::' }, 'bind-every-address', '0.0.0.0'],
    ['loopback-bind-in-container', { ...FULL, host: '127.0.0.1' }, 'bind-every-address', '0.0.0.0'],
    ['localhost-resolves-to-other-family', { ...FULL, otherAddress: '::1' }, 'dial-listener-address', '::1'],
    [
      'client-dials-wildcard-address',
      { ...FULL, host: '::', otherAddress: '0.0.0.0' },
      'dial-listener-address',
      '127.0.0.1',
    ],
  ] as const)('%s writes the host that works', (cause, args, id, value) => {
    for (const platform of PLATFORMS) {
      const plan = first(CAUSES[cause].remedies[platform](args));
      expect(plan).toMatchObject({ id, risk: 'reversible', steps: hostEdit(value) });
    }
  });

  test('a host that cannot be written, or not be put back, is advice', () => {
    const { hostKeyPath: _path, ...noPath } = FULL;
    const { host: _host, ...noHost } = FULL;
    for (const args of [noPath, noHost, {}]) {
      const plan = first(CAUSES['localhost-entry-broken'].remedies.linux(args));
      expect(plan).toMatchObject({ id: 'bind-loopback', risk: 'manual', steps: [{ kind: 'instruct' }] });
    }
  });

  test('a dialled wildcard becomes loopback of the same family when no listener is known', () => {
    const { otherAddress: _other, ...args } = FULL;
    const steps = (host: string) =>
      first(CAUSES['client-dials-wildcard-address'].remedies.linux({ ...args, host })).steps;
    expect(steps('0.0.0.0')).toEqual(hostEdit('127.0.0.1'));
    expect(steps('::')).toEqual(hostEdit('::1'));
  });

  test('the client moves to the port of the server', () => {
    const plan = first(CAUSES['wrong-port'].remedies.linux(FULL));
    const keyPath = FULL.portKeyPath;
    expect(plan).toMatchObject({ id: 'use-server-port', risk: 'reversible', steps: [{ keyPath, value: 5679 }] });
    expect(first(CAUSES['wrong-port'].remedies.linux({ port: 5678 }))).toMatchObject({ risk: 'manual' });
  });

  test('pip runs only for a known interpreter that it may change', () => {
    const plan = (args: FindingArgs) => first(CAUSES['debugger-missing-in-interpreter'].remedies.linux(args));
    expect(plan(FULL)).toMatchObject({
      id: 'install-debugger',
      risk: 'reversible',
      steps: [{ kind: 'run', argv: [FULL.interpreter, '-m', 'pip', 'install', 'debugpy'] }],
      undo: [{ kind: 'run', argv: [FULL.interpreter, '-m', 'pip', 'uninstall', '-y', 'debugpy'] }],
    });
    expect(plan({ ...FULL, canInstall: false })).toMatchObject({ risk: 'manual' });
    expect(plan({ canInstall: true })).toMatchObject({ risk: 'manual' });
  });
});
