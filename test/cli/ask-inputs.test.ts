import { describe, expect, it } from 'vitest';
import { askInput, askInputsOf, type Ask } from '../../src/cli/ask-inputs.js';
import { vscodeLaunch } from '../../src/targets/formats/vscode-launch.js';
import type { EditorInput } from '../../src/targets/formats/format.js';

/** A terminal at which somebody types these lines. */
function typing(...lines: readonly string[]): { ask: Ask; shown: string[]; secrets: boolean[] } {
  const left = [...lines];
  const shown: string[] = [];
  const secrets: boolean[] = [];
  const ask: Ask = (text, isSecret) => {
    shown.push(text);
    secrets.push(isSecret);
    return Promise.resolve(left.shift() ?? '');
  };
  return { ask, shown, secrets };
}

const input = (changes: Partial<EditorInput>): EditorInput & { file: string } => ({
  id: 'port',
  kind: 'promptString',
  description: 'Which port?',
  default: null,
  options: [],
  isSecret: false,
  file: '/shop/.vscode/launch.json',
  ...changes,
});

const HOSTS = [
  { label: 'here', value: '127.0.0.1' },
  { label: 'there', value: '10.0.0.7' },
];

describe('an input', () => {
  it.each([
    ['a text', {}, ['9229'], '9229'],
    ['nothing, where there is a default', { default: '9300' }, [''], '9300'],
    ['nothing at first', {}, ['', ' ', '9229'], '9229'],
    ['a number of the list', { kind: 'pickString', options: HOSTS }, ['2'], '10.0.0.7'],
    ['a label of the list', { kind: 'pickString', options: HOSTS }, ['here'], '127.0.0.1'],
    ['a number beyond the list', { kind: 'pickString', options: HOSTS }, ['0', '3', '1'], '127.0.0.1'],
  ] as const)('takes %s', async (_, changes, lines, expected) => {
    expect(await askInput(input(changes), typing(...lines).ask)).toBe(expected);
  });

  it('is given up after three tries', async () => {
    await expect(askInput(input({}), typing().ask)).rejects.toThrow('"port" was not answered');
  });

  it('shows what there is to choose, and the default', async () => {
    const terminal = typing('1');
    await askInput(input({ kind: 'pickString', options: HOSTS, default: '10.0.0.7' }), terminal.ask);
    expect(terminal.shown).toEqual(['Which port?\n  1) here\n  2) there\nNumber [10.0.0.7]: ']);
  });

  it('hides what is typed and the default, when it is secret', async () => {
    const terminal = typing('');
    expect(await askInput(input({ isSecret: true, default: 'abc' }), terminal.ask)).toBe('abc');
    expect([terminal.shown, terminal.secrets]).toEqual([['Which port?: '], [true]]);
  });

  it('cannot write to the terminal what the file made up', async () => {
    const terminal = typing('1');
    await askInput(input({ description: '\u001B[2Jport' }), terminal.ask);
    expect(terminal.shown.join('')).not.toContain('\u001B');
  });
});

describe('the inputs of a configuration', () => {
  const file = '/shop/.vscode/launch.json';
  const launch = JSON.stringify({
    configurations: [
      {
        name: 'a',
        type: 'node',
        request: 'attach',
        address: '${input:host}',
        port: '${input:port}',
        cwd: '${input:cwd}',
      },
      { name: 'b', type: 'node', request: 'attach', port: '${input:command}' },
    ],
    inputs: [
      { id: 'host', type: 'pickString', options: ['127.0.0.1', '10.0.0.7'], default: '127.0.0.1' },
      { id: 'port', type: 'promptString' },
      { id: 'cwd', type: 'promptString' },
      { id: 'command', type: 'command', command: 'extension.port' },
    ],
  });
  const read = (answer: (id: string) => string | null) =>
    vscodeLaunch.read(launch, { file, folder: '/shop', platform: 'linux', environment: () => null, answer });
  const project = () => {
    const { inputs = [], ...content } = read(() => null);
    return { ...content, folder: '/shop', inputs: inputs.map((one) => ({ ...one, file })) };
  };

  it('are asked for only where the address needs them, once each, and fill it in', async () => {
    const found = project();
    const terminal = typing('2', '9229');
    const answers = await askInputsOf([...found.configurations, ...found.configurations], found, terminal.ask);
    expect(terminal.shown).toHaveLength(2);
    const [filled] = read((id) => answers(file, id)).configurations;
    expect([filled?.host, filled?.port]).toEqual(['10.0.0.7', 9229]);
  });

  it('stay unresolved without an answer', () => {
    expect(project().configurations.map(({ host, port, inputs }) => [host, port, inputs])).toEqual([
      ['127.0.0.1', null, ['host', 'port']],
      ['localhost', null, ['command']],
    ]);
  });
});
