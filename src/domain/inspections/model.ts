import { z } from 'zod';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { recordWords } from '#domain/shared/recordWords.ts';

/** 合格, 不合格, 不适用; an item that was not looked at has no answer. */
export const answerResults = ['pass', 'fail', 'notApplicable'] as const;
export type AnswerResult = (typeof answerResults)[number];

/** What came of it: nothing to mend, to be mended (现场责令整改), or reported to the district (上报). */
export const inspectionOutcomes = ['sound', 'rectify', 'escalate'] as const;
export type InspectionOutcome = (typeof inspectionOutcomes)[number];

const citation = z.strictObject({ document: z.string().min(1), article: z.string().min(1) });
/** 巡查清单: what is looked at on the spot, each with where it is written; `data/rules/inspection-checklist.json`. */
export const inspectionChecklist = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,38}$/), standing: z.string().min(1),
  items: z.array(z.strictObject({ key: z.string().regex(/^[a-z][a-z-]{1,38}$/), title: z.string().min(1), look: z.string().min(1), citation: citation.nullable(), confidence: z.enum(['A', 'B', 'C']).nullable() })).min(1)
    .refine((items) => new Set(items.map(({ key }) => key)).size === items.length, 'keys-twice')
    .refine((items) => items.every((item) => (item.citation === null) === (item.confidence === null)), 'citation-without-confidence'),
});
export type InspectionChecklist = z.infer<typeof inspectionChecklist>;

/** 巡查 as somebody writes it down on the spot. No name of a person. */
export const inspectionTyped = z.strictObject({
  institution: z.uuid('required'), inspectedOn: isoDate,
  answers: z.array(z.strictObject({ item: z.string().min(1).max(40), result: z.enum(answerResults), note: recordWords(0, 300) })).min(1, 'required'),
  words: recordWords(0, 1_000), outcome: z.enum(inspectionOutcomes, 'required'),
  /** By when failures are to be mended, and when somebody comes again. */
  dueOn: isoDate.nullable(), recheckOn: isoDate.nullable(),
});
export type InspectionTyped = z.infer<typeof inspectionTyped>;

/** 巡查照片: a picture made anew; never public. */
export type InspectionPhoto = { readonly id: string; readonly file: string; readonly width: number; readonly height: number };
/** So many at one inspection. */
export const mostInspectionPhotos = 4;

/** Who looked: a street in its own, or the office. */
export type InspectionActor = { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly subdistrict: SubdistrictCode | null };

export type Inspection = InspectionTyped & {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly account: string; readonly bySide: 'street' | 'office'; readonly at: Instant; readonly photos: readonly InspectionPhoto[];
};

/** 整改: what was found, what is asked for, until when; the day of the re-check, and whether it was put right. */
export const rectification = z.strictObject({
  id: z.uuid(), finding: recordWords(2, 300), demand: recordWords(2, 300), orderedOn: isoDate, dueOn: isoDate, doneOn: isoDate.nullable(), recheckedOn: isoDate.nullable(), passed: z.boolean().nullable(),
}).refine(({ orderedOn, dueOn }) => orderedOn <= dueOn, { path: ['dueOn'], message: 'due-before-order' })
  .refine(({ orderedOn, doneOn }) => doneOn === null || orderedOn <= doneOn, { path: ['doneOn'], message: 'done-before-order' })
  .refine(({ orderedOn, recheckedOn }) => recheckedOn === null || orderedOn <= recheckedOn, { path: ['recheckedOn'], message: 'recheck-before-order' })
  .refine(({ recheckedOn, passed }) => (recheckedOn === null) === (passed === null), { path: ['passed'], message: 'recheck-without-result' });
export type Rectification = z.infer<typeof rectification>;

/** 整改 of one failure found at an inspection, with what the institution says of it and how often somebody came again. */
export type Remedy = Rectification & { readonly inspection: string; readonly institution: string; readonly doneWords: string | null; readonly recheckNote: string | null; readonly version: number };

/** The institution as an inspector picks it. */
export type Inspected = { readonly id: string; readonly name: string; readonly subdistrict: SubdistrictCode | null; readonly address: string | null };

/** A re-check as typed: mended or not; not mended names the next day. */
export const recheckTyped = z.strictObject({ passed: z.boolean('required'), note: recordWords(0, 300), nextDue: isoDate.nullable() })
  .refine(({ passed, nextDue }) => passed || nextDue !== null, { path: ['nextDue'], message: 'required' });
export type RecheckTyped = z.infer<typeof recheckTyped>;
/** What an institution says it has mended. */
export const doneTyped = z.strictObject({ words: recordWords(2, 300) });

/** A day as a desk reads it: since when something waits. */
export type DueRemedy = { readonly remedy: Remedy; readonly institution: Inspected; readonly on: IsoDate };
