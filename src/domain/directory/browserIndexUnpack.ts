import { numberOf, packedColumns, termsOfLine, type BrowserDirectory, type PackedDirectory } from '#domain/directory/browserIndex.ts';
import type { SearchRecord } from '#domain/directory/searchIndex.ts';
import { charactersOf, normalise } from '#domain/shared/tokens.ts';
import { vocabularyTopics, type Meaning } from '#domain/shared/vocabulary.ts';

const directoryGroups = ['listed', 'planned', 'ended'] as const;
const placeLevels = ['county', 'subdistrict', 'community'] as const;

/** Reads a packed directory as it came over the wire; undefined when it is not one. */
export const readPacked = (text: string): PackedDirectory | undefined => {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const held = new Map<string, unknown>(Object.entries(parsed));
  const columns: Partial<Record<(typeof packedColumns)[number], string>> = {};
  for (const name of packedColumns) {
    const column = held.get(name);
    if (typeof column !== 'string') return undefined;
    columns[name] = column;
  }
  return isWhole(columns) ? columns : undefined;
};

const isWhole = (columns: Partial<PackedDirectory>): columns is PackedDirectory => packedColumns.every((name) => name in columns);

const rowsOf = (column: string): readonly string[] => (column === '' ? [] : column.split('\n'));
const cellsOf = (row: string): readonly string[] => (row === '' ? [] : row.split('\t'));

/** The UUIDs of so many institutions. */
const unpackIds = (packed: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => {
  const at = index * 32;
  return `${packed.slice(at, at + 8)}-${packed.slice(at + 8, at + 12)}-${packed.slice(at + 12, at + 16)}-${packed.slice(at + 16, at + 20)}-${packed.slice(at + 20, at + 32)}`;
});

const unpackSparse = (column: string): ReadonlyMap<number, readonly string[]> => new Map(rowsOf(column).map((row) => {
  const [at = '', ...held] = cellsOf(row);
  return [Number(at), held];
}));

/** Gives every text its syllables, in the order of `spokenTexts` in browserIndexPack.ts. */
const makeReader = ({ syllables, otherwise, silent }: PackedDirectory): ((text: string) => readonly string[]) => {
  const usual = new Map<string, string>();
  for (const row of rowsOf(syllables)) {
    const letters = /^[a-z]*/.exec(row)?.[0] ?? '';
    for (const character of row.slice(letters.length)) usual.set(character, letters);
  }
  const others = Map.groupBy(rowsOf(otherwise).map(cellsOf), ([number = '']) => Number(number));
  const mute = new Set(rowsOf(silent).map(Number));
  let next = 0;
  return (text) => {
    const number = next;
    next += 1;
    if (text === '' || mute.has(number)) return [];
    const spoken = charactersOf(normalise(text)).map((character) => usual.get(character) ?? character);
    for (const [, at = '', syllable = ''] of others.get(number) ?? []) spoken[Number(at)] = syllable;
    return spoken;
  };
};

/** The terms an institution bears; those of the same terms share one list. */
const termsReader = ({ terms, termsOf }: PackedDirectory): ((at: number) => readonly string[]) => {
  const names = rowsOf(terms);
  const bits = rowsOf(termsOf);
  const known = new Map<string, readonly string[]>();
  return (at) => {
    const key = bits.map((line) => line.charAt(at)).join('');
    const found = known.get(key) ?? names.filter((_, index) => (numberOf(key, Math.floor(index / termsOfLine)) & (1 << index % termsOfLine)) !== 0);
    known.set(key, found);
    return found;
  };
};

const readMeaning = (packed: string): Meaning => {
  if (packed === '@') return { kind: 'place' };
  if (packed.startsWith('*')) return { kind: 'generic', topic: vocabularyTopics.find((topic) => topic === packed.slice(1)) ?? null };
  return { kind: 'terms', terms: packed.split(' ') };
};

/** Unpacks a directory; what `packDirectory` packed, blanks in texts apart. */
export const unpackDirectory = (packed: PackedDirectory): BrowserDirectory => {
  const none: readonly string[] = [];
  const names = rowsOf(packed.names);
  const addresses = packed.addresses.split('\n');
  const streets = packed.streets.split('\n').map((row) => {
    const [name = '', ...places] = row.split('\t');
    return { name: name === '' ? null : name, places };
  });
  const termsAt = termsReader(packed);
  const [aliases, communities] = [unpackSparse(packed.aliases), unpackSparse(packed.communities)];
  const read = makeReader(packed);
  const nameSyllables = names.map(read);
  const aliasSyllables = names.map((_, at) => (aliases.get(at) ?? none).map(read));
  const addressSyllables = names.map((_, at) => read(addresses[at] ?? ''));
  const streetSyllables = names.length === 0 ? [] : streets.map(({ name }) => read(name ?? ''));
  const ids = unpackIds(packed.ids, names.length);
  const records = names.map((name, at): SearchRecord => {
    const street = numberOf(packed.streetOf, at);
    return {
      id: ids[at] ?? '', name, aliases: aliases.get(at) ?? none, subdistrictName: streets[street]?.name ?? null,
      communityNames: communities.get(at) ?? none, places: streets[street]?.places ?? none, address: addresses[at] === '' ? null : addresses[at] ?? null, terms: termsAt(at),
      pinyin: { name: nameSyllables[at] ?? [], aliases: aliasSyllables[at] ?? [], subdistrict: streetSyllables[street] ?? [], address: addressSyllables[at] ?? [] },
    };
  });
  return {
    records,
    groups: names.map((_, at) => directoryGroups[numberOf(packed.groups, at)] ?? 'ended'),
    places: rowsOf(packed.places).map((row) => {
      const [name = '', level = '', code = '', ...otherNames] = row.split('\t');
      return { name, level: placeLevels.find((one) => one === level) ?? 'subdistrict', code: code === '' ? null : code, otherNames };
    }),
    entries: rowsOf(packed.vocabulary).map((row) => {
      const [means = '', ...words] = row.split('\t');
      return { words, means: readMeaning(means), pinyin: words.map(read) };
    }),
  };
};
