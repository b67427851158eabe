import { probeByPlatform } from '../by-platform.js';
import { observePhpSettings } from './linux.js';

export const phpSettings = probeByPlatform('php-settings', { linux: observePhpSettings });
