import { numberOf, packedColumns, termsOfLine, type BrowserDirectory, type PackedDirectory } from '#domain/directory/browserIndex.ts';
import type { SearchRecord } from '#domain/directory/searchIndex.ts';
import { fields, type Field, type Otherwise, type Reading } from '#domain/directory/searchLayout.ts';
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

const unpackSparse = (column: string): ReadonlyMap<number, readonly string[]> => new Map(rowsOf(column).map((row) => {
  const [at = '', ...held] = cellsOf(row);
  return [Number(at), held];
}));

/** How the texts are read, numbered in the order of `spokenTexts` in browserIndexPack.ts. */
type Reader = {
  readonly usual: ReadonlyMap<string, string>;
  readonly otherwise: (number: number) => Otherwise;
  readonly syllables: (number: number, text: string) => readonly string[];
};

const asUsual: Otherwise = [];

const makeReader = ({ syllables, otherwise, silent }: PackedDirectory): Reader => {
  const usual = new Map<string, string>();
  for (const row of rowsOf(syllables)) {
    const letters = /^[a-z]*/.exec(row)?.[0] ?? '';
    for (const character of row.slice(letters.length)) usual.set(character, letters);
  }
  const exceptions = new Map<number, Otherwise>(rowsOf(silent).map((number) => [Number(number), null]));
  for (const [number, rows] of Map.groupBy(rowsOf(otherwise).map(cellsOf), ([text = '']) => Number(text))) {
    exceptions.set(number, rows.map(([, at = '', syllable = '']) => [Number(at), syllable]));
  }
  const otherwiseOf = (number: number): Otherwise => {
    const exception = exceptions.get(number);
    return exception === undefined ? asUsual : exception;
  };
  return {
    usual, otherwise: otherwiseOf,
    syllables: (number, text) => {
      const exception = otherwiseOf(number);
      if (text === '' || exception === null) return [];
      const spoken = charactersOf(normalise(text)).map((character) => usual.get(character) ?? character);
      for (const [at, syllable] of exception) spoken[at] = syllable;
      return spoken;
    },
  };
};

/** The terms an institution bears; those of the same terms share one list. */
const termsReader = ({ terms, termsOf }: PackedDirectory): ((at: number) => readonly string[]) => {
  const names = rowsOf(terms);
  const bits = rowsOf(termsOf);
  const known = new Map<string, readonly string[]>();
  return (at) => {
    let key = '';
    for (const line of bits) key += line.charAt(at);
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

const noNames: readonly string[] = [];

/** Street name and other names of the place, shared by the institutions there. */
const unpackStreets = (column: string): readonly { readonly name: string | null; readonly places: readonly string[] }[] => column.split('\n').map((row) => {
  const [name = '', ...places] = row.split('\t');
  return { name: name === '' ? null : name, places };
});

/** Records whose syllables are written out only when they are asked for, which is for the few that are shown; and how all are read. */
const unpackRecords = (packed: PackedDirectory, read: Reader): { readonly records: readonly SearchRecord[]; readonly reading: Reading; readonly spoken: number } => {
  const names = rowsOf(packed.names);
  const ids = rowsOf(packed.ids);
  const addresses = packed.addresses.split('\n');
  const streets = unpackStreets(packed.streets);
  const termsAt = termsReader(packed);
  const [aliases, communities] = [unpackSparse(packed.aliases), unpackSparse(packed.communities)];
  let nextAlias = names.length;
  const aliasFrom = names.map((_, at) => {
    const from = nextAlias;
    nextAlias += aliases.get(at)?.length ?? 0;
    return from;
  });
  const firstAddress = nextAlias;
  const firstStreet = firstAddress + names.length;
  const records = names.map((name, at): SearchRecord => {
    const street = numberOf(packed.streetOf, at);
    const held = aliases.get(at) ?? noNames;
    const address = addresses[at] ?? '';
    return {
      id: ids[at] ?? '', name, aliases: held, subdistrictName: streets[street]?.name ?? null,
      communityNames: communities.get(at) ?? noNames, places: streets[street]?.places ?? noNames, address: address === '' ? null : address, terms: termsAt(at),
      pinyin: {
        get name() { return read.syllables(at, name); },
        get aliases() { return held.map((alias, index) => read.syllables((aliasFrom[at] ?? 0) + index, alias)); },
        get subdistrict() { return read.syllables(firstStreet + street, streets[street]?.name ?? ''); },
        get address() { return read.syllables(firstAddress + at, address); },
      },
    };
  });
  const numberOfText = (at: number, field: Field, index: number): number => {
    if (field === fields.name) return at;
    if (field === fields.alias) return (aliasFrom[at] ?? 0) + index;
    return field === fields.address ? firstAddress + at : firstStreet + numberOf(packed.streetOf, at);
  };
  return { records, reading: { usual: read.usual, otherwise: (at, field, index) => read.otherwise(numberOfText(at, field, index)) }, spoken: firstStreet + (names.length === 0 ? 0 : streets.length) };
};

/** Unpacks a directory; what `packDirectory` packed, blanks in texts apart. */
export const unpackDirectory = (packed: PackedDirectory): BrowserDirectory => {
  const read = makeReader(packed);
  const { records, reading, spoken } = unpackRecords(packed, read);
  let nextWord = spoken;
  return {
    records, reading,
    groups: records.map((_, at) => directoryGroups[numberOf(packed.groups, at)] ?? 'ended'),
    places: rowsOf(packed.places).map((row) => {
      const [name = '', level = '', code = '', ...otherNames] = row.split('\t');
      return { name, level: placeLevels.find((one) => one === level) ?? 'subdistrict', code: code === '' ? null : code, otherNames };
    }),
    entries: rowsOf(packed.vocabulary).map((row) => {
      const [means = '', ...words] = row.split('\t');
      return { words, means: readMeaning(means), pinyin: words.map((word) => read.syllables(nextWord++, word)) };
    }),
  };
};
