import { probeByPlatform } from '../by-platform.js';
import { observeRoute } from './linux.js';

export const route = probeByPlatform('route', { linux: observeRoute });
