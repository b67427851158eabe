import { CHECKS } from '../../checks/index.js';
import { ADAPTERS } from '../adapters/index.js';
import { CAUSES } from '../causes/index.js';
import { en } from '../messages/en/index.js';
import { renderJson } from '../reporters/json.js';
import type { Terminal } from './terminal.js';

interface Row {
  id: string;
  group: string;
  text: string;
}

function checkRows(): (Row & object)[] {
  return CHECKS.map(({ id, hop, claim, requests, causes }) => ({ id, group: hop, text: claim, requests, causes }));
}

function causeRows(): (Row & object)[] {
  return Object.values(CAUSES).map(({ id, hop, severity, platforms, symptoms }) => ({
    id,
    group: hop,
    text: en.causes[id].title,
    severity,
    platforms,
    symptoms: Object.keys(symptoms),
    checks: CHECKS.filter(({ causes }) => causes.includes(id)).map((check) => check.id),
  }));
}

function adapterRows(): (Row & object)[] {
  return Object.values(ADAPTERS).map(({ id, name, defaultPort, contact: contactOf }) => {
    const contact = contactOf(null);
    return {
      id,
      group: `port ${defaultPort}`,
      text: contact.harmless ? name : `${name}: not dialled, since ${contact.because}`,
      defaultPort,
      dialled: contact.harmless,
    };
  });
}

const SECTIONS = { checks: checkRows, causes: causeRows, adapters: adapterRows } as const;

type Section = keyof typeof SECTIONS;

function isSection(value: unknown): value is Section {
  return typeof value === 'string' && value in SECTIONS;
}

function renderSection(name: Section): string {
  const rows = SECTIONS[name]();
  const idWidth = Math.max(...rows.map(({ id }) => id.length));
  const groupWidth = Math.max(...rows.map(({ group }) => group.length));
  const lines = rows.map(({ id, group, text }) => `  ${id.padEnd(idWidth)}  ${group.padEnd(groupWidth)}  ${text}`);
  return [`${name} (${rows.length})`, ...lines, ''].join('\n');
}

/** `debug-doctor list`: what the doctor knows. */
export function runList(raw: { what?: unknown; json?: unknown }, terminal: Terminal): number {
  const sections: Section[] = isSection(raw.what) ? [raw.what] : ['checks', 'causes', 'adapters'];
  if (raw.json === true) {
    terminal.write(renderJson(Object.fromEntries(sections.map((name) => [name, SECTIONS[name]()]))));
  } else {
    terminal.write(sections.map((name) => renderSection(name)).join('\n'));
  }
  return 0;
}
