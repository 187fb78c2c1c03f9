import type { AuditDraft } from '#domain/audit/model.ts';
import type { Institution } from '#domain/directory/model.ts';
import { addDays, isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import type { AnnualDuties } from '#domain/supervision/model.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import type { Storage, WriteTx } from '#storage/schema.ts';

type Sampled = { readonly jurisdiction: string; readonly rules: AnnualDuties; readonly today: IsoDate; readonly at: Instant };
/** Days since an invented check, by turns: of three one is overdue, one ends soon, one is fresh. */
const ages = [380, 330, 90] as const;

const putDuty = (tx: WriteTx, { jurisdiction, at }: Sampled, of: Institution, duty: string, year: number, doneOn: IsoDate | null) => tx.insertInto('duty_record').values({
  id: newId(), jurisdiction_code: jurisdiction, institution_id: of.id, duty, year, state: doneOn === null ? 'notDone' : 'done', done_on: doneOn, note: null, said_by: doneOn === null ? 'authority' : 'institution', account_id: 'system', version: 1, at,
}).onConflict((clash) => clash.doNothing()).execute();

const putCheck = (tx: WriteTx, { jurisdiction, today, at }: Sampled, of: Institution, index: number, kind: string) => {
  const checkedOn = addDays(today, -(ages[index % ages.length] ?? 90));
  return tx.insertInto('staff_check').values({
    id: newId(), jurisdiction_code: jurisdiction, institution_id: of.id, kind, done: 6 + (index % 5), not_done: index % 4 === 0 ? 1 : 0, checked_by: kind === 'criminal-record' ? 'police' : 'clinic', checked_on: checkedOn, next_due: addDays(checkedOn, 365), said_by: 'institution', account_id: 'system', version: 1, at,
  }).onConflict((clash) => clash.doNothing()).execute();
};

/** Invented duties and staff checks of invented institutions, once: of each three one has done nothing this year yet, and none has sent the report of the year's end. Answers how many institutions were written to. */
export async function publishSampleSupervision(storage: Storage, samples: readonly Institution[], sampled: Sampled, event: (changed: number) => AuditDraft): Promise<number> {
  const { jurisdiction, rules, today } = sampled;
  const held = await storage.read.selectFrom('staff_check').select('id').where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
  if (held || samples.length === 0) return 0;
  const [year, duties] = [Number(today.slice(0, 4)), rules.duties.filter(({ scope }) => scope === null || scope === jurisdiction)];
  const early = isoDate.parse(`${String(year)}-01-01`);
  await storage.write(async (tx) => {
    for (const [index, of] of samples.entries()) {
      const doneOn = addDays(today, -40 - (index % 7));
      for (const [at, duty] of duties.entries()) if (index % 3 !== 0 && duty.key !== 'year-end-report' && year >= rules.fromYear) await putDuty(tx, sampled, of, duty.key, year, at === 0 && index % 5 === 1 ? null : doneOn < early ? early : doneOn);
      for (const { key } of rules.staffChecks) if (index % 6 !== 5) await putCheck(tx, sampled, of, index, key);
    }
    await appendAudit(tx, event(samples.length));
  });
  return samples.length;
}
