import type { z } from 'zod';
import { assessmentGrades, decisionKinds, withdrawalKinds } from '#domain/listing/model.ts';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { publicWords } from '#domain/shared/recordWords.ts';
import type { Typed as TypedEntry } from '#domain/supervision/commands.ts';
import { assessmentDraft, checkers, decisionDraft, dutySaid, dutyStates, replyWords, staffCheckDraft, withdrawal, type AnnualDuties, type Entry, type Withdrawal } from '#domain/supervision/model.ts';
import type { Typed } from '#server/forms.ts';
import { decisionKindText, withdrawalText } from '#text/listing.ts';
import { assessmentGradeText, checkerText, dutyStateText, supervisionFault, supervisionFields as labels, supervisionHints as hints, supervisionText as words, type SupervisionField, type SupervisionForm } from '#text/supervision.ts';

type Option = { readonly value: string; readonly label: string };
/** One field of a form, without what is typed. */
export type FieldSpec = { readonly is: 'words' | 'day' | 'number' | 'choice' | 'lines' | 'tick'; readonly name: SupervisionField; readonly label: string; readonly hint?: string | undefined; readonly options?: readonly Option[]; readonly most?: number; readonly required?: boolean };
export type FormError = { readonly field: string; readonly message: string };
/** A form as read: what it says, or a sentence for each field that is wrong. */
export type ReadForm<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly errors: readonly FormError[] };

const field = (is: FieldSpec['is'], name: SupervisionField, more: Partial<FieldSpec> = {}): FieldSpec => ({ is, name, label: labels[name], ...more });
const optionsOf = <Key extends string>(keys: readonly Key[], text: Readonly<Record<Key, string>>): readonly Option[] => [{ value: '', label: words.pick }, ...keys.map((value) => ({ value, label: text[value] }))];
const day = (name: SupervisionField, more: Partial<FieldSpec> = {}): FieldSpec => field('day', name, { hint: words.dayHint, ...more });
const reason = field('lines', 'reason', { hint: hints.reason, most: 300 });
const forget = field('tick', 'forget', { label: words.forget, required: false });
const noNames = field('tick', 'noNames', { label: words.names });

/** The fields of each form, in their order; a correction asks for its reason besides. */
export function fieldsOf(form: SupervisionForm, { rules, isCorrection, isPortal }: { readonly rules: Pick<AnnualDuties, 'staffChecks'>; readonly isCorrection: boolean; readonly isPortal: boolean }): readonly FieldSpec[] {
  const why = isCorrection && !isPortal ? [reason, ...(form === 'staff-check' ? [] : [forget])] : [];
  switch (form) {
    case 'assessment': return [
      field('choice', 'grade', { options: [{ value: '', label: words.pick }, ...assessmentGrades.map((value) => ({ value, label: assessmentGradeText(value) }))] }), field('number', 'year', { hint: hints.year, most: 4 }), field('words', 'standard', { hint: hints.standard, most: 60 }), field('words', 'body', { label: '评估单位', hint: hints.body, most: 60 }),
      day('assessedOn'), day('validUntil', { hint: hints.validUntil, required: false }), field('words', 'documentNumber', { hint: hints.documentNumber, most: 60, required: false }), field('lines', 'note', { hint: hints.note, most: 300, required: false }), noNames, ...why];
    case 'decision': return [
      field('choice', 'kind', { options: optionsOf(decisionKinds, decisionKindText) }), field('words', 'number', { hint: hints.number, most: 60 }), field('words', 'body', { hint: hints.body, most: 60 }), day('decidedOn'), day('until', { hint: hints.until, required: false }),
      field('lines', 'about', { hint: hints.about, most: 1_000 }), noNames, ...why];
    case 'withdrawal': return [field('choice', 'withdrawnKind', { options: optionsOf(withdrawalKinds, withdrawalText) }), day('on'), field('lines', 'withdrawnNote', { hint: hints.withdrawnNote, most: 300 }), noNames];
    case 'duty': return [...(isPortal ? [] : [field('choice', 'state', { options: optionsOf(dutyStates, dutyStateText) })]), day('doneOn', { hint: isPortal ? words.dayHint : hints.doneOn, required: isPortal }), field('lines', 'note', { hint: hints.dutyNote, most: 300, required: false }), ...why];
    case 'staff-check': return [
      field('choice', 'check', { options: [{ value: '', label: words.pick }, ...rules.staffChecks.map(({ key, title }) => ({ value: key, label: title }))] }), field('number', 'done', { most: 4 }), field('number', 'notDone', { most: 4 }), field('choice', 'checkedBy', { options: optionsOf(checkers, checkerText) }),
      day('checkedOn'), day('nextDue', { hint: hints.nextDue }), ...why];
    case 'reply': return [field('lines', 'text', { hint: hints.text, most: 1_000 }), noNames];
    case 'removal': return [reason, forget];
    case 'take-down-reply': return [reason];
  }
}

const line = (typed: string | undefined): string => (typed ?? '').replace(/\s*[\r\n]+\s*/g, ' ').trim();
const dayTyped = (typed: string | undefined): string => (typed ?? '').normalize('NFKC').trim();
const count = (typed: string | undefined): number => { const plain = (typed ?? '').normalize('NFKC').trim(); return /^\d{1,4}$/.test(plain) ? Number(plain) : Number.NaN; };

/** The sentences of what zod found, by the field that has to be mended; the first of each field. */
function errorsOf(error: z.ZodError, specs: readonly FieldSpec[], names: Readonly<Record<string, SupervisionField>> = {}): readonly FormError[] {
  const all = error.issues.flatMap(({ path, message }): readonly FormError[] => {
    const key = String(path[0] ?? '');
    const spec = specs.find(({ name }) => name === (names[key] ?? key));
    return spec ? [{ field: spec.name, message: supervisionFault(spec.name, message, spec.is === 'lines' || spec.is === 'tick' ? 'words' : spec.is) }] : [];
  });
  return specs.flatMap(({ name }) => all.find((one) => one.field === name) ?? []);
}

const withTick = (typed: Typed, specs: readonly FieldSpec[]): readonly FormError[] => (specs.some(({ name }) => name === 'noNames') && typed['noNames'] !== '1' ? [{ field: 'noNames', message: words.namesMissing }] : []);

const reasonSchema = publicWords(2, 300);
function readReason(typed: Typed, specs: readonly FieldSpec[]): ReadForm<string | null> {
  if (!specs.some(({ name }) => name === 'reason')) return { ok: true, value: null };
  const read = reasonSchema.safeParse(line(typed['reason']));
  return read.success ? { ok: true, value: read.data } : { ok: false, errors: [{ field: 'reason', message: supervisionFault('reason', read.error.issues[0]?.message ?? '', 'words') }] };
}

const checked = <Value>(schema: z.ZodType<Value>, input: unknown, typed: Typed, specs: readonly FieldSpec[], names?: Readonly<Record<string, SupervisionField>>): ReadForm<{ readonly value: Value; readonly reason: string | null }> => {
  const read = schema.safeParse(input);
  const why = readReason(typed, specs);
  const errors = [...(read.success ? [] : errorsOf(read.error, specs, names)), ...withTick(typed, specs), ...(why.ok ? [] : why.errors)];
  return read.success && why.ok && errors.length === 0 ? { ok: true, value: { value: read.data, reason: why.value } } : { ok: false, errors };
};

/** Reads a form of an entry; `duty` names whose year it is about. */
export function readEntry(form: SupervisionForm, typed: Typed, specs: readonly FieldSpec[], duty: { readonly key: string; readonly year: number } | null): ReadForm<{ readonly entry: TypedEntry; readonly reason: string | null }> {
  const told = <Value>(read: ReadForm<{ readonly value: Value; readonly reason: string | null }>, entryOf: (value: Value) => TypedEntry): ReadForm<{ readonly entry: TypedEntry; readonly reason: string | null }> =>
    (read.ok ? { ok: true, value: { entry: entryOf(read.value.value), reason: read.value.reason } } : read);
  switch (form) {
    case 'assessment': return told(checked(assessmentDraft, {
      grade: typed['grade'], year: count(typed['year']), standard: line(typed['standard']), body: line(typed['body']), assessedOn: dayTyped(typed['assessedOn']), validUntil: dayTyped(typed['validUntil']), documentNumber: line(typed['documentNumber']), note: line(typed['note']),
    }, typed, specs), (value) => ({ kind: 'assessment', typed: value }));
    case 'decision': return told(checked(decisionDraft, { kind: typed['kind'], number: line(typed['number']), body: line(typed['body']), about: line(typed['about']), decidedOn: dayTyped(typed['decidedOn']), until: dayTyped(typed['until']) }, typed, specs), (value) => ({ kind: 'decision', typed: value }));
    case 'staff-check': return told(checked(staffCheckDraft, { check: typed['check'] ?? '', done: count(typed['done']), notDone: count(typed['notDone']), checkedBy: typed['checkedBy'], checkedOn: dayTyped(typed['checkedOn']), nextDue: dayTyped(typed['nextDue']) }, typed, specs), (value) => ({ kind: 'staffCheck', typed: value }));
    default: return told(checked(dutySaid, { state: specs.some(({ name }) => name === 'state') ? typed['state'] : 'done', doneOn: dayTyped(typed['doneOn']), note: line(typed['note']) }, typed, specs), (value) => ({ kind: 'duty', duty: duty?.key ?? '', year: duty?.year ?? 0, typed: value }));
  }
}

/** Reads 撤销或变更. */
export function readWithdrawal(typed: Typed, specs: readonly FieldSpec[]): ReadForm<Withdrawal> {
  const read = checked(withdrawal, { kind: typed['withdrawnKind'], on: dayTyped(typed['on']), note: line(typed['withdrawnNote']) }, typed, specs, { kind: 'withdrawnKind', note: 'withdrawnNote' });
  return read.ok ? { ok: true, value: read.value.value } : read;
}

/** Reads a reply of the institution, or a reason alone. */
export function readWords(name: 'text' | 'reason', typed: Typed, specs: readonly FieldSpec[]): ReadForm<string> {
  const read = (name === 'text' ? replyWords : reasonSchema).safeParse(line(typed[name]));
  const errors = [...(read.success ? [] : [{ field: name, message: supervisionFault(name, read.error.issues[0]?.message ?? '', 'words') }]), ...withTick(typed, specs)];
  return read.success && errors.length === 0 ? { ok: true, value: read.data } : { ok: false, errors };
}

const plus = (on: IsoDate, years: number): string => { const next = isoDate.safeParse(`${String(Number(on.slice(0, 4)) + years)}${on.slice(4)}`); return next.success ? next.data : ''; };

/** What stands in a form before anybody typed: the entry that is corrected, or what is most likely of a new one. */
export function filledOf(form: SupervisionForm, entry: Entry | null, today: IsoDate): Typed {
  if (form === 'withdrawal') return { on: today };
  if (form === 'reply') return entry?.kind === 'decision' ? { text: entry.of.reply?.text ?? '' } : {};
  if (!entry) {
    if (form === 'assessment') return { year: today.slice(0, 4) };
    if (form === 'duty') return { state: 'done', doneOn: today };
    return form === 'staff-check' ? { notDone: '0', checkedOn: today, nextDue: plus(today, 1) } : {};
  }
  if (form === 'removal' || form === 'take-down-reply') return {};
  switch (entry.kind) {
    case 'assessment': { const { grade, year, standard, body, assessedOn, validUntil, documentNumber, note } = entry.of; return { grade, year: String(year ?? assessedOn.slice(0, 4)), standard, body, assessedOn, validUntil: validUntil ?? '', documentNumber: documentNumber ?? '', note: note ?? '' }; }
    case 'decision': { const { kind, number, body, about, decidedOn, until } = entry.of; return { kind, number, body, about, decidedOn, until: until ?? '' }; }
    case 'duty': { const { state, doneOn, note } = entry.of; return { state, doneOn: doneOn ?? '', note: note ?? '' }; }
    case 'staffCheck': { const { check, done, notDone, checkedBy, checkedOn, nextDue } = entry.of; return { check, done: String(done), notDone: String(notDone), checkedBy, checkedOn, nextDue }; }
  }
}
