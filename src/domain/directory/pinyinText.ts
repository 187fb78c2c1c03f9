import { z } from 'zod';
import { pinyinText } from '#domain/shared/pinyinText.ts';

/** 拼音 of everything one institution is searched by; made when it is imported. */
export const searchText = z.strictObject({
  name: pinyinText, aliases: z.array(pinyinText), subdistrict: pinyinText.nullable(), address: pinyinText.nullable(),
});
export type SearchText = z.infer<typeof searchText>;
