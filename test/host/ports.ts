const FIRST = 17_700;
const LAST = 17_799;

/** Ports for the test file with this number, ten each. */
export function portsOf(file: number): number[] {
  const first = FIRST + file * 10;
  if (first + 9 > LAST) throw new Error('no such ports are set aside');
  return Array.from({ length: 10 }, (_, index) => first + index);
}
