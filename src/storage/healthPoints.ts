import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import type { AuditDraft } from '#domain/audit/model.ts';
import { healthPoint, type HealthPoint } from '#domain/healthPoints/model.ts';
import type { HealthPointDiff, HealthPointReports, HealthPointRules } from '#domain/healthPoints/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { reportTopics } from '#domain/listing/model.ts';
import { instant, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { appendAudit, queueMessage, raiseRevision } from '#storage/commit.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import type { HealthPointReading } from '#storage/files/healthPoints.ts';
import type { Database, ReadDb, Storage, WriteTx } from '#storage/schema.ts';

/** Every health point of a place, missing ones too, by kind, name, id. */
export async function loadHealthPoints(db: ReadDb, jurisdiction: string): Promise<readonly HealthPoint[]> {
  const rows = await db.selectFrom('health_point').select('whole').where('jurisdiction_code', '=', jurisdiction).orderBy('kind').orderBy('name').orderBy('id').execute();
  return rows.map(({ whole }) => healthPoint.parse(JSON.parse(whole)));
}

/** Writes a point whole: new, or in place of what stood under the same id. The caller raises the revision and commits the event. */
async function putPoint(tx: WriteTx, point: HealthPoint): Promise<void> {
  const { id, ...change } = {
    id: point.id, jurisdiction_code: point.jurisdiction, kind: point.kind, name: point.name, phone: point.phone, whole: JSON.stringify(point), missing_since: point.missingSince, sample: Number(point.sample),
  };
  await tx.insertInto('health_point').values({ id, ...change }).onConflict((clash) => clash.column('id').doUpdateSet(change)).execute();
}

/** Brings a place's invented points to what the program says; changes only what differs, in one transaction with its event. */
export async function publishSamplePoints(storage: Storage, jurisdiction: string, samples: readonly HealthPoint[], event: (changed: number) => AuditDraft): Promise<number> {
  const held = new Map((await loadHealthPoints(storage.read, jurisdiction)).map((one) => [one.id, JSON.stringify(one)]));
  const changed = samples.filter((one) => held.get(one.id) !== JSON.stringify(one));
  if (changed.length === 0) return 0;
  await storage.write(async (tx) => {
    for (const one of changed) await putPoint(tx, one);
    await raiseRevision(tx, jurisdiction);
    await appendAudit(tx, event(changed.length));
  });
  return changed.length;
}

export type HealthPointImport = {
  readonly storage: Storage; readonly rules: HealthPointRules; readonly jurisdiction: Jurisdiction; readonly reading: HealthPointReading; readonly fileName: string; readonly bytes: Uint8Array;
  /** False: say what would happen and write nothing. */
  readonly commit: boolean;
  readonly today: IsoDate; readonly now: Instant; readonly newId: () => string;
  /** The exact number of points that may go missing, where that number is suspicious. */
  readonly acceptMissing?: number | undefined;
};
/** What became of a list: a refusal, what it would do, or what it did. */
export type HealthPointImportResult = { readonly kind: 'refused' | 'dry-run' | 'committed'; readonly diff: HealthPointDiff };

/** 导入: compares a list that was read without a fault with what is held and, with `commit`, writes it in one transaction with its audit event. */
export async function importHealthPoints(of: HealthPointImport): Promise<HealthPointImportResult> {
  const { storage, rules, jurisdiction, reading, now, today, newId } = of;
  if (reading.problems.count > 0) throw new Error('a list with faults is not imported');
  const compare = async (db: ReadDb): Promise<HealthPointImportResult> => {
    const diff = rules.diff(await loadHealthPoints(db, jurisdiction.code), reading.rows);
    const isAccepted = of.acceptMissing === undefined ? !rules.isSuspicious(diff, jurisdiction.suspiciousMissingShare) : of.acceptMissing === diff.missing.length;
    return { kind: isAccepted ? 'dry-run' : 'refused', diff };
  };
  if (!of.commit) return compare(storage.read);
  return storage.write(async (tx): Promise<HealthPointImportResult> => {
    const id = newId();
    const fileHash = createHash('sha256').update(of.bytes).digest('hex');
    // Whoever raises the revision holds its row until the end: two imports stand one behind the other and the second compares anew.
    await raiseRevision(tx, jurisdiction.code);
    const { kind, diff } = await compare(tx);
    if (kind === 'refused') throw new Refused(diff);
    const counts = { rows: reading.rows.length, added: diff.added.length, changed: diff.changed.length, missing: diff.missing.length, returned: diff.returned.length };
    for (const point of [...diff.added, ...diff.changed.map(({ after }) => after), ...diff.returned, ...diff.same]) await putPoint(tx, point);
    for (const point of diff.missing) await putPoint(tx, { ...point, missingSince: today });
    await appendAudit(tx, {
      id: newId(), jurisdiction: jurisdiction.code, at: now, kind: 'health-points-imported', actor: 'operator', objectKind: 'import', objectId: id,
      detail: { ...counts, fileName: basename(of.fileName), fileHash, acceptedMissing: of.acceptMissing ?? null },
    });
    return { kind: 'committed', diff };
  }).catch((fault: unknown) => {
    if (fault instanceof Refused) return { kind: 'refused', diff: fault.diff };
    throw fault;
  });
}

/** Leaves the transaction, so that nothing of a refused list stays. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly diff: HealthPointDiff;
  constructor(diff: HealthPointDiff) {
    super('too many points are missing');
    this.diff = diff;
  }
}

const readReport = (row: Pick<Database['health_point_report'], 'reference' | 'topic' | 'created_at'>) =>
  ({ reference: row.reference, topic: z.enum(reportTopics).parse(row.topic), at: instant.parse(row.created_at) });

/** 信息有误 about health points, on either engine. */
export function healthPointReports({ read, write }: Storage): HealthPointReports {
  return {
    take: async (intake) => {
      const { id, jurisdiction, point, reference, topic, at } = intake;
      try {
        await write(async (tx) => {
          await tx.insertInto('health_point_report').values({
            id, jurisdiction_code: jurisdiction, point_id: point, reference, topic, state: 'received', version: 1, sealed_words: intake.sealedWords, sealed_phone: intake.sealedPhone, created_at: at,
          }).execute();
          await queueMessage(tx, jurisdiction, intake.message, at);
          await appendAudit(tx, intake.event);
        });
        return { kind: 'taken', report: { reference, topic, at } };
      } catch (fault) {
        if (!isUniqueViolation(fault)) throw fault;
        const before = await read.selectFrom('health_point_report').select(['reference', 'topic', 'created_at']).where('id', '=', id).executeTakeFirst();
        return before ? { kind: 'taken-before', report: readReport(before) } : { kind: 'reference-taken' };
      }
    },
    find: async (jurisdiction, point, reference) => {
      const row = await read.selectFrom('health_point_report').select(['reference', 'topic', 'created_at'])
        .where('jurisdiction_code', '=', jurisdiction).where('reference', '=', reference).where('point_id', '=', point).executeTakeFirst();
      return row && readReport(row);
    },
  };
}
