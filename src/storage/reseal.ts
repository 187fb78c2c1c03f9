import type { Kysely } from 'kysely';
import type { KeyDatabase, Storage, WriteTx } from '#storage/schema.ts';

/** Columns sealed under the master key, each bound to its row's id. */
const columns = ['booking.sealed_contact', 'demand.sealed', 'outbox.sealed', 'call_row.sealed', 'account.sealed_totp', 'correction_report.sealed_words', 'correction_report.sealed_phone', 'health_point_report.sealed_words', 'health_point_report.sealed_phone'] as const;
export type SealedColumn = (typeof columns)[number];

/** Answers the text sealed anew, or undefined where it may stay. */
export type Reseal = (id: string, sealed: string) => string | undefined;

type Row = { readonly id: string; readonly sealed: string };
const atOnce = 500;

/** Rows of a column after an id; what was forgotten is empty. */
async function rowsOf(tx: WriteTx, column: SealedColumn, after: string): Promise<readonly Row[]> {
  switch (column) {
    case 'booking.sealed_contact': return tx.selectFrom('booking').select(['id', 'sealed_contact as sealed']).where('id', '>', after).where('sealed_contact', '!=', '').orderBy('id').limit(atOnce).execute();
    case 'demand.sealed': return tx.selectFrom('demand').select(['id', 'sealed']).where('id', '>', after).where('sealed', '!=', '').orderBy('id').limit(atOnce).execute();
    case 'outbox.sealed': return tx.selectFrom('outbox').select(['id', 'sealed']).where('id', '>', after).where('sealed', '!=', '').orderBy('id').limit(atOnce).execute();
    case 'call_row.sealed': return tx.selectFrom('call_row').select(['id', 'sealed']).where('id', '>', after).where('sealed', '!=', '').orderBy('id').limit(atOnce).execute();
    case 'account.sealed_totp': return (await tx.selectFrom('account').select(['id', 'sealed_totp']).where('id', '>', after).where('sealed_totp', 'is not', null).orderBy('id').limit(atOnce).execute()).map(({ id, sealed_totp }) => ({ id, sealed: sealed_totp ?? '' }));
    case 'correction_report.sealed_words': return tx.selectFrom('correction_report').select(['id', 'sealed_words as sealed']).where('id', '>', after).where('sealed_words', '!=', '').orderBy('id').limit(atOnce).execute();
    case 'correction_report.sealed_phone': return (await tx.selectFrom('correction_report').select(['id', 'sealed_phone']).where('id', '>', after).where('sealed_phone', 'is not', null).orderBy('id').limit(atOnce).execute()).map(({ id, sealed_phone }) => ({ id, sealed: sealed_phone ?? '' }));
    case 'health_point_report.sealed_words': return tx.selectFrom('health_point_report').select(['id', 'sealed_words as sealed']).where('id', '>', after).where('sealed_words', '!=', '').orderBy('id').limit(atOnce).execute();
    case 'health_point_report.sealed_phone': return (await tx.selectFrom('health_point_report').select(['id', 'sealed_phone']).where('id', '>', after).where('sealed_phone', 'is not', null).orderBy('id').limit(atOnce).execute()).map(({ id, sealed_phone }) => ({ id, sealed: sealed_phone ?? '' }));
  }
}

async function put(tx: WriteTx, column: SealedColumn, id: string, sealed: string): Promise<void> {
  switch (column) {
    case 'booking.sealed_contact': await tx.updateTable('booking').set({ sealed_contact: sealed }).where('id', '=', id).execute(); return;
    case 'demand.sealed': await tx.updateTable('demand').set({ sealed }).where('id', '=', id).execute(); return;
    case 'outbox.sealed': await tx.updateTable('outbox').set({ sealed }).where('id', '=', id).execute(); return;
    case 'call_row.sealed': await tx.updateTable('call_row').set({ sealed }).where('id', '=', id).execute(); return;
    case 'account.sealed_totp': await tx.updateTable('account').set({ sealed_totp: sealed }).where('id', '=', id).execute(); return;
    case 'correction_report.sealed_words': await tx.updateTable('correction_report').set({ sealed_words: sealed }).where('id', '=', id).execute(); return;
    case 'correction_report.sealed_phone': await tx.updateTable('correction_report').set({ sealed_phone: sealed }).where('id', '=', id).execute(); return;
    case 'health_point_report.sealed_words': await tx.updateTable('health_point_report').set({ sealed_words: sealed }).where('id', '=', id).execute(); return;
    case 'health_point_report.sealed_phone': await tx.updateTable('health_point_report').set({ sealed_phone: sealed }).where('id', '=', id).execute(); return;
  }
}

/** Walks every column sealed under the master key, five hundred rows a transaction, and writes what is sealed anew. */
export async function resealRecords({ write }: Pick<Storage, 'write'>, resealOf: (column: SealedColumn) => Reseal): Promise<void> {
  for (const column of columns) {
    const reseal = resealOf(column);
    for (let after = '', many = atOnce; many === atOnce;) {
      many = await write(async (tx) => {
        const rows = await rowsOf(tx, column, after);
        for (const { id, sealed } of rows) {
          const anew = reseal(id, sealed);
          if (anew !== undefined) await put(tx, column, id, anew);
        }
        after = rows.at(-1)?.id ?? after;
        return rows.length;
      });
    }
  }
}

/** The same for the keys of cases, each bound to its case and part. */
export async function resealKeys(db: Kysely<KeyDatabase>, reseal: Reseal): Promise<void> {
  for (const { complaint_id, part, wrapped } of await db.selectFrom('case_key').select(['complaint_id', 'part', 'wrapped']).execute()) {
    const anew = reseal(`${complaint_id}|${part}`, wrapped);
    if (anew !== undefined) await db.updateTable('case_key').set({ wrapped: anew }).where('complaint_id', '=', complaint_id).where('part', '=', part).where('wrapped', '=', wrapped).execute();
  }
}
