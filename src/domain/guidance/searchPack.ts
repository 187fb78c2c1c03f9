import { guideKinds, spokenTexts, type Guide, type GuideLot, type GuideWords, type ReadSyllables } from '#domain/guidance/searchModel.ts';
import { charactersOf, isHan, normalise } from '#domain/shared/tokens.ts';

/** The columns of a packed lot, one row a guide unless something else is said; cells are parted by tabs. */
export const guideColumns = [
  'kinds', 'keys', 'titles', 'summaries', 'headings', 'keywords', 'topics',
  /** `from-to`, or nothing. */
  'months',
  /** The emergency number, after `!` where it says what to do at once. */
  'calls', 'bodies',
  /** A syllable and the characters that are mostly read so. */
  'syllables',
  /** Texts that read a character otherwise: text, position, syllable. */
  'otherwise',
  'fillers', 'synonyms',
] as const;

/** 打包的指南索引: one text for each column. */
export type PackedGuides = Readonly<Record<(typeof guideColumns)[number], string>>;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const lines = (rows: readonly string[]): string => rows.join('\n');
const cells = (row: readonly string[]): string => row.map(oneLine).join('\t');

const packSyllables = (texts: readonly string[], syllablesOf: ReadSyllables): Pick<PackedGuides, 'syllables' | 'otherwise'> => {
  const counts = new Map<string, Map<string, number>>();
  const spoken = texts.map((text) => {
    const characters = charactersOf(normalise(text));
    const syllables = syllablesOf(text);
    return { text, read: characters.flatMap((character, at) => (isHan(character) ? [{ character, at, syllable: syllables[at] ?? '' }] : [])) };
  });
  for (const { character, syllable } of spoken.flatMap(({ read }) => read)) {
    const readings = counts.get(character) ?? new Map<string, number>();
    counts.set(character, readings);
    readings.set(syllable, (readings.get(syllable) ?? 0) + 1);
  }
  const usual = new Map([...counts].map(([character, readings]) => [character, [...readings].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '']));
  const bySyllable = Map.groupBy(usual, ([, syllable]) => syllable);
  return {
    syllables: lines([...bySyllable].sort(([one], [other]) => (one < other ? -1 : 1)).map(([syllable, held]) => `${syllable}${held.map(([character]) => character).sort().join('')}`)),
    otherwise: lines(spoken.flatMap(({ text, read }) => read.flatMap(({ character, at, syllable }) => (usual.get(character) === syllable ? [] : [cells([text, String(at), syllable])])))),
  };
};

/** Packs a lot into columns that compress well; `unpackGuides` gives it back. */
export const packGuides = (lot: GuideLot): PackedGuides => {
  const { guides, words } = lot;
  return {
    kinds: lines(guides.map(({ kind }) => kind)), keys: lines(guides.map(({ key }) => key)),
    titles: lines(guides.map(({ title }) => oneLine(title))), summaries: lines(guides.map(({ summary }) => oneLine(summary))),
    headings: lines(guides.map(({ headings }) => cells(headings))), keywords: lines(guides.map(({ keywords }) => cells(keywords))),
    topics: lines(guides.map(({ topic }) => oneLine(topic))), months: lines(guides.map(({ months }) => (months === null ? '' : `${String(months.from)}-${String(months.to)}`))),
    calls: lines(guides.map(({ call, urgent }) => (call === null ? '' : `${urgent ? '!' : ''}${call}`))), bodies: lines(guides.map(({ body }) => oneLine(body))),
    ...packSyllables(spokenTexts(lot), lot.syllablesOf),
    fillers: cells(words.fillers), synonyms: lines(words.synonyms.map(cells)),
  };
};

const rowsOf = (column: string): readonly string[] => (column === '' ? [] : column.split('\n'));
const cellsOf = (row: string | undefined): readonly string[] => (row === undefined || row === '' ? [] : row.split('\t'));

const makeReader = ({ syllables, otherwise }: PackedGuides): ReadSyllables => {
  const usual = new Map<string, string>();
  for (const row of rowsOf(syllables)) {
    const letters = /^[a-z]*/.exec(row)?.[0] ?? '';
    for (const character of charactersOf(row.slice(letters.length))) usual.set(character, letters);
  }
  const others = Map.groupBy(rowsOf(otherwise).map(cellsOf), ([text = '']) => text);
  return (text) => {
    const spoken = charactersOf(normalise(text)).map((character) => usual.get(character) ?? character);
    for (const [, at = '', syllable = ''] of others.get(oneLine(text)) ?? []) spoken[Number(at)] = syllable;
    return spoken;
  };
};

const monthsOf = (packed: string): Guide['months'] => {
  const [from, to] = packed.split('-');
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads the file that `packGuides` made; undefined when it is no such file. */
export const readPackedGuides = (json: string): PackedGuides | undefined => {
  const read: unknown = JSON.parse(json);
  if (!isRecord(read) || guideColumns.some((column) => typeof read[column] !== 'string')) return undefined;
  const at = (column: keyof PackedGuides): string => textOf(read[column]);
  return {
    kinds: at('kinds'), keys: at('keys'), titles: at('titles'), summaries: at('summaries'), headings: at('headings'), keywords: at('keywords'), topics: at('topics'),
    months: at('months'), calls: at('calls'), bodies: at('bodies'), syllables: at('syllables'), otherwise: at('otherwise'), fillers: at('fillers'), synonyms: at('synonyms'),
  };
};

/** Unpacks a lot; what `packGuides` packed, blanks in texts apart. */
export const unpackGuides = (packed: PackedGuides): GuideLot => {
  const [kinds, titles, summaries, headings, keywords, topics, months, calls, bodies] = [
    packed.kinds, packed.titles, packed.summaries, packed.headings, packed.keywords, packed.topics, packed.months, packed.calls, packed.bodies,
  ].map((column) => column.split('\n'));
  const words: GuideWords = { fillers: cellsOf(packed.fillers), synonyms: rowsOf(packed.synonyms).map(cellsOf) };
  return {
    words, syllablesOf: makeReader(packed),
    guides: rowsOf(packed.keys).map((key, at) => {
      const call = calls?.[at] ?? '';
      return {
        kind: guideKinds.find((kind) => kind === kinds?.[at]) ?? 'article', key, title: titles?.[at] ?? '', summary: summaries?.[at] ?? '',
        headings: cellsOf(headings?.[at]), keywords: cellsOf(keywords?.[at]), topic: topics?.[at] ?? '', months: monthsOf(months?.[at] ?? ''),
        call: call === '' ? null : call.replace('!', ''), urgent: call.startsWith('!'), body: bodies?.[at] ?? '', place: null,
      };
    }),
  };
};

/** What one place adds to policy pages, packed: key, title of the note, stretches of its text. */
export type PlaceGuides = readonly { readonly key: string; readonly title: string; readonly body: string }[];

/** Reads the file of what a place adds; rows of another form are passed over. */
export const readPlaceGuides = (json: string): PlaceGuides => {
  const read: unknown = JSON.parse(json);
  return (Array.isArray(read) ? read : []).flatMap((row: unknown) => (isRecord(row) ? [{ key: textOf(row['key']), title: textOf(row['title']), body: textOf(row['body']) }] : []));
};

/** A lot with what a place adds: each note stands for its policy page, found by the note's own words. `place` null: for a reader of that place alone. */
export const withPlaceNotes = (lot: GuideLot, notes: PlaceGuides, place: string | null): GuideLot => ({
  ...lot,
  guides: [...lot.guides, ...notes.flatMap(({ key, title, body }) =>
    lot.guides.filter((guide) => guide.kind === 'policy' && guide.key === key && guide.place === null).map((guide) => ({ ...guide, headings: [title], keywords: [], body, place })))],
});
