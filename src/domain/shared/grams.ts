import { normalise } from '#domain/shared/tokens.ts';
import type { ReadAloud } from '#domain/shared/readAloud.ts';

/** Rises when grams are made otherwise, so that stored ones are made anew. */
export const gramsVersion = 2;

/** Pairs of neighbours in a normalised word without blanks, by code points. */
export const pairsOf = (word: string): readonly string[] => {
  const characters = Array.from(word);
  return characters.slice(1).map((character, index) => (characters[index] ?? '') + character);
};

/** Three digits in a row, wherever they stand: pairs of digits tell too little apart. */
export const digitTriplesOf = (word: string): readonly string[] => {
  const characters = Array.from(word);
  return characters.slice(2).map((_, index) => characters.slice(index, index + 3).join('')).filter((triple) => /^[0-9]{3}$/.test(triple));
};

/**
 * Single characters and pairs of a text for an index that must find every substring: `tokens` of Chinese characters, and the
 * same of digits and letters, because 12 is looked for in 127号 too. Pairs do not reach over blanks, as no typed word does.
 */
export const gramsOf = (text: string): readonly string[] =>
  normalise(text).split(' ').flatMap((word) => [...Array.from(word), ...pairsOf(word), ...digitTriplesOf(word)]);

/** Longer than any gram of characters, so that the three kinds never meet. */
const initialsMark = 'k';
const syllableMark = 'ss';

/** The gram of two neighbours' initials (a letter or digit is its own initial). */
export const initialsGram = (one: string, other: string): string => initialsMark + one + other;

/** The gram of a character read with this syllable. */
export const syllableGram = (syllable: string): string => syllableMark + syllable;

/** What a gram stands for. */
export const readGram = (gram: string): { readonly kind: 'characters' | 'initials' | 'syllable'; readonly value: string } => {
  if (gram.length > 2 && gram.startsWith(syllableMark)) return { kind: 'syllable', value: gram.slice(2) };
  return gram.length > 2 && gram.startsWith(initialsMark) ? { kind: 'initials', value: gram.slice(1) } : { kind: 'characters', value: gram };
};

/** Grams of a text read aloud: initials of neighbours (blanks passed over, as typed pinyin passes over them) and whole syllables. */
export const gramsOfReading = ({ characters, spellings, initials }: ReadAloud): readonly string[] => {
  const spoken = characters.flatMap((character, index) => (character === ' ' ? [] : [initials[index] === '' ? character : initials[index] ?? character]));
  return [
    ...spoken.slice(1).map((initial, index) => initialsGram(spoken[index] ?? '', initial)),
    ...spellings.flat().map(syllableGram),
  ];
};
