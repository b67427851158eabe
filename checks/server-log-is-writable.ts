import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'server-log-is-writable',
  claim: 'the log file of the server can be written',
  hop: 'rights',
  requests: ['launch'],
  needs: ['server-log-file'],
  uses: ['identity'],
  dependsOn: [],
  causes: ['log-file-not-writable'],
  appliesTo: ({ serverLogFile }) => serverLogFile !== null,
  evaluate: ({ 'server-log-file': log, identity }, target) => {
    const subject = log.exists ? log.file : log.directory;
    if (log.writable) return pass(evidence(`${subject} is writable`, { file: subject }));
    const user = identity?.userName ?? 'this user';
    const text =
      log.errorCode === 'EISDIR'
        ? `${log.file} is a folder`
        : `${user} may not write to ${subject} (${log.errorCode ?? 'refused'})`;
    const args = { ...targetArgs(target), file: log.file, directory: log.directory, user };
    return fail(finding('log-file-not-writable', 'certain', args, evidence(text, { file: subject })));
  },
});
