import { z } from 'zod';
import type { CaseDesk, Chosen } from '#domain/complaints/deps.ts';
import { callResults, extensionReasons, handoverReasons, holdReasons, mergeReasons, notAcceptedReasons, wordsOf } from '#domain/complaints/model.ts';
import type { CaseRefusal } from '#domain/complaints/refusals.ts';
import { isoDate } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import type { FormError } from '#server/bookingForm.ts';
import type { Cases } from '#server/cases.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import type { Typed } from '#server/forms.ts';
import { caseActText, caseFieldErrorText, fieldErrorText, type CaseAct } from '#text/casesForms.ts';
import { caseTemplates, caseTemplateText, unfilled, withWordsOf } from '#text/caseTemplates.ts';
import { caseFieldLabels } from '#text/casesFields.ts';

type Run = (cases: Cases, desk: CaseDesk, chosen: Chosen) => Promise<Outcome<{ readonly version: number }, CaseRefusal>>;
/** A form of a move as read: what to run, or what is missing. */
export type ReadAct = { readonly ok: true; readonly run: Run } | { readonly ok: false; readonly errors: readonly FormError[] };
type Reader = (typed: Typed) => ReadAct;

const bare = (run: Run): Reader => () => ({ ok: true, run });

const isUnfilled = ({ issues }: z.ZodError, field: string): boolean => issues.some(({ path, message }) => path.join('.') === field && message === 'unfilled');

/** Fields are named by act and field, so that all forms stand on one page; what was left empty counts as not there. */
const form = <Shape extends z.ZodRawShape>(act: CaseAct, shape: Shape, run: (value: z.output<z.ZodObject<Shape>>) => Run): Reader => (typed) => {
  const given = Object.keys(shape).flatMap((key) => { const value = (typed[`${act}-${key}`] ?? '').trim(); return value === '' ? [] : [[key, value] as const]; });
  const read = z.object(shape).safeParse(Object.fromEntries(given));
  if (read.success) return { ok: true, run: run(read.data) };
  return { ok: false, errors: fieldErrors(read.error, (_name, code) => code).map(({ field, code }) => ({ field: `${act}-${field}`, message: fieldErrorText(caseFieldLabels[`${act}-${field}`] ?? '', isUnfilled(read.error, field) ? caseTemplateText.unfilled : caseFieldErrorText[code]) })) };
};

const one = <const Values extends readonly [string, ...string[]]>(values: Values) => z.enum(values, { error: (issue) => (issue.input === undefined ? 'required' : 'unknown-value') });
const id = z.uuid({ error: (issue) => (issue.input === undefined ? 'required' : 'unknown-value') });
const day = z.string({ error: 'required' }).pipe(isoDate);
const key = z.string({ error: 'required' }).regex(/^[a-z][a-z0-9-]{0,60}$/, 'unknown-value');
const time = z.string({ error: 'required' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'format');
/** Words as sent: nothing goes out while a template still waits to be filled in. */
const filled = (min: number, max: number) => wordsOf(min, max).refine((text) => !text.includes(unfilled), 'unfilled');
const said = filled(2, 5_000);

const readers: Readonly<Record<CaseAct, Reader>> = {
  take: bare((cases, desk, chosen) => cases.take(desk, chosen)),
  assign: form('assign', { account: id }, ({ account }) => (cases, desk, chosen) => cases.assign(desk, chosen, account)),
  accept: bare((cases, desk, chosen) => cases.accept(desk, chosen)),
  notAccept: form('notAccept', { reason: one(notAcceptedReasons), words: filled(4, 1_000) }, ({ reason, words }) => (cases, desk, chosen) => cases.notAccept(desk, chosen, reason, words)),
  investigate: bare((cases, desk, chosen) => cases.investigate(desk, chosen)),
  handOver: form('handOver', { department: key, reason: one(handoverReasons), documentNumber: wordsOf(0, 60).optional() }, ({ department, reason, documentNumber }) => (cases, desk, chosen) => cases.handOver(desk, chosen, { department, reason, documentNumber: documentNumber ?? null })),
  recordReceipt: form('recordReceipt', { task: id, receivedOn: day }, ({ task, receivedOn }) => (cases, desk, chosen) => cases.recordReceipt(desk, chosen, task, receivedOn)),
  handBack: form('handBack', { words: said }, ({ words }) => (cases, desk, chosen) => cases.handBack(desk, chosen, words)),
  recordReply: form('recordReply', { task: id.optional(), words: said }, ({ task, words }) => (cases, desk, chosen) => cases.recordReply(desk, chosen, task ?? null, words)),
  addTask: form('addTask', { kind: one(['joint', 'callBack', 'secureEvidence']), department: key.optional(), dueOn: day.optional() }, ({ kind, department, dueOn }) => (cases, desk, chosen) => cases.addTask(desk, chosen, kind, department ?? null, dueOn ?? null)),
  closeTask: form('closeTask', { task: id, words: said }, ({ task, words }) => (cases, desk, chosen) => cases.closeTask(desk, chosen, task, words)),
  policeReport: form('policeReport', { on: day, time, number: wordsOf(0, 60).optional() }, ({ on, time: at, number }) => (cases, desk, chosen) => cases.policeReport(desk, chosen, { on, time: at, number: number ?? null })),
  ask: form('ask', { words: said }, ({ words }) => (cases, desk, chosen) => cases.ask(desk, chosen, words)),
  askNoLonger: bare((cases, desk, chosen) => cases.askNoLonger(desk, chosen)),
  note: form('note', { words: said }, ({ words }) => (cases, desk, chosen) => cases.note(desk, chosen, words)),
  askExtension: form('askExtension', { reason: one(extensionReasons), workdays: z.coerce.number({ error: 'format' }).int('format').min(1, 'range').max(60, 'range') }, ({ reason, workdays }) => (cases, desk, chosen) => cases.askExtension(desk, chosen, reason, workdays)),
  extend: bare((cases, desk, chosen) => cases.extend(desk, chosen)),
  answer: form('answer', { words: filled(10, 5_000) }, ({ words }) => (cases, desk, chosen) => cases.answer(desk, chosen, words)),
  close: bare((cases, desk, chosen) => cases.close(desk, chosen)),
  recordCall: form('recordCall', { result: one(callResults), words: filled(0, 1_000).optional() }, ({ result, words }) => (cases, desk, chosen) => cases.recordCall(desk, chosen, result, words ?? null)),
  merge: form('merge', { master: wordsOf(2, 40), reason: one(mergeReasons) }, ({ master, reason }) => (cases, desk, chosen) => cases.merge(desk, chosen, master, reason)),
  massCase: bare((cases, desk, chosen) => cases.massCase(desk, chosen)),
  uphold: form('uphold', { words: said }, ({ words }) => (cases, desk, chosen) => cases.uphold(desk, chosen, words)),
  redo: form('redo', { words: said }, ({ words }) => (cases, desk, chosen) => cases.redo(desk, chosen, words)),
  hold: form('hold', { reason: one(holdReasons) }, ({ reason }) => (cases, desk, chosen) => cases.hold(desk, chosen, reason)),
  releaseHold: bare((cases, desk, chosen) => cases.releaseHold(desk, chosen)),
};

const isAct = (text: string): text is CaseAct => Object.hasOwn(caseActText, text);
/** The move a form or an address names. */
export const readAct = (text: string | null | undefined): CaseAct | undefined => (text !== null && text !== undefined && isAct(text) ? text : undefined);

/** Reads the form of a move; fields of other forms are passed over. */
export const readCaseAct = (act: CaseAct, typed: Typed): ReadAct => readers[act](typed);

/** 套用模板: what was typed with the chosen template behind it, its form open; undefined when no template was asked for. */
export function withTemplate(typed: Typed): Typed | undefined {
  const act = readAct(/^template:(\w+)$/.exec(typed['act'] ?? '')?.[1]);
  if (act === undefined) return undefined;
  const [field, chosen] = [`${act}-words`, caseTemplates[act]?.find(({ key: one }) => one === typed[`${act}-template`])];
  return { ...typed, act, [`${act}-template`]: '', ...(chosen ? { [field]: withWordsOf(typed[field] ?? '', chosen) } : {}) };
}

/** Whether a text may be an id; anything else is nobody's. */
export const idLike = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A case as a form names it, with the version it was shown at. */
export const chosenIn = (typed: Typed, caseId: string): Chosen => ({ id: idLike.test(caseId) ? caseId : '', version: Number(typed['version'] ?? '0') });
