import type { FactName } from '../model/facts.js';
import { bind } from './bind/index.js';
import { connection } from './connection/index.js';
import { debugServers } from './debug-servers/index.js';
import { diskSpace } from './disk-space/index.js';
import { firewall } from './firewall/index.js';
import { foreignListeners } from './foreign-listeners/index.js';
import { identity } from './identity/index.js';
import { inheritedOptions } from './inherited-options/index.js';
import { launchTool } from './launch-tool/index.js';
import { limits } from './limits/index.js';
import { localNetwork } from './local-network/index.js';
import { phpSettings } from './php-settings/index.js';
import { portClients } from './port-clients/index.js';
import { portSockets } from './port-sockets/index.js';
import { tcpTables } from './port-sockets/read-tables.js';
import type { Probe } from './probe.js';
import { ptrace } from './ptrace/index.js';
import { resolution } from './resolution/index.js';
import { route } from './route/index.js';
import { secondaryPorts } from './secondary-ports/index.js';
import { serverLogFile } from './server-log-file/index.js';
import { serverLogs } from './server-logs/index.js';
import { targetProcess } from './target-process/index.js';
import { unixSocket } from './unix-socket/index.js';

/** Every probe, by the fact that it observes. */
export const PROBES: { readonly [N in FactName]: Probe<N> } = {
  resolution,
  'local-network': localNetwork,
  identity,
  'tcp-tables': tcpTables,
  'port-sockets': portSockets,
  'secondary-ports': secondaryPorts,
  'port-clients': portClients,
  connection,
  bind,
  firewall,
  route,
  'debug-servers': debugServers,
  'foreign-listeners': foreignListeners,
  'server-logs': serverLogs,
  'launch-tool': launchTool,
  'php-settings': phpSettings,
  'server-log-file': serverLogFile,
  'disk-space': diskSpace,
  limits,
  'unix-socket': unixSocket,
  'target-process': targetProcess,
  ptrace,
  'inherited-options': inheritedOptions,
};
