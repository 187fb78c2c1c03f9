import type { AuditDraft } from '#domain/audit/model.ts';
import type { CountSaid } from '#domain/counts/model.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { Instant, YearMonth } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';

const fewAway = 2;
const inventedCount = ({ bands }: Institution, lessBy: number): CountSaid => {
  const parts = bands.flatMap(({ band, places, free }) => { const children = Math.max((places ?? 0) - (free ?? fewAway) - lessBy, 0); return children === 0 ? [] : [{ band, mode: 'fullDay' as const, children }]; });
  return { parts, affordable: null, migrant: null, careWorkers: Math.ceil(parts.reduce((sum, { children }) => sum + children, 0) / 5) };
};

/** Invented counts of invented institutions, once: all of them of the month before last, two of three of the last. Answers how many were written. */
export async function publishSampleCounts(storage: Storage, jurisdiction: string, samples: readonly Institution[], [before, last]: readonly [YearMonth, YearMonth], at: Instant, event: (changed: number) => AuditDraft): Promise<number> {
  const held = await storage.read.selectFrom('monthly_count').select('id').where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
  if (held || samples.length === 0) return 0;
  const rows = samples.flatMap((of, index) => [{ of, month: before, said: inventedCount(of, 1) }, ...(index % 3 === 0 ? [] : [{ of, month: last, said: inventedCount(of, 0) }])]);
  await storage.write(async (tx) => {
    for (const { of, month, said } of rows) {
      await tx.insertInto('monthly_count').values({ id: newId(), jurisdiction_code: jurisdiction, institution_id: of.id, month, said: JSON.stringify(said), said_by: 'institution', account_id: 'system', version: 1, reported_at: at })
        .onConflict((clash) => clash.columns(['institution_id', 'month']).doNothing()).execute();
    }
    await appendAudit(tx, event(rows.length));
  });
  return rows.length;
}
