import { z } from 'zod';
import type { AuditDraft } from '#domain/audit/model.ts';
import { demandBands, demandReaches, demandStates, mostPerPhone, type Demand } from '#domain/demand/model.ts';
import type { DemandCount, DemandStore, FoundDemand, KeptAnswer, Registration } from '#domain/demand/ports.ts';
import { serviceModes } from '#domain/directory/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant, isoDate, yearMonth } from '#domain/shared/dates.ts';
import { appendAudit, queueMessage } from '#storage/commit.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import type { Database, ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const modeList = z.array(z.enum(serviceModes));
const idList = z.array(z.string());

const readDemand = (row: Database['demand']): FoundDemand => ({
  demand: {
    id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), reference: row.reference, subdistrict: subdistrictCode.parse(row.subdistrict_code),
    modes: modeList.parse(JSON.parse(row.modes)), start: yearMonth.parse(row.start_month), maxFee: row.max_fee, reach: z.enum(demandReaches).parse(row.reach),
    institutions: idList.parse(JSON.parse(row.institutions)), shown: idList.parse(JSON.parse(row.shown)), state: z.enum(demandStates).parse(row.state),
    version: row.version, round: row.round, madeAt: instant.parse(row.made_at), lapsesOn: isoDate.parse(row.lapses_on),
  },
  hasPhone: row.phone_key !== null, queryCodeHash: row.query_code_hash, sealed: row.sealed,
});

/** A registration by its public number; one that has been forgotten is gone to its family. */
export const demandByReference = (db: ReadDb, jurisdiction: string, reference: string) =>
  db.selectFrom('demand').selectAll().where('jurisdiction_code', '=', jurisdiction).where('reference', '=', reference).where('query_code_hash', '<>', '');

/** Registrations that wait for a notice on a day, oldest first. */
export const demandWaiting = (db: ReadDb, jurisdiction: string, today: string) =>
  db.selectFrom('demand').selectAll().where('jurisdiction_code', '=', jurisdiction).where('state', '=', 'looking').where('phone_key', 'is not', null)
    .where('lapses_on', '>=', today).orderBy('made_at');

/** Places where somebody waits for a notice. */
export const placesWaiting = (db: ReadDb) =>
  db.selectFrom('demand').select('jurisdiction_code').distinct().where('state', '=', 'looking').where('phone_key', 'is not', null).orderBy('jurisdiction_code');

/** 需求汇总: registrations in force on a day, by street, age band and month of beginning. */
export const demandCounts = (db: ReadDb, jurisdiction: string, today: string) =>
  db.selectFrom('demand').select(['subdistrict_code', 'band', 'start_month', (eb) => eb.fn.countAll<number>().as('count')])
    .where('jurisdiction_code', '=', jurisdiction).where('state', 'in', ['looking', 'told']).where('lapses_on', '>=', today)
    .groupBy(['subdistrict_code', 'band', 'start_month']).orderBy('subdistrict_code').orderBy('band').orderBy('start_month');

/** Institutions with an open seat for care by the hour that starts in `[from, to)`, and the bands it is for (none named: every band). */
export const openCareSeats = (db: ReadDb, jurisdiction: string, from: number, to: number) =>
  db.selectFrom('slot').select(['institution_id', 'bands']).where('jurisdiction_code', '=', jurisdiction).where('kind', '=', 'care').where('starts_at', '>=', from).where('starts_at', '<', to)
    .where('state', '=', 'open').where('waiting', '=', 0).whereRef('taken', '<', 'capacity').groupBy(['institution_id', 'bands']).orderBy('institution_id').orderBy('bands')
    .$narrowType<{ institution_id: string }>();

const findAnswer = async (db: ReadDb, jurisdiction: string, keyHash: string, now: number): Promise<KeptAnswer | undefined> => {
  const row = await db.selectFrom('idempotency').select(['request_hash', 'sealed_answer']).where('jurisdiction_code', '=', jurisdiction)
    .where('key_hash', '=', keyHash).where('expires_at', '>', now).executeTakeFirst();
  return row && { requestHash: row.request_hash, sealedAnswer: row.sealed_answer };
};

/** A refusal discovered inside a transaction: thrown so that everything before it is undone. */
class Undo extends Error {
  override readonly name = 'Undo';
}

async function freeOrdinal(tx: WriteTx, jurisdiction: string, phoneKey: string): Promise<number> {
  const held = await tx.selectFrom('demand').select('phone_ordinal').where('jurisdiction_code', '=', jurisdiction).where('phone_key', '=', phoneKey).execute();
  const free = Array.from({ length: mostPerPhone }, (_, index) => index + 1).find((ordinal) => held.every(({ phone_ordinal }) => phone_ordinal !== ordinal));
  if (free === undefined) throw new Undo();
  return free;
}

async function writeRegistration(tx: WriteTx, registration: Registration): Promise<void> {
  const { demand, idempotency: kept } = registration;
  // The head of the audit chain is the lock behind which the phone's registrations are counted.
  await appendAudit(tx, registration.event);
  // A record that has run out makes room; a live one is a unique violation, answered by the caller.
  await tx.deleteFrom('idempotency').where('jurisdiction_code', '=', demand.jurisdiction).where('key_hash', '=', kept.keyHash).where('expires_at', '<=', kept.now).execute();
  await tx.insertInto('idempotency').values({ jurisdiction_code: demand.jurisdiction, key_hash: kept.keyHash, request_hash: kept.requestHash, sealed_answer: kept.sealedAnswer, expires_at: kept.expiresAt }).execute();
  await tx.insertInto('demand').values({
    id: demand.id, jurisdiction_code: demand.jurisdiction, reference: demand.reference, query_code_hash: registration.queryCodeHash, subdistrict_code: demand.subdistrict,
    band: registration.band, start_month: demand.start, modes: JSON.stringify(demand.modes), max_fee: demand.maxFee, reach: demand.reach, institutions: JSON.stringify(demand.institutions),
    shown: JSON.stringify(demand.shown), state: demand.state, version: demand.version, round: demand.round, sealed: registration.sealed, phone_key: registration.phoneKey,
    phone_ordinal: registration.phoneKey === null ? null : await freeOrdinal(tx, demand.jurisdiction, registration.phoneKey), rules_version: registration.rulesVersion,
    made_at: demand.madeAt, lapses_on: demand.lapsesOn,
  }).execute();
}

type Change = Partial<Omit<Database['demand'], 'id' | 'jurisdiction_code' | 'version'>>;

/** Moves a registration on by one version, from one of the states given; throws when it has moved already. */
async function move(tx: WriteTx, demand: Pick<Demand, 'id' | 'version'>, from: readonly string[], change: Change): Promise<void> {
  const moved = await tx.updateTable('demand').set({ ...change, version: demand.version + 1 }).where('id', '=', demand.id).where('version', '=', demand.version)
    .where('state', 'in', from).executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Undo();
}

const takeBackNotices = (tx: WriteTx, demandIds: readonly string[]) =>
  tx.deleteFrom('outbox').where('sent_at', 'is', null).where('id', 'in', (eb) => eb.selectFrom('demand_notice').select('message_id').where('demand_id', 'in', demandIds)).execute();

const forgotten = { sealed: '', phone_key: null, phone_ordinal: null, institutions: '[]', shown: '[]', max_fee: null } as const;

/** 到期失效: registrations whose last day is before a day lapse and forget what a family gave, withdrawn ones their code; counts and dates stay. One transaction with its events. */
export async function forgetLapsed(storage: Storage, today: string, event: (jurisdiction: string, demands: number) => AuditDraft): Promise<number> {
  return await storage.write(async (tx) => {
    const due = await tx.selectFrom('demand').select(['id', 'jurisdiction_code', 'state']).where('lapses_on', '<', today).where('query_code_hash', '<>', '').execute();
    for (const [jurisdiction, rows] of Map.groupBy(due, ({ jurisdiction_code }) => jurisdiction_code)) {
      for (let at = 0; at < rows.length; at += 500) {
        const ids = rows.slice(at, at + 500).map(({ id }) => id);
        await takeBackNotices(tx, ids);
        await tx.updateTable('demand').set((eb) => ({ ...forgotten, query_code_hash: '', version: eb('version', '+', 1), state: 'lapsed' })).where('id', 'in', ids).where('state', 'in', ['looking', 'told']).execute();
        await tx.updateTable('demand').set({ query_code_hash: '' }).where('id', 'in', ids).where('state', '=', 'withdrawn').execute();
      }
      await appendAudit(tx, event(jurisdiction, rows.length));
    }
    return due.length;
  });
}

const readCount = (row: { readonly subdistrict_code: string; readonly band: string; readonly start_month: string; readonly count: number }): DemandCount =>
  ({ subdistrict: subdistrictCode.parse(row.subdistrict_code), band: z.enum(demandBands).parse(row.band), month: yearMonth.parse(row.start_month), count: Number(row.count) });

/** 需求登记: the demand store on either engine. */
export function demandStore({ read, write }: Storage): DemandStore {
  const orChanged = async (work: (tx: WriteTx) => Promise<void>): Promise<'saved' | 'changed-meanwhile'> => {
    try {
      await write(work);
      return 'saved';
    } catch (fault) {
      // A second notice of one round is the same race, lost at the schema.
      if (fault instanceof Undo || isUniqueViolation(fault)) return 'changed-meanwhile';
      throw fault;
    }
  };
  return {
    findAnswer: (jurisdiction, keyHash, now) => findAnswer(read, jurisdiction, keyHash, now),
    register: async (registration) => {
      try {
        await write((tx) => writeRegistration(tx, registration));
        return { kind: 'registered' };
      } catch (fault) {
        if (!(fault instanceof Undo) && !isUniqueViolation(fault)) throw fault;
        // The same key may have been first a moment ago: its answer, not a refusal, is the truth.
        const { keyHash, now } = registration.idempotency;
        const answer = await findAnswer(read, registration.demand.jurisdiction, keyHash, now);
        if (answer) return { kind: 'replay', answer };
        return { kind: fault instanceof Undo ? 'too-many-for-phone' : 'taken' };
      }
    },
    findByReference: async (jurisdiction, reference) => {
      const row = await demandByReference(read, jurisdiction, reference).executeTakeFirst();
      return row && readDemand(row);
    },
    findById: async (jurisdiction, id) => {
      const row = await read.selectFrom('demand').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
      return row && readDemand(row);
    },
    withdraw: (demand, event) => orChanged(async (tx) => {
      await takeBackNotices(tx, [demand.id]);
      await move(tx, demand, ['looking', 'told'], { ...forgotten, state: 'withdrawn' });
      await appendAudit(tx, event);
    }),
    renew: (demand, lapsesOn, shown, event) => orChanged(async (tx) => {
      await takeBackNotices(tx, [demand.id]);
      await move(tx, demand, ['looking', 'told'], { state: 'looking', round: demand.round + 1, lapses_on: lapsesOn, shown: JSON.stringify(shown) });
      await appendAudit(tx, event);
    }),
    findWaiting: async (jurisdiction, today) => (await demandWaiting(read, jurisdiction, today).execute()).map(readDemand),
    remember: async (demand, shown) => {
      await write((tx) => tx.updateTable('demand').set({ shown: JSON.stringify(shown) }).where('id', '=', demand.id).where('version', '=', demand.version).execute());
    },
    tell: (notice) => orChanged(async (tx) => {
      const { demand, message } = notice;
      await move(tx, demand, ['looking'], { state: 'told', shown: JSON.stringify(notice.shown) });
      await tx.insertInto('demand_notice').values({ demand_id: demand.id, round: demand.round, institution_id: notice.institution, message_id: message.id, at: notice.at }).execute();
      await queueMessage(tx, demand.jurisdiction, message, notice.at, notice.dueAt);
      await appendAudit(tx, notice.event);
    }),
    countDemand: async (jurisdiction, today) => (await demandCounts(read, jurisdiction, today).execute()).map(readCount),
  };
}
