import lunr from 'lunr';
import type { FoundGuide, Guide, GuideAnswer, GuideLot } from '#domain/guidance/searchModel.ts';
import { makeLexicon, readTyped, soundToken, wholeToken, type Asked, type Lexicon } from '#domain/guidance/searchTyped.ts';
import { findAloud, findWithSlip, readAloud, type ReadAloud, type Span } from '#domain/shared/readAloud.ts';
import { isHan, normalise, tokensOfPlain } from '#domain/shared/tokens.ts';

// lunr over what is said in guidance, policy and help. Its index is put together here from tokens, as the builder of lunr would
// after its own words; one field holds all, and where a token stands tells how much it weighs in it.

/** A text read aloud, with the guides that bear it: many have the same headings. */
type Spoken = { readonly guides: readonly number[]; readonly aloud: ReadAloud; readonly worth: number };
/** 指南索引: everything that one question is answered from. */
export type GuideIndex = {
  readonly guides: readonly Guide[];
  readonly syllablesOf: GuideLot['syllablesOf'];
  readonly lexicon: Lexicon;
  readonly held: readonly ReadonlyMap<string, number>[];
  readonly worthOf: (token: string) => number;
  readonly query: (asked: Asked['terms']) => readonly { readonly at: number; readonly score: number }[];
  readonly spoken: readonly Spoken[];
};

const field = 'text';
/** A guide's name in lunr; a bare number would make an array as long as the lot of every token's bearers. */
const nameAt = (at: number): string => `g${String(at)}`;
const positionOf = (name: string): number => Number(name.slice(1));
/** What a token weighs by where it stands. */
const worth = { title: 7, keyword: 7, heading: 3, summary: 2, topic: 2, body: 1 } as const;
/** How soon more of the same adds nothing. */
const saturation = 4;

const addTexts = (held: Map<string, number>, texts: readonly string[], weight: number, syllablesOf: GuideLot['syllablesOf'] | null): void => {
  const found = new Set<string>();
  for (const text of texts) {
    const plain = normalise(text);
    for (const token of tokensOfPlain(plain)) found.add(token);
    if (syllablesOf === null) continue;
    const syllables = syllablesOf(text);
    // Typed letters pass over blanks, and so do these pairs.
    const spoken = Array.from(plain).flatMap((character, at) => (character === ' ' ? [] : [isHan(character) ? syllables[at] ?? '' : '']));
    spoken.slice(1).forEach((syllable, at) => {
      const before = spoken[at] ?? '';
      if (before !== '' && syllable !== '') found.add(soundToken(before, syllable));
    });
  }
  for (const token of found) held.set(token, (held.get(token) ?? 0) + weight);
};

/** The tokens of one guide with what each weighs; characters alone count only where a text is short. */
const tokensOf = (guide: Guide, syllablesOf: GuideLot['syllablesOf']): ReadonlyMap<string, number> => {
  const held = new Map<string, number>();
  addTexts(held, [guide.title], worth.title, syllablesOf);
  addTexts(held, guide.keywords, worth.keyword, syllablesOf);
  addTexts(held, guide.headings, worth.heading, syllablesOf);
  addTexts(held, [guide.summary], worth.summary, null);
  addTexts(held, [guide.topic], worth.topic, null);
  const body = new Map<string, number>();
  addTexts(body, [guide.body], worth.body, null);
  for (const [token, weight] of body) if (token.length > 1) held.set(token, (held.get(token) ?? 0) + weight);
  for (const keyword of guide.keywords) held.set(wholeToken(normalise(keyword)), worth.keyword);
  for (const heading of guide.headings) held.set(wholeToken(normalise(heading)), worth.heading);
  held.set(wholeToken(normalise(guide.title)), worth.title * 3);
  return held;
};

type Posting = { readonly _index: number; readonly text: Record<string, object> };

/** Makes the lunr.Index of these documents, each a bag of weighed tokens; yields after each part of the work. */
function* lunrSteps(held: readonly ReadonlyMap<string, number>[]): Generator<undefined, Pick<GuideIndex, 'worthOf' | 'query'>> {
  const postings: Record<string, Posting> = Object.create(null);
  let count = 0;
  const nothing = {};
  for (const [at, tokens] of held.entries()) {
    for (const token of tokens.keys()) {
      const posting = postings[token] ??= { _index: count++, text: Object.create(null) };
      posting.text[nameAt(at)] = nothing;
    }
    yield;
  }
  const rarities = new Map<string, number>();
  const worthOf = (token: string): number => {
    const known = rarities.get(token);
    if (known !== undefined) return known;
    const bearers = Object.keys(postings[token]?.text ?? nothing).length;
    const rarity = Math.log(1 + (held.length - bearers + 0.5) / (bearers + 0.5));
    if (bearers > 0) rarities.set(token, rarity); // what is typed and stands nowhere is not kept
    return rarity;
  };
  const fieldVectors: Record<string, lunr.Vector> = {};
  for (const [at, tokens] of held.entries()) {
    const terms = [...tokens].map(([token, weight]) => [postings[token]?._index ?? 0, worthOf(token) * weight * (saturation + 1) / (saturation + weight)] as const);
    fieldVectors[`${field}/${nameAt(at)}`] = new lunr.Vector(terms.toSorted((one, other) => one[0] - other[0]).flat());
    yield;
  }
  const known = new lunr.TokenSet();
  known.intersect = (asked) => (asked.toArray().every((term) => term in postings) ? asked : new lunr.TokenSet());
  // `documentVectors` is what the package's types call `fieldVectors`.
  const parts = { invertedIndex: postings, fieldVectors, documentVectors: fieldVectors, tokenSet: known, fields: [field], pipeline: new lunr.Pipeline() };
  const index = new lunr.Index(parts);
  return {
    worthOf,
    query: (asked) => {
      const length = Math.hypot(...[...asked].flatMap(([token, boost]) => (token in postings ? [boost] : [])));
      return index.query((query) => { for (const [term, boost] of asked) if (term in postings) query.term(term, { boost, usePipeline: false }); })
        .map(({ ref, score }) => ({ at: positionOf(ref), score: score * length }));
    },
  };
}

function* spokenSteps({ guides, syllablesOf }: GuideLot): Generator<undefined, readonly Spoken[]> {
  const texts = new Map<string, { readonly guides: number[]; readonly aloud: ReadAloud; readonly worth: number }>();
  for (const [at, { title, keywords, headings }] of guides.entries()) {
    for (const [held, value] of [[keywords, worth.keyword], [[title], worth.title], [headings, worth.heading]] as const) {
      for (const text of held) {
        const key = `${String(value)} ${text}`;
        const known = texts.get(key) ?? { guides: [], aloud: readAloud(text, syllablesOf(text)), worth: value };
        texts.set(key, known);
        known.guides.push(at);
      }
    }
    yield;
  }
  return [...texts.values()];
}

/** Makes a lot searchable, yielding after each small part of the work, so that a page can go on breathing. */
export function* guideIndexSteps(lot: GuideLot): Generator<undefined, GuideIndex> {
  const { guides, words, syllablesOf } = lot;
  const held: ReadonlyMap<string, number>[] = [];
  for (const guide of guides) {
    held.push(tokensOf(guide, syllablesOf));
    yield;
  }
  const sounds = new Set(held.flatMap((tokens) => [...tokens.keys()].filter((token) => token.startsWith('~'))));
  const lexicon = makeLexicon(words, guides.flatMap(({ keywords }) => keywords), sounds, syllablesOf);
  yield;
  return { guides, syllablesOf, held, lexicon, ...(yield* lunrSteps(held)), spoken: yield* spokenSteps(lot) };
}

/** Makes a lot searchable at once; done once for a process. */
export const makeGuideIndex = (lot: GuideLot): GuideIndex => {
  const steps = guideIndexSteps(lot);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

/** How much of what was typed a guide holds, 0 to 1; rare words count more. */
const shareHeld = ({ held, worthOf }: GuideIndex, at: number, needed: readonly string[]): number => {
  const all = needed.reduce((sum, token) => sum + worthOf(token), 0);
  return all === 0 ? 1 : needed.reduce((sum, token) => (held[at]?.has(token) ? sum + worthOf(token) : sum), 0) / all;
};

const inMonths = (months: Guide['months'], asked: number | null): number => {
  if (asked === null || months === null) return 1;
  return asked >= months.from && asked <= months.to ? 1.5 - (months.to - months.from) / 74 : 0.7;
};

/** Below this share of what was typed a page is no answer, unless it bears a word known as a whole. */
const leastShare = 0.34;
/** Pages this much worse than the best are no answer either. */
const leastScore = 0.05;
const urgentFirst = 1.3;

type Scored = { readonly at: number; readonly score: number };

/** By letters that no known syllables spell out: initials, half words, and with a slip where nothing else is found. */
const guess = (index: GuideIndex, letters: readonly string[]): readonly Scored[] => {
  const [word] = letters;
  if (word === undefined || letters.length > 1) return [];
  const head = word.charAt(0);
  for (const find of [findAloud, findWithSlip]) {
    const best = new Map<number, number>();
    for (const { guides, aloud, worth: value } of index.spoken) {
      const span: Span | undefined = find === findWithSlip || aloud.initials.includes(head) || aloud.characters.includes(head) ? find(aloud, word) : undefined;
      if (span === undefined) continue;
      const share = (span[1] - span[0]) / aloud.characters.length;
      for (const guide of guides) best.set(guide, Math.max(best.get(guide) ?? 0, value * ((span[0] === 0 ? 1 : 0.6) + share)));
    }
    if (best.size > 0) return [...best].map(([at, score]) => ({ at, score }));
  }
  return [];
};

const headingFor = ({ title, headings }: Guide, marks: readonly string[]): string | null => {
  const words = marks.filter((mark) => mark.length > 1);
  const bears = (text: string): boolean => words.some((word) => normalise(text).includes(word));
  return bears(title) ? null : headings.find(bears) ?? null;
};

/** Whether a page that says what to do at once speaks of what was asked by its title or a key word, not merely somewhere in its text. */
const isUrgent = (guide: Guide, { terms, marks }: Asked): boolean => guide.urgent
  && (guide.keywords.some((keyword) => terms.has(wholeToken(normalise(keyword)))) || marks.some((mark) => mark.length > 1 && normalise(guide.title).includes(mark)));

/** `mayGuess`: letters that nothing spells out may be initials. `place`: code of the place that asks. */
export type Finding = { readonly mayGuess: boolean; readonly place: string | null };
const usualFinding: Finding = { mayGuess: true, place: null };
const isOf = (guide: Guide, place: string | null): boolean => guide.place === null || guide.place === place;

/** Everything that answers what was typed, best first; nothing for a text without letters or digits. What another place adds is passed over. */
export const findGuides = (index: GuideIndex, typed: string, { mayGuess, place }: Finding = usualFinding): GuideAnswer => {
  const asked = readTyped(index.lexicon, typed);
  const { terms, needed, marks, letters, months, heard } = asked;
  if (needed.length === 0) return { found: [], terms: [] };
  const wholes = [...terms.keys()].filter((token) => token.startsWith('='));
  const scored = index.query(terms).flatMap(({ at, score }): readonly (Scored & { readonly isFull: boolean })[] => {
    const guide = index.guides[at];
    const share = shareHeld(index, at, needed);
    const isKnown = wholes.some((token) => index.held[at]?.has(token));
    const isHeard = isKnown || heard.some((pairs) => pairs.every((pair) => index.held[at]?.has(pair)));
    if (guide === undefined || !isOf(guide, place) || (share < leastShare && !isHeard)) return [];
    return [{ at, isFull: share > 0.99, score: score * (0.5 + share / 2) * inMonths(guide.months, months) * (guide.urgent && isKnown ? urgentFirst : 1) }];
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const kept: readonly Scored[] = scored.length > 0 ? scored.filter(({ score, isFull }) => isFull || score >= best * leastScore) : mayGuess ? guess(index, letters) : [];
  const seen = new Set<string>();
  return {
    terms: marks,
    found: kept.toSorted((one, other) => other.score - one.score || one.at - other.at).flatMap(({ at, score }): readonly FoundGuide[] => {
      const guide = index.guides[at];
      const name = `${guide?.kind ?? ''} ${guide?.key ?? ''}`;
      if (guide === undefined || !isOf(guide, place) || seen.has(name)) return [];
      seen.add(name); // a policy page and what the place adds to it are one page
      return [{ guide, score, heading: headingFor(guide, marks), urgent: isUrgent(guide, asked) }];
    }),
  };
};
