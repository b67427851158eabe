import type { RemedyWords } from '../messages.js';

/** A remedy whose advice does not depend on the case. */
export function advice(title: string, text: string): RemedyWords {
  return { title: () => title, instruct: () => text };
}

/** A remedy that is a command or an edit, with the same title in every case. */
export function action(title: string): RemedyWords {
  return { title: () => title };
}
