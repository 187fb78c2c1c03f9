import { z } from 'zod';
import { assessment, decision, withdrawalKinds, type Assessment, type Decision } from '#domain/listing/model.ts';
import { jurisdictionCode, type JurisdictionCode, type SubdistrictCode } from '#domain/shared/codes.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { publicWords } from '#domain/shared/recordWords.ts';

const orNone = (most: number) => publicWords(0, most).transform((text) => (text === '' ? null : text));
const dayOrNone = z.union([z.literal('').transform(() => null), isoDate, z.null()]);

/** 质量评估 as the office enters it from the document it rests on. */
export const assessmentDraft = z.strictObject({
  grade: assessment.shape.grade, year: z.int().min(2000, 'range').max(2100, 'range'), standard: publicWords(2, 60), body: publicWords(2, 60), assessedOn: isoDate,
  validUntil: dayOrNone, documentNumber: orNone(60), note: orNone(300),
}).refine(({ assessedOn, validUntil }) => validUntil === null || assessedOn <= validUntil, { path: ['validUntil'], message: 'ends-before' })
  .refine(({ assessedOn, year }) => year <= Number(assessedOn.slice(0, 4)), { path: ['year'], message: 'year-after' });
export type AssessmentDraft = z.infer<typeof assessmentDraft>;

/** 正式决定 as the office enters it; its end day is the last on which it is shown. */
export const decisionDraft = z.strictObject({ kind: decision.shape.kind, number: publicWords(2, 60), body: publicWords(2, 60), about: publicWords(2, 1_000), decidedOn: isoDate, until: dayOrNone })
  .refine(({ decidedOn, until }) => until === null || decidedOn <= until, { path: ['until'], message: 'ends-before' });
export type DecisionDraft = z.infer<typeof decisionDraft>;

/** 撤销、变更 or 确认违法 of a decision: since when, and by what. */
export const withdrawal = z.strictObject({ kind: z.enum(withdrawalKinds), on: isoDate, note: publicWords(2, 300) });
export type Withdrawal = z.infer<typeof withdrawal>;

/** 机构说明 beside a decision. */
export const replyWords = publicWords(2, 1_000);

export const dutyStates = ['done', 'notDone'] as const;
/** 年度义务 as said: done on a day, or looked at and not done. */
export const dutySaid = z.strictObject({ state: z.enum(dutyStates), doneOn: dayOrNone, note: orNone(300) })
  .refine(({ state, doneOn }) => (state === 'done') === (doneOn !== null), { path: ['doneOn'], message: 'required' });
export type DutySaid = z.infer<typeof dutySaid>;

/** Who looked: the institution itself, the authority, police or procurator, a clinic. Never a person. */
export const checkers = ['institution', 'authority', 'police', 'clinic'] as const;
const people = z.int().min(0, 'range').max(2_000, 'range');
/** 人员核查 as counts: how many are done, how many not, who looked, when, and by when again. No name of a person. */
export const staffCheckDraft = z.strictObject({ check: z.string().min(1).max(40), done: people, notDone: people, checkedBy: z.enum(checkers), checkedOn: isoDate, nextDue: isoDate })
  .refine(({ checkedOn, nextDue }) => checkedOn <= nextDue, { path: ['nextDue'], message: 'ends-before' })
  .refine(({ done, notDone }) => done + notDone > 0, { path: ['done'], message: 'required' });
export type StaffCheckDraft = z.infer<typeof staffCheckDraft>;

/** Who said it: the institution for itself, or the authority. */
export const supervisionSides = ['institution', 'authority'] as const;
export type SupervisionSide = (typeof supervisionSides)[number];
type Told = { readonly id: string; readonly by: SupervisionSide; readonly at: Instant };
export type DutyRecord = DutySaid & Told & { readonly duty: string; readonly year: number };
export type StaffCheck = StaffCheckDraft & Told;

/** One thing of an institution's record. */
export type Entry =
  | { readonly kind: 'assessment'; readonly of: Assessment } | { readonly kind: 'decision'; readonly of: Decision }
  | { readonly kind: 'duty'; readonly of: DutyRecord } | { readonly kind: 'staffCheck'; readonly of: StaffCheck };
export const entryKinds = ['assessment', 'decision', 'duty', 'staffCheck'] as const satisfies readonly Entry['kind'][];
export type EntryKind = Entry['kind'];
/** An entry with its version; 0: as a shipped sample has it. */
export type Held<Of> = { readonly of: Of; readonly version: number };

export const amendmentActs = ['corrected', 'takenOut', 'withdrawn', 'replied', 'replyTakenDown'] as const;
/** 更正记录: what was done to an entry after it was made, by which side, and why; `before` is what of it is kept: never the words of a reply, and no words at all where they named a person. */
export type Amendment = {
  readonly id: string; readonly kind: EntryKind; readonly entry: string; readonly act: (typeof amendmentActs)[number]; readonly at: Instant; readonly by: SupervisionSide; readonly account: string; readonly reason: string | null; readonly before: string;
};

/** The institution as supervision knows it. */
export type Supervised = { readonly id: string; readonly name: string; readonly subdistrict: SubdistrictCode | null; readonly receiptedOn: IsoDate | null; readonly isWatched: boolean };
/** 监督记录 of one institution. */
export type SupervisionRecord = {
  readonly institution: Supervised; readonly assessments: readonly Held<Assessment>[]; readonly decisions: readonly Held<Decision>[];
  readonly duties: readonly Held<DutyRecord>[]; readonly staffChecks: readonly Held<StaffCheck>[]; readonly amendments: readonly Amendment[];
};

/** Who acts: the office (a street sees its own), or an institution for itself. */
export type SupervisionActor =
  | { readonly side: 'authority'; readonly account: string; readonly jurisdiction: JurisdictionCode; readonly subdistrict: SubdistrictCode | null }
  | { readonly side: 'institution'; readonly account: string; readonly jurisdiction: JurisdictionCode; readonly institution: string };

const citation = z.strictObject({ document: z.string().min(1), article: z.string().min(1), quote: z.string().min(1).nullable() });
const ruled = { key: z.string().regex(/^[a-z][a-z-]{1,38}$/), title: z.string().min(1), what: z.string().min(1), citation, confidence: z.enum(['A', 'B', 'C']) };
/** 年度义务 and 人员核查 with where they are written: `data/rules/annual-duties.json`. A scope names the one place whose document asks for it. */
export const annualDuties = z.strictObject({
  fromYear: z.int().min(2000).max(2100), soonDays: z.int().min(1).max(366), standing: z.string().min(1),
  duties: z.array(z.strictObject({ ...ruled, scope: jurisdictionCode.nullable(), lastDay: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/).refine((day) => day !== '02-29' && isoDate.safeParse(`2025-${day}`).success, 'iso-date') })).min(1),
  staffChecks: z.array(z.strictObject({ ...ruled, everyYear: z.boolean() })).min(1),
});
export type AnnualDuties = z.infer<typeof annualDuties>;
export type AnnualDuty = AnnualDuties['duties'][number];
