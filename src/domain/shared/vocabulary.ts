import { z } from 'zod';
import { normalise } from '#domain/shared/tokens.ts';

/** What a word of everyday speech stands for: care in general, a facet of the directory, or other names of the same place. */
const meaning = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('generic'), topic: z.enum(['earlyEducation', 'fees', 'filing']).nullable() }),
  z.strictObject({ kind: z.literal('terms'), terms: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ kind: z.literal('place') }),
]);
export type Meaning = z.infer<typeof meaning>;

/** 同义词: `data/search/synonyms.json`. */
export const synonymFile = z.strictObject({
  source: z.string().min(1),
  entries: z.array(z.strictObject({ words: z.array(z.string().min(1)).min(1), means: meaning })),
});
export type SynonymFile = z.infer<typeof synonymFile>;

/** What each known word means, and the other names of the places among them. */
export type Vocabulary = {
  readonly meanings: ReadonlyMap<string, Meaning>;
  readonly otherNames: ReadonlyMap<string, readonly string[]>;
};

/** Makes the vocabulary of a search from the synonym file. */
export const makeVocabulary = (file: Pick<SynonymFile, 'entries'>): Vocabulary => {
  const entries = file.entries.map(({ words, means }) => ({ words: words.map(normalise), means }));
  return {
    meanings: new Map(entries.flatMap(({ words, means }) => words.map((word): [string, Meaning] => [word, means]))),
    otherNames: new Map(entries.filter(({ means }) => means.kind === 'place')
      .flatMap(({ words }) => words.map((word): [string, readonly string[]] => [word, words.filter((other) => other !== word)]))),
  };
};
