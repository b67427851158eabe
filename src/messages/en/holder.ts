import type { FindingArgs } from '../../model/cause.js';
import { theProcess } from './phrases.js';

/** `node (pid 4242) of user eve`, or as much of it as is known. */
export function theHolder(args: FindingArgs, otherwise: string): string {
  const process = theProcess(args, otherwise);
  return args.user === undefined ? process : `${process} of user ${args.user}`;
}
