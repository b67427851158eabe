import { posix } from 'node:path';
import type { Host } from '../../host/host.js';
import type { Interpreter } from '../../model/facts.js';
import { searchPath } from './find-program.js';

const PYTHON_TIMEOUT_MS = 5000;
const MAX_CANDIDATES = 24;

/**
 * Asks an interpreter what it is and whether it finds a module, without importing that module. The working directory
 * leaves the search path first: a file named json.py in a stranger's repository must not run.
 */
const QUESTION = [
  'import sys',
  "sys.path[:] = [p for p in sys.path if p != '']",
  'import importlib.util, json, os, sysconfig',
  'def has(name):',
  '    spec = importlib.util.find_spec(name)',
  '    return spec is not None and spec.origin is not None',
  'def version(name):',
  '    try:',
  '        import importlib.metadata as metadata',
  '        return metadata.version(name)',
  '    except Exception:',
  '        return None',
  'module = sys.argv[1]',
  "managed = os.path.exists(os.path.join(sysconfig.get_path('stdlib'), 'EXTERNALLY-MANAGED'))",
  'print(json.dumps({',
  "    'version': '.'.join(map(str, sys.version_info[:3])),",
  "    'has': has(module), 'moduleVersion': version(module) if has(module) else None,",
  "    'canInstall': has('pip') and not (managed and sys.prefix == sys.base_prefix),",
  '}))',
].join('\n');

export interface PythonAnswer {
  version: string;
  has: boolean;
  moduleVersion: string | null;
  canInstall: boolean;
}

/** Parses the answer to QUESTION; null for anything else. Output of a start-up file before it does not disturb. */
export function parsePythonAnswer(stdout: string): PythonAnswer | null {
  try {
    const value: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    if (typeof value !== 'object' || value === null || !('version' in value) || !('has' in value)) return null;
    const { version, has } = value;
    const moduleVersion = 'moduleVersion' in value ? value.moduleVersion : null;
    if (typeof version !== 'string' || typeof has !== 'boolean') return null;
    return {
      version,
      has,
      moduleVersion: typeof moduleVersion === 'string' ? moduleVersion : null,
      canInstall: 'canInstall' in value && value.canInstall === true,
    };
  } catch {
    return null;
  }
}

/** Runs the interpreter; null when it gives no usable answer. */
export async function askPython(host: Host, path: string, module: string, cwd: string): Promise<PythonAnswer | null> {
  const result = await host.run([path, '-B', '-c', QUESTION, module], { timeoutMs: PYTHON_TIMEOUT_MS, cwd });
  return result.exitCode === 0 ? parsePythonAnswer(result.stdout) : null;
}

/** Before Python 3.8 there is no importlib.metadata: what pip wrote beside the module has the version in its name. */
const VERSION_QUESTION = [
  'import sys',
  "sys.path[:] = [p for p in sys.path if p != '']",
  'import importlib.util, os, re',
  'origin = importlib.util.find_spec(sys.argv[1]).origin',
  'names = os.listdir(os.path.dirname(os.path.dirname(origin)))',
  "form = re.compile(re.escape(sys.argv[1]) + r'-([^-]+?)(-py[0-9.]+)?[.](dist|egg)-info')",
  "print('\\n'.join(m.group(1) for m in map(form.fullmatch, names) if m))",
].join('\n');

/** The version of a module by the name of its folder of installation records; null when there is none. */
export async function askInstalledVersion(
  host: Host,
  path: string,
  module: string,
  cwd: string,
): Promise<string | null> {
  const result = await host.run([path, '-B', '-c', VERSION_QUESTION, module], { timeoutMs: PYTHON_TIMEOUT_MS, cwd });
  const [version = ''] = result.stdout.trim().split('\n');
  return result.exitCode === 0 && /^\d[\w.+]{0,40}$/.test(version) ? version : null;
}

async function namesIn(host: Host, folder: string): Promise<readonly string[]> {
  const listing = await host.listDirectory(folder);
  return listing.ok ? listing.names : [];
}

/** Prefixes under which interpreters live: PATH's neighbours, virtual environments of the project, conda, pyenv. */
async function prefixes(host: Host, cwd: string): Promise<string[]> {
  const home = host.environment('HOME');
  const pyenv = home === null ? null : posix.join(home, '.pyenv/versions');
  const versions = pyenv === null ? [] : (await namesIn(host, pyenv)).map((name) => posix.join(pyenv, name));
  const named = [host.environment('VIRTUAL_ENV'), host.environment('CONDA_PREFIX')].filter((path) => path !== null);
  const onPath = searchPath(host).map((folder) => posix.dirname(folder));
  const all = [
    ...named,
    posix.join(cwd, '.venv'),
    posix.join(cwd, 'venv'),
    ...onPath,
    '/usr',
    '/usr/local',
    ...versions,
  ];
  return [...new Set(all)].slice(0, MAX_CANDIDATES);
}

/**
 * Interpreters of this machine in whose library folders the module lies. Only files are looked at: an interpreter
 * inside a project is not ours to run.
 */
export async function findPythonsWith(host: Host, module: string, cwd: string): Promise<Interpreter[]> {
  const found: Interpreter[] = [];
  for (const prefix of await prefixes(host, cwd)) {
    const libraries = (await namesIn(host, `${prefix}/lib`)).filter((name) => /^python3(\.\d+)?$/.test(name));
    for (const library of libraries) {
      const folders = ['site-packages', 'dist-packages'].map((name) => `${prefix}/lib/${library}/${name}/${module}`);
      const statuses = await Promise.all(folders.map((folder) => host.pathStatus(`${folder}/__init__.py`)));
      const path = `${prefix}/bin/${library === 'python3' ? 'python3' : library}`;
      if (!statuses.some((status) => status.ok) || !(await host.pathStatus(path)).ok) continue;
      found.push({ path, version: library.slice('python'.length), hasDebugger: true, debuggerVersion: null });
    }
  }
  return found;
}
