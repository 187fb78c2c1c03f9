import { z } from 'zod';
import { phraseLevel, type BoundVocabulary, type Comparable } from '#domain/directory/match.ts';
import type { SearchText } from '#domain/directory/pinyinText.ts';
import { readAloud } from '#domain/shared/pinyinText.ts';
import { normalise, typedWords } from '#domain/shared/tokens.ts';
import type { Meaning, Vocabulary } from '#domain/shared/vocabulary.ts';

/** What one institution is found by: the same record in the browser and on the server. */
export const searchRecord = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  aliases: z.array(z.string()),
  subdistrictName: z.string().nullable(),
  communityNames: z.array(z.string()),
  /** Other names and codes of the places it lies in: street codes old and new, county, jurisdiction. */
  places: z.array(z.string()),
  address: z.string().nullable(),
  /** Facets everyday words may stand for: `mode:fullDay`, `affordable`. */
  terms: z.array(z.string()),
  /** Syllables, one for each character of the normalised text. */
  pinyin: z.strictObject({
    name: z.array(z.string()), aliases: z.array(z.array(z.string())),
    subdistrict: z.array(z.string()), address: z.array(z.string()),
  }),
});
export type SearchRecord = z.infer<typeof searchRecord>;

/** The syllables a search record carries, from the pinyin made at import. */
export const syllablesOf = (text: SearchText | null): SearchRecord['pinyin'] => ({
  name: text?.name.full ?? [], aliases: text?.aliases.map((alias) => alias.full) ?? [],
  subdistrict: text?.subdistrict?.full ?? [], address: text?.address?.full ?? [],
});

const layOut = (record: SearchRecord): Comparable => {
  const laid = {
    name: normalise(record.name), aliases: record.aliases.map(normalise),
    subdistrict: normalise(record.subdistrictName ?? ''), address: normalise(record.address ?? ''),
    places: [...record.places, ...record.communityNames].map(normalise),
  };
  return {
    ...laid,
    id: record.id,
    terms: new Set(record.terms),
    everything: [laid.name, ...laid.aliases, laid.subdistrict, laid.address, ...laid.places].join('\n'),
    aloud: {
      name: readAloud(record.name, record.pinyin.name),
      aliases: record.aliases.map((alias, index) => readAloud(alias, record.pinyin.aliases[index] ?? [])),
      subdistrict: readAloud(record.subdistrictName ?? '', record.pinyin.subdistrict),
      address: readAloud(record.address ?? '', record.pinyin.address),
    },
  };
};

/** Records laid out for searching. */
export type SearchIndex = { readonly records: readonly Comparable[]; readonly vocabulary: BoundVocabulary };

/** Lays records out for searching; done once for each revision. */
export const makeSearchIndex = (searched: readonly SearchRecord[], vocabulary: Vocabulary): SearchIndex => {
  const records = searched.map(layOut);
  const borne = new Set(searched.flatMap((record) => record.terms));
  const silent = [...vocabulary.meanings].filter(([word, meaning]) => meaning.kind === 'terms'
    && !meaning.terms.some((term) => borne.has(term)) && !records.some((record) => record.everything.includes(word)));
  return { records, vocabulary: { ...vocabulary, silent: new Set(silent.map(([word]) => word)) } };
};

/** A record found, `at` its position in the index; a higher score stands first. */
export type ScoredMatch = { readonly id: string; readonly at: number; readonly score: number };

/**
 * Everything the typed text is found in, best first: exact name, name from its start, name, alias, street, address, the rest.
 * Each typed word must be found; a text without any letter or digit finds everything.
 */
export const findMatches = (index: SearchIndex, typed: string): readonly ScoredMatch[] => {
  const words = typedWords(typed);
  const phrase = normalise(typed);
  const found: ScoredMatch[] = [];
  index.records.forEach((record, at) => {
    const score = words.length === 0 ? 1 : phraseLevel(record, words, phrase, index.vocabulary);
    if (score > 0) found.push({ id: record.id, at, score });
  });
  return found.sort((one, other) => other.score - one.score || one.at - other.at);
};

/** A typed word that stands for something else; `borne` false: no record bears that facet, so the word was passed over. */
export type Understood = { readonly word: string; readonly meaning: Meaning; readonly borne: boolean };

/** The typed words that were understood as more than their letters, so that a page can say so. */
export const understandTyped = (index: SearchIndex, typed: string): readonly Understood[] =>
  typedWords(typed).flatMap((word) => {
    const meaning = index.vocabulary.meanings.get(word);
    if (meaning === undefined) return [];
    return [{ word, meaning, borne: !index.vocabulary.silent.has(word) }];
  });
