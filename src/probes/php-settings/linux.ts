import { splitWords } from '../../adapters/option-words.js';
import { isPhp, phpSettingsOf } from '../../adapters/xdebug.js';
import type { Host } from '../../host/host.js';
import type { PhpSettings } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { findProgram } from '../launch-tool/find-program.js';
import type { ProbeContext } from '../probe.js';

const PHP_TIMEOUT_MS = 5000;

/** Code given with `-r` runs without the files that php.ini prepends. Seen with PHP 8.2. */
const QUESTION =
  'echo json_encode(["php" => PHP_VERSION, "xdebug" => phpversion("xdebug"), ' +
  '"settings" => extension_loaded("xdebug") ? ini_get_all("xdebug", false) : []]);';

/** Xdebug 3 keeps the names of version 2, with this text as their value until somebody sets them. */
const NO_LONGER = /^This setting has been (changed|removed)/;

/** The settings with which Xdebug 2 was told to debug. */
const OF_VERSION_2 = ['xdebug.remote_enable', 'xdebug.remote_autostart', 'xdebug.remote_host', 'xdebug.remote_port'];

/** With any of these PHP may begin a session although it waits for a trigger. */
const TRIGGERS = ['XDEBUG_TRIGGER', 'XDEBUG_SESSION', 'XDEBUG_CONFIG', 'DBGP_IDEKEY'];

const IS_ON = /^(1|on|yes|true)$/i;

interface PhpAnswer {
  php: string;
  xdebug: string | null;
  settings: ReadonlyMap<string, string>;
}

/** Parses the answer to QUESTION, which warnings of PHP may precede; null for anything else. */
export function parsePhpAnswer(stdout: string): PhpAnswer | null {
  try {
    const value: unknown = JSON.parse(stdout.slice(stdout.indexOf('{"php":')));
    if (typeof value !== 'object' || value === null || !('php' in value) || !('xdebug' in value)) return null;
    const { php, xdebug } = value;
    if (typeof php !== 'string' || (xdebug !== false && typeof xdebug !== 'string')) return null;
    const settings = 'settings' in value ? Object.entries(value.settings ?? {}) : [];
    const texts = settings.flatMap(([name, setting]) =>
      typeof setting === 'string' ? [[name, setting] as const] : [],
    );
    return { php, xdebug: xdebug === false ? null : xdebug, settings: new Map(texts) };
  } catch {
    return null;
  }
}

/**
 * The options of the command that decide about Xdebug and load nothing from files: a configuration in a stranger's
 * repository must not make us run what lies there. Null: without such a file the answer would be another one.
 */
function harmlessOptions(command: readonly string[]): string[] | null {
  const options = command.slice(1);
  const settings = [...phpSettingsOf(command)];
  if (options.some((option) => /^-[cz]/.test(option))) return null;
  if (settings.some(([name, value]) => /^(zend_)?extension(_dir)?$/.test(name) && !/^xdebug(\.so)?$/.test(value))) {
    return null;
  }
  const kept = settings.filter(([name]) => name.startsWith('xdebug.') || name === 'zend_extension');
  return [...(options.includes('-n') ? ['-n'] : []), ...kept.flatMap(([name, value]) => ['-d', `${name}=${value}`])];
}

function portIn(text: string | undefined, byDefault: number): number | null {
  if (text === undefined || text === '') return byDefault;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** What takes effect, when the variables of our own environment are those of the program too. */
function inEffect(host: Host, path: string, { php, xdebug, settings }: PhpAnswer): PhpSettings {
  const setting = (name: string): string | undefined => settings.get(`xdebug.${name}`);
  const isTwo = xdebug?.startsWith('2.') === true;
  const config = new Map(
    splitWords(host.environment('XDEBUG_CONFIG') ?? '').map((word) => [word.split('=', 1)[0] ?? '', word]),
  );
  const said = (name: string): string | undefined => config.get(name)?.slice(name.length + 1) ?? setting(name);
  // An empty variable counts as none.
  const modeVariable = isTwo ? '' : (host.environment('XDEBUG_MODE') ?? '');
  const ownMode = isTwo ? (IS_ON.test(setting('remote_enable') ?? '') ? 'debug' : 'off') : (setting('mode') ?? '');
  const start = isTwo ? setting('remote_autostart') : setting('start_with_request');
  return {
    path,
    version: php,
    xdebugVersion: xdebug,
    mode: modeVariable === '' ? ownMode : modeVariable,
    modeVariable: modeVariable === '' ? null : 'XDEBUG_MODE',
    starts: IS_ON.test(start ?? '') ? 'always' : !isTwo && /^(no|0|off|)$/i.test(start ?? '') ? 'never' : 'on-trigger',
    triggers: TRIGGERS.filter((name) => host.environment(name) !== null),
    clientHost: said(isTwo ? 'remote_host' : 'client_host') ?? 'localhost',
    clientPort: isTwo ? portIn(said('remote_port'), 9000) : portIn(said('client_port'), 9003),
    unread: isTwo ? [] : OF_VERSION_2.filter((name) => settings.has(name) && !NO_LONGER.test(settings.get(name) ?? '')),
  };
}

/** What PHP would do with Xdebug if the target's command were run. */
export async function observePhpSettings({ host, target }: ProbeContext): Promise<Observation<PhpSettings>> {
  const [program] = target.command;
  if (program === undefined || !isPhp(program)) return unavailable('unsupported', evidence('the command is not php'));
  const path = await findProgram(host, program, target.cwd);
  if (path === null) return unavailable('not-installed', evidence(`${program} is not on PATH`));
  const options = harmlessOptions(target.command);
  if (options === null)
    return unavailable('unsupported', evidence('the command loads files that were not looked into'));
  // Without XDEBUG_MODE=off the question itself could call the editor.
  const argv = ['env', 'XDEBUG_MODE=off', path, ...options, '-r', QUESTION];
  const result = await host.run(argv, { timeoutMs: PHP_TIMEOUT_MS, cwd: target.cwd });
  const answer = result.exitCode === 0 ? parsePhpAnswer(result.stdout) : null;
  if (answer === null) return unavailable('unparsable', evidence(`${path} did not say what it is`, { argv }));
  const settings = inEffect(host, path, answer);
  const { xdebugVersion, mode, clientHost, clientPort } = settings;
  const text =
    xdebugVersion === null
      ? `${path} (PHP ${answer.php}) runs without Xdebug`
      : `Xdebug ${xdebugVersion} in ${path}: mode ${mode}, calls ${clientHost}:${clientPort ?? 'no port'}`;
  return observed(settings, evidence(text, { argv: [path, ...options, '-i'] }));
}
