import { enteredCase, channels, complaintKinds, identities, type EnteredCase } from '#domain/complaints/model.ts';
import { severalLawsTopic } from '#domain/complaints/routing.ts';
import type { ComplaintReceipt } from '#domain/complaints/views.ts';
import { subjects } from '#domain/jurisdiction/model.ts';
import type { FormError } from '#server/bookingForm.ts';
import { caseDeskOf } from '#server/cases.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { caseKindText, channelText, identityHintText, identityText } from '#text/cases.ts';
import { caseEnterText as words } from '#text/casesEnter.ts';
import { caseFieldErrorText, fieldErrorText } from '#text/casesForms.ts';
import { subjectText } from '#text/policy.ts';
import { newId } from '#storage/ids.ts';

/** 登记: the form, or what was made of it; the query code is shown this once. */
export type EnterStep =
  | { readonly kind: 'form'; readonly status: number; readonly typed: Typed; readonly errors: readonly FormError[]; readonly sentence: string | null; readonly key: string }
  | { readonly kind: 'done'; readonly status: number; readonly receipt: ComplaintReceipt; readonly id: string | null };

type Names = readonly { readonly id: string; readonly name: string }[];
const labels: Readonly<Record<string, string>> = {
  channel: words.channel, externalNumber: words.externalNumber, externalDeadline: words.externalDeadline, kind: words.kind, subject: words.subject, institution: words.institution, subdistrict: words.street, happened: words.happened, happenedOn: words.happenedOn, happenedUntil: words.happenedUntil,
  happenedAt: words.happenedAt, identity: words.identity, contactName: words.contactName, phone: words.phone,
};
const plain = ['channel', 'externalNumber', 'externalDeadline', 'kind', 'subject', 'subdistrict', 'happened', 'happenedOn', 'happenedUntil', 'happenedAt', 'identity', 'contactName', 'phone'] as const;

/** An institution as typed: one of the records by its exact name, else in the caller's words. */
const aboutOf = (typed: string, names: Names): { readonly institutionId?: string; readonly institutionName?: string } => {
  if (typed === '') return {};
  const same = names.filter(({ name }) => name === typed);
  return same.length === 1 && same[0] ? { institutionId: same[0].id } : { institutionName: typed };
};

function readEntered(typed: Typed, names: Names): { readonly ok: true; readonly value: EnteredCase } | { readonly ok: false; readonly errors: readonly FormError[] } {
  const given = Object.fromEntries(plain.flatMap((name) => { const value = (typed[name] ?? '').trim(); return value === '' ? [] : [[name, value]]; }));
  const read = enteredCase.safeParse({ ...given, ...aboutOf((typed['institution'] ?? '').trim(), names), ...(typed['staffWitness'] === '1' ? { staffWitness: true } : {}), ...(typed['severalLaws'] === '1' ? { severalLaws: true } : {}) });
  if (read.success) return { ok: true, value: read.data };
  const faults = fieldErrors(read.error, (_name, code) => code).map(({ field, code }) => {
    const at = field.startsWith('institution') ? 'institution' : field;
    const isMissing = (typed[at] ?? '').trim() === '';
    return { field: at, message: fieldErrorText(labels[at] ?? '', caseFieldErrorText[isMissing ? 'required' : code]) };
  });
  return { ok: false, errors: faults.filter(({ field }, at) => faults.findIndex((other) => other.field === field) === at) };
}

const keyed = (typed: Typed): string => (/^[\x21-\x7e]{8,128}$/.test(typed['key'] ?? '') ? typed['key'] ?? '' : newId());
const notMade = (typed: Typed, sentence: string, status: number): EnterStep => ({ kind: 'form', status, typed, errors: [], sentence, key: newId() });

/** 登记一件诉求: reads the page, or takes the case its form tells of; the same form sent twice makes one case and shows the same numbers. */
export async function enterStep(astro: Guarded, signedIn: SignedIn): Promise<EnterStep> {
  const { app } = astro.locals;
  if (astro.request.method !== 'POST') return { kind: 'form', status: 200, typed: { channel: 'telephone', kind: 'complaint' }, errors: [], sentence: null, key: newId() };
  const typed = await readTyped(astro.request);
  const read = readEntered(typed, await app.accounts.institutionNames(signedIn.place.code));
  const key = keyed(typed);
  if (!read.ok) return { kind: 'form', status: 422, typed, errors: read.errors, sentence: null, key };
  const desk = caseDeskOf(signedIn);
  const outcome = await app.cases.enter(desk, key, read.value);
  if (outcome.ok) return { kind: 'done', status: 200, receipt: outcome.value.receipt, id: await app.cases.idOf(desk, outcome.value.receipt.reference) ?? null };
  if (outcome.reason === 'fields') return { kind: 'form', status: 422, typed, errors: outcome.faults.map(({ field, code }) => { const at = field === 'institutionId' ? 'institution' : field; return { field: at, message: fieldErrorText(labels[at] ?? '', caseFieldErrorText[code]) }; }), sentence: null, key };
  return outcome.reason === 'idempotency-key-reused' ? notMade(typed, words.reused, 409) : notMade(typed, outcome.reason === 'not-your-street' ? words.notYourStreet : words.notAllowed, 403);
}

const most = 500;
/** The lists of the form. */
export const enterOptions = (names: Names, { place }: Pick<SignedIn, 'place'>) => ({
  channel: channels.filter((one) => one !== 'site').map((value) => ({ value, label: channelText[value] })), kind: complaintKinds.map((value) => ({ value, label: caseKindText[value] })), subject: [{ value: '', label: words.pick }, ...subjects.map((value) => ({ value, label: subjectText[value] }))],
  street: [{ value: '', label: words.none }, ...place.subdistricts.map(({ code, name }) => ({ value: code, label: name }))], identity: identities.map((value) => ({ value, label: identityText[value], hint: identityHintText[value] })), institutions: names.slice(0, most).map(({ name }) => name),
  mayBeSeveral: place.duties.some(({ subject, topic }) => subject === 'other' && topic === severalLawsTopic),
});
