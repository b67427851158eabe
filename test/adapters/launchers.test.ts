import { describe, expect, it } from 'vitest';
import { inheritedDebugOptions } from '../../src/adapters/inherited-options.js';
import { launcherWithOption } from '../../src/adapters/launchers.js';

const INSPECT = { NODE_OPTIONS: '--inspect=9229' };
const AGENT = { JAVA_TOOL_OPTIONS: '-agentlib:jdwp=transport=dt_socket,server=y,address=5005' };

function launcherOf(command: readonly string[], environment: Readonly<Record<string, string>>): string | null {
  const read = (name: string): string | null => environment[name] ?? null;
  const found = launcherWithOption(command, read, inheritedDebugOptions);
  return found === null ? null : `${found.program} ${found.option.port}`;
}

describe('a launcher takes the port', () => {
  it.each([
    [['npm', 'run', 'dev'], INSPECT, 'npm 9229'],
    [[String.raw`C:\node\npx.cmd`, 'jest'], INSPECT, 'npx 9229'],
    [['env', 'NODE_OPTIONS=--inspect=9300', 'npm', 'start'], {}, 'npm 9300'],
    [['cross-env', 'NODE_OPTIONS=--inspect=9300', 'nodemon', 'app.js'], {}, 'nodemon 9300'],
    [['cross-env', 'A=1', 'node', 'app.js'], INSPECT, 'cross-env 9229'],
    [['./mvnw', 'spring-boot:run'], AGENT, 'mvnw 5005'],
    [['foreman', 'start'], { RUBYOPT: '-rdebug/open', RUBY_DEBUG_PORT: '12345' }, 'foreman 12345'],
  ])('%j with %j', (command, environment, expected) => {
    expect(launcherOf(command, environment)).toBe(expected);
  });
});

describe('no launcher takes the port', () => {
  it.each([
    [['node', 'app.js'], INSPECT],
    [['npm', 'run', 'dev'], { NODE_OPTIONS: '--inspect=0' }],
    [['npm', 'run', 'dev'], { NODE_OPTIONS: '--max-old-space-size=512' }],
    [['npm', 'run', 'dev'], AGENT],
    [['cross-env', 'NODE_OPTIONS=--inspect=9300', 'node', 'app.js'], {}],
    [['env', 'NODE_OPTIONS=--max-old-space-size=512', 'npm', 'start'], INSPECT],
    [['sh', '-c', 'npm start'], INSPECT],
    [['foreman', 'start'], { RUBYOPT: '-rdebug/open' }],
    [['env'], INSPECT],
    [[], INSPECT],
  ])('%j with %j', (command, environment) => {
    expect(launcherOf(command, environment)).toBeNull();
  });
});
