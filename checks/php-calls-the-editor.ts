import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import type { PhpSettings } from '../src/model/facts.js';
import { evidence, type Evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

/** Why no session would begin, and whether the program could still begin one itself; null: one would begin. */
function silence(php: PhpSettings, command: readonly string[]): { detail: string; sure: boolean } | null {
  const { mode, modeVariable, starts, triggers } = php;
  if (!mode.split(',').some((part) => part.trim() === 'debug')) {
    const where = modeVariable === null ? 'xdebug.mode' : `the variable ${modeVariable}`;
    return { detail: `${where} is "${mode}", which does not include "debug"`, sure: true };
  }
  if (starts === 'never') return { detail: 'xdebug.start_with_request is "no"', sure: false };
  // Requests to a web server bring their own triggers.
  const isServer = command.includes('-S');
  if (starts === 'on-trigger' && triggers.length === 0 && !isServer) {
    return { detail: 'it waits for a trigger (xdebug.start_with_request), and no variable holds one', sure: false };
  }
  return null;
}

function unreadEvidence({ unread, xdebugVersion }: PhpSettings): Evidence[] {
  return unread.length === 0 ? [] : [evidence(`Xdebug ${xdebugVersion} no longer reads ${unread.join(', ')}`)];
}

export default defineCheck({
  id: 'php-calls-the-editor',
  claim: 'PHP would begin a debug session and call the editor on this port',
  hop: 'config',
  requests: ['attach', 'launch'],
  needs: ['php-settings'],
  uses: [],
  dependsOn: ['target-is-well-formed', 'debugger-is-installed'],
  causes: ['debug-flag-not-applied', 'wrong-port'],
  appliesTo: ({ adapter, command }) => adapter === 'xdebug' && command.length > 0,
  evaluate: ({ 'php-settings': php }, target) => {
    const { path, xdebugVersion, mode, clientHost, clientPort } = php;
    if (xdebugVersion === null) return unknown('what Xdebug would do: it is not loaded');
    const origin = { argv: [path, '-i'] };
    const args = { ...targetArgs(target), interpreter: path };
    const reason = silence(php, target.command);
    if (reason !== null) {
      return fail(
        finding(
          'debug-flag-not-applied',
          reason.sure ? 'certain' : 'likely',
          { ...args, detail: reason.detail },
          evidence(reason.detail, origin),
          ...unreadEvidence(php),
        ),
      );
    }
    if (clientPort === null) return unknown('which port PHP calls: its setting is no number');
    const call = evidence(`Xdebug (mode ${mode}) calls ${clientHost}:${clientPort}`, origin);
    if (target.port === null || clientPort === target.port) return pass(call);
    const text = `the editor is expected on port ${target.port}`;
    const findings = [call, evidence(text), ...unreadEvidence(php)];
    return fail(finding('wrong-port', 'certain', { ...args, otherPort: clientPort }, ...findings));
  },
});
