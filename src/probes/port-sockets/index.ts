import { probeByPlatform } from '../by-platform.js';
import { observePortSockets } from './linux.js';

export const portSockets = probeByPlatform('port-sockets', { linux: observePortSockets });
