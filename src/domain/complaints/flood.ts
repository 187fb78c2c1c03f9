import { instant } from '#domain/shared/dates.ts';
import type { CaseDeps, CaseDesk } from '#domain/complaints/deps.ts';
import type { Flood } from '#domain/complaints/ports.ts';
import { scopeOf } from '#domain/complaints/staff.ts';

/** 集中投诉: from so many cases about one institution within a day somebody looks whether it is one matter of many families, or one hand. */
export const floodFrom = 10;
const dayMs = 86_400_000;

/** 集中投诉 of the last twenty-four hours, most first; only for a desk that sees its whole place. */
export async function floodsOf(deps: CaseDeps, desk: CaseDesk): Promise<readonly Flood[]> {
  return scopeOf(desk)?.kind === 'place' ? await deps.store.floods(desk.jurisdiction, instant.parse(deps.now() - dayMs), floodFrom) : [];
}
