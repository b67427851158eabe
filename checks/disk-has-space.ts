import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

/** Less than this does not hold the first page of a log. */
const TOO_FEW_BYTES = 16 * 1024;

export default defineCheck({
  id: 'disk-has-space',
  claim: 'the folders that the server writes to have space left',
  hop: 'resources',
  requests: ['launch'],
  needs: ['disk-space'],
  uses: [],
  dependsOn: [],
  causes: ['disk-full'],
  appliesTo: () => true,
  evaluate: ({ 'disk-space': { folders } }, target) => {
    const full = folders.find(({ freeBytes, freeInodes }) => freeBytes < TOO_FEW_BYTES || freeInodes === 0);
    if (full === undefined) {
      const least = Math.min(...folders.map(({ freeBytes }) => freeBytes));
      return pass(evidence(`at least ${Math.floor(least / 1024 / 1024)} MiB are free`));
    }
    const what = full.freeInodes === 0 ? 'no inode is' : `${full.freeBytes} bytes are`;
    const args = { ...targetArgs(target), directory: full.path };
    return fail(finding('disk-full', 'certain', args, evidence(`${what} free in ${full.path}`, { file: full.path })));
  },
});
