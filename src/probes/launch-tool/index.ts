import { baseName } from '../../adapters/command-line.js';
import { ADAPTERS } from '../../adapters/index.js';
import type { LaunchTool } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import type { Probe, ProbeContext } from '../probe.js';
import { findProgram } from './find-program.js';
import { askInstalledVersion, askPython, findPythonsWith } from './python.js';
import { observeGo, readToolVersion } from './tool-version.js';

async function observePython(
  { host, target }: ProbeContext,
  module: string,
  command: string,
): Promise<Observation<LaunchTool>> {
  const path = await findProgram(host, command, target.cwd);
  const none = { command, found: null, others: [], toolchain: null, canInstall: false };
  if (path === null) {
    const others = await findPythonsWith(host, module, target.cwd);
    return observed({ ...none, others }, evidence(`${command} is not on PATH`));
  }
  const answer = await askPython(host, path, module, target.cwd);
  if (answer === null) return unavailable('unparsable', evidence(`${path} did not say what it is`));
  const debuggerVersion = answer.has
    ? (answer.moduleVersion ?? (await askInstalledVersion(host, path, module, target.cwd)))
    : null;
  const found = { path, version: answer.version, hasDebugger: answer.has, debuggerVersion };
  const others = answer.has ? [] : await findPythonsWith(host, module, target.cwd);
  const text = `${path} (Python ${answer.version}) ${answer.has ? 'has' : 'does not have'} ${module}`;
  const origin = { argv: [path, '-c', `find_spec("${module}")`] };
  return observed({ command, found, others, toolchain: null, canInstall: answer.canInstall }, evidence(text, origin));
}

/** PHP, and whether it loads the extension; where it may not be asked, only that it is there. */
async function observePhp({ host, target, see }: ProbeContext, extension: string): Promise<Observation<LaunchTool>> {
  const [command = ''] = target.command;
  const none = { command, found: null, others: [], toolchain: null, canInstall: false };
  if ((await findProgram(host, command, target.cwd)) === null) {
    return observed(none, evidence(`${command} is not on PATH`));
  }
  const settings = await see('php-settings');
  if (settings.status !== 'ok') return settings;
  const { path, version, xdebugVersion } = settings.value;
  const found = { path, version, hasDebugger: xdebugVersion !== null, debuggerVersion: xdebugVersion };
  const text = `${path} (PHP ${version}) ${found.hasDebugger ? 'loads' : 'does not load'} ${extension}`;
  return observed({ ...none, found }, evidence(text, { argv: [path, '-m'] }));
}

/** The program that a launch would start, and whether the debugger is in it. */
async function observe(context: ProbeContext): Promise<Observation<LaunchTool>> {
  const { host, target } = context;
  const adapter = ADAPTERS[target.adapter];
  const { tool } = adapter;
  if (tool === null) return unavailable('unsupported', evidence('any program can be launched for this adapter'));
  if (tool.kind === 'python-module') {
    // `uv run python app.py` and `env A=1 python app.py` start the interpreter that they name.
    const named = target.command.find((argument) => /^(python|pypy)[\d.]*$/.test(baseName(argument)));
    return observePython(context, tool.module, named ?? tool.defaultInterpreter);
  }
  if (tool.kind === 'php-extension') return observePhp(context, tool.extension);
  const command = target.command[0] ?? tool.name;
  if (command === null) return unavailable('unsupported', evidence('the command does not say which program it is'));
  const path = await findProgram(host, command, target.cwd);
  const nothing = { command, others: [], toolchain: null, canInstall: false };
  if (path === null) return observed({ ...nothing, found: null }, evidence(`${command} is not on PATH`));
  const [version, toolchain] = await Promise.all([
    readToolVersion(host, adapter, tool, path, target),
    adapter.id === 'delve' ? observeGo(host, target) : null,
  ]);
  const found = { path, version, hasDebugger: true, debuggerVersion: null };
  const text = `${command} is ${path}${version === null ? '' : `, version ${version}`}`;
  return observed({ ...nothing, found, toolchain }, evidence(text));
}

export const launchTool: Probe<'launch-tool'> = { name: 'launch-tool', observe };
