import type { CauseId } from '../src/model/cause-ids.js';
import { CAUSE_IDS } from '../src/model/cause-ids.js';
import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

function isCause(id: string | undefined): id is CauseId {
  return (CAUSE_IDS as readonly (string | undefined)[]).includes(id);
}

export default defineCheck({
  id: 'reported-error-has-passed',
  claim: 'the error that was reported does not say more than the machine does',
  hop: 'process',
  requests: ['attach', 'launch'],
  needs: ['server-logs'],
  uses: ['connection'],
  dependsOn: [
    'wanted-debugger-answers',
    'server-listens-on-the-port',
    'port-is-free',
    'secondary-ports-are-free',
    'debugger-is-installed',
  ],
  causes: [],
  appliesTo: ({ errorText }) => errorText !== null,
  evaluate: ({ 'server-logs': { hits }, connection }, target) => {
    const answered = connection?.attempts.find(({ answeredBy }) => answeredBy === target.adapter);
    if (answered !== undefined) return pass(evidence('the wanted debugger answers now'));
    const hit = hits.findLast(({ file }) => file === null);
    const cause = hit?.causes[0];
    if (hit === undefined || !isCause(cause)) return pass(evidence('the reported text names no known error'));
    const said = evidence(hit.text, { argument: '--error' });
    return fail(finding(cause, 'possible', { ...targetArgs(target), line: hit.text }, said));
  },
});
