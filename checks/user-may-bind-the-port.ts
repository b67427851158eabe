import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'user-may-bind-the-port',
  claim: 'this user may listen on the port',
  hop: 'rights',
  requests: ['launch'],
  needs: ['bind', 'local-network', 'identity'],
  uses: [],
  dependsOn: ['target-is-well-formed', 'name-resolves'],
  causes: ['privileged-port', 'policy-limits-bind-address'],
  appliesTo: ({ port }) => port !== null,
  evaluate: ({ bind, 'local-network': network, identity }, target) => {
    const denied = bind.attempts.find(({ errorCode }) => errorCode === 'EACCES' || errorCode === 'EPERM');
    if (denied === undefined) return pass(evidence(`binding port ${target.port} was not forbidden`));
    const limit = network.unprivilegedPortStart;
    const freePort = bind.freePort === null ? {} : { freePort: bind.freePort };
    const args = { ...targetArgs(target), ...freePort, address: denied.at.address, user: identity.userName };
    const said = evidence(
      `binding ${denied.at.address}:${denied.at.port} as ${identity.userName} gives ${denied.errorCode}`,
    );
    if (limit !== null && denied.at.port < limit && identity.mayBindPrivilegedPorts !== true) {
      const rule = evidence(
        `ports below ${limit} need CAP_NET_BIND_SERVICE, which ${identity.userName} does not have`,
        {
          file: '/proc/sys/net/ipv4/ip_unprivileged_port_start',
        },
      );
      return fail(finding('privileged-port', 'certain', { ...args, limit }, said, rule));
    }
    return fail(finding('policy-limits-bind-address', 'possible', args, said));
  },
});
