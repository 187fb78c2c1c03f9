import { sql } from 'kysely';
import { z } from 'zod';
import { openStates, streetDepartments, type Complaint } from '#domain/complaints/model.ts';
import type { CaseChange, CaseFilter, ComplaintStore, Intake } from '#domain/complaints/ports.ts';
import { subjects } from '#domain/jurisdiction/model.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { writeNamedPlace } from '#storage/leads.ts';
import { appendAudit, queueMessage } from '#storage/commit.ts';
import { changedColumns, complaintColumns, readComplaint, readFile, readForward, readFound, readMessage, readMove, readTask, taskChanges, taskColumns } from '#storage/complaintRows.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

class Undo extends Error {}

const subjectOf = z.enum(subjects);
const [dayOrNull, momentOrNull] = [isoDate.nullable(), instant.nullable()];

const findAnswer = async (db: ReadDb, jurisdiction: string, keyHash: string, now: number) => {
  const row = await db.selectFrom('idempotency').select(['request_hash', 'sealed_answer']).where('jurisdiction_code', '=', jurisdiction).where('key_hash', '=', keyHash).where('expires_at', '>', now).executeTakeFirst();
  return row && { requestHash: row.request_hash, sealedAnswer: row.sealed_answer };
};

/** A case by its public number. */
export const complaintByReference = (db: ReadDb, jurisdiction: string, reference: string) =>
  db.selectFrom('complaint').selectAll().where('jurisdiction_code', '=', jurisdiction).where('reference', '=', reference);

async function addMove(tx: WriteTx, { id, version }: Pick<Complaint, 'id' | 'version'>, { at, move, state, actor, reason, department }: CaseChange['move']): Promise<void> {
  await tx.insertInto('case_move').values({ complaint_id: id, ordinal: version, at, move, state, actor, reason, department }).execute();
}

async function writeIntake(tx: WriteTx, intake: Intake): Promise<void> {
  const { complaint, idempotency } = intake;
  await tx.deleteFrom('idempotency').where('jurisdiction_code', '=', complaint.jurisdiction).where('key_hash', '=', idempotency.keyHash).where('expires_at', '<=', idempotency.now).execute();
  await tx.insertInto('idempotency').values({
    jurisdiction_code: complaint.jurisdiction, key_hash: idempotency.keyHash, request_hash: idempotency.requestHash, sealed_answer: idempotency.sealedAnswer, expires_at: idempotency.expiresAt,
  }).execute();
  await tx.insertInto('complaint').values({ ...complaintColumns(complaint), query_code_hash: intake.queryCodeHash, sealed_story: intake.sealedStory, sealed_identity: intake.sealedIdentity }).execute();
  await addMove(tx, complaint, intake.move);
  if (intake.tasks.length > 0) await tx.insertInto('case_task').values(intake.tasks.map((task) => taskColumns(complaint.id, task))).execute();
  if (intake.files.length > 0) await addFiles(tx, complaint.id, intake.files);
  await queueMessage(tx, complaint.jurisdiction, intake.notice, complaint.receivedAt);
  await appendAudit(tx, intake.event);
  if (intake.named) await writeNamedPlace(tx, complaint.jurisdiction, intake.named, complaint.receivedAt, intake.named.event);
}

const addFiles = (tx: WriteTx, complaint: string, files: Intake['files']) =>
  tx.insertInto('case_file').values(files.map(({ id, message, blob, type, size }) => ({ id, complaint_id: complaint, message_id: message, blob, type, size }))).execute();

/** Moves a case on by one version; throws when it has moved already. */
async function moveOn(tx: WriteTx, complaint: Complaint, patch: CaseChange['patch']): Promise<void> {
  const moved = await tx.updateTable('complaint').set({ ...changedColumns(complaint, patch), version: complaint.version + 1 }).where('id', '=', complaint.id).where('version', '=', complaint.version).executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Undo();
}

/** Cases that go on in this one close and open with it, each with a step of its own history. */
async function moveMembers(tx: WriteTx, change: CaseChange): Promise<void> {
  const members = await tx.selectFrom('complaint').selectAll().where('master_id', '=', change.complaint.id).execute();
  for (const member of members.map(readComplaint)) {
    await moveOn(tx, member, change.patch.closedAt === undefined ? {} : { closedAt: change.patch.closedAt });
    await addMove(tx, { id: member.id, version: member.version + 1 }, { ...change.move, move: 'followed', state: member.state });
  }
}

async function writeReply(tx: WriteTx, reply: NonNullable<CaseChange['forwardReply']>): Promise<void> {
  const written = await tx.updateTable('case_forward').set({ sealed_reply: reply.sealedReply, replied_at: reply.at, version: reply.version + 1 }).where('id', '=', reply.id).where('version', '=', reply.version).executeTakeFirst();
  if (written.numUpdatedRows !== 1n) throw new Undo();
}

async function writeChange(tx: WriteTx, change: CaseChange): Promise<void> {
  const { complaint } = change;
  await moveOn(tx, complaint, change.patch);
  await addMove(tx, { id: complaint.id, version: complaint.version + 1 }, change.move);
  for (const { id, at, kind, by, sealed } of change.messages ?? []) await tx.insertInto('case_message').values({ id, complaint_id: complaint.id, at, kind, by_whom: by, sealed }).execute();
  if (change.files && change.files.length > 0) await addFiles(tx, complaint.id, change.files);
  for (const task of change.tasks ?? []) await tx.insertInto('case_task').values(taskColumns(complaint.id, task)).execute();
  for (const patch of change.taskPatches ?? []) await tx.updateTable('case_task').set(taskChanges(patch)).where('id', '=', patch.id).where('complaint_id', '=', complaint.id).execute();
  for (const forward of change.forwards ?? []) {
    await tx.insertInto('case_forward').values({
      id: forward.id, complaint_id: complaint.id, jurisdiction_code: complaint.jurisdiction, institution_id: forward.institution, at: forward.at, reply_by: forward.replyBy, sealed_text: forward.sealedText,
      sealed_reply: null, replied_at: null, version: 1,
    }).execute();
  }
  if (change.forwardReply) await writeReply(tx, change.forwardReply);
  if (change.membersFollow === true) await moveMembers(tx, change);
  if (change.notice) await queueMessage(tx, complaint.jurisdiction, change.notice, change.move.at);
  await appendAudit(tx, change.event);
}

/** 办件队列: cases of a place that match, oldest deadline first. */
export function caseQueue(db: ReadDb, jurisdiction: string, filter: CaseFilter) {
  const { states, subject, department, channel, subdistrict, institution, handler, scope } = filter;
  const isOpen = states.every((state) => openStates.some((open) => open === state));
  return db.selectFrom('complaint').where('jurisdiction_code', '=', jurisdiction)
    // Said in the index's own words, so that the queue of open cases is read in its order.
    .$if(isOpen, (query) => query.where(sql<boolean>`state IN (${sql.join(openStates.map((state) => sql.lit(state)))})`))
    .where('state', 'in', states)
    .$if(subject !== null, (query) => query.where('subject', '=', subject ?? ''))
    .$if(department !== null, (query) => query.where('lead_key', '=', department ?? ''))
    .$if(channel !== null, (query) => query.where('channel', '=', channel ?? ''))
    .$if(subdistrict !== null, (query) => query.where('subdistrict_code', '=', subdistrict ?? ''))
    .$if(institution !== null, (query) => query.where('institution_id', '=', institution ?? ''))
    .$if(handler !== null, (query) => query.where('handler', '=', handler ?? ''))
    .$if(scope.kind === 'department', (query) => query.where((eb) => eb('id', 'in', eb.selectFrom('case_task').select('complaint_id')
      .where('department', '=', scope.kind === 'department' ? scope.department : '').where('state', 'in', ['open', 'done']))))
    .$if(scope.kind === 'street', (query) => query.where('subdistrict_code', '=', scope.kind === 'street' ? scope.subdistrict : '').where((eb) => eb.or([
      eb('entered_by', '=', scope.kind === 'street' ? scope.account : ''),
      eb('id', 'in', eb.selectFrom('case_task').select('complaint_id').where('department', 'in', streetDepartments).where('state', 'in', ['open', 'done'])),
    ])));
}

/** Institutions with at least so many cases received since an instant, those taken back and merged left out; most first. */
export const flooded = (db: ReadDb, jurisdiction: string, since: number, atLeast: number) =>
  db.selectFrom('complaint').innerJoin('institution', 'institution.id', 'complaint.institution_id')
    .select(['institution.id', 'institution.name', (eb) => eb.fn.countAll().as('count'), (eb) => eb.fn.min('complaint.received_at').as('since')])
    .where('complaint.jurisdiction_code', '=', jurisdiction).where('complaint.received_at', '>=', since).where('complaint.state', 'not in', ['withdrawn', 'merged'])
    .groupBy(['institution.id', 'institution.name']).having((eb) => eb(eb.fn.countAll(), '>=', atLeast)).orderBy('count', 'desc').orderBy('institution.id');

/** Cases received in `[from, to)`, with when each was first answered; what goes on in another case and what was withdrawn is not counted. */
export const casesOfFigures = (db: ReadDb, jurisdiction: string, from: number, to: number) =>
  db.selectFrom('complaint').select(['subject', 'lead_key', 'answer_by', 'satisfaction', (eb) => eb.selectFrom('case_move').select((inner) => inner.fn.min('case_move.at').as('at'))
    .whereRef('case_move.complaint_id', '=', 'complaint.id').where('case_move.move', 'in', ['answer', 'notAccept']).as('answered_at')])
    .where('jurisdiction_code', '=', jurisdiction).where('received_at', '>=', from).where('received_at', '<', to).where('state', 'not in', ['merged', 'withdrawn']);

/** 投诉: the complaint store on either engine. */
export function complaintStore({ read, write }: Storage): ComplaintStore {
  return {
    findAnswer: (jurisdiction, keyHash, now) => findAnswer(read, jurisdiction, keyHash, now),
    intake: async (intake) => {
      try {
        await write((tx) => writeIntake(tx, intake));
        return { kind: 'received' };
      } catch (fault) {
        if (!isUniqueViolation(fault)) throw fault;
        const answer = await findAnswer(read, intake.complaint.jurisdiction, intake.idempotency.keyHash, intake.idempotency.now);
        return answer ? { kind: 'replay', answer } : { kind: 'reference-taken' };
      }
    },
    findByReference: async (jurisdiction, reference) => {
      const row = await complaintByReference(read, jurisdiction, reference).executeTakeFirst();
      return row && readFound(row);
    },
    findById: async (jurisdiction, id) => {
      const row = await read.selectFrom('complaint').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
      return row && readFound(row);
    },
    findInstitution: async (jurisdiction, id) => {
      const row = await read.selectFrom('institution').select(['id', 'name', 'kind', 'subdistrict_code', 'county_code']).where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
      return row && { id: row.id, name: row.name, kind: row.kind, subdistrict: subdistrictCode.nullable().parse(row.subdistrict_code), county: row.county_code };
    },
    moves: async (id) => (await read.selectFrom('case_move').selectAll().where('complaint_id', '=', id).orderBy('ordinal').execute()).map(readMove),
    messages: async (id) => (await read.selectFrom('case_message').selectAll().where('complaint_id', '=', id).orderBy('at').orderBy('id').execute()).map(readMessage),
    tasks: async (id) => (await read.selectFrom('case_task').selectAll().where('complaint_id', '=', id).orderBy('created_at').orderBy('id').execute()).map(readTask),
    forwards: async (id) => (await read.selectFrom('case_forward').selectAll().where('complaint_id', '=', id).orderBy('at').orderBy('id').execute()).map(readForward),
    files: async (id) => (await read.selectFrom('case_file').selectAll().where('complaint_id', '=', id).orderBy('id').execute()).map(readFile),
    members: async (master) => (await read.selectFrom('complaint').selectAll().where('master_id', '=', master).orderBy('received_at').execute()).map(readComplaint),
    floods: async (jurisdiction, since, atLeast) => (await flooded(read, jurisdiction, since, atLeast).execute())
      .map((row) => ({ institution: row.id, name: row.name, count: Number(row.count), since: instant.parse(Number(row.since)) })),
    queue: async (jurisdiction, filter, offset, limit) => {
      const asked = caseQueue(read, jurisdiction, filter);
      const { total } = await asked.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const rows = (await asked.selectAll().orderBy('due_on').orderBy('received_at').orderBy('id').limit(limit).offset(offset).execute()).map(readComplaint);
      const tasks = rows.length === 0 ? [] : await read.selectFrom('case_task').selectAll().where('complaint_id', 'in', rows.map(({ id }) => id)).where('state', '=', 'open').orderBy('created_at').orderBy('id').execute();
      const byCase = Map.groupBy(tasks, ({ complaint_id }) => complaint_id);
      return { total: Number(total), rows: rows.map((complaint) => ({ complaint, tasks: (byCase.get(complaint.id) ?? []).map(readTask) })) };
    },
    commit: async (change) => {
      try {
        await write((tx) => writeChange(tx, change));
        return 'saved';
      } catch (fault) {
        // Two moves from one version meet at the history's key on PostgreSQL.
        if (fault instanceof Undo || isUniqueViolation(fault)) return 'changed-meanwhile';
        throw fault;
      }
    },
    record: (event) => write((tx) => appendAudit(tx, event)),
    forwardsTo: async (jurisdiction, institution) => {
      const rows = await read.selectFrom('case_forward').selectAll().where('jurisdiction_code', '=', jurisdiction).where('institution_id', '=', institution).orderBy('at', 'desc').limit(200).execute();
      return rows.map((row) => ({ complaint: row.complaint_id, forward: readForward(row) }));
    },
    figureRows: async (jurisdiction, from, to) => (await casesOfFigures(read, jurisdiction, from, to).execute()).map((row) => ({
      subject: subjectOf.parse(row.subject), department: row.lead_key, answerBy: dayOrNull.parse(row.answer_by), answeredAt: momentOrNull.parse(row.answered_at), satisfaction: row.satisfaction,
    })),
  };
}
