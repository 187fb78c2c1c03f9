import type { Registration, RegistrationPush, RegistrationState } from '#domain/filing/model.ts';
import type { FilingStore, PushIntake, TakenPush } from '#domain/filing/ports.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import { putInstitution } from '#storage/directory.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import { makePinyinFor } from '#storage/files/recordPinyin.ts';
import { readRegistration } from '#storage/filingRows.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const stateOf = { new: 'registered', changed: 'changed', cancelled: 'cancelled' } as const satisfies Record<RegistrationPush['kind'], RegistrationState>;

const byCode = (db: ReadDb, jurisdiction: string, code: string) =>
  db.selectFrom('registration').selectAll().where('jurisdiction_code', '=', jurisdiction).where('credit_code', '=', code).executeTakeFirst();

/** Leaves a transaction with what it found, so that nothing of it stays. */
class Known extends Error {
  override readonly name = 'Known';
  readonly result: Awaited<ReturnType<FilingStore['takePush']>>;
  constructor(result: Awaited<ReturnType<FilingStore['takePush']>>) {
    super(result.kind);
    this.result = result;
  }
}

async function answeredBefore(tx: WriteTx, { jurisdiction, push, bodyHash }: PushIntake): Promise<Known | undefined> {
  const before = await tx.selectFrom('registration_event').selectAll().where('jurisdiction_code', '=', jurisdiction).where('event_id', '=', push.eventId).executeTakeFirst();
  if (!before) return undefined;
  if (before.body_hash !== bodyHash) return new Known({ kind: 'event-reused' });
  const row = await tx.selectFrom('registration').selectAll().where('id', '=', before.registration_id).executeTakeFirstOrThrow();
  return new Known({ kind: 'taken-before', taken: { registration: readRegistration(row), effect: 'unchanged' } });
}

async function writePush(tx: WriteTx, { jurisdiction, push, id, at }: PushIntake): Promise<TakenPush> {
  const said = { name: push.name, nature: push.nature, scope: push.scope, address: push.address, state: stateOf[push.kind], authority: push.authority, on_day: push.on, origin: 'push', handled: null, handled_on: null, note: null };
  const held = await byCode(tx, jurisdiction, push.creditCode);
  if (!held) {
    await tx.insertInto('registration').values({ id, jurisdiction_code: jurisdiction, credit_code: push.creditCode, ...said, version: 1, received_at: at }).execute();
  } else if (held.on_day <= push.on) { // an older word that comes late says nothing new
    await tx.updateTable('registration').set({ ...said, version: held.version + 1 }).where('id', '=', held.id).execute();
  }
  const row = await tx.selectFrom('registration').selectAll().where('id', '=', held?.id ?? id).executeTakeFirstOrThrow();
  return { registration: readRegistration(row), effect: held ? (held.on_day <= push.on ? 'updated' : 'older') : 'created' };
}

async function takePush(write: Storage['write'], intake: PushIntake): ReturnType<FilingStore['takePush']> {
  const { jurisdiction, push, bodyHash, signatureHash, signatureEnds, at } = intake;
  try {
    return await write(async (tx) => {
      await tx.deleteFrom('push_signature').where('expires_at', '<', at).execute();
      const fresh = await tx.insertInto('push_signature').values({ signature_hash: signatureHash, expires_at: signatureEnds }).onConflict((clash) => clash.doNothing()).executeTakeFirst();
      if (fresh.numInsertedOrUpdatedRows !== 1n) throw new Known({ kind: 'replayed' });
      const before = await answeredBefore(tx, intake);
      if (before) return before.result; // the signature is kept: it too may come only once
      const taken = await writePush(tx, intake);
      await tx.insertInto('registration_event').values({ jurisdiction_code: jurisdiction, event_id: push.eventId, body_hash: bodyHash, registration_id: taken.registration.id, at }).execute();
      await appendAudit(tx, intake.event(taken.effect, taken.registration.id));
      return { kind: 'taken', taken };
    });
  } catch (fault) {
    if (fault instanceof Known) return fault.result;
    throw fault;
  }
}

type RegistrationPart = Pick<FilingStore, 'registrations' | 'findRegistration' | 'takePush' | 'enter' | 'handle'>;

/** Pinyin of a record that came from a registration: by its name and address alone. */
const pinyinFor = makePinyinFor({ subdistricts: [] });

/** 登记: what the filing store does with registrations. */
export const registrationPart = ({ read, write }: Storage): RegistrationPart => ({
  registrations: async (jurisdiction): Promise<readonly Registration[]> =>
    (await read.selectFrom('registration').selectAll().where('jurisdiction_code', '=', jurisdiction).orderBy('on_day').orderBy('id').limit(5_000).execute()).map(readRegistration),
  findRegistration: async (jurisdiction, id) => {
    const row = await read.selectFrom('registration').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
    return row && readRegistration(row);
  },
  takePush: async (intake) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await takePush(write, intake);
      } catch (fault) {
        // Two pushes of one credit code or one event at once: the second reads what the first wrote.
        if (!isUniqueViolation(fault) || attempt >= 2) throw fault;
      }
    }
  },
  enter: async (draft, jurisdiction, at, event) => {
    const saved = await write(async (tx) => {
      if (draft.creditCode !== null && await byCode(tx, jurisdiction, draft.creditCode)) return false;
      const made = await tx.insertInto('registration').values({
        id: draft.id, jurisdiction_code: jurisdiction, credit_code: draft.creditCode, name: draft.name, nature: draft.nature, scope: draft.scope, address: draft.address, state: draft.state, authority: null,
        on_day: draft.on, origin: 'clerk', handled: null, handled_on: null, note: null, version: 1, received_at: at,
      }).onConflict((clash) => clash.column('id').doNothing()).executeTakeFirst();
      if (made.numInsertedOrUpdatedRows === 1n) await appendAudit(tx, event);
      return true;
    });
    return saved ? 'saved' : 'known';
  },
  handle: ({ registration, how, on, note, institution, event }) => write(async (tx) => {
    if (institution) await raiseRevision(tx, registration.jurisdiction);
    const handled = await tx.updateTable('registration').set({ handled: how, handled_on: on, note, version: registration.version + 1 }).where('id', '=', registration.id).where('version', '=', registration.version).executeTakeFirst();
    if (handled.numUpdatedRows !== 1n) return 'changed-meanwhile';
    if (institution) await putInstitution(tx, { institution, origin: 'registry', rowKey: institution.creditCode ?? institution.id, rowHash: '', pinyin: pinyinFor(institution) });
    await appendAudit(tx, event);
    return 'saved';
  }),
});
