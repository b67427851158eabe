const FIRST = 17400;
const LAST = 17499;

let next = FIRST;

/** A port that no other test of the file uses. */
export function nextPort(): number {
  if (next > LAST) throw new Error('this file needs more ports than are set aside');
  next += 1;
  return next - 1;
}
