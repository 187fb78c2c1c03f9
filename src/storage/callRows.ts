import { z } from 'zod';
import type { Selectable } from 'kysely';
import { callStates, noticeKind, type CallActor, type CallRow, type Reached } from '#domain/notices/model.ts';
import type { CallStore } from '#domain/notices/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import type { Database, ReadDb, Storage } from '#storage/schema.ts';

const stateOf = z.enum(callStates);
const readRow = (row: Selectable<Database['call_row']>): CallRow => ({
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), kind: noticeKind.parse(row.kind), sealed: row.sealed, institution: row.institution_id, subdistrict: row.subdistrict_code,
  needed: row.needed === 1, dueAt: instant.parse(row.due_at), officeAt: instant.parse(row.office_at), state: stateOf.parse(row.state), version: row.version, tries: row.tries,
  workedBy: row.worked_by, workedAt: row.worked_at === null ? null : instant.parse(row.worked_at),
});

/** Rows an account may work on now: its institution's, or the place's (a street's) that have passed to the office. */
export const openRows = (db: ReadDb, actor: CallActor, now: number) => {
  const open = db.selectFrom('call_row').selectAll().where('jurisdiction_code', '=', actor.jurisdiction).where('state', 'in', ['open', 'notReached']).where('due_at', '<=', now)
    .orderBy('needed', 'desc').orderBy('due_at').limit(200);
  if (actor.side === 'institution') return open.where('institution_id', '=', actor.institution);
  const passed = open.where('office_at', '<=', now);
  return actor.subdistrict === null ? passed : passed.where('subdistrict_code', '=', actor.subdistrict);
};

type StateCount = { readonly kind: string; readonly state: string; readonly count: number };
const statesOf = async (db: ReadDb, jurisdiction: string, since: number): Promise<readonly StateCount[]> =>
  (await db.selectFrom('call_row').select(['kind', 'state', (eb) => eb.fn.countAll<number>().as('count')]).where('jurisdiction_code', '=', jurisdiction).where('due_at', '>=', since).where('needed', '=', 1).groupBy(['kind', 'state']).execute())
    .map(({ kind, state, count }) => ({ kind, state, count: Number(count) }));
const countedOf = (rows: readonly StateCount[]): Reached => {
  const count = (state: string): number => rows.reduce((sum, row) => sum + (row.state === state ? row.count : 0), 0);
  return { told: count('told'), changed: count('changed'), notReached: count('notReached'), open: count('open') };
};

/** 电话通知清单 over a storage. */
export function callStore({ read, write }: Storage): CallStore {
  return {
    find: async (jurisdiction, id) => {
      const row = await read.selectFrom('call_row').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
      return row && readRow(row);
    },
    openRows: async (actor, now) => (await openRows(read, actor, now).execute()).map(readRow),
    record: (event) => write((tx) => appendAudit(tx, event)),
    mark: (row, to, by, at, event) => write(async (tx) => {
      const marked = await tx.updateTable('call_row').set({ state: to, version: row.version + 1, tries: to === 'void' ? row.tries : row.tries + 1, worked_by: by, worked_at: at })
        .where('id', '=', row.id).where('version', '=', row.version).executeTakeFirst();
      if (marked.numUpdatedRows !== 1n) return 'changed-meanwhile';
      await appendAudit(tx, event);
      return 'saved';
    }),
    reached: async (jurisdiction, since) => countedOf(await statesOf(read, jurisdiction, since)),
    reachedByCause: async (jurisdiction, since) => new Map([...Map.groupBy(await statesOf(read, jurisdiction, since), ({ kind }) => noticeKind.parse(kind))].map(([kind, rows]) => [kind, countedOf(rows)])),
  };
}
