import { z } from 'zod';

const word = z.string().min(1).max(12);

/** `data/search/guidance.json`: words that say nothing of the matter, and rows of words that mean the same. */
export const guideWords = z.strictObject({ source: z.string().min(1), fillers: z.array(word), synonyms: z.array(z.array(word).min(2)) });
