/** The last part of a path of either system, without `.exe`. */
export function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return name.toLowerCase().endsWith('.exe') ? name.slice(0, -4) : name;
}

/** The value of `--flag value` or `--flag=value`; null when the flag is absent or has none. */
export function flagValue(command: readonly string[], flag: string): string | null {
  for (const [index, argument] of command.entries()) {
    if (argument === flag) return command[index + 1] ?? null;
    if (argument.startsWith(`${flag}=`)) return argument.slice(flag.length + 1);
  }
  return null;
}

/**
 * Splits `HOST:PORT`, `[v6]:PORT` or `PORT`. A part that is missing or is no number comes out as null; the host `*`,
 * as the JVM and lldb-server write it, is every address.
 */
export function splitHostPort(text: string): { host: string | null; port: number | null } {
  const colon = text.lastIndexOf(':');
  const host = colon < 0 ? '' : text.slice(0, colon).replace(/^\[|\]$/g, '');
  const digits = text.slice(colon + 1);
  return {
    host: host === '' ? null : host === '*' ? '0.0.0.0' : host,
    port: /^\d{1,9}$/.test(digits) ? Number(digits) : null,
  };
}
