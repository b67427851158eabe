import type {
  DiskSpace,
  LaunchTool,
  Limits,
  PhpSettings,
  ServerLogs,
  UnixSocket,
  WritableFile,
} from './facts/files.js';
import type { InheritedOptions } from './facts/environment.js';
import type { Bind, Connection, Firewall, LocalNetwork, Resolution, Route } from './facts/network.js';
import type {
  DebugServers,
  ForeignListeners,
  Identity,
  PortClients,
  PortSockets,
  Ptrace,
  SecondaryPorts,
  TargetProcess,
  TcpTables,
} from './facts/processes.js';

export * from './facts/environment.js';
export * from './facts/files.js';
export * from './facts/network.js';
export * from './facts/processes.js';

/** Every question that a probe can answer. */
export interface FactMap {
  resolution: Resolution;
  'local-network': LocalNetwork;
  identity: Identity;
  'tcp-tables': TcpTables;
  'port-sockets': PortSockets;
  'secondary-ports': SecondaryPorts;
  'port-clients': PortClients;
  connection: Connection;
  bind: Bind;
  firewall: Firewall;
  route: Route;
  'debug-servers': DebugServers;
  'foreign-listeners': ForeignListeners;
  'server-logs': ServerLogs;
  'launch-tool': LaunchTool;
  'php-settings': PhpSettings;
  'server-log-file': WritableFile;
  'disk-space': DiskSpace;
  limits: Limits;
  'unix-socket': UnixSocket;
  'target-process': TargetProcess;
  ptrace: Ptrace;
  'inherited-options': InheritedOptions;
}

export type FactName = keyof FactMap;
