import type { AuditDraft } from '#domain/audit/model.ts';
import type { CountActor, CountedInstitution, CountRefusal, CountSaid, CountTerms, MonthlyCount } from '#domain/counts/model.ts';
import type { CountStore } from '#domain/counts/ports.ts';
import { childrenIn, faultOf, isSameCount, openMonths } from '#domain/counts/rules.ts';
import { dayOf, type Instant, type YearMonth } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

export type CountDeps = { readonly store: CountStore; readonly terms: CountTerms; readonly newId: () => string; readonly now: () => Instant };

/** An institution of whom a count is asked, if it is the actor's: its own, or one of its street. */
export async function findCounted(deps: Pick<CountDeps, 'store'>, actor: CountActor, id: string): Promise<CountedInstitution | undefined> {
  if (actor.side === 'institution' && actor.institution !== id) return undefined;
  const found = (await deps.store.institutions(actor.jurisdiction)).find((one) => one.id === id);
  return actor.side === 'street' && found?.subdistrict !== actor.subdistrict ? undefined : found;
}

/** 月报: takes the count of one of the open months, the first or a better one; the same count sent twice is one. A street's is marked 街道代录 until the institution says it itself. */
export async function reportCount(deps: CountDeps, actor: CountActor, id: string, month: YearMonth, version: number, said: CountSaid): Promise<Outcome<MonthlyCount, CountRefusal>> {
  const of = await findCounted(deps, actor, id);
  if (!of) return refused('not-found');
  const at = deps.now();
  if (!openMonths(dayOf(at), deps.terms.monthsBack).includes(month)) return refused('not-open');
  const fault = faultOf(said);
  if (fault) return refused(fault);
  const held = (await deps.store.ofInstitution(actor.jurisdiction, id)).find((one) => one.month === month);
  if (held?.by === actor.side && held.version >= version && isSameCount(held.said, said)) return done(held);
  const count: MonthlyCount = { institution: id, month, said, by: actor.side, version: version + 1, reportedAt: at };
  const event: AuditDraft = {
    id: deps.newId(), jurisdiction: actor.jurisdiction, at, kind: version === 0 ? 'count-reported' : 'count-mended', actor: actor.account, objectKind: 'institution', objectId: id,
    detail: { month, children: childrenIn(said), by: actor.side },
  };
  return await deps.store.write({ id: deps.newId(), jurisdiction: actor.jurisdiction, count, account: actor.account, event }) === 'saved' ? done(count) : refused('changed-meanwhile');
}
