import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

/** VS Code asks in the name of `localhost`, whatever name it dials, and is not refused; by its source. */
function isReadByVsCode({ source }: Target): boolean {
  return source.kind === 'project' && /\.vscode\/launch\.json$|\.code-workspace$/.test(source.file);
}

function isName(host: string | null): boolean {
  return host !== null && host !== 'localhost' && !/^[\d.]+$|:/.test(host);
}

export default defineCheck({
  id: 'inspector-takes-the-host-name',
  claim: 'the inspector answers a request that names the host as the client does',
  hop: 'protocol',
  requests: ['attach'],
  needs: ['connection'],
  uses: [],
  dependsOn: ['wanted-debugger-answers'],
  causes: ['host-header-rejected'],
  appliesTo: (target) =>
    ['node', 'chrome'].includes(target.adapter) &&
    isName(target.host) &&
    target.port !== null &&
    !isReadByVsCode(target),
  evaluate: ({ connection }, target) => {
    const asked = connection.attempts.find(({ byName }) => byName !== undefined);
    if (asked?.byName === undefined) return unknown('whether a request with this name is answered');
    const { authority, isRefused, received } = asked.byName;
    const place = placeOf(asked);
    if (!isRefused) return pass(evidence(`${place} answers a request with "Host: ${authority}"`));
    const said = (received.split('\r\n', 1)[0] ?? '').slice(0, 120);
    return fail(
      finding(
        'host-header-rejected',
        'certain',
        { ...targetArgs(target), ...('path' in asked.to ? {} : { address: asked.to.address }) },
        evidence(`${place} answers "Host: 127.0.0.1" as ${target.adapter}`),
        evidence(`${place} answers "Host: ${authority}" with "${said}"`),
      ),
    );
  },
});
