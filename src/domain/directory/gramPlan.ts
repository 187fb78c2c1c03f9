import { setAside } from '#domain/directory/match.ts';
import type { GramTest } from '#domain/directory/ports.ts';
import { digitTriplesOf, initialsGram, pairsOf, readGram, syllableGram } from '#domain/shared/grams.ts';
import { longestSyllable, possibleSyllables, syllableBeginnings } from '#domain/shared/syllables.ts';
import { isHan } from '#domain/shared/tokens.ts';
import type { Vocabulary } from '#domain/shared/vocabulary.ts';

// What a document must bear so that match.ts can find a typed word in it. Every test lets through all that match.ts would find,
// and some that it would not; match.ts has the last word. Null: the word may be found in any document.

const all = (tests: readonly GramTest[]): GramTest | null => (tests.length === 0 ? null : tests.length === 1 ? tests[0] ?? null : { all: tests });
const any = (tests: readonly (GramTest | null)[]): GramTest | null => {
  const real = tests.flatMap((test) => test ?? []);
  if (real.length < tests.length || real.length === 0) return null;
  return real.length === 1 ? real[0] ?? null : { any: real };
};

/** The whole of a word, unbroken. */
const unbroken = (word: string): GramTest | null => all(word.split(' ').flatMap((part) => (Array.from(part).length === 1 ? [part] : [...pairsOf(part), ...digitTriplesOf(part)])));

/** Which pairs of a word a piece that says nothing, or a facet, may cover or cut off: they need not be borne. */
const excusedPairs = (word: string, pairs: readonly string[], { meanings }: Vocabulary): readonly boolean[] => {
  const characters = Array.from(word);
  const meant = characters.map(() => false);
  for (let start = 0; start < characters.length; start += 1) {
    for (let end = start + 1; end <= characters.length; end += 1) {
      const meaning = meanings.get(characters.slice(start, end).join(''));
      if (meaning !== undefined && meaning.kind !== 'place') meant.fill(true, start, end);
    }
  }
  // A character of two code units counts as a piece of its own.
  return pairs.map((pair, index) => meant[index] === true || meant[index + 1] === true || pair.length > 2);
};

/**
 * A word by its characters, whole or falling into pieces: a piece has two characters or more, so of two neighbouring pairs at
 * most one is cut, and the first and the last are not.
 */
const byCharacters = (word: string, vocabulary: Vocabulary): GramTest | null => {
  const meaning = vocabulary.meanings.get(word);
  if (meaning !== undefined && meaning.kind !== 'place') return null;
  const pairs = pairsOf(word);
  if (pairs.length < 2) return unbroken(word);
  const excused = excusedPairs(word, pairs, vocabulary);
  const ends = [0, pairs.length - 1].filter((index) => excused[index] === false).flatMap((index) => pairs[index] ?? []);
  const between = pairs.slice(1).flatMap((pair, index) => (excused[index] === true || excused[index + 1] === true ? [] : [{ any: [pairs[index] ?? '', pair] }]));
  return all([...ends, ...between, ...digitTriplesOf(word)]); // numbers are never cut
};

type Piece = { readonly start: number; readonly end: number; readonly syllable: string | null };

const latinLetter = /^[a-z]$/;

/** Everything that one character of a text may stand for from each position of what is typed. */
const piecesFrom = (typed: readonly string[], start: number): readonly Piece[] => {
  const pieces: Piece[] = [{ start, end: start + 1, syllable: null }];
  if (!latinLetter.test(typed[start] ?? '')) return pieces;
  for (let end = start + 2; end <= Math.min(typed.length, start + longestSyllable); end += 1) {
    const written = typed.slice(start, end).join('');
    if (!syllableBeginnings.has(written)) break;
    if (possibleSyllables.has(written)) pieces.push({ start, end, syllable: written });
    if (end === typed.length || /^[zcs]h$/.test(written)) pieces.push({ start, end, syllable: null }); // half typed, or 知 as zh
  }
  return pieces;
};

const mostReadings = 60;

/** Every way to cut a stretch into pieces; undefined when there are too many to be worth asking. */
const readingsOf = (pieces: ReadonlyMap<number, readonly Piece[]>, from: number, to: number): readonly (readonly Piece[])[] | undefined => {
  let open: readonly (readonly Piece[])[] = [[]];
  const closed: (readonly Piece[])[] = [];
  while (open.length > 0) {
    open = open.flatMap((reading) => (pieces.get(reading.at(-1)?.end ?? from) ?? []).filter(({ end }) => end <= to).map((piece) => [...reading, piece]));
    closed.push(...open.filter((reading) => reading.at(-1)?.end === to));
    open = open.filter((reading) => (reading.at(-1)?.end ?? to) < to);
    if (closed.length + open.length > mostReadings) return undefined;
  }
  return closed;
};

/** The grams of one reading, with the initial of what follows it. */
const gramsOfPieces = (typed: readonly string[], reading: readonly Piece[], to: number): readonly GramTest[] => {
  const starts = [...reading.map(({ start }) => start), ...(to < typed.length ? [to] : [])];
  const heads = starts.map((start) => typed[start] ?? '');
  const neighbours = heads.slice(1).flatMap((head, index) => {
    const before = heads[index] ?? '';
    return isHan(before) || isHan(head) ? [] : [initialsGram(before, head)]; // how a typed Chinese character is read is not known here
  });
  return [...new Set([...neighbours, ...heads.filter(isHan), ...reading.flatMap(({ syllable }) => (syllable === null ? [] : [syllableGram(syllable)]))])];
};

/**
 * A word by its sound. What is typed is cut where no piece reaches across; between two cuts the document must bear one of the
 * readings: pairs of initials, and the syllables typed whole.
 */
const bySound = (word: string): GramTest | null => {
  const typed = Array.from(word);
  const pieces = new Map(typed.map((_, start) => [start, piecesFrom(typed, start)]));
  const reached = [...pieces.values()].flat();
  const cuts = [...typed.keys(), typed.length].filter((at) => !reached.some(({ start, end }) => start < at && at < end));
  return all(cuts.slice(1).flatMap((to, index) => {
    const readings = readingsOf(pieces, cuts[index] ?? 0, to);
    return (readings && any(readings.map((reading) => all(gramsOfPieces(typed, reading, to))))) ?? [];
  }));
};

/** What a text must bear to be what a word sounds like, or what is left of it beside a word that says nothing; none for words without letters. */
export const soundPlans = (word: string, vocabulary: Vocabulary): readonly (GramTest | null)[] =>
  (/[a-z]/.test(word) ? [bySound(word), ...setAside(word, vocabulary).map(({ rest }) => bySound(rest))] : []);

/** What a document must bear to be found by a typed word; null: nothing that could be looked up. */
export const gramPlan = (word: string, vocabulary: Vocabulary): GramTest | null => {
  const otherNames = vocabulary.otherNames.get(word) ?? [];
  return any([byCharacters(word, vocabulary), ...soundPlans(word, vocabulary), ...otherNames.map(unbroken)]);
};

/** Several tests at once; null when none says anything. */
export const allOf = (tests: readonly (GramTest | null)[]): GramTest | null => all(tests.flatMap((test) => test ?? []));

/** Whether a text bears what a test of characters asks for. */
export const bears = (everything: string, test: GramTest): boolean => {
  if (typeof test === 'string') return everything.includes(test);
  return 'all' in test ? test.all.every((part) => bears(everything, part)) : test.any.some((part) => bears(everything, part));
};

/** The first character of each syllable of a row, blanks passed over. */
const initialsOf = (row: string): string => {
  let initials = '';
  for (let comma = row.indexOf(','); comma !== -1; comma = row.indexOf(',', comma + 1)) {
    const code = row.codePointAt(comma + 1);
    if (code !== undefined && code !== 32 && code !== 44) initials += String.fromCodePoint(code);
  }
  return initials;
};

/** Whether a text whose syllables stand between commas bears what a test of its sound asks for. */
export const sounds = (text: string, syllables: string, test: GramTest): boolean => {
  const row = `,${syllables},`;
  const initials = initialsOf(row);
  const passes = (part: GramTest): boolean => {
    if (typeof part !== 'string') return 'all' in part ? part.all.every(passes) : part.any.some(passes);
    const { kind, value } = readGram(part);
    if (kind === 'initials') return initials.includes(value);
    return kind === 'characters' ? text.includes(value) : row.includes(`,${value},`) || row.includes('v'); // ü is typed in several ways
  };
  return passes(test);
};
