import { defineCheck, fail, finding, pass, type Finding } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'configuration-is-sound',
  claim: 'the configuration file can be read, and no other configuration wants the same port',
  hop: 'config',
  requests: ['attach', 'launch'],
  needs: [],
  uses: [],
  dependsOn: [],
  causes: ['configuration-file-broken', 'two-servers-configured-for-same-port'],
  appliesTo: ({ source }) => source.kind === 'project',
  evaluate: (_facts, target) => {
    if (target.source.kind !== 'project') return pass();
    const { file, line, column, problems, collidesWith } = target.source;
    const args = { ...targetArgs(target), file };
    const findings: Finding[] = [];
    const [problem] = problems;
    if (problem !== undefined) {
      const seen = problems.map((text) => evidence(`${file}:${text}`, { file }));
      const place = problem.split(':', 2).join(':');
      findings.push(finding('configuration-file-broken', 'certain', { ...args, line: place }, ...seen));
    }
    if (collidesWith.length > 0) {
      const text = `${target.name} (${file}:${line}:${column}) and ${collidesWith.join(', ')} all want port ${target.port}`;
      findings.push(finding('two-servers-configured-for-same-port', 'certain', args, evidence(text, { file })));
    }
    const [first, ...rest] = findings;
    return first === undefined ? pass(evidence(`${file} was read`, { file })) : fail(first, ...rest);
  },
});
