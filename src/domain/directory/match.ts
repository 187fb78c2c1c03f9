import { findPinyin, type PinyinMatch, type ReadAloud } from '#domain/shared/pinyinText.ts';
import type { Vocabulary } from '#domain/shared/vocabulary.ts';

/** One record laid out for comparing: everything normalised once. */
export type Comparable = {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly subdistrict: string;
  readonly address: string;
  /** Names and codes of the places the record lies in, communities included. */
  readonly places: readonly string[];
  readonly terms: ReadonlySet<string>;
  /** All of the above texts joined, for refusing quickly. */
  readonly everything: string;
  readonly aloud: {
    readonly name: ReadAloud; readonly aliases: readonly ReadAloud[];
    readonly subdistrict: ReadAloud; readonly address: ReadAloud;
  };
};

/** 匹配程度, best first. */
export const levels = {
  nameExact: 100, nameStart: 90, nameInside: 80, alias: 70, subdistrict: 60, address: 50, place: 40, pieces: 30, meaning: 20, generic: 10,
} as const;

/** Pinyin stands just below the characters themselves. */
const pinyinPenalty = 4;

const literalLevel = (record: Comparable, word: string): number => {
  if (!record.everything.includes(word)) return 0;
  if (record.name === word) return levels.nameExact;
  if (record.name.startsWith(word)) return levels.nameStart;
  if (record.name.includes(word)) return levels.nameInside;
  if (record.aliases.some((alias) => alias.includes(word))) return levels.alias;
  if (record.subdistrict.includes(word)) return levels.subdistrict;
  if (record.address.includes(word)) return levels.address;
  return record.places.some((place) => place.includes(word)) ? levels.place : 0;
};

const nameLevels: Readonly<Record<PinyinMatch, number>> = {
  whole: levels.nameExact, start: levels.nameStart, inside: levels.nameInside,
};

const pinyinLevel = ({ aloud }: Comparable, word: string): number => {
  const inName = findPinyin(aloud.name, word);
  if (inName) return nameLevels[inName] - pinyinPenalty;
  if (aloud.aliases.some((alias) => findPinyin(alias, word) !== undefined)) return levels.alias - pinyinPenalty;
  if (findPinyin(aloud.subdistrict, word)) return levels.subdistrict - pinyinPenalty;
  return findPinyin(aloud.address, word) ? levels.address - pinyinPenalty : 0;
};

/** A vocabulary bound to one set of records; `silent` are its facet words that no record bears, by facet or by letter. */
export type BoundVocabulary = Vocabulary & { readonly silent: ReadonlySet<string> };

const meaningLevel = (record: Comparable, word: string, vocabulary: BoundVocabulary): number => {
  const meaning = vocabulary.meanings.get(word);
  if (meaning === undefined || meaning.kind === 'place') return 0;
  if (meaning.kind === 'generic') return levels.generic;
  if (meaning.terms.some((term) => record.terms.has(term))) return levels.meaning;
  return vocabulary.silent.has(word) ? levels.generic : 0; // 普惠 where nobody is recognised still answers
};

const longestPiecedWord = 24;

const plainRun = /^[a-z0-9]{2}$/;

/** Numbers and Latin words are never cut. */
const mayCut = (word: string, at: number): boolean => !plainRun.test(word.slice(at - 1, at + 1));

/** Whether a word of several ideas (武林托育) falls into pieces that the record bears or that say nothing. */
const fallsIntoPieces = (record: Comparable, word: string, vocabulary: BoundVocabulary): boolean => {
  const { length } = word;
  if (length < 3 || length > longestPiecedWord) return false;
  const reached = new Set([0]);
  for (let start = 0; start < length; start += 1) {
    if (!reached.has(start)) continue;
    for (let end = start + 1; end <= length; end += 1) {
      if (!mayCut(word, end)) continue;
      const piece = word.slice(start, end);
      const borne = end - start >= 2 && record.everything.includes(piece);
      if (borne || meaningLevel(record, piece, vocabulary) > 0) reached.add(end);
    }
  }
  return reached.has(length);
};

const latin = /[a-z]/;

/** How well one typed word stands in a record: a level, 0 when it does not. */
export const wordLevel = (record: Comparable, word: string, vocabulary: BoundVocabulary): number => {
  const direct = Math.max(
    literalLevel(record, word),
    latin.test(word) ? pinyinLevel(record, word) : 0,
  );
  if (direct > 0) return direct;
  const otherNames = vocabulary.otherNames.get(word);
  if (otherNames?.some((other) => record.everything.includes(other)) === true) return levels.place;
  const meant = meaningLevel(record, word, vocabulary);
  if (meant > 0) return meant;
  return fallsIntoPieces(record, word, vocabulary) ? levels.pieces : 0;
};

/** How well all typed words stand in a record (every one must): 0 when one does not; `phrase` is the whole typed text. */
export const phraseLevel = (record: Comparable, words: readonly string[], phrase: string, vocabulary: BoundVocabulary): number => {
  let sum = 0;
  for (const word of words) {
    const level = wordLevel(record, word, vocabulary);
    if (level === 0) return 0;
    sum += level;
  }
  return words.length === 1 ? sum : Math.max(sum / words.length, literalLevel(record, phrase));
};
