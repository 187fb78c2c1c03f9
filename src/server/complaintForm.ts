import { closedWithoutRefund, complaintKinds, complaintRequest, type ComplaintKind, type ComplaintRequest } from '#domain/complaints/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { complaintSentence } from '#text/complaintForm.ts';
import { closedValue } from '#text/complaintSubjects.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import type { Typed } from '#server/forms.ts';

export type FormError = { readonly field: string; readonly message: string };

/** Screens of the form in their order; the last one checks the answers. */
export const complaintScreens = ['subject', 'story', 'identity', 'check'] as const;
export type ComplaintScreen = (typeof complaintScreens)[number];

/** Fields of each screen, in the order they are asked. */
const fieldsOf: Readonly<Record<ComplaintScreen, readonly string[]>> = {
  subject: ['kind', 'subject', 'about', 'institutionName', 'subdistrict'],
  story: ['happened', 'happenedOn', 'happenedUntil', 'happenedAt'],
  identity: ['identity', 'staffWitness', 'contactName', 'phone'],
  check: ['files'],
};
const answerPrefix = 'answer-';
const isAnswer = (field: string): boolean => field.startsWith(answerPrefix);
/** The screen that asks a field. */
export const screenOf = (field: string): ComplaintScreen => (isAnswer(field) ? 'story' : complaintScreens.find((screen) => fieldsOf[screen].includes(field)) ?? 'subject');

/** Fields carried from screen to screen; `aboutName` is what the chosen institution was called. */
const carriedFields = ['key', 'institutionQuery', 'aboutName', ...fieldsOf.subject, ...fieldsOf.story, ...fieldsOf.identity];
const longestHappened = 20_000;
const longestField = 1_000;

/** What was typed, as far as it is shown again: nobody writes more by hand, and a page must not grow with what is thrown at it. */
export const shownAgain = (typed: Typed): Typed => Object.fromEntries(Object.entries(typed)
  .filter(([name]) => carriedFields.includes(name) || /^answer-[a-z][A-Za-z0-9]{0,39}$/.test(name)).slice(0, 40)
  .map(([name, value]) => [name, value.slice(0, name === 'happened' ? longestHappened : longestField)]));

/** Hidden fields that carry along what one screen does not ask; the door somebody came by is asked only where it is not known. */
export const carriedBy = (typed: Typed, screen: ComplaintScreen): readonly { readonly name: string; readonly value: string }[] =>
  Object.entries(shownAgain(typed)).filter(([name, value]) => value !== '' && (name === 'key' || screenOf(name) !== screen || (name === 'kind' && kindOf(typed) !== undefined))).map(([name, value]) => ({ name, value }));

/** The door somebody came by. */
export const kindOf = (typed: Typed): ComplaintKind | undefined => complaintKinds.find((kind) => kind === typed['kind']);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const text = (typed: Typed, name: string): string => (typed[name] ?? '').trim();
const filled = (typed: Typed, name: string): string | undefined => text(typed, name) || undefined;

/** Which institution it is about: one of the directory, one in the parent's words, none, or not yet said. */
export type About = { readonly kind: 'listed'; readonly id: string } | { readonly kind: 'other' | 'none' | 'unsaid' };
export const aboutOf = (typed: Typed): About => {
  const about = text(typed, 'about');
  if (uuid.test(about)) return { kind: 'listed', id: about.toLowerCase() };
  if (about === 'other' || about === 'none') return { kind: about };
  return { kind: text(typed, 'institutionName') === '' ? 'unsaid' : 'other' };
};

/** A day as people write it: 2026-11-20, 2026/11/20, 2026年11月20日. */
const dayTyped = (typed: Typed, name: string): string | undefined => {
  const given = filled(typed, name)?.normalize('NFKC');
  const parts = given === undefined ? null : /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(given);
  return parts ? `${parts[1] ?? ''}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}` : given;
};

const answersOf = (typed: Typed): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(typed)
  .filter(([name, value]) => isAnswer(name) && value.trim() !== '').map(([name, value]) => [name.slice(answerPrefix.length), value]));

/** Subject and topic, of which the shortcut is both. */
export const subjectOf = (typed: Typed): { readonly subject: string | undefined; readonly topic?: string } => {
  const subject = filled(typed, 'subject');
  return subject === closedValue ? { subject: 'fee', topic: closedWithoutRefund } : { subject };
};

/** The request as far as the screens up to one have asked it; what is not asked yet is filled with something that no check minds. */
function candidate(typed: Typed, upTo: ComplaintScreen) {
  const asked = (screen: ComplaintScreen): boolean => complaintScreens.indexOf(screen) <= complaintScreens.indexOf(upTo);
  const about = aboutOf(typed);
  const isUnnamed = text(typed, 'identity') === 'anonymous';
  return {
    kind: filled(typed, 'kind'), ...subjectOf(typed),
    institutionId: about.kind === 'listed' ? about.id : undefined, institutionName: about.kind === 'other' ? filled(typed, 'institutionName') : undefined, subdistrict: about.kind === 'listed' ? undefined : filled(typed, 'subdistrict'),
    ...(asked('story') ? { happened: typed['happened'] ?? '', happenedOn: dayTyped(typed, 'happenedOn'), happenedUntil: dayTyped(typed, 'happenedUntil'), happenedAt: filled(typed, 'happenedAt'), answers: answersOf(typed) } : { happened: '··········' }),
    ...(asked('identity') ? {
      identity: filled(typed, 'identity'), staffWitness: typed['staffWitness'] === '1' ? true : undefined,
      contactName: isUnnamed ? undefined : filled(typed, 'contactName'), phone: isUnnamed ? undefined : filled(typed, 'phone'),
    } : { identity: 'anonymous' }),
  };
}

/** The form's own name for a field of the request. */
export const placeOf = (path: string): string => (path.startsWith('answers.') ? `${answerPrefix}${path.slice('answers.'.length)}` : path === 'institutionId' ? 'about' : path);

/** Days that have not come yet. */
const aheadErrors = (request: Pick<ComplaintRequest, 'happenedOn' | 'happenedUntil'>, today: IsoDate): readonly FormError[] =>
  (['happenedOn', 'happenedUntil'] as const).filter((name) => (request[name] ?? '') > today).map((field) => ({ field, message: complaintSentence(field, 'range') }));

const orderOf = (field: string): number => {
  const order = complaintScreens.flatMap((screen) => fieldsOf[screen]);
  return isAnswer(field) ? order.indexOf('happenedAt') + 0.5 : order.indexOf(field);
};
const inOrder = (errors: readonly FormError[]): readonly FormError[] =>
  errors.filter(({ field }, index) => errors.findIndex((error) => error.field === field) === index).toSorted((one, other) => orderOf(one.field) - orderOf(other.field));

export type ReadComplaint = { readonly ok: true; readonly value: ComplaintRequest } | { readonly ok: false; readonly errors: readonly FormError[] };

/** Reads the form as far as the screens up to one have asked it: the same request the API takes, or an error for each field. */
export function readComplaint(typed: Typed, upTo: ComplaintScreen, today: IsoDate): ReadComplaint {
  const about = aboutOf(typed);
  const said = [
    ...(about.kind === 'unsaid' ? [{ field: 'about', message: complaintSentence('about', text(typed, 'institutionQuery') === '' ? 'required' : 'choose') }] : []),
    ...(about.kind === 'other' && text(typed, 'institutionName') === '' ? [{ field: 'institutionName', message: complaintSentence('institutionName', 'required') }] : []),
  ];
  const given = candidate(typed, upTo);
  const read = complaintRequest.safeParse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  const ahead = read.success ? aheadErrors(read.data, today) : [];
  if (read.success && said.length === 0 && ahead.length === 0) return { ok: true, value: read.data };
  const faults = read.success ? [] : fieldErrors(read.error, (_name, code) => code).map(({ field: path, code }): FormError => {
    const field = placeOf(path);
    const known = Object.entries(given).some(([name, value]) => name === field && value !== undefined) || isAnswer(field);
    return { field, message: complaintSentence(isAnswer(field) ? 'answers' : field, known ? code : 'required') };
  });
  return { ok: false, errors: inOrder([...said, ...faults, ...ahead]) };
}
