import { PROGRAMS } from './programs.js';

export interface Meaning {
  changes: boolean;
  /** What was found where, by slot. */
  slots: ReadonlyMap<string, string>;
}

const PLACEHOLDER = '<[a-z][a-z .-]*>';

/** What may stand in a slot, beside a placeholder. */
const SLOTS: Readonly<Record<string, string>> = {
  port: String.raw`\d{1,5}`,
  pid: String.raw`[1-9]\d{0,6}`,
  number: String.raw`\d{1,6}`,
  address: '[0-9a-f.:]+',
  name: '[A-Za-z_][A-Za-z0-9_.@-]*',
  path: '/[A-Za-z0-9._/-]+',
  host: String.raw`[A-Za-z0-9.-]+|[0-9a-f.:]+`,
  endpoint: String.raw`(?:[A-Za-z0-9.-]+|\[[0-9a-f:]+\]):(?:\d{1,5}|<port>)`,
  family: 'ip|ip6|inet|ipv4|ipv6',
  columns: '[a-z]+=(?:,[a-z]+=)*',
  pipeline: String.raw`Get-CimInstance [^|;&]+(?: \| Select-Object [A-Za-z,]+)?`,
  match: '[A-Za-z0-9()^|=": /_]+',
};

/** Slots that hold the same kind of thing in another role. */
const ROLES: Readonly<Record<string, string>> = {
  source: 'address',
  destination: 'address',
  maximum: 'number',
  freeport: 'port',
  serverport: 'port',
  container: 'name',
  unit: 'name',
  user: 'name',
  program: 'name',
  chain: 'name',
  table: 'name',
};

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** The pattern of one argument, with a group per slot. */
function patternOf(template: string): RegExp {
  const parts = template.split(/(\{[a-z]+\})/);
  const source = parts.map((part) => {
    const slot = /^\{([a-z]+)\}$/.exec(part)?.[1];
    if (slot === undefined) return escaped(part);
    const accepted = SLOTS[ROLES[slot] ?? slot];
    if (accepted === undefined) throw new Error(`no such slot: ${slot}`);
    return `(?<${slot}>${accepted}|${PLACEHOLDER})`;
  });
  return new RegExp(`^${source.join('')}$`);
}

function matches(argument: string, template: string, slots: Map<string, string>): boolean {
  const found = patternOf(template).exec(argument);
  for (const [slot, value] of Object.entries(found?.groups ?? {})) slots.set(slot, value);
  return found !== null;
}

/** How many arguments the flag at `index` takes, itself included; 0: it is none of these flags. */
function flagLength(
  args: readonly string[],
  index: number,
  flags: Readonly<Record<string, string>>,
  slots: Map<string, string>,
): number {
  const argument = args[index] ?? '';
  for (const [written, means] of Object.entries(flags)) {
    if (!matches(argument, written, slots)) continue;
    const value = /\{[a-z]+\}/.exec(means)?.[0];
    if (value === undefined || written.includes('{')) return 1;
    if (!matches(args[index + 1] ?? '', value, slots)) throw new Error(`${argument} takes ${value}`);
    return 2;
  }
  return 0;
}

function matchesOperands(operands: readonly string[], template: string, slots: Map<string, string>): Meaning | null {
  const words = template === '' ? [] : template.split(' ');
  for (const [index, word] of words.entries()) {
    if (word === '{command}') return parseCommand(operands.slice(index));
    const operand = operands[index];
    if (operand === undefined || !matches(operand, word.replaceAll('·', ' '), slots)) return null;
  }
  return operands.length === words.length ? { changes: false, slots } : null;
}

/** Reads a command as its program would. Throws when the program has no such flag or operand. */
export function parseCommand(argv: readonly string[]): Meaning {
  const [name = '', ...args] = argv;
  const program = PROGRAMS[name];
  if (program === undefined) throw new Error(`nothing is known of the program ${name}`);
  const slots = new Map<string, string>();
  const operands: string[] = [];
  let changes = false;
  for (let index = 0; index < args.length;) {
    const looks = flagLength(args, index, program.flags ?? {}, slots);
    const alters = looks > 0 ? 0 : flagLength(args, index, program.changeFlags ?? {}, slots);
    changes ||= alters > 0;
    if (looks + alters === 0) {
      operands.push(...args.slice(index, program.stopsAtOperand === true ? undefined : index + 1));
      if (program.stopsAtOperand === true) break;
    }
    index += Math.max(1, looks + alters);
  }
  for (const [rows, alters] of [
    [program.look ?? [], false],
    [program.change ?? [], true],
  ] as const) {
    for (const row of rows) {
      const found = matchesOperands(operands, row, slots);
      if (found === null) continue;
      return { changes: changes || alters || found.changes, slots: new Map([...slots, ...found.slots]) };
    }
  }
  throw new Error(`${name} does not take: ${operands.join(' ')}`);
}
