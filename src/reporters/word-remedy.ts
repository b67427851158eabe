import type { Messages } from '../messages/messages.js';
import type { FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { Remedy, RemedyPlan, Step, StepPlan } from '../model/remedy.js';

/** A remedy with its words. */
export function wordRemedy(plan: RemedyPlan, args: FindingArgs, words: Messages): Remedy {
  const said = words.remedies[plan.id];
  const step = (each: StepPlan): Step =>
    each.kind === 'instruct' ? { kind: 'instruct', text: said.instruct?.(args) ?? said.title(args) } : each;
  return {
    ...plan,
    title: said.title(args),
    steps: plan.steps.map(step),
    undo: plan.undo?.map(step) ?? null,
  };
}

function quoted(argument: string, platform: Platform): string {
  if (/^(?:[\w@%+=:,./-]|<[\w-]{1,20}>)+$/.test(argument)) return argument;
  return platform === 'win32' ? `"${argument.replaceAll('"', '\\"')}"` : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** An argument list as one would type it; for reading, never for running. */
export function showCommand(argv: readonly string[], platform: Platform): string {
  return argv.map((argument) => quoted(argument, platform)).join(' ');
}

/** A step as one would type it, with `sudo` where it needs more rights; an instruction as its text. */
export function showStep(step: Step, remedy: Remedy, platform: Platform): string {
  if (step.kind === 'run') {
    const elevate = remedy.needsElevation && platform !== 'win32' && step.argv[0] !== 'sudo';
    return showCommand(elevate ? ['sudo', ...step.argv] : step.argv, platform);
  }
  if (step.kind === 'edit') return `${step.file}: ${step.keyPath.join('.')} = ${String(step.value)}`;
  if (step.kind === 'signal') return `kill -${step.signal} ${step.pid}`;
  return step.text;
}
