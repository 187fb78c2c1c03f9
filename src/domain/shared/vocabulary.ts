import { isHan, normalise } from '#domain/shared/tokens.ts';

/** Topics that everyday words lead to: pages that tell what is what. */
export const vocabularyTopics = ['earlyEducation', 'fees', 'filing'] as const;
export type VocabularyTopic = (typeof vocabularyTopics)[number];

/** What a word of everyday speech stands for: care in general, a facet of the directory, or other names of the same place. */
export type Meaning =
  | { readonly kind: 'generic'; readonly topic: VocabularyTopic | null }
  | { readonly kind: 'terms'; readonly terms: readonly string[] }
  | { readonly kind: 'place' };

/** Words that mean the same, the one that is shown first, each with its syllables (none where they are not known). */
export type VocabularyEntry = { readonly words: readonly string[]; readonly means: Meaning; readonly pinyin: readonly (readonly string[])[] };

/** What each known word means, spelt in characters or in pinyin, and the other names of the places among them. */
export type Vocabulary = {
  readonly entries: readonly VocabularyEntry[];
  readonly meanings: ReadonlyMap<string, Meaning>;
  readonly otherNames: ReadonlyMap<string, readonly string[]>;
};

const shortestSpelling = 4;

/** A word in pinyin as it is typed (ü as v and as u); too short, it would mean too much. */
const spellings = (word: string, syllables: readonly string[]): readonly string[] => {
  const characters = Array.from(word);
  if (syllables.length !== characters.length || characters.length < 2 || !characters.some(isHan)) return [];
  const spelt = syllables.join('');
  return spelt.length < shortestSpelling ? [] : [...new Set([spelt, spelt.replaceAll('v', 'u')])];
};

/** Makes the vocabulary of a search. A spelling that two entries share stands for the first. */
export const makeVocabulary = (entries: readonly VocabularyEntry[]): Vocabulary => {
  const meanings = new Map<string, Meaning>();
  const otherNames = new Map<string, readonly string[]>();
  const spelt: (readonly [spelling: string, means: Meaning, names: readonly string[]])[] = [];
  for (const { words, means, pinyin } of entries) {
    const names = words.map(normalise);
    names.forEach((word, index) => {
      meanings.set(word, means);
      if (means.kind === 'place') otherNames.set(word, names.filter((other) => other !== word));
      for (const spelling of spellings(word, pinyin[index] ?? [])) spelt.push([spelling, means, names]);
    });
  }
  for (const [spelling, means, names] of spelt) {
    if (meanings.has(spelling)) continue;
    meanings.set(spelling, means);
    if (means.kind === 'place') otherNames.set(spelling, names);
  }
  return { entries, meanings, otherNames };
};
