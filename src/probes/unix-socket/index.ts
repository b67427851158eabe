import { probeByPlatform } from '../by-platform.js';
import { observeUnixSocket } from './linux.js';

export const unixSocket = probeByPlatform('unix-socket', { linux: observeUnixSocket });
