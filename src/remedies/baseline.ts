import { createHash } from 'node:crypto';
import type { Host } from '../host/host.js';
import type { PlannedRemedy } from '../model/report.js';
import { MAX_DOCUMENT_BYTES } from '../targets/jsonc-document.js';
import { failure, type Failure } from './failure.js';
import { observePortRole, type PortRole } from './listener.js';

/**
 * How the things that a plan would change looked right after the diagnosis, so that a change behind our back (while a
 * person reads the plan) is noticed. `files` holds a hash by path, `roles` what a process had to do with its port.
 */
export interface Baseline {
  files: Map<string, string>;
  roles: Map<number, PortRole>;
}

/** The port that a remedy is about; null for a Unix socket or a bare process. */
export function portOf({ args, target }: PlannedRemedy): number | null {
  return args.port ?? target.port;
}

/** Looks at every file and process that a plan touches. Unreadable files are left to the step that needs them. */
export async function takeBaseline(host: Host, remedies: readonly PlannedRemedy[]): Promise<Baseline> {
  const baseline: Baseline = { files: new Map(), roles: new Map() };
  for (const planned of remedies) {
    for (const step of planned.remedy.steps) {
      if (step.kind === 'edit') {
        const read = await readText(host, step.file);
        if (read.ok) baseline.files.set(step.file, hashOf(read.text));
      }
      const port = portOf(planned);
      if (step.kind === 'signal' && port !== null) {
        baseline.roles.set(step.pid, await observePortRole(host, step.pid, port));
      }
    }
  }
  return baseline;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Reads a whole text file of at most 1 MiB that is sound UTF-8, so that writing it back loses nothing. */
export async function readText(host: Host, file: string): Promise<{ ok: true; text: string } | Failure> {
  const read = await host.readFile(file, { maxBytes: MAX_DOCUMENT_BYTES });
  if (!read.ok) return failure('file-unreadable', `${file}: ${read.code}`);
  if (read.truncated) return failure('file-too-large', file);
  if (read.text.includes('\uFFFD')) return failure('not-utf8', file);
  return { ok: true, text: read.text };
}
