import type { CleanFile, ComplaintRequest } from '#domain/complaints/model.ts';
import type { ComplaintReceipt } from '#domain/complaints/views.ts';
import { anyInstitution } from '#domain/directory/query.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { complaintSentence, complaintText as words } from '#text/complaintForm.ts';
import type { App } from '#server/app.ts';
import { answersAsked } from '#server/complaintExtras.ts';
import { aboutOf, complaintScreens, placeOf, readComplaint, screenOf, shownAgain, type ComplaintScreen, type FormError } from '#server/complaintForm.ts';
import type { Typed } from '#server/forms.ts';
import { isDiskFull } from '#storage/faults.ts';
import { newId } from '#storage/ids.ts';

/** An institution to choose from. */
export type Offered = { readonly id: string; readonly name: string; readonly where: string | null };
export type ScreenNotice = { readonly title: string; readonly sentence: string };

/** What the form shows next. */
export type ComplaintStep =
  | {
    readonly kind: 'form'; readonly screen: ComplaintScreen; readonly typed: Typed; readonly key: string; readonly errors: readonly FormError[]; readonly notice: ScreenNotice | null;
    /** Institutions found for what was typed; null where nothing was looked for. */
    readonly found: { readonly offered: readonly Offered[]; readonly total: number } | null;
    readonly status: 200 | 409 | 413 | 422 | 429 | 503;
  }
  | { readonly kind: 'sent'; readonly receipt: ComplaintReceipt; readonly request: ComplaintRequest };

/** What came by POST: the fields as typed, files made clean, and what is wrong with those that were refused. */
export type Incoming = { readonly typed: Typed; readonly files: readonly CleanFile[]; readonly fileErrors: readonly FormError[]; readonly busy: boolean };
type Asked = { readonly app: App; readonly place: Jurisdiction; readonly incoming: Incoming; readonly from: string };

const mostOffered = 10;
const keyOf = (typed: Typed): string => (/^[\x21-\x7e]{8,128}$/.test(typed['key'] ?? '') ? typed['key'] ?? '' : newId());

/** Institutions that answer to what was typed, ended and planned ones too: one may complain of either. */
async function search({ app, place }: Pick<Asked, 'app' | 'place'>, typed: string) {
  const snapshot = await app.directory.snapshot(place.code);
  const { items, total } = searchDirectory(snapshot, { ...anyInstitution, q: typed.slice(0, 60), include: ['planned', 'ended'], size: mostOffered });
  return { offered: items.map(({ institution }): Offered => ({ id: institution.id, name: institution.name, where: institution.address ?? null })), total };
}

/** What the chosen institution is called, kept on the form so that it is still named when it has left the directory meanwhile. */
async function named({ app, place, incoming }: Asked): Promise<Typed> {
  const { typed } = incoming;
  const about = aboutOf(typed);
  if (about.kind !== 'listed') return { ...typed, about: about.kind === 'unsaid' ? '' : about.kind, aboutName: '' };
  const found = await app.directory.find(place.code, about.id);
  return { ...typed, about: about.id, aboutName: found?.institution.name ?? typed['aboutName'] ?? '' };
}

const form = (screen: ComplaintScreen, typed: Typed, more: Partial<Extract<ComplaintStep, { kind: 'form' }>> = {}): ComplaintStep =>
  ({ kind: 'form', screen, typed: shownAgain(typed), key: keyOf(typed), errors: [], notice: null, found: null, status: 200, ...more });

/** The first screen, with what was looked for. */
async function subjectScreen(asked: Asked, typed: Typed, errors: readonly FormError[]): Promise<ComplaintStep> {
  const looked = (typed['institutionQuery'] ?? '').trim();
  const found = looked === '' || aboutOf(typed).kind === 'listed' ? null : await search(asked, looked);
  return form('subject', typed, { errors, found, status: errors.length > 0 ? 422 : 200 });
}

/** The screen on which something has to be mended, with what is wrong there. */
async function mend(asked: Asked, typed: Typed, errors: readonly FormError[]): Promise<ComplaintStep> {
  const screen = complaintScreens.find((one) => errors.some(({ field }) => screenOf(field) === one)) ?? 'subject';
  const here = errors.filter(({ field }) => screenOf(field) === screen);
  return screen === 'subject' ? subjectScreen(asked, typed, here) : form(screen, typed, { errors: here, status: 422 });
}

/** Does what writes, unless the disk is nearly full or becomes so meanwhile; nothing half is left of it then. */
export async function unlessFull<Value>(app: App, write: () => Promise<Value>): Promise<Value | 'disk-full'> {
  if (app.operation.isClosed()) return 'disk-full';
  try {
    return await write();
  } catch (fault) {
    if (isDiskFull(fault)) return 'disk-full';
    throw fault;
  }
}

const filesAgain = (incoming: Incoming): ScreenNotice | null => (incoming.files.length > 0 ? { title: words.notSentTitle, sentence: words.filesAgain } : null);

/** 提交. What was typed stays on the page whatever happens. */
async function send(asked: Asked, typed: Typed, request: ComplaintRequest): Promise<ComplaintStep> {
  const { app, place, incoming, from } = asked;
  const again = (status: 409 | 422 | 429 | 503, sentence: string, key = keyOf(typed)): ComplaintStep => form('check', typed, { status, key, notice: { title: words.notSentTitle, sentence: incoming.files.length > 0 ? `${sentence}${words.filesAgain}` : sentence } });
  if (place.intakeMode === 'hotline') return form('check', typed);
  if (incoming.busy) return again(503, words.tooBusy);
  if (incoming.fileErrors.length > 0) return form('check', typed, { errors: incoming.fileErrors, notice: filesAgain(incoming), status: 422 });
  const outcome = await unlessFull(app, () => app.complaints.submit(place.code, keyOf(typed), { ...request, answers: answersAsked(typed, request.answers) }, from, incoming.files));
  if (outcome === 'disk-full') return again(503, words.diskLow);
  if (outcome.ok) return { kind: 'sent', receipt: outcome.value.receipt, request };
  if (outcome.reason === 'too-many') return again(429, words.tooMany(Math.ceil(outcome.seconds / 60)));
  // The parent changed the answers after this form had been sent: a fresh key makes it another case, and the parent is told so.
  if (outcome.reason === 'idempotency-key-reused') return again(409, words.changedAfter, newId());
  const isGone = outcome.faults.some(({ field }) => field === 'institutionId');
  const errors = outcome.faults.map(({ field, code }): FormError => ({ field: placeOf(field), message: complaintSentence(field.startsWith('answers.') ? 'answers' : placeOf(field), code) }));
  const mended = isGone ? { ...typed, about: '', institutionName: typed['aboutName'] ?? '' } : typed;
  const step = await mend(asked, mended, errors);
  return step.kind === 'form' && isGone ? { ...step, notice: { title: words.notSentTitle, sentence: words.gone } } : step;
}

/** Which screen a button leads to; the answers up to it must hold, except when going back. */
const leadsTo: Readonly<Record<string, ComplaintScreen>> = { subject: 'story', story: 'identity', identity: 'check' };
const backTo: Readonly<Record<string, ComplaintScreen>> = { 'edit-subject': 'subject', 'edit-story': 'story', 'edit-identity': 'identity' };

/** 提诉求: what the form shows for what was sent. */
export async function complaintStep(asked: Asked): Promise<ComplaintStep> {
  const { app, incoming } = asked;
  const typed = await named(asked);
  const step = incoming.typed['step'] ?? '';
  const back = backTo[step];
  if (back !== undefined) return back === 'subject' ? subjectScreen(asked, typed, []) : form(back, typed);
  if (step === 'search' && (typed['institutionQuery'] ?? '').trim() !== '') return subjectScreen(asked, { ...typed, about: '', aboutName: '' }, []);
  const upTo = step === 'send' ? 'check' : step === 'search' ? 'subject' : complaintScreens.find((screen) => screen === step) ?? 'subject';
  const read = readComplaint(typed, upTo, app.today());
  if (!read.ok) return mend(asked, typed, read.errors);
  if (step === 'send') return send(asked, typed, read.value);
  return form(leadsTo[upTo] ?? 'check', typed);
}

/** The form as a link opens it: door, subject and institution may be named; anything else is ignored. */
export async function openedComplaint(app: App, place: Jurisdiction, parameters: URLSearchParams): Promise<ComplaintStep> {
  const typed = { kind: parameters.get('kind') ?? '', subject: parameters.get('subject') ?? '', about: parameters.get('institution') ?? '', key: newId() };
  const asked = { app, place, incoming: { typed, files: [], fileErrors: [], busy: false }, from: '' };
  const chosen = await named(asked);
  return subjectScreen(asked, chosen['aboutName'] === '' ? { ...chosen, about: '' } : chosen, []);
}
