import type { CauseId } from './cause-ids.js';
import type { Confidence } from './check.js';
import type { DebugServer, Identity, OwnedSocket, ProcessInfo } from './facts.js';
import { FORWARDERS } from './listeners.js';
import type { Target } from './target.js';

/** What the owner of a port is to the server that wants it. */
export type OwnerRelation =
  | 'socket-activated'
  | 'managed-service'
  | 'orphan'
  | 'suspended-job'
  | 'previous-run'
  | 'running-server'
  | 'forwarder'
  | 'editor'
  | 'own-child'
  | 'sibling'
  | 'stranger'
  | 'hidden';

/** The relation as a fact about the owner. */
export const RELATION_TEXTS: Readonly<Record<OwnerRelation, string>> = {
  'socket-activated': 'systemd holds the socket for a service that it starts on demand',
  'managed-service': 'a service manager runs it, and starts it again when it ends',
  orphan: 'it was left behind by a program that has gone',
  'suspended-job': 'it is a suspended job',
  'previous-run': 'it is a debug server of the wanted kind that this user started earlier',
  'running-server': 'it is a debug server of the wanted kind that another user runs',
  forwarder: 'it passes connections on to somewhere else',
  editor: 'it belongs to an editor',
  'own-child': 'this very command started it',
  sibling: 'it was started from the same shell as this command',
  stranger: 'it has nothing to do with the wanted server',
  hidden: 'what it is may not be seen from here',
};

export interface OwnerJudgement {
  relation: OwnerRelation;
  cause: CauseId;
  confidence: Confidence;
}

const EDITORS =
  /^(code|code-insiders|codium|cursor|pycharm|idea|webstorm|goland|rider|clion|phpstorm|eclipse|java-debug)/;

/** Whether a process is an editor by its name, or a part of one. */
export function isEditor({ name, command }: ProcessInfo): boolean {
  return EDITORS.test(name.toLowerCase()) || command.some((argument) => argument.includes('--type=extensionHost'));
}

/** The same program as the one to be launched: its script or program name stands in both command lines. */
function isSameCommand(process: ProcessInfo, target: Target): boolean {
  const wanted = target.command.filter((argument) => !argument.startsWith('-'));
  const last = wanted.at(-1);
  return last !== undefined && process.cwd === target.cwd && process.command.includes(last);
}

function judgeServer(server: DebugServer, target: Target, identity: Identity | undefined): OwnerJudgement | null {
  if (server.programGone)
    return { relation: 'orphan', cause: 'orphaned-debug-adapter-holds-port', confidence: 'certain' };
  if (server.adapter !== target.adapter) return null;
  // For Xdebug it is the editor that listens.
  if (server.adapter === 'xdebug') return { relation: 'editor', cause: 'port-held-by-editor', confidence: 'certain' };
  if (server.process.uid !== identity?.uid) {
    return { relation: 'running-server', cause: 'server-already-running', confidence: 'likely' };
  }
  const confidence = isSameCommand(server.program ?? server.process, target) ? 'certain' : 'likely';
  return { relation: 'previous-run', cause: 'previous-run-still-listening', confidence };
}

function isFamily(process: ProcessInfo, identity: Identity | undefined): 'own-child' | 'sibling' | null {
  if (identity === undefined) return null;
  if (process.parents.some(({ pid }) => pid === identity.pid)) return 'own-child';
  return identity.ancestors[0] === process.ppid && process.ppid > 1 ? 'sibling' : null;
}

function judgeProcess(process: ProcessInfo, port: number, identity: Identity | undefined): OwnerJudgement {
  if (process.name === 'systemd-resolve' && port === 53) {
    return { relation: 'managed-service', cause: 'systemd-resolved-holds-port-53', confidence: 'certain' };
  }
  if (process.pid === 1 && process.name === 'systemd') {
    return { relation: 'socket-activated', cause: 'systemd-socket-unit-owns-port', confidence: 'certain' };
  }
  if (process.state === 'T')
    return { relation: 'suspended-job', cause: 'suspended-job-holds-port', confidence: 'certain' };
  // Docker starts its proxies again; to end one takes away a container's published port.
  if (process.unit !== null || process.name === 'docker-proxy') {
    return {
      relation: process.unit === null ? 'forwarder' : 'managed-service',
      cause: 'port-held-by-managed-service',
      confidence: 'certain',
    };
  }
  if (isEditor(process)) return { relation: 'editor', cause: 'port-held-by-editor', confidence: 'likely' };
  const relation = FORWARDERS.includes(process.name) ? 'forwarder' : (isFamily(process, identity) ?? 'stranger');
  return { relation, cause: 'port-held-by-other-program', confidence: 'certain' };
}

/** What a listener on the wanted port is, and which cause that makes. Everything about it comes from its process. */
export function judgeOwner(socket: OwnedSocket, target: Target, identity: Identity | undefined): OwnerJudgement {
  // A socket shared by systemd and its service belongs to the service.
  const process = socket.processes.find(({ pid }) => pid > 1) ?? socket.processes[0];
  if (process === undefined) return { relation: 'hidden', cause: 'port-held-by-other-program', confidence: 'likely' };
  if (process.state === 'T') return judgeProcess(process, socket.row.local.port, identity);
  const asServer = socket.server === null ? null : judgeServer(socket.server, target, identity);
  return asServer ?? judgeProcess(process, socket.row.local.port, identity);
}
