import { scoreText, type TextScores } from '#domain/directory/filter.ts';
import { anyInstitution, type DirectoryQuery } from '#domain/directory/query.ts';
import { countMatching } from '#domain/directory/searchDirectory.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';

/** What was changed in the query: a condition widened or left out. */
export const relaxationKinds = [
  'radius-doubled', 'radius-dropped', 'fee-raised', 'fee-dropped', 'free-dropped', 'affordable-dropped', 'meals-dropped', 'weekend-dropped', 'extended-dropped', 'holidays-dropped',
  'hours-dropped', 'subdistrict-dropped', 'county-dropped', 'ownership-dropped', 'kind-dropped', 'mode-dropped', 'band-dropped',
  'text-dropped', 'accepts-dropped', 'start-dropped', 'months-dropped', 'all-but-months-dropped', 'all-dropped',
] as const;
export type RelaxationKind = (typeof relaxationKinds)[number];

/** 放宽条件: a query near the one asked, what was changed for it (one condition, or two together), and how many institutions it finds. */
export type Relaxation = { readonly kinds: readonly RelaxationKind[]; readonly query: DirectoryQuery; readonly total: number };

/** One step up in the fee limit, whole yuan. */
const feeStep = 500;

type Change = { readonly kind: RelaxationKind; readonly change: Partial<DirectoryQuery> };

/** Changes that would matter to the query, the smallest loss to the family first. */
const changesOf = (query: DirectoryQuery): readonly Change[] => {
  const changes: Change[] = [];
  const offer = (applies: boolean, kind: RelaxationKind, change: Partial<DirectoryQuery>): void => { if (applies) changes.push({ kind, change }); };
  offer(query.radius !== null, 'radius-doubled', { radius: (query.radius ?? 0) * 2 });
  offer(query.maxFee !== null, 'fee-raised', { maxFee: (query.maxFee ?? 0) + feeStep });
  offer(query.free, 'free-dropped', { free: false });
  offer(query.affordable, 'affordable-dropped', { affordable: false });
  offer(query.meals, 'meals-dropped', { meals: false });
  offer(query.weekend, 'weekend-dropped', { weekend: false });
  offer(query.extended, 'extended-dropped', { extended: false });
  offer(query.holidays, 'holidays-dropped', { holidays: false });
  offer(query.openBefore !== null || query.closeAfter !== null, 'hours-dropped', { openBefore: null, closeAfter: null });
  offer(query.radius !== null, 'radius-dropped', { radius: null });
  offer(query.maxFee !== null, 'fee-dropped', { maxFee: null });
  offer(query.subdistrict.length > 0, 'subdistrict-dropped', { subdistrict: [] });
  offer(query.ownership.length > 0, 'ownership-dropped', { ownership: [] });
  offer(query.kind.length > 0, 'kind-dropped', { kind: [] });
  offer(query.mode.length > 0, 'mode-dropped', { mode: [] });
  offer(query.band.length > 0, 'band-dropped', { band: [] });
  offer(query.county !== null, 'county-dropped', { county: null });
  offer(query.q !== '', 'text-dropped', { q: '' });
  offer(query.accepts.length > 0, 'accepts-dropped', { accepts: [] });
  offer(query.start !== null && query.months !== null, 'start-dropped', { start: null });
  offer(query.months !== null, 'months-dropped', { months: null, start: null });
  return changes;
};

const mostRelaxations = 3;
/** Two conditions are tried together among so many, the smallest losses first. */
const mostInPairs = 8;

/** Every two changes that touch different conditions, the smallest losses first. */
const pairsOf = (changes: readonly Change[]): readonly (readonly Change[])[] => changes.slice(0, mostInPairs)
  .flatMap((second, at) => changes.slice(0, at).filter((first) => !Object.keys(first.change).some((field) => field in second.change)).map((first) => [first, second]));

/**
 * The three nearest ways to widen a query that finds nothing, each with what it would find. One condition at a time first, then two together,
 * then all but the child's age, then everything. A way that drops more than a nearer one and finds no more is left out.
 */
export const relaxations = (snapshot: DirectorySnapshot, query: DirectoryQuery): readonly Relaxation[] => {
  const asked: DirectoryQuery = { ...query, page: 1 };
  const scores: TextScores = scoreText(snapshot, asked.q);
  const found: Relaxation[] = [];
  const attempt = (changes: readonly Change[]): void => {
    if (found.length === mostRelaxations) return;
    const wider: DirectoryQuery = changes.reduce<DirectoryQuery>((sum, { change }) => ({ ...sum, ...change }), asked);
    const total = countMatching(snapshot, wider, wider.q === asked.q ? scores : null);
    const kinds = changes.map(({ kind }) => kind);
    if (total > 0 && !found.some((nearer) => nearer.total >= total && dropsNoMore(nearer.kinds, kinds))) found.push({ kinds, query: wider, total });
  };
  const singles = changesOf(asked);
  for (const one of singles) attempt([one]);
  for (const pair of pairsOf(singles)) attempt(pair);
  const bare: DirectoryQuery = { ...anyInstitution, near: asked.near, around: asked.around, sort: asked.sort, size: asked.size, include: asked.include };
  if (found.length === 0 && asked.months !== null) attempt([{ kind: 'all-but-months-dropped', change: { ...bare, months: asked.months, start: asked.start } }]);
  if (found.length === 0) attempt([{ kind: 'all-dropped', change: bare }]);
  return found;
};

/** Whether every condition that one way touches is touched by the other, too; 把距离放宽一倍 and 不限距离 speak of one condition. */
const dropsNoMore = (one: readonly RelaxationKind[], other: readonly RelaxationKind[]): boolean =>
  one.every((kind) => other.some((wider) => wider.split('-')[0] === kind.split('-')[0]));
