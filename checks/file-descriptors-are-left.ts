import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

/** An interpreter with a debug server opens about this many files before its first own one. */
const NEEDED_FILES = 32;

export default defineCheck({
  id: 'file-descriptors-are-left',
  claim: 'a new program can open files',
  hop: 'resources',
  requests: ['launch'],
  needs: ['limits'],
  uses: [],
  dependsOn: [],
  causes: ['file-descriptors-exhausted'],
  appliesTo: () => true,
  evaluate: ({ limits }, target) => {
    const { systemOpenFiles: used, systemOpenFilesLimit: systemLimit, ownOpenFilesLimit: own } = limits;
    const args = targetArgs(target);
    if (used !== null && systemLimit !== null && used >= systemLimit) {
      const text = `the system has ${used} of ${systemLimit} files open`;
      const known = { ...args, used, limit: systemLimit };
      return fail(
        finding('file-descriptors-exhausted', 'certain', known, evidence(text, { file: '/proc/sys/fs/file-nr' })),
      );
    }
    if (own !== null && own < NEEDED_FILES) {
      const text = `programs started here may open ${own} files`;
      return fail(finding('file-descriptors-exhausted', 'likely', { ...args, limit: own }, evidence(text)));
    }
    return own === null
      ? unknown('the limit of open files')
      : pass(evidence(`programs started here may open ${own} files`));
  },
});
