const SECRET = /(token|secret|passw|pwd|credential|api[-_]?key|auth)/i;

/** Replaces values that follow or belong to an argument with a telling name; debugpy's access token is one. */
export function redactCommand(command: readonly string[]): string[] {
  let hideNext = false;
  return command.map((argument) => {
    if (hideNext) {
      hideNext = false;
      return '<redacted>';
    }
    const equals = argument.indexOf('=');
    const name = equals < 0 ? argument : argument.slice(0, equals);
    const isOption = argument.startsWith('-') || equals > 0;
    if (!isOption || !SECRET.test(name.slice(0, 200))) return argument;
    if (equals >= 0) return `${name}=<redacted>`;
    hideNext = true;
    return argument;
  });
}
