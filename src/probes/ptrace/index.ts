import { probeByPlatform } from '../by-platform.js';
import { observePtrace } from './linux.js';

export const ptrace = probeByPlatform('ptrace', { linux: observePtrace });
