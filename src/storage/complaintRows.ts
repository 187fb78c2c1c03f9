import type { Insertable, Selectable, Updateable } from 'kysely';
import { z } from 'zod';
import { channels, complaintKinds, complaintStates, deadlineBases, dueDayOf, fileTypes, holdReasons, identities, messageKinds, taskKinds, taskStates, type CaseFile, type CaseForward, type CaseMessage, type CaseMove, type CaseTask, type Complaint } from '#domain/complaints/model.ts';
import type { CasePatch, FoundComplaint, TaskPatch } from '#domain/complaints/ports.ts';
import { dutyBases, subjects } from '#domain/jurisdiction/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import type { Database } from '#storage/schema.ts';

const day = isoDate.nullable();
const moment = instant.nullable();
const assignment = z.strictObject({ lead: z.string().nullable(), joint: z.array(z.string()), basis: z.enum(dutyBases), line: z.number().nullable() });
const complaintOf = z.object({
  kind: z.enum(complaintKinds), subject: z.enum(subjects), identity: z.enum(identities), channel: z.enum(channels), state: z.enum(complaintStates),
  clock_basis: z.enum(deadlineBases), legal_hold: z.enum(holdReasons).nullable(), jurisdiction_code: jurisdictionCode, subdistrict_code: subdistrictCode.nullable(),
  external_deadline: day, confirm_by: day, answer_by: day, extended_from: day, keep_until: day, received_at: instant, closed_at: moment, waiting_since: moment, reopened_at: moment,
});

/** A case as it lies in storage, without its content. */
export function readComplaint(row: Selectable<Database['complaint']>): Complaint {
  const read = complaintOf.parse(row);
  return {
    id: row.id, jurisdiction: read.jurisdiction_code, reference: row.reference, kind: read.kind, subject: read.subject, topic: row.topic, institution: row.institution_id, subdistrict: read.subdistrict_code,
    identity: read.identity, staffWitness: row.staff_witness === 1, channel: read.channel, externalNumber: row.external_number, externalDeadline: read.external_deadline, state: read.state, version: row.version,
    receivedAt: read.received_at, closedAt: read.closed_at, assignment: assignment.parse(JSON.parse(row.assignment)), clock: { confirmBy: read.confirm_by, answerBy: read.answer_by, basis: read.clock_basis },
    waitingSince: read.waiting_since, extendedFrom: read.extended_from, keepUntil: read.keep_until, handler: row.handler, satisfaction: row.satisfaction, reopenedAt: read.reopened_at,
    master: row.master_id, isMass: row.is_mass === 1, legalHold: read.legal_hold, enteredBy: row.entered_by,
  };
}

export const readFound = (row: Selectable<Database['complaint']>): FoundComplaint =>
  ({ complaint: readComplaint(row), queryCodeHash: row.query_code_hash, sealedStory: row.sealed_story, sealedIdentity: row.sealed_identity });

/** The columns of a new case. */
export const complaintColumns = (complaint: Complaint): Omit<Insertable<Database['complaint']>, 'query_code_hash' | 'sealed_story' | 'sealed_identity'> => ({
  id: complaint.id, jurisdiction_code: complaint.jurisdiction, reference: complaint.reference, kind: complaint.kind, institution_id: complaint.institution,
  subdistrict_code: complaint.subdistrict, identity: complaint.identity, staff_witness: complaint.staffWitness ? 1 : 0, channel: complaint.channel, external_number: complaint.externalNumber,
  external_deadline: complaint.externalDeadline, version: complaint.version, received_at: complaint.receivedAt, keep_until: complaint.keepUntil, entered_by: complaint.enteredBy, ...changedColumns(complaint, complaint),
});

/** The columns that a patch changes, with what follows from them. */
export function changedColumns(before: Complaint, patch: CasePatch) {
  const after: Complaint = { ...before, ...patch };
  return {
    state: after.state, subject: after.subject, topic: after.topic, lead_key: after.assignment.lead, assignment: JSON.stringify(after.assignment), clock_basis: after.clock.basis, confirm_by: after.clock.confirmBy,
    answer_by: after.clock.answerBy, due_on: dueDayOf(after), closed_at: after.closedAt, waiting_since: after.waitingSince, extended_from: after.extendedFrom, handler: after.handler,
    satisfaction: after.satisfaction, reopened_at: after.reopenedAt, master_id: after.master, is_mass: after.isMass ? 1 : 0, legal_hold: after.legalHold,
  } satisfies Updateable<Database['complaint']>;
}

export const readMove = (row: Selectable<Database['case_move']>): CaseMove =>
  ({ at: instant.parse(row.at), move: row.move, state: z.enum(complaintStates).parse(row.state), actor: row.actor, reason: row.reason, department: row.department });

export const readMessage = (row: Selectable<Database['case_message']>): CaseMessage =>
  ({ id: row.id, at: instant.parse(row.at), kind: z.enum(messageKinds).parse(row.kind), by: row.by_whom, sealed: row.sealed });

export const readTask = (row: Selectable<Database['case_task']>): CaseTask => ({
  id: row.id, kind: z.enum(taskKinds).parse(row.kind), state: z.enum(taskStates).parse(row.state), department: row.department, createdAt: instant.parse(row.created_at), dueOn: day.parse(row.due_on),
  documentNumber: row.document_number, reason: row.reason, askedBy: row.asked_by, receivedOn: day.parse(row.received_on), basis: z.enum(deadlineBases).parse(row.basis), doneAt: moment.parse(row.done_at),
  sealedResult: row.sealed_result,
});

export const taskColumns = (complaint: string, task: CaseTask): Insertable<Database['case_task']> => ({
  id: task.id, complaint_id: complaint, kind: task.kind, state: task.state, department: task.department, created_at: task.createdAt, due_on: task.dueOn, document_number: task.documentNumber, reason: task.reason,
  asked_by: task.askedBy, received_on: task.receivedOn, basis: task.basis, done_at: task.doneAt, sealed_result: task.sealedResult,
});

export const taskChanges = (patch: TaskPatch): Updateable<Database['case_task']> => ({
  ...(patch.state === undefined ? {} : { state: patch.state }), ...(patch.dueOn === undefined ? {} : { due_on: patch.dueOn }), ...(patch.receivedOn === undefined ? {} : { received_on: patch.receivedOn }),
  ...(patch.basis === undefined ? {} : { basis: patch.basis }), ...(patch.doneAt === undefined ? {} : { done_at: patch.doneAt }), ...(patch.sealedResult === undefined ? {} : { sealed_result: patch.sealedResult }),
  ...(patch.reason === undefined ? {} : { reason: patch.reason }),
});

export const readForward = (row: Selectable<Database['case_forward']>): CaseForward => ({
  id: row.id, institution: row.institution_id, at: instant.parse(row.at), replyBy: day.parse(row.reply_by), sealedText: row.sealed_text, sealedReply: row.sealed_reply, repliedAt: moment.parse(row.replied_at),
  version: row.version,
});

export const readFile = (row: Selectable<Database['case_file']>): CaseFile => ({ id: row.id, message: row.message_id, blob: row.blob, type: z.enum(fileTypes).parse(row.type), size: row.size });
