/** What is said to a server, and when; regular expressions as text. */
export interface Conversation {
  replies: readonly { after: string; send: string }[];
  /** What ends it; null: nothing that is said. */
  until: string | null;
}

/**
 * Follows what was received so far: what is to be said now, and whether all was heard. Each pattern is looked for behind
 * the text that matched the one before it, so that it does not matter in which pieces the answers arrive.
 */
export function followConversation(how: Conversation): (received: string) => { replies: string[]; isOver: boolean } {
  const waiting = how.replies.map(({ after, send }) => ({ after: new RegExp(after), send }));
  const until = how.until === null ? null : new RegExp(how.until);
  let heard = 0;
  return (received) => {
    const replies: string[] = [];
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const match = next.after.exec(received.slice(heard));
      if (match === null) break;
      heard += match.index + match[0].length;
      waiting.shift();
      replies.push(next.send);
    }
    return { replies, isOver: waiting.length === 0 && until?.test(received.slice(heard)) === true };
  };
}
