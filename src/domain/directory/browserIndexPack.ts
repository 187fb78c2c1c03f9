import { digitOf, termsOfLine, type BrowserDirectory, type PackedDirectory, type Spoken } from '#domain/directory/browserIndex.ts';
import type { SearchRecord } from '#domain/directory/searchIndex.ts';
import { directoryGroups, type DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { isHan, normalise } from '#domain/shared/tokens.ts';
import type { Meaning } from '#domain/shared/vocabulary.ts';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const lines = (rows: readonly string[]): string => rows.join('\n');
const cells = (row: readonly string[]): string => row.map(oneLine).join('\t');

/** Distinct rows in order of their first use, and for each one of the given the number of its row. */
const shareRows = (rows: readonly string[]): { readonly distinct: readonly string[]; readonly numbers: string } => {
  const numbers = new Map<string, number>();
  const used = rows.map((row) => {
    const number = numbers.get(row) ?? numbers.size;
    numbers.set(row, number);
    return digitOf(number);
  });
  return { distinct: [...numbers.keys()], numbers: used.join('') };
};

const streetRow = ({ subdistrictName, places }: SearchRecord): string => cells([subdistrictName ?? '', ...places]);

/** Which terms each institution bears: six terms a line, one character an institution. */
const packTerms = (records: readonly SearchRecord[], terms: readonly string[]): string =>
  lines(Array.from({ length: Math.ceil(terms.length / termsOfLine) }, (_, line) => {
    const asked = terms.slice(line * termsOfLine, (line + 1) * termsOfLine);
    return records.map((record) => digitOf(asked.reduce((bits, term, at) => (record.terms.includes(term) ? bits | (1 << at) : bits), 0))).join('');
  }));

const sparse = (rows: readonly (readonly string[])[]): string =>
  lines(rows.flatMap((row, at) => (row.length === 0 ? [] : [`${String(at)}\t${cells(row)}`])));

const spokenTexts = ({ records, entries }: BrowserDirectory): readonly Spoken[] => {
  const streets = new Map<string, SearchRecord>();
  for (const record of records) {
    const known = streets.get(streetRow(record));
    if (known === undefined || known.pinyin.subdistrict.length === 0) streets.set(streetRow(record), record);
  }
  return [
    ...records.map(({ name, pinyin }) => ({ text: name, syllables: pinyin.name })),
    ...records.flatMap(({ aliases, pinyin }) => aliases.map((text, index) => ({ text, syllables: pinyin.aliases[index] ?? [] }))),
    ...records.map(({ address, pinyin }) => ({ text: address ?? '', syllables: pinyin.address })),
    ...[...streets.values()].map(({ subdistrictName, pinyin }) => ({ text: subdistrictName ?? '', syllables: pinyin.subdistrict })),
    ...entries.flatMap(({ words, pinyin }) => words.map((text, index) => ({ text, syllables: pinyin[index] ?? [] }))),
  ];
};

const packSyllables = (texts: readonly Spoken[]): Pick<PackedDirectory, 'syllables' | 'otherwise' | 'silent'> => {
  const counts = new Map<string, Map<string, number>>();
  const spoken = texts.map(({ text, syllables }) => {
    const characters = Array.from(normalise(text));
    return { characters, syllables: characters.length === syllables.length ? syllables : null };
  });
  for (const { characters, syllables } of spoken) {
    syllables?.forEach((syllable, at) => {
      const character = characters[at] ?? '';
      if (!isHan(character)) return;
      const readings = counts.get(character) ?? new Map<string, number>();
      counts.set(character, readings);
      readings.set(syllable, (readings.get(syllable) ?? 0) + 1);
    });
  }
  const usual = new Map([...counts].map(([character, readings]) => [character, [...readings].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '']));
  const bySyllable = Map.groupBy(usual, ([, syllable]) => syllable);
  return {
    syllables: lines([...bySyllable].sort(([one], [other]) => (one < other ? -1 : 1)).map(([syllable, held]) => `${syllable}${held.map(([character]) => character).sort().join('')}`)),
    otherwise: lines(spoken.flatMap(({ characters, syllables }, number) => (syllables ?? []).flatMap((syllable, at) => {
      const character = characters[at] ?? '';
      return isHan(character) && usual.get(character) !== syllable ? [`${String(number)}\t${String(at)}\t${syllable}`] : [];
    }))),
    silent: lines(spoken.flatMap(({ characters, syllables }, number) => (syllables === null && characters.length > 0 ? [String(number)] : []))),
  };
};

const packMeaning = (meaning: Meaning): string => {
  if (meaning.kind === 'terms') return meaning.terms.join(' ');
  return meaning.kind === 'place' ? '@' : `*${meaning.topic ?? ''}`;
};

/** Packs a directory into columns that compress well; `unpackDirectory` gives it back. */
export const packDirectory = (directory: BrowserDirectory): PackedDirectory => {
  const { records, groups, places, entries } = directory;
  const streets = shareRows(records.map(streetRow));
  const terms = [...new Set(records.flatMap((record) => record.terms))].sort();
  return {
    ids: lines(records.map(({ id }) => id)),
    names: lines(records.map(({ name }) => oneLine(name))), addresses: lines(records.map(({ address }) => oneLine(address ?? ''))),
    groups: groups.map((group) => digitOf(directoryGroups.indexOf(group))).join(''), streetOf: streets.numbers, termsOf: packTerms(records, terms),
    streets: lines(streets.distinct), terms: lines(terms),
    aliases: sparse(records.map(({ aliases }) => aliases)), communities: sparse(records.map(({ communityNames }) => communityNames)),
    ...packSyllables(spokenTexts(directory)),
    places: lines(places.map(({ name, level, code, otherNames }) => cells([name, level, code ?? '', ...otherNames]))),
    vocabulary: lines(entries.map(({ words, means }) => cells([packMeaning(means), ...words]))),
  };
};

/** What the browser is to search of a snapshot: all its institutions, the streets and counties to choose from, the words. */
export const browserDirectoryOf = ({ entries, place, index }: DirectorySnapshot): BrowserDirectory => ({
  records: entries.map(({ record }) => record),
  groups: entries.map(({ group }) => group),
  places: [
    ...place.counties.map(({ code, name }) => ({ name, level: 'county' as const, code, otherNames: [code] })),
    ...place.subdistricts.map(({ code, name, aliases, otherCodes }) => ({ name, level: 'subdistrict' as const, code, otherNames: [...aliases, code, ...otherCodes] })),
  ],
  entries: index.vocabulary.entries,
});
