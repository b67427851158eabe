import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'debugger-is-installed',
  claim: 'the program that would be started is there and has the debugger',
  hop: 'tool',
  requests: ['launch'],
  needs: ['launch-tool'],
  uses: [],
  dependsOn: [],
  causes: ['interpreter-not-found', 'debugger-missing-in-interpreter'],
  appliesTo: ({ adapter }) => adapter !== 'tcp',
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
    const missing = evidence(`${what} cannot import ${target.adapter}`, { argv: [path, '-m', target.adapter] });
    const found = { ...args, interpreter: path, canInstall: tool.canInstall };
    return fail(finding('debugger-missing-in-interpreter', confidence, found, missing, ...elsewhere));
  },
});
