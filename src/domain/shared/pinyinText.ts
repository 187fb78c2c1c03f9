import { z } from 'zod';

/** 拼音 of a text: one syllable for each character of its normalised form (ü as v), and the initials. */
export const pinyinText = z.strictObject({
  /** A Chinese character gives its syllable, any other character itself. */
  full: z.array(z.string()),
  initials: z.string(),
});
export type PinyinText = z.infer<typeof pinyinText>;
