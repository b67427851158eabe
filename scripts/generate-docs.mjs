// Writes docs/causes from the catalogue and its words: one page a cause, and an index by hop.
// usage: node scripts/generate-docs.mjs [--check] [folder]
// --check writes nothing, names the files that differ, and ends with exit code 1 when there are any.
import { build } from 'esbuild';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SYSTEMS = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
const SURROUNDINGS = { ...SYSTEMS, wsl: 'WSL', container: 'containers' };
const RISKS = {
  safe: 'looks only',
  reversible: 'can be undone',
  disruptive: 'ends a process or session',
  manual: 'for you to decide, never run unasked',
};
const ENTRY = `
  export { CAUSES } from './src/causes/index.js';
  export { en } from './src/messages/en/index.js';
  export { CAUSE_IDS } from './src/model/cause-ids.js';
  export { HOPS } from './src/model/hop.js';
  export { SYMPTOMS } from './src/model/symptom.js';
`;

async function loadCatalogue() {
  const folder = await mkdtemp(path.join(tmpdir(), 'debug-doctor-docs-'));
  try {
    const outfile = path.join(folder, 'catalogue.mjs');
    await build({
      stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
      outfile,
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Plain text as Markdown text. */
function text(words) {
  return words.replaceAll(/[\\`*<[\]|]/g, String.raw`\$&`);
}

function bullets(lines) {
  return lines.map((line) => `- ${text(line)}`).join('\n');
}

/** One argument as it is typed into a shell of the system; placeholders stay as they are. */
function argumentText(argument, system) {
  const bare = argument.replaceAll(/<[a-z][a-z .-]*>/g, '');
  if (argument !== '' && /^[\w@%+=:,./~-]*$/.test(bare)) return argument;
  if (system === 'win32') return `"${argument.replaceAll('"', String.raw`\"`)}"`;
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

function commandText(argv, system) {
  return argv.map((argument) => argumentText(argument, system)).join(' ');
}

/** One step of a remedy, which may be followed by others; indented to stay inside its list item. */
function stepText(step, words, system) {
  if (step.kind === 'run') return `   \`\`\`text\n   ${commandText(step.argv, system)}\n   \`\`\``;
  if (step.kind === 'instruct') return `   ${text(words.instruct?.({}) ?? '')}`;
  if (step.kind === 'edit') return `   Sets \`${step.keyPath.join('.')}\` in \`${step.file}\`.`;
  return `   Sends ${step.signal} to the process.`;
}

function remedyText(remedy, number, words, system) {
  const notes = [RISKS[remedy.risk]];
  if (remedy.needsElevation) notes.push(system === 'win32' ? 'needs an administrator' : 'needs root');
  const undo = (remedy.undo ?? [])
    .filter((step) => step.kind === 'run')
    .map((step) => `   Undo: \`${commandText(step.argv, system)}\``);
  const lead = `${number}. **${text(words.title({}))}** (${notes.join('; ')})`;
  return [lead, ...remedy.steps.map((step) => stepText(step, words, system)), ...undo].join('\n\n');
}

function remediesOn(cause, system, en) {
  return cause.remedies[system]({})
    .map((remedy, index) => remedyText(remedy, index + 1, en.remedies[remedy.id], system))
    .join('\n\n');
}

/** The remedies by system; systems with the same ones share a heading. */
function remediesText(cause, en) {
  const groups = new Map();
  for (const [system, name] of Object.entries(SYSTEMS)) {
    const body = remediesOn(cause, system, en);
    if (body !== '') groups.set(body, [...(groups.get(body) ?? []), name]);
  }
  return [...groups].map(([body, names]) => `### ${names.join(', ')}\n\n${body}`).join('\n\n');
}

function errnoText(rows, system) {
  const numbers = rows
    .filter((row) => row[system] !== null)
    .map((row) => {
      const name = system === 'win32' ? (row.win32Name ?? row.name) : row.name;
      const libuv = system === 'win32' && row.libuvWin32 !== null ? ` (Node: ${row.libuvWin32})` : '';
      return `${name} ${row[system]}${libuv}`;
    });
  return numbers.length === 0 ? '–' : numbers.join(', ');
}

function symptomsText(cause, { en, SYMPTOMS }) {
  const rows = Object.keys(cause.symptoms)
    .toSorted((a, b) => cause.symptoms[b] - cause.symptoms[a])
    .map((id) => {
      const numbers = Object.keys(SYSTEMS).map((system) => errnoText(SYMPTOMS[id], system));
      return `| ${text(en.symptoms[id].title)} (\`${id}\`) | ${numbers.join(' | ')} |`;
    });
  const head = '| what the error says | Linux | macOS | Windows |\n| --- | --- | --- | --- |';
  return `${head}\n${rows.join('\n')}`;
}

function pageOf(cause, catalogue) {
  const words = catalogue.en.causes[cause.id];
  const where = cause.platforms.map((surrounding) => SURROUNDINGS[surrounding]).join(', ');
  const sections = [
    `# ${text(words.title)}`,
    `\`${cause.id}\` · hop \`${cause.hop}\` · ${cause.severity} · ${where}`,
    text(words.summary({})),
    `## What happens\n\n${text(words.explanation)}`,
    `## What you see\n\n${symptomsText(cause, catalogue)}`,
    `## What proves it\n\n${bullets(words.proofs)}`,
    `## What it is mistaken for\n\n${bullets(words.lookAlikes)}`,
    `## What to do\n\n${remediesText(cause, catalogue.en)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function indexOf({ CAUSES, CAUSE_IDS, HOPS, en }) {
  const hops = HOPS.map((hop) => {
    const ids = CAUSE_IDS.filter((id) => CAUSES[id].hop === hop);
    const rows = ids.map((id) => `- [\`${id}\`](${id}.md): ${text(en.causes[id].title)}`);
    return `## ${hop}\n\n${rows.join('\n')}`;
  });
  const lead = 'In the order in which a connection meets them; what must be there at all comes last.';
  return `# Causes\n\n${lead}\n\n${hops.join('\n\n')}\n`;
}

/** The names of files whose text is not the wanted one: changed, missing, or left over. */
async function staleFiles(folder, pages) {
  const present = await readdir(folder).catch(() => []);
  const stale = present.filter((name) => name.endsWith('.md') && !pages.has(name));
  for (const [name, page] of pages) {
    const old = await readFile(path.join(folder, name), 'utf8').catch(() => null);
    if (old !== page) stale.push(name);
  }
  return stale.toSorted();
}

async function main(args) {
  const check = args.includes('--check');
  const folder = path.resolve(args.find((argument) => !argument.startsWith('-')) ?? path.join(ROOT, 'docs/causes'));
  const catalogue = await loadCatalogue();
  const pages = new Map([['README.md', indexOf(catalogue)]]);
  for (const id of catalogue.CAUSE_IDS) pages.set(`${id}.md`, pageOf(catalogue.CAUSES[id], catalogue));
  const stale = await staleFiles(folder, pages);
  if (check) {
    for (const name of stale) console.error(`stale: ${path.relative(process.cwd(), path.join(folder, name))}`);
    return stale.length === 0 ? 0 : 1;
  }
  await mkdir(folder, { recursive: true });
  for (const name of stale) {
    const page = pages.get(name);
    if (page === undefined) await rm(path.join(folder, name));
    else await writeFile(path.join(folder, name), page);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
