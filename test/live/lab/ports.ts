import { existsSync, readFileSync } from 'node:fs';

const FIRST = 18_000;
const LAST = 18_999;

let next = FIRST;

/** Whether anything is left of the port, such as connections of an earlier run in TIME_WAIT. */
export function isInTables(port: number): boolean {
  const key = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return ['/proc/net/tcp', '/proc/net/tcp6'].some(
    (table) => existsSync(table) && readFileSync(table, 'utf8').includes(key),
  );
}

/** A port that no other test of the file uses, and nothing on the machine. */
export function nextPort(): number {
  for (;;) {
    if (next > LAST) throw new Error('this file needs more ports than are set aside');
    next += 1;
    if (!isInTables(next - 1)) return next - 1;
  }
}
