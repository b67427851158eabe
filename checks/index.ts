// Made by `npm run generate`: one line for each file in this folder.
import type { Check } from '../src/model/check.js';
import addressIsOnThisMachine from './address-is-on-this-machine.js';
import browserHasAProfileOfItsOwn from './browser-has-a-profile-of-its-own.js';
import browserListensWhereItWasTold from './browser-listens-where-it-was-told.js';
import clientSlotIsFree from './client-slot-is-free.js';
import configurationIsSound from './configuration-is-sound.js';
import debugOptionStandsBeforeTheProgram from './debug-option-stands-before-the-program.js';
import debugOptionsBelongToOneProcess from './debug-options-belong-to-one-process.js';
import debugPortIsPrivate from './debug-port-is-private.js';
import debuggerIsInstalled from './debugger-is-installed.js';
import dialledAddressIsNoWildcard from './dialled-address-is-no-wildcard.js';
import diskHasSpace from './disk-has-space.js';
import fileDescriptorsAreLeft from './file-descriptors-are-left.js';
import firewallLetsConnectionThrough from './firewall-lets-connection-through.js';
import inspectorTakesTheHostName from './inspector-takes-the-host-name.js';
import ipv6IsEnabled from './ipv6-is-enabled.js';
import listenerIsInThisNetworkNamespace from './listener-is-in-this-network-namespace.js';
import listenerProcessIsRunning from './listener-process-is-running.js';
import nameResolves from './name-resolves.js';
import onlyTheEditorListens from './only-the-editor-listens.js';
import phpCallsTheEditor from './php-calls-the-editor.js';
import portIsFree from './port-is-free.js';
import portOwnerIsSeen from './port-owner-is-seen.js';
import processMayBeTraced from './process-may-be-traced.js';
import programBehindTheAdapterLives from './program-behind-the-adapter-lives.js';
import programHasItsDebugger from './program-has-its-debugger.js';
import reportedErrorHasPassed from './reported-error-has-passed.js';
import routeLeadsThere from './route-leads-there.js';
import secondaryPortsAreFree from './secondary-ports-are-free.js';
import serverAcceptsConnections from './server-accepts-connections.js';
import serverAnswers from './server-answers.js';
import serverListensOnTheDialledAddress from './server-listens-on-the-dialled-address.js';
import serverListensOnThePort from './server-listens-on-the-port.js';
import serverLogIsWritable from './server-log-is-writable.js';
import serverUsesNoUnixSocket from './server-uses-no-unix-socket.js';
import serverUsesTheDialledFamily from './server-uses-the-dialled-family.js';
import targetIsWellFormed from './target-is-well-formed.js';
import targetProcessHasADebugger from './target-process-has-a-debugger.js';
import unixSocketIsServed from './unix-socket-is-served.js';
import userMayBindThePort from './user-may-bind-the-port.js';
import versionsFitTogether from './versions-fit-together.js';
import wantedDebuggerAnswers from './wanted-debugger-answers.js';

export const CHECKS: readonly Check[] = [
  addressIsOnThisMachine,
  browserHasAProfileOfItsOwn,
  browserListensWhereItWasTold,
  clientSlotIsFree,
  configurationIsSound,
  debugOptionStandsBeforeTheProgram,
  debugOptionsBelongToOneProcess,
  debugPortIsPrivate,
  debuggerIsInstalled,
  dialledAddressIsNoWildcard,
  diskHasSpace,
  fileDescriptorsAreLeft,
  firewallLetsConnectionThrough,
  inspectorTakesTheHostName,
  ipv6IsEnabled,
  listenerIsInThisNetworkNamespace,
  listenerProcessIsRunning,
  nameResolves,
  onlyTheEditorListens,
  phpCallsTheEditor,
  portIsFree,
  portOwnerIsSeen,
  processMayBeTraced,
  programBehindTheAdapterLives,
  programHasItsDebugger,
  reportedErrorHasPassed,
  routeLeadsThere,
  secondaryPortsAreFree,
  serverAcceptsConnections,
  serverAnswers,
  serverListensOnTheDialledAddress,
  serverListensOnThePort,
  serverLogIsWritable,
  serverUsesNoUnixSocket,
  serverUsesTheDialledFamily,
  targetIsWellFormed,
  targetProcessHasADebugger,
  unixSocketIsServed,
  userMayBindThePort,
  versionsFitTogether,
  wantedDebuggerAnswers,
];
