import type { BrowserDirectory } from '#domain/directory/browserIndex.ts';
import { makeTextIndex, type TextIndex } from '#domain/directory/browserIndexLunr.ts';
import { occurrencesOf } from '#domain/directory/match.ts';
import { findMatches, makeSearchIndex, type ScoredMatch, type SearchIndex } from '#domain/directory/searchIndex.ts';
import { fields, type SearchLayout } from '#domain/directory/searchLayout.ts';
import { makeSuggestIndex, type SuggestIndex } from '#domain/directory/suggest.ts';
import { pairsOf } from '#domain/shared/grams.ts';
import { isHan, typedWords } from '#domain/shared/tokens.ts';
import { makeVocabulary } from '#domain/shared/vocabulary.ts';

/** A place's directory ready to be searched in the browser. */
export type BrowserSearch = {
  readonly index: SearchIndex;
  readonly suggestions: SuggestIndex;
  /** Institutions in force whose name is nearest to what was typed, for text that is found nowhere. */
  readonly nearest: (typed: string) => readonly { readonly id: string; readonly name: string }[];
  /** Makes lunr's index of the texts, once; until then words are looked for by their characters alone, with the same outcome. */
  readonly prepareTexts: () => void;
};

/** Characters of a stretch of the row, each as one code unit, so that a run of them can be looked for as text. */
const writeRow = ({ row }: SearchLayout, from: number, to: number): string => {
  let written = '';
  for (let at = from; at < to; at += 1) written += String.fromCharCode(row[at] ?? 0);
  return written;
};

/** The numbers of a word's characters as text of the same kind; undefined when one of them stands nowhere. */
const writeWord = ({ characterNumbers }: SearchLayout, word: string): string | undefined => {
  const numbers = Array.from(word, (character) => characterNumbers.get(character) ?? 0);
  return numbers.includes(0) ? undefined : String.fromCharCode(...numbers);
};

const everyPlace = (written: string, asked: string, start: number, into: number[]): void => {
  for (let at = written.indexOf(asked); at >= 0; at = written.indexOf(asked, at + 1)) into.push(start + at);
};

/** Where a word stands: lunr names the texts that may hold it, their characters decide; addresses are compared by their characters alone. */
const makeFinder = (layout: SearchLayout, textsMade: () => TextIndex | undefined): ((word: string) => readonly number[]) => {
  const { textFrom, textFields } = layout;
  const firstAddress = textFields.indexOf(fields.address);
  const afterAddresses = textFields.lastIndexOf(fields.address) + 1;
  const [from, to] = firstAddress < 0 ? [0, 0] : [textFrom[firstAddress] ?? 0, textFrom[afterAddresses] ?? 0];
  const addresses = writeRow(layout, from, to);
  return (word) => {
    const texts = textsMade();
    const characters = Array.from(word);
    const narrowing = texts && characters.length > 1 && characters.every(isHan) ? pairsOf(word).filter((pair) => !texts.isCommon(pair)) : [];
    if (texts === undefined || narrowing.length === 0) return occurrencesOf(layout, word);
    const asked = writeWord(layout, word);
    const found: number[] = [];
    if (asked === undefined) return found;
    for (const text of texts.withAll(narrowing)) {
      const start = textFrom[text] ?? 0;
      everyPlace(writeRow(layout, start, textFrom[text + 1] ?? start), asked, start, found);
    }
    everyPlace(addresses, asked, from, found);
    return found;
  };
};

const mostNearest = 3;
const nearEnough = 0.5;

/** Makes a directory searchable: the same layout, the same words and the same order as on the server. */
export const makeBrowserSearch = ({ records, groups, places, entries, reading }: BrowserDirectory): BrowserSearch => {
  const laid = makeSearchIndex(records, makeVocabulary(entries), reading);
  const { layout } = laid;
  let texts: TextIndex | undefined;
  const prepared = (): TextIndex => texts ??= makeTextIndex(layout);
  const index: SearchIndex = { ...laid, standsAt: makeFinder(layout, () => texts) };
  const isOffered = (at: number): boolean => groups[at] === 'listed';
  return {
    index,
    suggestions: makeSuggestIndex(index, records, places, isOffered),
    prepareTexts: prepared,
    nearest: (typed) => {
      const { isCommon, withSome } = prepared();
      const asked = [...new Set(typedWords(typed).flatMap(pairsOf))].filter((pair) => Array.from(pair).every(isHan) && !isCommon(pair));
      const near = withSome(asked).filter(({ text, held }) => held >= asked.length * nearEnough && (layout.textFields[text] === fields.name || layout.textFields[text] === fields.alias));
      const owners = near.flatMap(({ text }) => [...layout.owners.slice(layout.ownersFrom[text], layout.ownersFrom[text + 1])]);
      return [...new Set(owners)].filter(isOffered).slice(0, mostNearest).flatMap((at) => {
        const record = records[at];
        return record ? [{ id: record.id, name: record.name }] : [];
      });
    },
  };
};

/** Everything found by what is typed, best first, among institutions in force or all. */
export const findInBrowser = ({ index }: BrowserSearch, typed: string): readonly ScoredMatch[] => findMatches(index, typed);
