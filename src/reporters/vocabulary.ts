import { CAUSES } from '../causes/index.js';
import { en } from '../messages/en/index.js';
import type { Vocabulary } from './report.js';

/** Every cause and every word: loaded when there is something to say. */
export const vocabulary: Vocabulary = { causes: CAUSES, words: en };
