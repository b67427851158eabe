import type { Host } from '../../host/host.js';
import type { LogHit, ServerLogs } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import type { Probe, ProbeContext } from '../probe.js';

/** The newest lines tell what happened last. */
const MAX_TAIL_BYTES = 4 * 1024 * 1024;
const MAX_HITS = 100;

type Scan = (text: string, file: string | null) => LogHit[];

/** The pattern table is loaded only when there is something to read. */
async function loadScan(host: Host): Promise<Scan> {
  const { scanText } = await import('../../logs/scan.js');
  return (text, file) =>
    scanText(text, { file, platform: host.platform, maxHits: MAX_HITS }).map((match) => ({
      file,
      lineNumber: match.lineNumber,
      text: match.part,
      pattern: match.pattern,
      symptom: match.symptom,
      errno: match.errno,
      captures: { port: match.captures.port },
      causes: match.causes,
    }));
}

interface ReadLog {
  seen: ServerLogs['files'][number];
  hits: LogHit[];
}

async function readLog(host: Host, file: string, scan: Scan): Promise<ReadLog> {
  const status = await host.pathStatus(file);
  if (!status.ok) {
    const missing = status.code === 'ENOENT' || status.code === 'ENOTDIR';
    return { seen: { file, status: missing ? 'missing' : 'not-permitted', modifiedAt: null }, hits: [] };
  }
  if (status.kind !== 'file') return { seen: { file, status: 'not-a-file', modifiedAt: null }, hits: [] };
  const tail = await host.readFile(file, { maxBytes: MAX_TAIL_BYTES, from: 'end' });
  const { modifiedAt } = status;
  if (!tail.ok) return { seen: { file, status: 'not-permitted', modifiedAt }, hits: [] };
  return { seen: { file, status: 'read', modifiedAt }, hits: scan(tail.text, file) };
}

/** Failures that the target's logs and the user's own error text report, oldest first, the user's last. */
async function observe({ host, target }: ProbeContext): Promise<Observation<ServerLogs>> {
  const { logFiles, errorText } = target;
  if (logFiles.length === 0 && errorText === null)
    return unavailable('unsupported', evidence('no log and no error text was given'));
  const scan = await loadScan(host);
  const logs = await Promise.all(logFiles.map((file) => readLog(host, file, scan)));
  const hits = [...logs.flatMap((log) => log.hits), ...(errorText === null ? [] : scan(errorText, null))];
  const lines = logs.map(({ seen }) => evidence(`${seen.file}: ${seen.status}`, { file: seen.file }));
  return observed({ files: logs.map(({ seen }) => seen), hits }, ...lines);
}

export const serverLogs: Probe<'server-logs'> = { name: 'server-logs', observe };
