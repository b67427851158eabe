import { probeByPlatform } from '../by-platform.js';
import { observeFirewall } from './linux.js';

/** Which rules of this machine's firewall stop the connection to the target. */
export const firewall = probeByPlatform('firewall', { linux: observeFirewall });
