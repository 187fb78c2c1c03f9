import type { SearchRecord } from '#domain/directory/searchIndex.ts';
import { spellingsOf } from '#domain/shared/readAloud.ts';
import { isHan, normalise } from '#domain/shared/tokens.ts';

/** Where a text of a record stands, by which its worth is judged. */
export const fields = { name: 0, alias: 1, subdistrict: 2, address: 3, place: 4 } as const;
export type Field = (typeof fields)[keyof typeof fields];

type Numbers = Uint16Array | Uint32Array;

/**
 * All texts of all records in one row of characters, each distinct text once (a street's name is written once for all its
 * institutions), with the positions of every character, so that a word is looked for once and not in each record.
 */
export type SearchLayout = {
  /** How many records there are. */
  readonly size: number;
  /** The characters of all texts by number; 0 stands between two texts. */
  readonly row: Numbers;
  /** The sound of each character of the row by number; 0: none known. */
  readonly sounds: Numbers;
  readonly characterNumbers: ReadonlyMap<string, number>;
  /** The positions of character n: `positions` from `positionsFrom[n]` to `positionsFrom[n + 1]`, ascending. */
  readonly positionsFrom: Uint32Array;
  readonly positions: Numbers;
  /** Ways to type each sound, by number. */
  readonly spellings: readonly (readonly string[])[];
  /** Which characters have a sound, by number. */
  readonly charactersOf: readonly (readonly number[])[];
  readonly soundsByInitial: ReadonlyMap<string, readonly number[]>;
  readonly textAt: Numbers;
  /** Where text n begins; it ends one before the next begins. */
  readonly textFrom: Uint32Array;
  readonly textFields: Uint8Array;
  /** The records that bear text n: `owners` from `ownersFrom[n]` to `ownersFrom[n + 1]`. */
  readonly ownersFrom: Uint32Array;
  readonly owners: Numbers;
  /** Characters of the longest text. */
  readonly longest: number;
};

const numbersFor = (most: number, length: number): Numbers => (most < 65_536 ? new Uint16Array(length) : new Uint32Array(length));
const numbersFrom = (most: number, of: readonly number[]): Numbers => (most < 65_536 ? Uint16Array.from(of) : Uint32Array.from(of));

/** Numbers given to words as they come, from 1. */
const numberIn = (numbers: Map<string, number>, word: string): number => {
  const known = numbers.get(word);
  if (known !== undefined) return known;
  numbers.set(word, numbers.size + 1);
  return numbers.size;
};

/** Where fewer characters are laid out, a table of all code units costs more than it saves. */
const manyCharacters = 8000;

/** Numbers given to characters as they come, from 1: by a table for those of one code unit, which are nearly all. */
const makeCharacterNumbers = (expected: number) => {
  const numbers = new Map<string, number>();
  const byUnit = expected < manyCharacters ? null : new Uint32Array(65_536);
  const write = (plain: string, row: Uint32Array, from: number): void => {
    if (halfOfPair.test(plain)) {
      const characters = Array.from(plain);
      characters.forEach((character, offset) => { row[from + offset] = numberIn(numbers, character); });
      return;
    }
    for (let at = 0; at < plain.length; at += 1) {
      const unit = plain.charCodeAt(at);
      const known = byUnit?.[unit] ?? 0;
      row[from + at] = known === 0 ? numberIn(numbers, plain.charAt(at)) : known;
      if (known === 0 && byUnit) byUnit[unit] = row[from + at] ?? 0;
    }
  };
  return { numbers, write };
};

const halfOfPair = /[\ud800-\udfff]/;

/** Where a text is read otherwise than its characters usually are: position and syllable; null: no syllables are known of it. */
export type Otherwise = readonly (readonly [at: number, syllable: string])[] | null;

/** How texts are read where their syllables are not written out: the usual syllable of each character, and what is read otherwise. */
export type Reading = {
  readonly usual: ReadonlyMap<string, string>;
  /** How a text of the record at this position is read otherwise; `index`: which of its old names. */
  readonly otherwise: (at: number, field: Field, index: number) => Otherwise;
};

/** A text where it first stands: in which record, and which of its old names it is. */
type Text = { readonly field: Field; readonly plain: string; readonly at: number; readonly index: number; readonly isSpoken: boolean; readonly owners: number[] };

/** Syllables written out in a record. */
const writtenOut = ({ pinyin }: SearchRecord, field: Field, index: number): readonly string[] => {
  if (field === fields.name) return pinyin.name;
  if (field === fields.alias) return pinyin.aliases[index] ?? [];
  return field === fields.subdistrict ? pinyin.subdistrict : field === fields.address ? pinyin.address : [];
};

const own = (texts: readonly Text[], owner: number): void => {
  for (const { owners } of texts) if (owners[owners.length - 1] !== owner) owners.push(owner);
};

/** Distinct texts with their owners; addresses stand together, behind all else. */
const gatherTexts = (records: readonly SearchRecord[], reading: Reading | undefined): readonly Text[] => {
  const texts: Text[] = [];
  const addresses: Text[] = [];
  const known = Array.from({ length: 2 * (fields.place + 1) }, () => new Map<string, readonly Text[]>());
  const add = (field: Field, text: string, at: number, record: SearchRecord, index = 0): readonly Text[] => {
    const isSpoken = field !== fields.place && (reading ? reading.otherwise(at, field, index) !== null : writtenOut(record, field, index).length > 0);
    const alike = known[2 * field + Number(isSpoken)];
    const found = alike?.get(text);
    if (found !== undefined) {
      own(found, at);
      return found;
    }
    const plain = normalise(text);
    const made = plain === '' ? [] : [{ field, plain, at, index, isSpoken, owners: [at] }];
    alike?.set(text, made);
    (field === fields.address ? addresses : texts).push(...made);
    return made;
  };
  const placesOf = new Map<readonly string[], readonly Text[]>();
  records.forEach((record, at) => {
    const { name, aliases, subdistrictName, address, places, communityNames } = record;
    add(fields.name, name, at, record);
    aliases.forEach((alias, index) => { add(fields.alias, alias, at, record, index); });
    if (subdistrictName !== null) add(fields.subdistrict, subdistrictName, at, record);
    if (address !== null) add(fields.address, address, at, record);
    // Institutions of one street may share one list of its names.
    const placed = placesOf.get(places);
    if (placed) own(placed, at);
    else placesOf.set(places, places.flatMap((place) => add(fields.place, place, at, record)));
    for (const community of communityNames) add(fields.place, community, at, record);
  });
  return [...texts, ...addresses];
};

/** How many characters each text has. */
const lengthsOf = (texts: readonly Text[]): readonly number[] => {
  const hasPairs = halfOfPair.test(texts.map(({ plain }) => plain).join(''));
  return texts.map(({ plain }) => (hasPairs ? Array.from(plain).length : plain.length));
};

/** Sums of counts, so that rows of different lengths lie one behind the other. */
const startsOf = (counts: ArrayLike<number>): Uint32Array => {
  const starts = new Uint32Array(counts.length + 1);
  for (let index = 0; index < counts.length; index += 1) starts[index + 1] = (starts[index] ?? 0) + (counts[index] ?? 0);
  return starts;
};

const positionsOf = (row: Numbers, characters: number): Pick<SearchLayout, 'positions' | 'positionsFrom'> => {
  const counts = new Uint32Array(characters);
  for (const character of row) counts[character] = (counts[character] ?? 0) + 1;
  const positionsFrom = startsOf(counts);
  const next = positionsFrom.slice();
  const positions = numbersFor(row.length, row.length);
  for (let at = 0; at < row.length; at += 1) {
    const character = row[at] ?? 0;
    const slot = next[character] ?? 0;
    positions[slot] = at;
    next[character] = slot + 1;
  }
  return { positions, positionsFrom };
};

const groupByInitial = (syllables: Iterable<readonly [string, number]>): ReadonlyMap<string, readonly number[]> => {
  const groups = new Map<string, number[]>();
  for (const [syllable, sound] of syllables) groups.set(syllable.charAt(0), [...(groups.get(syllable.charAt(0)) ?? []), sound]);
  return groups;
};

/** More than there are characters: sound and character in one number. */
const pairBase = 2 ** 21;

type Heard = Pick<SearchLayout, 'sounds' | 'spellings' | 'charactersOf' | 'soundsByInitial'>;

type Written = { readonly texts: readonly Text[]; readonly textFrom: Uint32Array; readonly row: Numbers; readonly characters: ReadonlyMap<string, number> };

/** The sounds of the row: as written out for a text, else as its characters are usually read. */
const hear = ({ texts, textFrom, row, characters }: Written, records: readonly SearchRecord[], reading: Reading | undefined): Heard => {
  const hasSound = Uint8Array.from(['', ...characters.keys()], (character) => Number(isHan(character)));
  const syllables = new Map<string, number>();
  const sounds = new Uint16Array(row.length);
  const pairs = new Set<number>();
  const usualSound = new Uint16Array(characters.size + 1);
  for (const [character, syllable] of reading?.usual ?? []) {
    const number = characters.get(character);
    if (number === undefined || hasSound[number] !== 1) continue;
    const sound = numberIn(syllables, syllable);
    usualSound[number] = sound;
    pairs.add(sound * pairBase + number);
  }
  const sayAt = (at: number, syllable: string): void => {
    const character = row[at] ?? 0;
    if (hasSound[character] !== 1) return;
    const sound = numberIn(syllables, syllable);
    sounds[at] = sound;
    pairs.add(sound * pairBase + character);
  };
  texts.forEach(({ field, at: owner, index, isSpoken }, text) => {
    const record = records[owner];
    if (!isSpoken || !record) return;
    const from = textFrom[text] ?? 0;
    const end = (textFrom[text + 1] ?? 0) - 1;
    if (!reading) {
      const spoken = writtenOut(record, field, index);
      if (spoken.length === end - from) spoken.forEach((syllable, offset) => { sayAt(from + offset, syllable); });
      return;
    }
    for (let at = from; at < end; at += 1) sounds[at] = usualSound[row[at] ?? 0] ?? 0;
    for (const [offset, syllable] of reading.otherwise(owner, field, index) ?? []) sayAt(from + offset, syllable);
  });
  const charactersOf = Array.from({ length: syllables.size + 1 }, (): number[] => []);
  for (const pair of pairs) charactersOf[Math.floor(pair / pairBase)]?.push(pair % pairBase);
  return { sounds, spellings: [[], ...[...syllables.keys()].map(spellingsOf)], charactersOf, soundsByInitial: groupByInitial(syllables) };
};

/** Lays records out for searching; with a `reading`, the syllables written out in the records are not looked at. */
export const layOut = (records: readonly SearchRecord[], reading?: Reading): SearchLayout => {
  const texts = gatherTexts(records, reading);
  const textFrom = startsOf(lengthsOf(texts).map((held) => held + 1));
  const length = textFrom[texts.length] ?? 0;
  const characters = makeCharacterNumbers(length);
  const wide = new Uint32Array(length);
  const textAt = numbersFor(texts.length, length);
  texts.forEach(({ plain }, index) => {
    const from = textFrom[index] ?? 0;
    textAt.fill(index, from, textFrom[index + 1]);
    characters.write(plain, wide, from);
  });
  const row = characters.numbers.size + 1 < 65_536 ? new Uint16Array(wide) : wide;
  return {
    size: records.length, row, characterNumbers: characters.numbers, ...positionsOf(row, characters.numbers.size + 1),
    ...hear({ texts, textFrom, row, characters: characters.numbers }, records, reading),
    textAt, textFrom, textFields: Uint8Array.from(texts, ({ field }) => field),
    ownersFrom: startsOf(texts.map(({ owners }) => owners.length)), owners: numbersFrom(records.length, texts.flatMap(({ owners }) => owners)),
    longest: textFrom.reduce((most, from, text) => Math.max(most, from - (textFrom[text - 1] ?? 0) - 1), 0),
  };
};
