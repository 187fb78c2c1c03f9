import { z } from 'zod';
import { contactName, phone } from '#domain/booking/model.ts';
import { subjects, type dutyBases, type Subject } from '#domain/jurisdiction/model.ts';
import { subdistrictCode, type JurisdictionCode, type SubdistrictCode } from '#domain/shared/codes.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';

/** 投诉 · 举报 · 建议表扬. A question (咨询) is answered by telephone and article and makes no case. */
export const complaintKinds = ['complaint', 'tipOff', 'suggestion'] as const;
export type ComplaintKind = (typeof complaintKinds)[number];

/** 匿名 · 保密 · 具名. */
export const identities = ['anonymous', 'confidential', 'named'] as const;
export type Identity = (typeof identities)[number];

/** 关停、失联、预付款未退: a topic of `fee` that has a shortcut of its own and may become a mass case. */
export const closedWithoutRefund = '关停失联未退费';

/** 办理状态. What waits for the complainant is not a state but `waitingSince`. */
export const complaintStates = ['received', 'accepted', 'notAccepted', 'transferred', 'investigating', 'answered', 'closed', 'withdrawn', 'merged'] as const;
export type ComplaintState = (typeof complaintStates)[number];
/** States in which somebody still has to do something. */
export const openStates = ['received', 'accepted', 'transferred', 'investigating', 'answered'] as const satisfies readonly ComplaintState[];

/** 来件渠道: 本站 电话 来访 12345 12315 信访 上级交办 街道上报 督导员. */
export const channels = ['site', 'telephone', 'visit', '12345', '12315', 'petition', 'superior', 'street', 'inspector'] as const;
export type Channel = (typeof channels)[number];

/** 不予受理 reasons; where to go instead is written with each. */
export const notAcceptedReasons = ['notOurDuty', 'inCourt', 'inPetition', 'inReview', 'answeredBefore', 'tooLittleToGo', 'notChildcare'] as const;
export type NotAcceptedReason = (typeof notAcceptedReasons)[number];
/** 延期 reasons. */
export const extensionReasons = ['complex', 'inspection', 'appraisal', 'otherBody', 'manyFamilies'] as const;
export type ExtensionReason = (typeof extensionReasons)[number];
/** 转办 reasons; `wrongAddress` is a department's when it hands a case back. */
export const handoverReasons = ['duty', 'county', 'severalLaws', 'superior', 'wrongAddress'] as const;
export type HandoverReason = (typeof handoverReasons)[number];
/** Why an identity is opened; kept in the record of what was done. */
export const identityReasons = ['callBack', 'evidence', 'police', 'handover', 'court'] as const;
export type IdentityReason = (typeof identityReasons)[number];
/** 法定保全: why a case must not be purged. */
export const holdReasons = ['administrativeReview', 'court', 'investigation'] as const;
export type HoldReason = (typeof holdReasons)[number];
/** 回访 results. */
export const callResults = ['satisfied', 'partly', 'unsatisfied', 'notReached'] as const;
export type FollowUpResult = (typeof callResults)[number];
/** 合并 reasons: the same person and matter, or one matter of many families. */
export const mergeReasons = ['duplicate', 'massCase'] as const;
export type MergeReason = (typeof mergeReasons)[number];

const unseen = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;
/** Text as kept: line ends made one kind; control characters, bidi marks and halves of characters, which nobody meant to write, taken out. */
export const plainText = (typed: string): string => typed.toWellFormed().replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(unseen, '').replace(/\uFFFD/g, '').trim();

/** A text field of `min`–`max` characters, cleaned first. */
export const wordsOf = (min: number, max: number) =>
  z.string({ error: 'required' }).max(max * 4, 'too-long').transform(plainText).pipe(z.string().min(Math.min(1, min), 'required').min(min, 'too-short').max(max, 'too-long'));

const optionalWords = (max: number) => wordsOf(0, max).optional();
/** Extra questions of a subject by their key; which keys there are is data. */
const answers = z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'unknown-field'), wordsOf(0, 500)).refine((given) => Object.keys(given).length <= 12, 'too-long');

const chosen = ({ input }: { readonly input?: unknown }): string => (input === undefined ? 'required' : 'unknown-value');

const requestShape = {
  kind: z.enum(complaintKinds, { error: chosen }), subject: z.enum(subjects, { error: chosen }), topic: optionalWords(40),
  institutionId: z.uuid({ error: 'format' }).optional(),
  /** An institution that the directory does not hold, in the parent's words. */
  institutionName: optionalWords(60),
  subdistrict: subdistrictCode.optional(),
  happened: wordsOf(10, 5_000),
  /** The day it happened, and where it went on, the last. */
  happenedOn: isoDate.optional(), happenedUntil: isoDate.optional(),
  /** The time of day, or a span of it, as the parent writes it. */
  happenedAt: optionalWords(60),
  answers: answers.optional(),
  identity: z.enum(identities, { error: chosen }),
  /** 内部举报: the complainant works there. */
  staffWitness: z.boolean().optional(),
  contactName: contactName.optional(), phone: phone.optional(),
};

type Given = { readonly identity: Identity; readonly contactName?: string | undefined; readonly phone?: string | undefined; readonly happenedOn?: IsoDate | undefined; readonly happenedUntil?: IsoDate | undefined };
const contactFaults = ({ identity, contactName: name, phone: number }: Given): readonly string[] => {
  if (identity === 'named' && name === undefined) return ['contactName'];
  return identity === 'confidential' && name === undefined && number === undefined ? ['phone'] : [];
};
const checked = (given: Given, context: z.core.$RefinementCtx): void => {
  for (const field of contactFaults(given)) context.addIssue({ code: 'custom', path: [field], message: 'required' });
  if (given.happenedOn !== undefined && given.happenedUntil !== undefined && given.happenedUntil < given.happenedOn) context.addIssue({ code: 'custom', path: ['happenedUntil'], message: 'range' });
};

/** What a parent sends, by form or by program. 保密 needs a name or a number, 具名 a name; what somebody unnamed gives of either is not kept. */
export const complaintRequest = z.strictObject(requestShape).superRefine(checked);
export type ComplaintRequest = z.infer<typeof complaintRequest>;

/** What a clerk writes down for somebody who called, came, or was passed on (电话, 来访, 12345, 12315, 信访 …). */
export const enteredCase = z.strictObject({
  ...requestShape, channel: z.enum(channels).exclude(['site']),
  /** 外部工单号 and its deadline; the earlier of the two deadlines holds. */
  externalNumber: wordsOf(0, 60).optional(), externalDeadline: isoDate.optional(),
  /** 涉及多个法律法规: where the place's document says so, the street then leads. */
  severalLaws: z.boolean().optional(),
}).superRefine(checked);
export type EnteredCase = z.infer<typeof enteredCase>;

/** 诉求内容 as sealed: everything that could tell who it was. */
export const story = z.strictObject({
  happened: z.string(), happenedOn: isoDate.nullable(), happenedUntil: isoDate.nullable(), happenedAt: z.string().nullable(), institutionName: z.string().nullable(),
  /** A topic that no list knows. */
  ownTopic: z.string().nullable(), answers: z.record(z.string(), z.string()),
});
export type Story = z.infer<typeof story>;
/** 身份 as sealed, apart from the story and under a key of its own. */
export const complainant = z.strictObject({ contactName: z.string().nullable(), phone: z.string().nullable() });
export type Complainant = z.infer<typeof complainant>;

/** 由谁办: departments by key, with what the assignment stands on. */
export type Assignment = { readonly lead: string | null; readonly joint: readonly string[]; readonly basis: (typeof dutyBases)[number]; readonly line: number | null };

/** Which clock a case runs by: 法定 (a law's, for a department that has received it) or 本站承诺. */
export const deadlineBases = ['law', 'site'] as const;
export type DeadlineBasis = (typeof deadlineBases)[number];
/** Days by which to confirm and to answer; null: 暂不可计算, no calendar has been published so far ahead. */
export type CaseClock = { readonly confirmBy: IsoDate | null; readonly answerBy: IsoDate | null; readonly basis: DeadlineBasis };

/** 诉求: one complaint, tip-off or suggestion, without its content. */
export type Complaint = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly reference: string; readonly kind: ComplaintKind;
  readonly subject: Subject; readonly topic: string | null;
  readonly institution: string | null; readonly subdistrict: SubdistrictCode | null;
  readonly identity: Identity; readonly staffWitness: boolean;
  readonly channel: Channel; readonly externalNumber: string | null; readonly externalDeadline: IsoDate | null;
  readonly state: ComplaintState; readonly version: number;
  readonly receivedAt: Instant; readonly closedAt: Instant | null;
  readonly assignment: Assignment; readonly clock: CaseClock;
  /** Since when it waits for the complainant's answer: the clock stands still. */
  readonly waitingSince: Instant | null;
  /** The day it was due before its one extension. */
  readonly extendedFrom: IsoDate | null;
  /** Last day on which recordings of about 90 days are likely to be there. */
  readonly keepUntil: IsoDate | null;
  /** Account that has it in hand. */
  readonly handler: string | null;
  readonly satisfaction: number | null; readonly reopenedAt: Instant | null;
  /** The case this one goes on in, and whether it is one of many families'. */
  readonly master: string | null; readonly isMass: boolean;
  readonly legalHold: HoldReason | null;
  /** Account that wrote it down; null for the site. */
  readonly enteredBy: string | null;
};

/** 事项流转: one step of a case, without content. */
export type CaseMove = {
  readonly at: Instant; readonly move: string; readonly state: ComplaintState;
  /** 'parent', 'system' or an account's id. */
  readonly actor: string; readonly reason: string | null; readonly department: string | null;
};

/** 往来: who wrote what for whom. `note` is seen by the office alone, `departmentReply` and `institutionReply` too. */
export const messageKinds = ['addition', 'question', 'reply', 'answer', 'notice', 'note', 'departmentReply', 'institutionReply', 'reopening'] as const;
export type MessageKind = (typeof messageKinds)[number];
/** Kinds a complainant sees. */
export const sharedMessageKinds: readonly MessageKind[] = ['addition', 'question', 'reply', 'answer', 'notice', 'reopening'];
export type CaseMessage = { readonly id: string; readonly at: Instant; readonly kind: MessageKind; readonly by: string; readonly sealed: string };

/** 任务: 证据保全通知, 报警, 转办, 协办, 延期申请, 回访. */
export const taskKinds = ['secureEvidence', 'policeReport', 'handover', 'joint', 'extension', 'callBack'] as const;
export type TaskKind = (typeof taskKinds)[number];
export const taskStates = ['open', 'done', 'returned', 'dropped'] as const;
export type CaseTask = {
  readonly id: string; readonly kind: TaskKind; readonly state: (typeof taskStates)[number]; readonly department: string | null;
  readonly createdAt: Instant; readonly dueOn: IsoDate | null;
  /** 文号 of a 转办单. */
  readonly documentNumber: string | null; readonly reason: string | null; readonly askedBy: string;
  /** 签收: the day the department had it; its own clock begins then. */
  readonly receivedOn: IsoDate | null; readonly basis: DeadlineBasis;
  readonly doneAt: Instant | null;
  /** What came of it, sealed: 接警单号, 保全经过. */
  readonly sealedResult: string | null;
};

/** 转给机构的内容: the only words an institution ever sees. */
export type CaseForward = {
  readonly id: string; readonly institution: string; readonly at: Instant; readonly replyBy: IsoDate | null; readonly sealedText: string;
  readonly sealedReply: string | null; readonly repliedAt: Instant | null; readonly version: number;
};

/** 附件: what is known of a file without opening it; its bytes lie sealed under `blob`. */
export const fileTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type CaseFile = { readonly id: string; readonly message: string | null; readonly blob: string; readonly type: (typeof fileTypes)[number]; readonly size: number };
/** A file that has been read, checked and made clean, before it is sealed. */
export type CleanFile = { readonly type: CaseFile['type']; readonly bytes: Uint8Array };

/** Keys of the bodies that stand for a place's streets and townships together. */
export const streetDepartments: readonly string[] = ['subdistrict-offices', 'townships'];

/** Sorts after every day: no day is known, or nobody need do anything more. */
export const noDueDay = '9999-12-31';
/** 最近期限: the day by which the next thing must be done; `noDueDay` where there is none. */
export const dueDayOf = ({ state, clock }: Pick<Complaint, 'state' | 'clock'>): string => {
  if (state === 'received') return clock.confirmBy ?? clock.answerBy ?? noDueDay;
  return state === 'accepted' || state === 'transferred' || state === 'investigating' ? clock.answerBy ?? noDueDay : noDueDay;
};
