import { describe } from 'vitest';
import { inspectorAnswers } from '../lab/clients.js';
import { startNode } from '../lab/debuggers.js';
import { canRun, useScene } from '../lab/scene.js';
import {
  provesAttach,
  provesForeignAddress,
  provesLaunch,
  provesLowPort,
  provesMissingTool,
  provesRecognition,
  type RealDebugger,
} from './contract.js';

const scene = useScene();
const mayIsolate = canRun('node as other users', 'root', 'ip', 'setpriv');

const node: RealDebugger = {
  adapter: 'node',
  mistakenFor: 'debugpy',
  command: (host, port) => ['node', `--inspect=${host}:${port}`, 'app.js'],
  start: (place, port, options) => startNode(place, port, options),
  attach: async (port) => {
    if (!(await inspectorAnswers(port))) throw new Error('the inspector does not answer');
  },
  // Node refuses those ports to root as well.
  onLowPort: 'invalid-address-syntax',
  withoutTool: 'interpreter-not-found',
};

describe('node', () => {
  provesAttach(scene, node);
  provesRecognition(scene, node);
  provesLaunch(scene, node);
  provesForeignAddress(node);
  provesMissingTool(scene, node);
});

describe.runIf(mayIsolate)('node for an ordinary user', () => {
  provesLowPort(scene, node);
});
