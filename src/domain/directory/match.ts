import { addBoth, hasRecord, isEmpty, noRecords, putRecord, type RecordSet } from '#domain/directory/searchBits.ts';
import { fields, type SearchLayout } from '#domain/directory/searchLayout.ts';
import { hear, hearWithSlip, isSpeltOut, type SlipTable } from '#domain/directory/searchSound.ts';
import { mayHoldSlip } from '#domain/shared/readAloud.ts';
import type { Meaning, Vocabulary } from '#domain/shared/vocabulary.ts';

/**
 * 匹配程度, best first; an old name typed whole counts as naming the institution. `piecesBorne`: a word in pieces that the record bears all;
 * `slip`: pinyin with one letter wrong, where no text spells out what was typed.
 */
export const levels = {
  nameExact: 100, aliasExact: 95, nameStart: 90, nameInside: 80, alias: 70, subdistrict: 60, address: 50, place: 40, piecesBorne: 35, pieces: 30, slip: 23, meaning: 20, generic: 10,
} as const;

/** Pinyin stands just below the characters themselves. */
const pinyinPenalty = 4;

/** What words are compared with: the laid out records, what words mean, and what is worked out once somebody asks for it. */
export type Compared = {
  readonly layout: SearchLayout;
  readonly vocabulary: Vocabulary;
  readonly longestMeaning: number;
  /** The records that bear a facet. */
  readonly bearersOfTerm: ReadonlyMap<string, RecordSet>;
  /** Facet words that no record bears, by facet or by letter, are passed over. */
  readonly isSilent: (word: string) => boolean;
  readonly slips: () => SlipTable;
  /** Where a word stands in the row, in any order; without it `occurrencesOf` tells. */
  readonly standsAt?: (word: string) => readonly number[];
};

/** Where a word stands in the row of all characters, ascending. */
export const occurrencesOf = ({ row, positions, positionsFrom, characterNumbers }: SearchLayout, word: string): readonly number[] => {
  if (word === '') return [];
  const numbers = Array.from(word, (character) => characterNumbers.get(character) ?? 0);
  let rarest = 0;
  let fewest = Infinity;
  for (const [offset, number] of numbers.entries()) {
    if (number === 0) return [];
    const count = (positionsFrom[number + 1] ?? 0) - (positionsFrom[number] ?? 0);
    if (count < fewest) [rarest, fewest] = [offset, count];
  }
  const found: number[] = [];
  const from = positionsFrom[numbers[rarest] ?? 0] ?? 0;
  next: for (let index = from; index < from + fewest; index += 1) {
    const start = (positions[index] ?? 0) - rarest;
    for (let offset = 0; offset < numbers.length; offset += 1) if (row[start + offset] !== numbers[offset]) continue next;
    found.push(start);
  }
  return found;
};

/** The level of a stretch of a text, by the field it stands in. */
const levelAt = (layout: SearchLayout, text: number, from: number, last: number): number => {
  const field = layout.textFields[text];
  if (field === fields.subdistrict) return levels.subdistrict;
  if (field === fields.address) return levels.address;
  if (field === fields.place) return levels.place;
  const isAtStart = from === layout.textFrom[text];
  const isWhole = isAtStart && last + 2 === layout.textFrom[text + 1];
  if (field === fields.alias) return isWhole ? levels.aliasExact : levels.alias;
  return isWhole ? levels.nameExact : isAtStart ? levels.nameStart : levels.nameInside;
};

const raise = ({ textAt, owners, ownersFrom }: SearchLayout, into: Uint8Array, from: number, level: number): void => {
  const text = textAt[from] ?? 0;
  for (let index = ownersFrom[text] ?? 0; index < (ownersFrom[text + 1] ?? 0); index += 1) {
    const owner = owners[index] ?? 0;
    if ((into[owner] ?? 0) < level) into[owner] = level;
  }
};

const raiseLiterally = ({ layout, standsAt }: Pick<Compared, 'layout' | 'standsAt'>, into: Uint8Array, word: string): void => {
  const length = Array.from(word).length;
  for (const from of standsAt?.(word) ?? occurrencesOf(layout, word)) raise(layout, into, from, levelAt(layout, layout.textAt[from] ?? 0, from, from + length - 1));
};

const raiseBySound = (layout: SearchLayout, into: Uint8Array, word: string): void => {
  hear(layout, word, (from, last) => { raise(layout, into, from, levelAt(layout, layout.textAt[from] ?? 0, from, last) - pinyinPenalty); });
};

/** Names, old names, streets and addresses stay in this order among slips. */
const slipLevels: Readonly<Record<number, number>> = { [fields.name]: 4, [fields.alias]: 3, [fields.subdistrict]: 2, [fields.address]: 1 };

const raiseBySlip = ({ layout, slips }: Compared, into: Uint8Array, word: string): void => {
  hearWithSlip(layout, slips(), word, (from) => {
    raise(layout, into, from, levels.slip + (slipLevels[layout.textFields[layout.textAt[from] ?? 0] ?? fields.place] ?? 0));
  });
};

/** Who bears what a word means beyond its letters; null: the word says nothing of institutions. */
const bearersOfMeaning = ({ bearersOfTerm, isSilent, layout }: Compared, word: string, meaning: Meaning | undefined): RecordSet | 'all' | null => {
  if (meaning === undefined || meaning.kind === 'place') return null;
  if (meaning.kind === 'generic' || isSilent(word)) return 'all'; // 普惠 where nobody is recognised still answers
  const bearers = noRecords(layout.size);
  for (const term of meaning.terms) addBoth(bearers, bearersOfTerm.get(term) ?? bearers, 'all');
  return bearers;
};

const raiseByMeaning = (compared: Compared, into: Uint8Array, word: string): void => {
  const meaning = compared.vocabulary.meanings.get(word);
  const bearers = bearersOfMeaning(compared, word, meaning);
  if (bearers === null) return;
  const level = bearers === 'all' ? levels.generic : levels.meaning;
  for (let at = 0; at < into.length; at += 1) if (into[at] === 0 && (bearers === 'all' || hasRecord(bearers, at))) into[at] = level;
};

const longestPiecedWord = 24;
const plainRun = /^[a-z0-9]{2}$/;

const putOwners = ({ textAt, owners, ownersFrom }: SearchLayout, into: RecordSet, from: number): void => {
  const text = textAt[from] ?? 0;
  for (let index = ownersFrom[text] ?? 0; index < (ownersFrom[text + 1] ?? 0); index += 1) putRecord(into, owners[index] ?? 0);
};

const bearersOf = (layout: SearchLayout, occurrences: readonly number[]): RecordSet => {
  const bearers = noRecords(layout.size);
  for (const from of occurrences) putOwners(layout, bearers, from);
  return bearers;
};

/** Those of `asked` in which a word of several ideas (武林托育) falls into pieces that the record bears or, where `meanings` are counted, that mean something else. */
const bearersInPieces = (compared: Compared, characters: readonly string[], asked: RecordSet, meanings: Vocabulary['meanings'] | null): RecordSet => {
  const { layout } = compared;
  const longestMeaning = meanings === null ? 0 : compared.longestMeaning;
  const reached: (RecordSet | undefined)[] = [asked];
  for (const start of characters.keys()) {
    const open = reached[start];
    if (open === undefined || isEmpty(open)) continue;
    let standing: readonly number[] | undefined; // where the piece stands, once it has two characters
    for (let end = start + 1; end <= characters.length; end += 1) {
      if (end - start > Math.max(2, longestMeaning) && standing?.length === 0) break;
      if (end - start === 2) standing = occurrencesOf(layout, characters.slice(start, end).join(''));
      else if (standing !== undefined && standing.length > 0) {
        const number = layout.characterNumbers.get(characters[end - 1] ?? '');
        standing = standing.filter((from) => layout.row[from + end - start - 1] === number);
      }
      if (plainRun.test(characters.slice(end - 1, end + 1).join(''))) continue; // numbers and Latin words are never cut
      const piece = end - start <= longestMeaning ? characters.slice(start, end).join('') : '';
      const meant = bearersOfMeaning(compared, piece, meanings?.get(piece));
      if (meant === null && (standing === undefined || standing.length === 0)) continue;
      const into = reached[end] ??= noRecords(layout.size);
      if (meant !== null) addBoth(into, open, meant);
      if (standing !== undefined && standing.length > 0) addBoth(into, open, bearersOf(layout, standing));
    }
  }
  return reached[characters.length] ?? noRecords(layout.size);
};

const latin = /[a-z]/;

/** A typed word in pinyin cut into something meant (托育, tuoyu) at one end and the rest: wulintuoyu, wulin托育. */
export const setAside = (word: string, { meanings }: Vocabulary): readonly { readonly rest: string; readonly meant: string }[] => {
  if (!latin.test(word) || word.length > 60) return [];
  return Array.from({ length: Math.max(0, word.length - 3) }, (_, index) => index + 2).flatMap((cut) => {
    const [head, tail] = [word.slice(0, cut), word.slice(cut)];
    return [...(meanings.has(tail) ? [{ rest: head, meant: tail }] : []), ...(meanings.has(head) ? [{ rest: tail, meant: head }] : [])];
  }).filter(({ rest, meant }) => latin.test(rest) && meanings.get(meant)?.kind !== 'place');
};

/** Those of `asked` that bear the rest of a word by its sound and what the other end means. */
const putSetAside = (compared: Compared, word: string, asked: RecordSet, into: RecordSet): void => {
  const { layout, vocabulary } = compared;
  for (const { rest, meant } of setAside(word, vocabulary)) {
    const bearers = bearersOfMeaning(compared, meant, vocabulary.meanings.get(meant));
    const heard = noRecords(layout.size);
    hear(layout, rest, (from) => { putOwners(layout, heard, from); });
    for (let at = 0; at < layout.size; at += 1) if (hasRecord(heard, at) && hasRecord(asked, at) && (bearers === 'all' || (bearers !== null && hasRecord(bearers, at)))) putRecord(into, at);
  }
};

const raiseInPieces = (compared: Compared, into: Uint8Array, word: string): void => {
  const { layout, vocabulary: { meanings } } = compared;
  const characters = Array.from(word);
  const asked = noRecords(layout.size);
  into.forEach((level, at) => { if (level === 0) putRecord(asked, at); });
  if (isEmpty(asked) || characters.length < 3) return;
  const mayFall = characters.length <= longestPiecedWord;
  const found = mayFall ? bearersInPieces(compared, characters, asked, meanings) : noRecords(layout.size);
  const borne = isEmpty(found) ? noRecords(layout.size) : bearersInPieces(compared, characters, found, null);
  putSetAside(compared, word, asked, found);
  for (let at = 0; at < into.length; at += 1) if (hasRecord(found, at)) into[at] = hasRecord(borne, at) ? levels.piecesBorne : levels.pieces;
};

/** How well one typed word stands in each record: a level, 0 where it does not. */
export const wordLevels = (compared: Compared, word: string): Uint8Array => {
  const { layout, vocabulary } = compared;
  const held = new Uint8Array(layout.size);
  raiseLiterally(compared, held, word);
  if (latin.test(word)) raiseBySound(layout, held, word);
  for (const other of vocabulary.otherNames.get(word) ?? []) {
    const bearers = bearersOf(layout, occurrencesOf(layout, other));
    held.forEach((level, at) => { if (level === 0 && hasRecord(bearers, at)) held[at] = levels.place; });
  }
  raiseByMeaning(compared, held, word);
  raiseInPieces(compared, held, word);
  if (latin.test(word) && mayHoldSlip(word) && !vocabulary.meanings.has(word) && !isSpeltOut(layout, word)) raiseBySlip(compared, held, word);
  return held;
};

/** How well the whole typed text, blanks and all, stands in each record. */
export const phraseLevels = (compared: Compared, phrase: string): Uint8Array => {
  const held = new Uint8Array(compared.layout.size);
  raiseLiterally(compared, held, phrase);
  if (phrase.includes(' ')) raiseLiterally(compared, held, phrase.replaceAll(' ', ''));
  return held;
};
