import { describe, expect, it } from 'vitest';
import { packageJson } from '../../../src/targets/formats/package-json.js';
import { addressesOf, placesOf, readAs } from './read-format.js';

function scripts(...commands: string[]): string {
  return JSON.stringify(
    { scripts: Object.fromEntries(commands.map((command, index) => [`s${index}`, command])) },
    null,
    2,
  );
}

describe('a script', () => {
  it.each([
    ['node --inspect app.js', 'server node - 9229'],
    ['node --require ts-node/register --inspect-brk=0.0.0.0:9300 app.ts', 'server node 0.0.0.0 9300'],
    ['NODE_OPTIONS=--inspect=9301 next dev', 'server node - 9301'],
    ['NODE_ENV=test cross-env NODE_OPTIONS="--inspect --trace-warnings" jest', 'server node - 9229'],
    ['set NODE_OPTIONS=--inspect=9302 && next dev', 'server node - 9302'],
    ['nodemon --watch src --inspect=9303 src/app.ts', 'server node - 9303'],
    ['nodemon --exec "node --inspect=9304 app.js"', 'server node - 9304'],
    ['tsx watch --inspect-wait=9305 app.ts', 'server node - 9305'],
    ['mocha --inspect-brk --timeout 0', 'server node - 9229'],
    ['electron --inspect=9306 .', 'server node - 9306'],
    ['nest start --debug --watch', 'server node - 9229'],
    ['npx nest start -d 0.0.0.0:9307', 'server node 0.0.0.0 9307'],
    [
      'mvn spring-boot:run -Drun.jvmArguments="-Xrunjdwp:transport=dt_socket,server=y,address=5007"',
      'server jdwp - 5007',
    ],
    ['poetry run python -m debugpy --listen 5690 app.py', 'server debugpy - 5690'],
    ['google-chrome --remote-debugging-port=9222', 'server chrome 127.0.0.1 9222'],
    ['php -d xdebug.mode=debug -d xdebug.client_host=10.0.0.2 -S localhost:8000', 'editor-listens xdebug - 9003'],
    ['node --inspect=$PORT app.js', 'server node - 9399'],
    ['node --inspect=127.0.0.1:${NONE} app.js', 'server node 127.0.0.1 -'],
    ['node --inspect=${NONE}:9308 app.js', 'server node - 9308'],
  ])('%s', (command, address) => {
    const content = readAs(packageJson, scripts(command), { PORT: '9399' });
    expect(addressesOf(content)).toEqual([address]);
    expect(content.configurations[0]).toMatchObject({
      line: 3,
      column: 5,
      request: 'launch',
      command: ['npm', 'run', 's0'],
    });
    expect(content.problems).toEqual([]);
  });

  it.each([
    'node app.js',
    'node --inspect=0 app.js',
    'dlv dap',
    'rdbg --open app.rb',
    'python tool.py --inspect',
    'echo "node --inspect"',
    'nest build --debug',
  ])('%s starts no server whose port is known', (command) => {
    const expected = command.startsWith('nest') ? ['server node - 9229'] : [];
    expect(addressesOf(readAs(packageJson, scripts(command)))).toEqual(expected);
  });

  it('may start several', () => {
    const content = readAs(packageJson, scripts('concurrently "node --inspect a.js" "node --inspect=9230 b.js"'));
    expect(addressesOf(content)).toEqual(['server node - 9229', 'server node - 9230']);
    expect(new Set(content.configurations.map(({ name }) => name)).size).toBe(2);
  });

  it.each([
    'node app.js --inspect',
    'NODE_OPTIONS=--inspect npm start',
    'cross-env NODE_OPTIONS=--inspect=9230 yarn dev',
  ])('%s is a mistake', (command) => {
    expect(placesOf(readAs(packageJson, scripts(command)))).toEqual(['3:11']);
  });

  it.each(['NODE_OPTIONS=--inspect=0 npm start', 'NODE_OPTIONS=--inspect next dev', 'tsx app.ts --inspect'])(
    '%s is none',
    (command) => {
      expect(readAs(packageJson, scripts(command)).problems).toEqual([]);
    },
  );
});

describe('a file', () => {
  it.each(['{}', '{"scripts": []}', '{"scripts": {"a": 1, "b": null}}', '[]', '"text"'])('%s has nothing', (text) => {
    expect(readAs(packageJson, text)).toEqual({ configurations: [], compounds: [], problems: [] });
  });

  it.each([
    ['{\n  "scripts": {', '2:15'],
    ['', '1:1'],
  ])('%j is broken', (text, place) => {
    expect(placesOf(readAs(packageJson, text))).toEqual([place]);
  });
});
