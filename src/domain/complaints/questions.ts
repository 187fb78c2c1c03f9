import { z } from 'zod';
import { subjects, type Subject } from '#domain/jurisdiction/model.ts';
import { emergencyNumbers } from '#domain/complaints/views.ts';

const question = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'question-key'), label: z.string().min(2).max(40), hint: z.string().min(2).max(80).optional(),
  options: z.array(z.strictObject({ value: z.string().min(1).max(40), label: z.string().min(1).max(40) })).min(2).optional(),
});
/** 补充问题: one that a subject asks besides the form; never who a child is. */
export type SubjectQuestion = z.infer<typeof question>;

const subjectExtras = z.strictObject({
  questions: z.array(question).max(4),
  /** 请留好: what to keep, a sentence each. */
  keep: z.array(z.string().min(4)),
  emergency: z.array(z.enum(emergencyNumbers)),
  /** Whether recordings of the premises matter, so that days and hours are asked. */
  recorded: z.boolean(),
});
export type SubjectExtras = z.infer<typeof subjectExtras>;

/** What each of the sixteen subjects asks and tells. */
export const complaintQuestions = z.strictObject({
  /** What to keep first where recordings matter. */
  recordings: z.string().min(4),
  subjects: z.record(z.enum(subjects), subjectExtras),
});
export type ComplaintQuestions = z.infer<typeof complaintQuestions>;

const childWords = /(?<!不用写|不要写)(孩子|宝宝|幼儿|婴幼儿|小孩)[^，。？]{0,4}(姓名|名字|叫什么|身份证|照片)/;
/** Faults that no schema sees: a key asked twice for one subject, a question that asks who a child is. */
export const questionFaults = ({ subjects: all }: ComplaintQuestions): readonly string[] => Object.entries(all).flatMap(([subject, { questions }]) => [
  ...questions.filter(({ key }, at) => questions.findIndex((one) => one.key === key) !== at).map(({ key }) => `${subject}: expected each key once, got "${key}" twice`),
  ...questions.filter(({ label, hint = '' }) => childWords.test(`${label}${hint}`)).map(({ label }) => `${subject}: expected no question about who a child is, got "${label}"`),
]);

/** 请留好: what to keep for a subject, recordings first; `told` where the last day of recordings is said already. */
export const keepOf = ({ recordings, subjects: all }: ComplaintQuestions, subject: Subject, told = false): readonly string[] =>
  [...(all[subject].recorded && !told ? [recordings] : []), ...all[subject].keep];

/** What a subject asks and tells. */
export const extrasOf = ({ subjects: all }: ComplaintQuestions, subject: Subject): SubjectExtras => all[subject];
