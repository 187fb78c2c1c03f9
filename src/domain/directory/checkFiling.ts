import type { Institution } from '#domain/directory/model.ts';
import type { DirectoryGroup, DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { normalise } from '#domain/shared/tokens.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** By what an institution was found. */
export const matchedByKinds = ['creditCode', 'name', 'alias', 'address'] as const;
export type MatchedBy = (typeof matchedByKinds)[number];

/** One record that bears what was typed; `exact` when it bears exactly that. `group` says how it stands: in force, planned or ended. */
export type FilingHit = {
  readonly institution: Institution; readonly group: DirectoryGroup; readonly matchedBy: MatchedBy; readonly exact: boolean;
};

/** 查一查备案: hits, or none in this directory, which says nothing about the institution itself. */
export type FilingAnswer = { readonly typed: string; readonly hits: readonly FilingHit[] };

const shortestTyped = 2;
const mostHits = 20;
/** A name shorter than this inside a longer typed text says too little. */
const shortestNameInTyped = 4;

const squeeze = (text: string): string => normalise(text).replace(/ /g, '');

/** Whether `held` bears what was typed: exactly, as a part, or (a full legal name typed) the other way round. */
const bears = (held: string, typed: string): 'exact' | 'part' | undefined => {
  const text = squeeze(held);
  if (text === typed) return 'exact';
  return text.includes(typed) || (text.length >= shortestNameInTyped && typed.includes(text)) ? 'part' : undefined;
};

const hitIn = (of: Institution, group: DirectoryGroup, typed: string): FilingHit | undefined => {
  const named: readonly (readonly [MatchedBy, string])[] = [
    ['creditCode', of.creditCode ?? ''], ['name', of.name],
    ...of.aliases.map((alias): readonly [MatchedBy, string] => ['alias', alias]), ['address', of.address ?? ''],
  ];
  const borne = named.flatMap(([matchedBy, held]) => {
    const how = held === '' || (matchedBy === 'creditCode' && typed.length < 18) ? undefined : bears(held, typed);
    return how === undefined ? [] : [{ institution: of, group, matchedBy, exact: how === 'exact' }];
  });
  return borne.find(({ exact }) => exact) ?? borne[0];
};

/** Looks for a name, alias, credit code or address in the directory, ended and planned records included; exact hits first. */
export const checkFiling = (snapshot: DirectorySnapshot, typed: string): Outcome<FilingAnswer, 'too-short'> => {
  const wanted = squeeze(typed);
  if (Array.from(wanted).length < shortestTyped) return refused('too-short');
  const hits = snapshot.entries.flatMap(({ institution, group }) => hitIn(institution, group, wanted) ?? []);
  const order = (hit: FilingHit): number => (hit.exact ? 0 : 10) + matchedByKinds.indexOf(hit.matchedBy);
  return done({ typed: typed.trim(), hits: hits.sort((one, other) => order(one) - order(other)).slice(0, mostHits) });
};
