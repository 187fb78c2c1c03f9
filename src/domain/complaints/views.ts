import { z } from 'zod';
import { dutyBases, subjects } from '#domain/jurisdiction/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { channels, complaintKinds, complaintStates, deadlineBases, extensionReasons, fileTypes, identities, notAcceptedReasons } from '#domain/complaints/model.ts';

const named = z.object({ name: z.string() }).readonly();
/** Numbers to call before anything else. */
export const emergencyNumbers = ['110', '120', '119'] as const;

const clockShape = {
  leadDepartment: named.nullable(), jointDepartments: z.array(named).readonly(), basis: z.enum(dutyBases),
  /** Null: 暂不可计算. */
  confirmBy: isoDate.nullable(), answerBy: isoDate.nullable(), deadlineBasis: z.enum(deadlineBases),
  keepUntil: isoDate.optional(), emergency: z.array(z.enum(emergencyNumbers)).readonly().optional(),
};
/** 受理回执: what a parent gets once; the query code is kept nowhere else in clear. */
export const complaintReceipt = z.object({ reference: z.string(), queryCode: z.string(), ...clockShape }).readonly();
export type ComplaintReceipt = z.infer<typeof complaintReceipt>;

const fileView = z.object({ id: z.uuid(), type: z.enum(fileTypes), size: z.number().int() }).readonly();
export type FileView = z.infer<typeof fileView>;
const messageView = z.object({
  id: z.uuid(), at: z.string(), from: z.enum(['you', 'office']), kind: z.enum(['addition', 'question', 'reply', 'answer', 'notice', 'reopening']), text: z.string(), files: z.array(fileView).readonly(),
}).readonly();
/** Steps a complainant sees: who has it, never who did it. */
export const progressEvents = ['received', 'accepted', 'notAccepted', 'investigating', 'transferred', 'signedFor', 'handedBack', 'asked', 'answeredQuestion', 'extended', 'answered', 'closed', 'called', 'rated', 'reopened', 'withdrawn', 'merged', 'reviewed'] as const;
export type ProgressEvent = (typeof progressEvents)[number];
const stepView = z.object({ at: z.string(), event: z.enum(progressEvents), department: z.string().nullable() }).readonly();

/** 办理进度: what reference and code open later. */
export const complaintProgress = z.object({
  reference: z.string(), kind: z.enum(complaintKinds), subject: z.enum(subjects), topic: z.string().nullable(), institutionId: z.string().nullable(), identity: z.enum(identities), channel: z.enum(channels),
  state: z.enum(complaintStates), receivedAt: z.string(), ...clockShape,
  /** The office waits for the complainant; the clock stands still since. */
  waitingSince: z.string().nullable(),
  /** The department it has gone to; `signedOn` null: 已转、等待签收. */
  handover: z.object({ department: z.string(), sentOn: isoDate, signedOn: isoDate.nullable() }).readonly().nullable(),
  extension: z.object({ from: isoDate, reason: z.enum(extensionReasons).nullable() }).readonly().nullable(),
  notAccepted: z.object({ reason: z.enum(notAcceptedReasons).nullable() }).readonly().nullable(),
  /** It goes on together with another case; what is said here is that one's state and answer. */
  together: z.boolean(),
  closedOn: isoDate.nullable(), satisfaction: z.number().int().nullable(),
  /** What the complainant may do now. */
  may: z.array(z.enum(['reply', 'withdraw', 'rate', 'reopen'])).readonly(), reopenUntil: isoDate.nullable(),
  steps: z.array(stepView).readonly(), messages: z.array(messageView).readonly(),
  /** Files sent with the complaint itself. */
  files: z.array(fileView).readonly(),
}).readonly();
export type ComplaintProgress = z.infer<typeof complaintProgress>;
