import { anyInstitution, type DirectoryQuery } from '#domain/directory/query.ts';
import { countMatching } from '#domain/directory/searchDirectory.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';

/** What was changed in the query: a condition widened or left out. */
export const relaxationKinds = [
  'radius-doubled', 'radius-dropped', 'fee-raised', 'fee-dropped', 'free-dropped', 'affordable-dropped', 'weekend-dropped',
  'hours-dropped', 'subdistrict-dropped', 'county-dropped', 'ownership-dropped', 'kind-dropped', 'mode-dropped', 'band-dropped',
  'text-dropped', 'months-dropped', 'all-but-months-dropped', 'all-dropped',
] as const;
export type RelaxationKind = (typeof relaxationKinds)[number];

/** 放宽条件: a query near the one asked, and how many institutions it finds. */
export type Relaxation = { readonly kind: RelaxationKind; readonly query: DirectoryQuery; readonly total: number };

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
  offer(query.weekend, 'weekend-dropped', { weekend: false });
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
  offer(query.months !== null, 'months-dropped', { months: null, start: null });
  return changes;
};

const mostRelaxations = 3;

/** The three nearest ways to widen a query that finds nothing, each with what it would find; all conditions dropped when no single one helps. */
export const relaxations = (snapshot: DirectorySnapshot, query: DirectoryQuery): readonly Relaxation[] => {
  const asked: DirectoryQuery = { ...query, page: 1 };
  const found: Relaxation[] = [];
  for (const { kind, change } of changesOf(asked)) {
    const wider: DirectoryQuery = { ...asked, ...change };
    const total = countMatching(snapshot, wider);
    if (total > 0) found.push({ kind, query: wider, total });
    if (found.length === mostRelaxations) return found;
  }
  if (found.length > 0) return found;
  const bare: DirectoryQuery = { ...anyInstitution, near: asked.near, sort: asked.sort, size: asked.size, include: asked.include };
  const last: readonly Change[] = [
    { kind: 'all-but-months-dropped', change: { ...bare, months: asked.months, start: asked.start } },
    { kind: 'all-dropped', change: bare },
  ];
  for (const { kind, change } of asked.months === null ? last.slice(1) : last) {
    const wider: DirectoryQuery = { ...asked, ...change };
    const total = countMatching(snapshot, wider);
    if (total > 0) return [{ kind, query: wider, total }];
  }
  return [];
};
