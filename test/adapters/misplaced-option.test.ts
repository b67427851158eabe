import { describe, expect, it } from 'vitest';
import { recogniseCommand } from '../../src/adapters/index.js';
import { misplacedOption } from '../../src/adapters/misplaced-option.js';

const AGENT = '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005';

describe('an option behind the name of the program', () => {
  it.each([
    ['node app.js --inspect', 'node', '--inspect', 9229],
    ['node . --inspect-brk=9300', 'node', '--inspect-brk=9300', 9300],
    ['node -r dotenv/config src/app.ts --watch --inspect=127.0.0.1:9300', 'node', '--inspect=127.0.0.1:9300', 9300],
    [`java -jar app.jar ${AGENT}`, 'jdwp', AGENT, 5005],
    [`/usr/bin/java -Xmx1g -cp lib/a.jar:. com.example.Main ${AGENT}`, 'jdwp', AGENT, 5005],
    [`java --module-path mods -m app/com.example.Main ${AGENT}`, 'jdwp', AGENT, 5005],
    ['python3 app.py -m debugpy --listen 5678', 'debugpy', '-m debugpy', 5678],
    ['python3 -m flask run -m debugpy --listen 127.0.0.1:5678', 'debugpy', '-m debugpy', 5678],
    ['php app.php -d xdebug.mode=debug', 'xdebug', '-d xdebug.mode=debug', 9003],
  ])('%s', (line, adapter, option, port) => {
    expect(misplacedOption(line.split(' '))).toEqual({ adapter, option, port });
    expect(recogniseCommand(line.split(' '))).toBeNull();
  });
});

describe('no such option is in', () => {
  it.each([
    'node --inspect app.js',
    'node --inspect=9229 app.js --inspect=9230',
    'node app.js --inspector',
    'node app.js --inspect-port=9230',
    // Node reads what stands behind code on its command line.
    'node -e run() --inspect',
    // Tools hand it on to the program that they start.
    'node /usr/bin/nodemon --inspect app.js',
    'node node_modules/.bin/tsx --inspect app.ts',
    'node /project/node_modules/mocha/bin/mocha.js --inspect',
    'nodemon --inspect app.js',
    'node cli.cjs check -- node app.js --inspect=9229',
    'node runner.js exec /usr/bin/node --inspect app.js',
    `java ${AGENT} -jar app.jar`,
    `java ${AGENT} -jar app.jar ${AGENT}`,
    'java -jar app.jar -agentlib:jdwp=transport=dt_socket,server=n,address=10.0.0.1:5005',
    'python3 -m debugpy --listen 5678 app.py -m debugpy --listen 5679',
    'python3 -m pytest -m debugpy',
    'python3 -c run() -m debugpy --listen 5678',
    'php -d xdebug.mode=debug app.php',
    'php -S 127.0.0.1:8000 -d xdebug.mode=debug',
    'php app.php -d memory_limit=1G',
    'node',
    '',
  ])('%s', (line) => {
    expect(misplacedOption(line.split(' '))).toBeNull();
  });
});
