import type { GuideWords, ReadSyllables } from '#domain/guidance/searchModel.ts';
import { longestSyllable, possibleSyllables, syllableBeginnings } from '#domain/shared/syllables.ts';
import { isHan, normalise, tokensOfPlain } from '#domain/shared/tokens.ts';

// What somebody typed, as tokens of the index: pairs of characters, pairs of syllables (~fa shao), words known as a whole (=发烧).

/** A token for two syllables that follow each other. */
export const soundToken = (one: string, other: string): string => `~${one} ${other}`;
/** A token for a key word, a title or a heading as a whole. */
export const wholeToken = (plain: string): string => `=${plain}`;

type Spelt = { readonly plain: string; readonly spelling: string };
/** Words that are looked for in what is typed, and the pairs of syllables that stand somewhere. */
export type Lexicon = {
  readonly fillers: readonly Spelt[];
  readonly synonyms: readonly (readonly Spelt[])[];
  readonly keywords: readonly Spelt[];
  readonly soundTokens: readonly string[];
};

/** What is asked: tokens with their weight; `needed` are those of what was typed, fillers apart; `marks` are words to mark in texts. */
export type Asked = {
  readonly terms: ReadonlyMap<string, number>; readonly needed: readonly string[]; readonly marks: readonly string[];
  /** Known words that were heard, each as its pairs: a page that holds all pairs of one answers. */
  readonly heard: readonly (readonly string[])[];
  /** Words in letters, for guessing where nothing spells them out. */
  readonly letters: readonly string[];
  /** 月龄 that was named, in whole months. */
  readonly months: number | null;
};

/** Longer texts are cut: nobody asks so much at once. */
export const longestTyped = 100;
const shortestSpelling = 4;

const spell = (word: string, syllablesOf: ReadSyllables): Spelt => {
  const plain = normalise(word);
  // One syllable alone would mean too much: 喘 is in every name with 川.
  const spelling = Array.from(plain).length > 1 && Array.from(plain).some(isHan) ? syllablesOf(word).filter((syllable) => syllable !== ' ').join('') : '';
  return { plain, spelling: spelling.length < shortestSpelling ? '' : spelling };
};

/** Lays out the words that are looked for in what is typed. */
export const makeLexicon = (words: GuideWords, keywords: readonly string[], soundTokens: Iterable<string>, syllablesOf: ReadSyllables): Lexicon => ({
  fillers: words.fillers.map((word) => spell(word, syllablesOf)).toSorted((one, other) => other.plain.length - one.plain.length),
  synonyms: words.synonyms.map((row) => row.map((word) => spell(word, syllablesOf))),
  keywords: [...new Set(keywords)].map((word) => spell(word, syllablesOf)),
  soundTokens: [...soundTokens].sort(),
});

const digits: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10, 半: 0.5 };
const agePattern = /([0-9]{1,2}|[一二两三四五六七八九十])(?: ?个月|月龄| ?岁(半)?)/;

/** 月龄 named in a text that is normalised: 8个月, 两岁, 一岁半; undefined where none up to three years is named. */
export const readAge = (plain: string): { readonly months: number; readonly rest: string } | undefined => {
  const found = agePattern.exec(plain);
  if (!found) return undefined;
  const [whole, count = '', half] = found;
  const number = digits[count] ?? Number(count);
  const months = whole.includes('岁') ? number * 12 + (half ? 6 : 0) : number;
  return months > 36 ? undefined : { months, rest: plain.replace(whole, ' ').trim() };
};

type Gathering = { readonly terms: Map<string, number>; readonly needed: Set<string>; readonly marks: Set<string>; readonly heard: string[][]; readonly letters: string[] };

const ask = ({ terms }: Gathering, token: string, weight: number): void => { terms.set(token, Math.max(terms.get(token) ?? 0, weight)); };
const pairsIn = (plain: string): readonly string[] => tokensOfPlain(plain).filter((token) => token.length > 1);

const weights = { pair: 1, keyword: 2, sameMeaning: 1.6, otherWord: 0.8, alone: 0.8 } as const;

const askWord = (into: Gathering, plain: string, weight: number): void => {
  const pairs = pairsIn(plain);
  for (const pair of pairs) ask(into, pair, weight);
  if (pairs.length > 0) into.heard.push([...pairs]);
  into.marks.add(plain);
};

/** Adds what the typed text says in words that are known; `stands` tells whether a word is in it. */
const askKnown = (lexicon: Lexicon, into: Gathering, stands: (word: Spelt) => boolean): void => {
  for (const word of lexicon.keywords) {
    if (!stands(word)) continue;
    ask(into, wholeToken(word.plain), weights.keyword + word.plain.length / 4);
    askWord(into, word.plain, weights.pair);
  }
  for (const row of lexicon.synonyms) {
    const heard = row.find(stands);
    if (!heard) continue;
    into.marks.add(heard.plain);
    for (const [at, { plain }] of row.entries()) {
      ask(into, wholeToken(plain), weights.sameMeaning);
      if (at === 0) askWord(into, plain, weights.otherWord);
    }
  }
};

const askHan = (lexicon: Lexicon, run: string, into: Gathering): void => {
  askKnown(lexicon, into, ({ plain }) => (plain.length > 1 ? run.includes(plain) : run === plain));
  let rest = run;
  for (const { plain } of lexicon.fillers) rest = rest.replaceAll(plain, ' ');
  const pieces = (rest.trim() === '' ? run : rest).split(' ').filter((piece) => piece !== '');
  for (const piece of pieces) {
    const pairs = pairsIn(piece);
    for (const pair of pairs) { ask(into, pair, weights.pair); into.needed.add(pair); }
    if (pairs.length === 0) { ask(into, piece, weights.alone); into.needed.add(piece); }
    into.marks.add(piece);
  }
};

/** Where syllables may begin and end in letters, on ways that lead through to the end; the last syllable may be half typed. */
const syllableEdges = (run: string): readonly (readonly [from: number, to: number])[] => {
  const last = run.length;
  const leads = new Set([last]);
  const edges: (readonly [number, number])[] = [];
  for (let from = last - 1; from >= 0; from -= 1) {
    for (let to = from + 1; to <= Math.min(last, from + longestSyllable); to += 1) {
      const written = run.slice(from, to);
      if (!leads.has(to) || !(possibleSyllables.has(written) || (to === last && syllableBeginnings.has(written)))) continue;
      leads.add(from);
      edges.push([from, to]);
    }
  }
  const reached = new Set([0]);
  return edges.toReversed().toSorted((one, other) => one[0] - other[0]).filter(([from, to]) => reached.has(from) && reached.add(to));
};

/** A reading of letters up to some syllable: how many of its pairs stand nowhere, and the pairs that must be held. */
type Reading = { readonly cost: number; readonly needed: readonly string[] };
const perSyllable = 0.01;

/** Asks all pairs of syllables the letters may be; what must be held is that of the reading with the fewest unknown pairs. */
const askSounds = ({ soundTokens }: Lexicon, run: string, edges: ReturnType<typeof syllableEdges>, passedOver: (at: number) => boolean, into: Gathering): void => {
  const known = new Set(soundTokens);
  const readings = new Map<string, Reading>();
  let best: Reading = { cost: Infinity, needed: [] };
  for (const [from, to] of edges) {
    let own: Reading = { cost: from === 0 ? 0 : Infinity, needed: [] };
    for (const [before, middle] of edges) {
      const led = middle === from ? readings.get(`${String(before)} ${String(middle)}`) : undefined;
      if (!led) continue;
      if (passedOver(before) || passedOver(from)) {
        if (led.cost < own.cost) own = led;
        continue;
      }
      const token = soundToken(run.slice(before, middle), run.slice(from, to));
      const meant = to === run.length ? soundTokens.filter((one) => one.startsWith(token)) : known.has(token) ? [token] : [];
      for (const one of meant) ask(into, one, one === token ? weights.pair : weights.otherWord);
      const cost = led.cost + (meant.length === 0 ? 1 : 0);
      if (cost < own.cost) own = { cost, needed: [...led.needed, known.has(token) || meant.length !== 1 ? token : meant[0] ?? token] };
    }
    own = { ...own, cost: own.cost + perSyllable };
    readings.set(`${String(from)} ${String(to)}`, own);
    if (to === run.length && own.cost < best.cost) best = own;
  }
  for (const token of best.needed) into.needed.add(token);
  if (best.needed.length === 0) into.needed.add(run);
};

const askLatin = (lexicon: Lexicon, run: string, into: Gathering): void => {
  into.letters.push(run);
  ask(into, run, weights.pair);
  const edges = syllableEdges(run);
  if (edges.length < 2) { into.needed.add(run); return; } // one syllable makes no pair
  const bounds = new Set(edges.flat());
  const places = ({ spelling }: Spelt): readonly number[] => {
    const found: number[] = [];
    for (let at = spelling === '' ? -1 : run.indexOf(spelling); at >= 0; at = run.indexOf(spelling, at + 1)) if (bounds.has(at) && bounds.has(at + spelling.length)) found.push(at);
    return found;
  };
  askKnown(lexicon, into, (word) => places(word).length > 0);
  const passed = lexicon.fillers.flatMap((word) => places(word).map((at) => [at, at + word.spelling.length] as const));
  const isAll = passed.some(([from, to]) => from === 0 && to === run.length);
  askSounds(lexicon, run, edges, (at) => !isAll && passed.some(([from, to]) => at >= from && at < to), into);
};

/** Reads what was typed. */
export const readTyped = (lexicon: Lexicon, typed: string): Asked => {
  const plain = normalise(typed.slice(0, longestTyped));
  const age = readAge(plain);
  const into: Gathering = { terms: new Map(), needed: new Set(), marks: new Set(), heard: [], letters: [] };
  ask(into, wholeToken(plain), weights.keyword);
  for (const run of (age === undefined || age.rest === '' ? plain : age.rest).match(/\p{Script=Han}+|[a-z]+|\p{N}+|[^\s\p{Script=Han}\p{N}a-z]+/gu) ?? []) {
    if (isHan(run.charAt(0))) askHan(lexicon, run, into);
    else if (/^[a-z]/.test(run)) askLatin(lexicon, run, into);
    else {
      ask(into, run, weights.pair);
      ask(into, wholeToken(run), weights.keyword);
      into.needed.add(run);
      into.marks.add(run);
    }
  }
  return { ...into, needed: [...into.needed], marks: [...into.marks, ...into.letters], months: age?.months ?? null };
};
