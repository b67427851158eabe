import type { FindingArgs } from '../src/model/cause.js';
import { defineCheck, failRulingOut, finding, pass, unknown, type Finding, type RuledOut } from '../src/model/check.js';
import type { Ptrace, ProcessInfo } from '../src/model/facts.js';
import { processArgs } from '../src/model/listeners.js';
import { evidence, type Evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

interface Case extends Ptrace {
  process: ProcessInfo;
  /** What a remedy must know of the process. */
  args: FindingArgs;
  /** True when the process descends from us, as it would from the debugger that started it. */
  isOurs: boolean;
}

const OWN_STATUS = { file: '/proc/self/status' };

function seenIn(process: ProcessInfo, text: string, file = 'status'): Evidence {
  return evidence(text, { file: `/proc/${process.pid}/${file}` });
}

function whoIsTraced({ process, target: { tracer }, args }: Case): Finding | null {
  if (tracer === null) return null;
  const name = tracer.name ?? 'a process that may not be seen';
  const detail = `by ${name}, pid ${tracer.pid}`;
  const fact = seenIn(process, `TracerPid is ${tracer.pid} (${name})`);
  return finding('already-traced', 'certain', { ...args, detail }, fact);
}

/** Capabilities of the process that we lack: the kernel wants ours to include them. */
function hasMoreRights({ own, target }: Case): boolean {
  if (own.permitted === null || target.permitted === null) return false;
  return (BigInt(`0x${target.permitted}`) & ~BigInt(`0x${own.permitted}`)) !== 0n;
}

interface ForeignIds {
  fact: string;
  /** How the process runs, after the word "runs". */
  detail: string;
}

/** The ids of the process that are not ours; null when all are. */
function foreignIds({ own, target, process }: Case): ForeignIds | null {
  const [uid, gid] = [own.uids[0], own.gids[0]];
  if (target.uids.some((id) => id !== uid)) {
    const detail = target.uids[0] === uid ? 'with the rights of another user' : `as user ${process.user}`;
    return { fact: `its user ids are ${target.uids.join(', ')}, ours is ${uid}`, detail };
  }
  if (target.gids.some((id) => id !== gid)) {
    return { fact: `its group ids are ${target.gids.join(', ')}, ours is ${gid}`, detail: 'with another group' };
  }
  return null;
}

/** Someone else's process, which takes CAP_SYS_PTRACE. As root one has it, unless the container was made without. */
function otherRights({ own, process, args }: Case, { fact, detail }: ForeignIds): Finding {
  const facts = [seenIn(process, fact), evidence('CAP_SYS_PTRACE is not among our capabilities', OWN_STATUS)];
  if (own.uids[0] === 0 && own.container !== null && own.mayGetThatRight === false) {
    const lost = evidence('the bounding set lacks CAP_SYS_PTRACE, so that no program here can have it', OWN_STATUS);
    return finding('container-lacks-ptrace-right', 'certain', { ...args, container: own.container }, lost, ...facts);
  }
  return finding('attach-ipc-not-shared', 'certain', { ...args, detail }, ...facts);
}

/** A denial that no other rule explains is left to the security module, when there is one. */
function unexplained({ own, target, process, args }: Case): Finding | null {
  const refused = seenIn(process, 'the kernel refuses us a look at the process', 'ns/user');
  if (own.profile !== null) {
    const label = evidence(`we run as ${own.profile.label} of ${own.profile.module}`, {
      file: '/proc/self/attr/current',
    });
    return finding('lsm-denies-ptrace', 'likely', args, refused, label);
  }
  // Not to be seen for a process of root, and the only reason left.
  if (own.mayTraceOthers === false && target.dumpable === null) {
    return finding('target-refuses-debugger', 'likely', args, refused);
  }
  return null;
}

/** Why the kernel does not even let us look, in the order of its own examination (ptrace(2), "access mode checking"). */
function whyRefused(found: Case): Finding | null {
  const { own, target, process, args, sameUserNamespace } = found;
  if (sameUserNamespace === false) {
    const fact = seenIn(process, 'it lives in another user namespace', 'uid_map');
    const confidence = own.mayTraceOthers === false ? 'certain' : 'likely';
    return finding('attach-ipc-not-shared', confidence, { ...args, detail: 'in another user namespace' }, fact);
  }
  if (own.mayTraceOthers === false) {
    const ids = foreignIds(found);
    if (ids !== null) return otherRights(found, ids);
    if (target.dumpable === false) {
      const fact = seenIn(process, 'its files in /proc belong to root: it is not dumpable', 'environ');
      return finding('target-refuses-debugger', 'certain', args, fact);
    }
    if (hasMoreRights(found)) {
      const fact = seenIn(process, `it has capabilities that we lack: ${target.permitted}, ours are ${own.permitted}`);
      return finding('target-refuses-debugger', 'certain', args, fact);
    }
  }
  return unexplained(found);
}

/** Yama comes after all that. With 1 a program may have let its debugger in (PR_SET_PTRACER), which nobody can see. */
function whatYamaForbids({ own, scope, sameUserNamespace, isOurs, args }: Case): Finding | null {
  if (scope === null || scope === 0) return null;
  // To look into another user namespace takes CAP_SYS_PTRACE there.
  const hasRight = sameUserNamespace === false || own.mayTraceOthers === true;
  if (scope < 3 && (hasRight || (scope === 1 && isOurs))) return null;
  const fact = evidence(`kernel.yama.ptrace_scope is ${scope}`, { file: '/proc/sys/kernel/yama/ptrace_scope' });
  const right = evidence('CAP_SYS_PTRACE is not among our capabilities', OWN_STATUS);
  const facts = scope < 3 ? [fact, right] : [fact];
  return finding('ptrace-scope-restricted', scope === 1 ? 'likely' : 'certain', { ...args, limit: scope }, ...facts);
}

function whatSelinuxForbids({ deniedBySelinux, args }: Case): Finding | null {
  if (!deniedBySelinux) return null;
  const fact = evidence('SELinux enforces deny_ptrace', { file: '/sys/fs/selinux/booleans/deny_ptrace' });
  return finding('lsm-denies-ptrace', 'likely', args, fact);
}

/** What may forbid it and keeps to itself whether it does. */
function whatMayForbid({ own, target, process, args }: Case): Finding[] {
  const found: Finding[] = [];
  const { profile, isFiltered, container, mayGetThatRight } = own;
  if (profile?.module === 'apparmor' && profile.enforced && profile.label !== target.profile?.label) {
    const text = `AppArmor confines us as ${profile.label}, and the process as ${target.profile?.label ?? 'something else'}`;
    found.push(finding('lsm-denies-ptrace', 'possible', args, seenIn(process, text, 'attr/current')));
  }
  if (isFiltered === true) {
    const fact = evidence('a filter (seccomp) decides on system calls of what is started from here', OWN_STATUS);
    // The debugger is what is confined, not the process. Container engines let ptrace through with its capability.
    found.push(
      container !== null && mayGetThatRight === false
        ? finding('container-lacks-ptrace-right', 'possible', { container }, fact)
        : finding('sandbox-confines-program', 'possible', { processName: 'A debugger that is started here' }, fact),
    );
  }
  return found;
}

function excluded({ target, scope, own, mayLook }: Case): RuledOut[] {
  const facts: (RuledOut | null)[] = [
    target.tracer === null ? { cause: 'already-traced', because: 'TracerPid is 0' } : null,
    scope === 0 ? { cause: 'ptrace-scope-restricted', because: 'kernel.yama.ptrace_scope is 0 or missing' } : null,
    own.isFiltered === false ? { cause: 'sandbox-confines-program', because: 'no seccomp filter is active' } : null,
    mayLook === true ? { cause: 'target-refuses-debugger', because: 'the kernel lets us look into the process' } : null,
  ];
  return facts.filter((fact) => fact !== null);
}

function judge(found: Case): readonly Finding[] {
  if (found.target.isKernelThread) {
    const fact = seenIn(found.process, 'it is a thread of the kernel');
    return [finding('target-refuses-debugger', 'certain', found.args, fact)];
  }
  const forbidden = [
    whoIsTraced(found),
    found.mayLook === false ? whyRefused(found) : null,
    found.mayLook === true ? whatYamaForbids(found) : null,
    whatSelinuxForbids(found),
  ].filter((one) => one !== null);
  return forbidden.length > 0 || found.mayLook !== true ? forbidden : whatMayForbid(found);
}

function describeAllowance({ process, target, own, scope }: Case): Evidence[] {
  const place = process.container ?? (target.innerPid === null ? null : 'another pid namespace');
  const inside = target.innerPid === null ? '' : `, as pid ${target.innerPid}`;
  const through = own.mayTraceOthers === true ? 'with CAP_SYS_PTRACE' : 'with equal rights';
  const limits = `TracerPid is 0, kernel.yama.ptrace_scope ${scope}, and no seccomp filter is active`;
  return [
    seenIn(process, `the kernel lets us look into the process ${through}; ${limits}`, 'ns/user'),
    ...(place === null ? [] : [seenIn(process, `it lives in ${place}${inside}`)]),
  ];
}

export default defineCheck({
  id: 'process-may-be-traced',
  claim: 'a debugger that is started here may attach to the process',
  hop: 'rights',
  requests: ['attach'],
  needs: ['target-process'],
  uses: ['ptrace', 'identity'],
  dependsOn: [],
  causes: [
    'already-traced',
    'ptrace-scope-restricted',
    'target-refuses-debugger',
    'attach-ipc-not-shared',
    'container-lacks-ptrace-right',
    'sandbox-confines-program',
    'lsm-denies-ptrace',
  ],
  appliesTo: ({ pid }) => pid !== null,
  evaluate: ({ 'target-process': { pid, process, server }, ptrace, identity }, target) => {
    if (process === null) return unknown(`there is no process ${pid}`);
    if (server !== null) return pass(evidence(`${server.adapter} serves pid ${pid}, so nobody has to trace it`));
    if (process.state === 'Z') return unknown(`process ${pid} has ended`);
    if (ptrace === undefined) return unknown(`what decides on tracing process ${pid}`);
    const args = { ...targetArgs(target), ...processArgs(process, identity) };
    const isOurs = process.parents.some((parent) => parent.pid === identity?.pid);
    const found = { ...ptrace, process, args, isOurs };
    const [first, ...others] = judge(found);
    if (first !== undefined) return failRulingOut(excluded(found), first, ...others);
    if (ptrace.mayLook === true && ptrace.scope !== null && ptrace.own.isFiltered !== null) {
      return pass(...describeAllowance(found));
    }
    return unknown(`whether the kernel lets us trace process ${pid}`);
  },
});
