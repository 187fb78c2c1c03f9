import { instant, type Instant } from '#domain/shared/dates.ts';
import type { Publication } from '#domain/openData/model.ts';
import type { Database, ReadDb, Storage } from '#storage/schema.ts';

/** What is published of one institution now; `since` is when it was last known to change, for a place seen for the first time. */
export type PublishedNow = { readonly id: string; readonly name: string; readonly digest: string; readonly since: Instant };

type Row = Database['publication'];

const atMost = 50; // rows in one statement: well within the parameters both engines take

const rowsOf = (db: ReadDb, jurisdiction: string): Promise<Row[]> => db.selectFrom('publication').selectAll().where('jurisdiction_code', '=', jurisdiction).execute();

/** Rows that have to be written so that what is kept agrees with what is published now. */
const changes = (jurisdiction: string, kept: readonly Row[], now: readonly PublishedNow[], at: Instant): readonly Row[] => {
  const before = new Map(kept.map((row) => [row.institution_id, row]));
  const present = new Set(now.map(({ id }) => id));
  const put = now.flatMap(({ id, name, digest, since }): Row[] => {
    const row = before.get(id);
    if (row?.digest === digest && row.withdrawn_at === null) return [];
    const first = kept.length === 0 ? since : at;
    return [{ institution_id: id, jurisdiction_code: jurisdiction, name, digest, listed_at: row?.withdrawn_at === null ? row.listed_at : first, changed_at: row ? at : first, withdrawn_at: null }];
  });
  return [...put, ...kept.filter((row) => row.withdrawn_at === null && !present.has(row.institution_id)).map((row) => ({ ...row, withdrawn_at: at, changed_at: at }))];
};

/** Compares what is published with what was published before, writes what differs, and answers with every institution's times, those that left too. */
export async function markPublished(storage: Storage, jurisdiction: string, now: readonly PublishedNow[], at: Instant): Promise<readonly Publication[]> {
  const kept = await rowsOf(storage.read, jurisdiction);
  const differs = changes(jurisdiction, kept, now, at).length > 0;
  const rows = differs ? await storage.write(async (tx) => {
    const written = changes(jurisdiction, await rowsOf(tx, jurisdiction), now, at);
    for (let from = 0; from < written.length; from += atMost) {
      await tx.insertInto('publication').values(written.slice(from, from + atMost)).onConflict((clash) => clash.column('institution_id').doUpdateSet((eb) => ({
        jurisdiction_code: eb.ref('excluded.jurisdiction_code'), name: eb.ref('excluded.name'), digest: eb.ref('excluded.digest'), listed_at: eb.ref('excluded.listed_at'),
        changed_at: eb.ref('excluded.changed_at'), withdrawn_at: eb.ref('excluded.withdrawn_at'),
      }))).execute();
    }
    return rowsOf(tx, jurisdiction);
  }) : kept;
  return rows.map((row) => ({
    id: row.institution_id, name: row.name, listedAt: instant.parse(Number(row.listed_at)), changedAt: instant.parse(Number(row.changed_at)), withdrawnAt: row.withdrawn_at === null ? null : instant.parse(Number(row.withdrawn_at)),
  }));
}
