import { z } from 'zod';
import { confidences, type Confidence } from '#domain/jurisdiction/model.ts';

/** 待官方核对: whether a fact still has to be compared with the official text: known from transcriptions (C) or as general knowledge (G). */
export const isUnverified = (confidence: Confidence | null): boolean => confidence === 'C' || confidence === 'G';

/** A published document that rows of the reference tables rest on. */
export const referenceSource = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(2),
  /** 文号 or standard number; null where none was seen. */
  number: z.string().min(2).nullable(),
  issuer: z.string().min(2),
  year: z.number().int().min(1990).max(2100),
  confidence: z.enum(confidences),
});
export type ReferenceSource = z.infer<typeof referenceSource>;

/** 剂次: one dose of the immunisation schedule; ages in whole months, `finishBeforeMonths` exclusive. */
export type VaccineDose = {
  readonly id: string; readonly vaccine: string; readonly dose: number;
  readonly fromMonths: number; readonly finishBeforeMonths: number | null;
  readonly note: string | null; readonly source: string; readonly confidence: Confidence;
};

/** 健康检查: one visit of the national programme. `ageMonths` null: it depends on a day that only the family knows. */
export type Checkup = {
  readonly id: string; readonly name: string; readonly ageMonths: number | null;
  /** Day of life from which it is due, where the programme counts in days. */
  readonly fromDay: number | null;
  readonly window: string | null; readonly where: string; readonly screenings: readonly string[]; readonly warningSigns: boolean;
  readonly source: string; readonly confidence: Confidence; readonly screeningConfidence: Confidence | null;
};

/** 预警征象: what a doctor asks about at one age; a positive answer is no diagnosis. */
export type WarningSign = { readonly ageMonths: number; readonly no: number; readonly sign: string; readonly source: string; readonly confidence: Confidence };

/** A sentence for parents; one that holds a number must name the source of that number, which the loader checks. */
export const monthLine = z.union([
  z.string().min(4),
  z.strictObject({ text: z.string().min(4), source: z.string() }),
]);
export type MonthLine = z.infer<typeof monthLine>;

/** What a band of months tells about, in the order parents read it. */
export const monthTopics = ['typical', 'play', 'feeding', 'safety'] as const;
export type MonthTopic = (typeof monthTopics)[number];

const monthLines = z.array(monthLine).min(2).max(6);

/** 月龄段: what is typical, play, feeding and safety from one whole month of age to another, both included. */
export const monthBand = z.strictObject({
  from: z.number().int().min(0).max(36), to: z.number().int().min(0).max(36),
  typical: monthLines, play: monthLines, feeding: monthLines, safety: monthLines,
  sources: z.array(z.string()).min(1),
});
export type MonthBand = z.infer<typeof monthBand>;

/** The reference tables of 本月宝宝, read once. */
export type Reference = {
  readonly sources: readonly ReferenceSource[]; readonly doses: readonly VaccineDose[]; readonly checkups: readonly Checkup[];
  readonly warningSigns: readonly WarningSign[]; readonly bands: readonly MonthBand[];
};
