import { occurrencesOf, phraseLevels, wordLevels, type Compared } from '#domain/directory/match.ts';
import type { SearchText } from '#domain/directory/pinyinText.ts';
import { noRecords, putRecord, type RecordSet } from '#domain/directory/searchBits.ts';
import { layOut, type Reading } from '#domain/directory/searchLayout.ts';
import { makeSlipTable, type SlipTable } from '#domain/directory/searchSound.ts';
import { normalise, typedWords } from '#domain/shared/tokens.ts';
import type { Meaning, Vocabulary } from '#domain/shared/vocabulary.ts';

/** What one institution is found by: the same record in the browser and on the server. */
export type SearchRecord = {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly subdistrictName: string | null;
  readonly communityNames: readonly string[];
  /** Other names and codes of the places it lies in: street codes old and new, county, jurisdiction. */
  readonly places: readonly string[];
  readonly address: string | null;
  /** Facets everyday words may stand for: `mode:fullDay`, `affordable`. */
  readonly terms: readonly string[];
  /** Syllables, one for each character of the normalised text. */
  readonly pinyin: {
    readonly name: readonly string[]; readonly aliases: readonly (readonly string[])[];
    readonly subdistrict: readonly string[]; readonly address: readonly string[];
  };
};

/** The syllables a search record carries, from the pinyin made at import. */
export const syllablesOf = (text: SearchText | null): SearchRecord['pinyin'] => ({
  name: text?.name.full ?? [], aliases: text?.aliases.map((alias) => alias.full) ?? [],
  subdistrict: text?.subdistrict?.full ?? [], address: text?.address?.full ?? [],
});

/** Records laid out for searching. */
export type SearchIndex = Compared & { readonly ids: readonly string[] };

const gatherTerms = (records: readonly SearchRecord[]): ReadonlyMap<string, RecordSet> => {
  const bearers = new Map<string, RecordSet>();
  const bearersOf = (term: string): RecordSet => {
    const set = bearers.get(term) ?? noRecords(records.length);
    bearers.set(term, set);
    return set;
  };
  const known = new Map<readonly string[], readonly RecordSet[]>(); // records with the same terms may share one list of them
  records.forEach(({ terms }, at) => {
    const sets = known.get(terms) ?? terms.map(bearersOf);
    known.set(terms, sets);
    for (const set of sets) putRecord(set, at);
  });
  return bearers;
};

/** Lays records out for searching; done once for each revision. A `reading` stands for the syllables of the records. */
export const makeSearchIndex = (records: readonly SearchRecord[], vocabulary: Vocabulary, reading?: Reading): SearchIndex => {
  const layout = layOut(records, reading);
  const bearersOfTerm = gatherTerms(records);
  const silent = new Map<string, boolean>();
  let slips: SlipTable | undefined;
  const staysSilent = (word: string): boolean => {
    const meaning = vocabulary.meanings.get(word);
    return meaning?.kind === 'terms' && !meaning.terms.some((term) => bearersOfTerm.has(term)) && occurrencesOf(layout, word).length === 0;
  };
  return {
    layout, vocabulary, bearersOfTerm, ids: records.map(({ id }) => id),
    longestMeaning: [...vocabulary.meanings.keys()].reduce((most, word) => Math.max(most, word.length), 0),
    isSilent: (word) => {
      const known = silent.get(word) ?? staysSilent(word);
      if (vocabulary.meanings.has(word)) silent.set(word, known);
      return known;
    },
    slips: () => slips ??= makeSlipTable(layout),
  };
};

/**
 * How well what is typed stands in each record, by position; 0 where it does not. Each typed word must be found; a text without
 * any letter or digit stands in everything.
 */
export const scoreTyped = (index: SearchIndex, typed: string): Float64Array => {
  const words = typedWords(typed);
  const scores = new Float64Array(index.layout.size);
  if (words.length === 0) return scores.fill(1);
  words.forEach((word, order) => {
    wordLevels(index, word).forEach((level, at) => { scores[at] = level === 0 || (order > 0 && scores[at] === 0) ? 0 : (scores[at] ?? 0) + level; });
  });
  if (words.length === 1) return scores;
  const whole = phraseLevels(index, normalise(typed));
  return scores.map((score, at) => (score === 0 ? 0 : Math.max(score / words.length, whole[at] ?? 0)));
};

/** A record found, `at` its position in the index; a higher score stands first. */
export type ScoredMatch = { readonly id: string; readonly at: number; readonly score: number };

/**
 * Everything the typed text is found in, best first: exact name, old name typed whole, name from its start, name, alias, street,
 * address, the rest; records that stand alike in the order of the index.
 */
export const findMatches = (index: SearchIndex, typed: string): readonly ScoredMatch[] => {
  const scores = scoreTyped(index, typed);
  const alike = new Map<number, ScoredMatch[]>();
  index.ids.forEach((id, at) => {
    const score = scores[at] ?? 0;
    if (score === 0) return;
    const row = alike.get(score);
    if (row) row.push({ id, at, score });
    else alike.set(score, [{ id, at, score }]);
  });
  return [...alike.keys()].sort((one, other) => other - one).flatMap((score) => alike.get(score) ?? []);
};

/** A typed word that stands for something else; `borne` false: no record bears that facet, so the word was passed over. */
export type Understood = { readonly word: string; readonly meaning: Meaning; readonly borne: boolean };

/** The typed words that were understood as more than their letters, so that a page can say so. */
export const understandTyped = (index: SearchIndex, typed: string): readonly Understood[] =>
  typedWords(typed).flatMap((word) => {
    const meaning = index.vocabulary.meanings.get(word);
    if (meaning === undefined) return [];
    return [{ word, meaning, borne: !index.isSilent(word) }];
  });
