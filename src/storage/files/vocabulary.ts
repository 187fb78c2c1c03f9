import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { makeVocabulary, vocabularyTopics, type Vocabulary } from '#domain/shared/vocabulary.ts';
import { pinyinOf, type PinyinOverrides } from '#storage/files/pinyin.ts';

const meaning = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('generic'), topic: z.enum(vocabularyTopics).nullable() }),
  z.strictObject({ kind: z.literal('terms'), terms: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ kind: z.literal('place') }),
]);

const synonymFile = z.strictObject({
  source: z.string().min(1),
  entries: z.array(z.strictObject({ words: z.array(z.string().min(1)).min(1), means: meaning })),
});

/** Reads `data/search/synonyms.json`, each word with its pinyin. */
export const readVocabulary = async (path: string, overrides: PinyinOverrides = new Map()): Promise<Vocabulary> => {
  const { entries } = synonymFile.parse(JSON.parse(await readFile(path, 'utf8')));
  return makeVocabulary(entries.map(({ words, means }) => ({ words, means, pinyin: words.map((word) => pinyinOf(word, overrides).full) })));
};
