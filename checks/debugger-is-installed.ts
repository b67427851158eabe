import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'debugger-is-installed',
  claim: 'the program that would be started is there and has the debugger',
  hop: 'tool',
  requests: ['launch', 'attach'],
  needs: ['launch-tool'],
  uses: [],
  dependsOn: [],
  causes: ['interpreter-not-found', 'debugger-missing-in-interpreter'],
  // PHP calls an editor that listens whether it is started from here or not.
  appliesTo: ({ adapter, request, command }) =>
    adapter === 'xdebug' ? command.length > 0 : adapter !== 'tcp' && request === 'launch',
  evaluate: ({ 'launch-tool': tool }, target) => {
    const [other] = tool.others;
    const elsewhere =
      other === undefined ? [] : [evidence(`${other.path} has ${target.adapter}`, { file: other.path })];
    const args = { ...targetArgs(target), ...(other === undefined ? {} : { otherInterpreter: other.path }) };
    // Without a command it is a guess which interpreter will run.
    const confidence = target.command.length > 0 ? 'certain' : other === undefined ? 'likely' : 'possible';
    if (tool.found === null) {
      const text = evidence(`${tool.command} is neither a file nor on PATH`);
      return fail(
        finding('interpreter-not-found', confidence, { ...args, interpreter: tool.command }, text, ...elsewhere),
      );
    }
    const { path, version, hasDebugger, debuggerVersion } = tool.found;
    const what = version === null ? path : `${path} (version ${version})`;
    if (hasDebugger) return pass(evidence(`${what} has ${target.adapter} ${debuggerVersion ?? ''}`.trim()));
    const argv = target.adapter === 'xdebug' ? [path, '-m'] : [path, '-m', target.adapter];
    const missing = evidence(`${what} cannot load ${target.adapter}`, { argv });
    const found = { ...args, interpreter: path, canInstall: tool.canInstall };
    return fail(finding('debugger-missing-in-interpreter', confidence, found, missing, ...elsewhere));
  },
});
