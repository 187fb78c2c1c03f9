import { instant, type Instant } from '#domain/shared/dates.ts';
import type { ReadDb } from '#storage/schema.ts';

/** What the database tells of how things stand: notices waiting and given up, and the newest recorded event. */
export async function readStanding(db: ReadDb): Promise<{ readonly oldestDueAt: Instant | null; readonly waiting: number; readonly dead: number; readonly newestEventAt: Instant | null }> {
  const unsent = db.selectFrom('outbox').where('sent_at', 'is', null);
  const [waiting, dead, event] = await Promise.all([
    unsent.where('dead_at', 'is', null).select((eb) => [eb.fn.min('due_at').as('due'), eb.fn.countAll().as('count')]).executeTakeFirst(),
    unsent.where('dead_at', 'is not', null).select((eb) => eb.fn.countAll().as('count')).executeTakeFirst(),
    db.selectFrom('audit_head').innerJoin('audit_event', (join) => join.onRef('audit_event.jurisdiction_code', '=', 'audit_head.jurisdiction_code').onRef('audit_event.seq', '=', 'audit_head.seq')).select((eb) => eb.fn.max('audit_event.at').as('at')).executeTakeFirst(),
  ]);
  const momentOf = (value: unknown): Instant | null => (value === null || value === undefined ? null : instant.parse(Number(value)));
  return { oldestDueAt: momentOf(waiting?.due), waiting: Number(waiting?.count ?? 0), dead: Number(dead?.count ?? 0), newestEventAt: momentOf(event?.at) };
}
