import { moveDraft, registrationDraft } from '#domain/filing/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { notAllowed, requireFresh, type Guarded, type SignedIn } from '#server/guard.ts';
import { actorOf, moveName } from '#server/pages/filings.ts';
import { oneFilingView, type OneFilingView } from '#server/pages/oneFiling.ts';
import { registrationView, type RegistrationView } from '#server/pages/registration.ts';
import { newId } from '#storage/ids.ts';
import { effectText, filingFieldText, moveRefusalText, oneFilingText, registrationText, settleRefusalText } from '#text/filings.ts';

type PageError = { readonly field: string; readonly message: string };
/** What a page says at its head after an act. */
export type FilingNotice = { readonly tone: 'leaf' | 'amber'; readonly lines: readonly string[] };
type Step<View> = { readonly status: number; readonly errors: readonly PageError[]; readonly typed: Typed; readonly notice: FilingNotice | null; readonly view: View; readonly formId: string };

const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
/** The answer for what is not of this place or street, as for what never was. */
export const notHere = (): Response => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });

const said = (lines: readonly string[], tone: FilingNotice['tone'] = 'leaf'): FilingNotice => ({ tone, lines });

/** What the address says was done a moment ago. */
async function doneNotice(astro: Guarded, signedIn: SignedIn, id: string): Promise<FilingNotice | null> {
  const done = astro.url.searchParams.get('done');
  if (done === 'confirmed' || done === 'refused') return said([oneFilingText[done]]);
  const move = done === null ? undefined : (await astro.locals.app.filings.find(actorOf(signedIn), id))?.moves.find((one) => one.id === done);
  if (!move) return null;
  const name = moveName(move);
  return said(move.second === 'before' ? [oneFilingText.waits(name)] : [oneFilingText.saved(name), ...(move.bookings === 'none' ? [] : [oneFilingText.reached(effectText[move.bookings](move.bookingCount))])]);
}

const fieldErrorsOf = (issues: readonly { readonly path: readonly PropertyKey[] }[], sentences: Readonly<Record<string, string>>, fallback: string): readonly PageError[] => {
  const fields = [...new Set(issues.map(({ path }) => String(path[0] ?? '')))];
  return fields.map((field) => ({ field: sentences[field] === undefined ? fallback : field, message: sentences[field] ?? sentences[fallback] ?? '' }));
};

async function change(astro: Guarded, signedIn: SignedIn, id: string, typed: Typed): Promise<Response | { readonly status: number; readonly errors: readonly PageError[] }> {
  const draft = moveDraft.safeParse({
    id: typed['move'], seen: typed['seen'] ?? '', to: typed['to'], on: typed['on']?.trim(), decisionNumber: typed['decisionNumber'] ?? '', number: typed['number'] ?? '', reason: typed['reason'], bookings: typed['bookings'],
  });
  if (!draft.success) return { status: 422, errors: fieldErrorsOf(draft.error.issues, filingFieldText, 'to') };
  const outcome = await astro.locals.app.filings.change(actorOf(signedIn), id, draft.data);
  if (outcome.ok) return seeOther(`/office/filings/${id}/?done=${outcome.value.move.id}`);
  if (outcome.reason === 'not-found') return notHere();
  const field = outcome.reason === 'future' || outcome.reason === 'too-early' ? 'on' : 'to';
  return { status: field === 'on' ? 422 : 409, errors: [{ field, message: moveRefusalText[outcome.reason] }] };
}

async function settle(astro: Guarded, signedIn: SignedIn, id: string, typed: Typed): Promise<Response | { readonly status: number; readonly errors: readonly PageError[] }> {
  const away = requireFresh(astro, signedIn);
  if (away) return away;
  const how = typed['act'] === 'confirm' ? 'confirmed' : 'refused';
  const outcome = await astro.locals.app.filings.settle(actorOf(signedIn), id, typed['move'] ?? '', how);
  if (outcome.ok) return seeOther(`/office/filings/${id}/?done=${how}`);
  return outcome.reason === 'not-found' ? notHere() : { status: 409, errors: [{ field: 'second', message: settleRefusalText[outcome.reason] }] };
}

/** 一家机构的备案: reads it; a form on it changes the state, or gives the second person's word. */
export async function filingStep(astro: Guarded, signedIn: SignedIn, id: string): Promise<Step<OneFilingView> | Response> {
  const { app } = astro.locals;
  let [status, errors, typed]: [number, readonly PageError[], Typed] = [200, [], {}];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    const isChange = typed['act'] === 'change';
    if (!signedIn.may(isChange ? 'filing.write' : 'institution.takeDown')) return notAllowed(astro);
    const outcome = await (isChange ? change : settle)(astro, signedIn, id, typed);
    if (outcome instanceof Response) return outcome;
    ({ status, errors } = outcome);
  }
  const view = await oneFilingView(app, signedIn, id);
  return view ? { status, errors, typed, notice: errors.length > 0 ? null : await doneNotice(astro, signedIn, id), view, formId: status === 422 ? typed['move'] ?? newId() : newId() } : notHere();
}

const noteOk = (note: string): boolean => note === '' || (note.length >= 2 && note.length <= 300 && !/\d{11,18}/.test(note.normalize('NFKC').replace(/[\s-]/g, '')));

async function handle(astro: Guarded, signedIn: SignedIn, id: string, typed: Typed): Promise<Response | { readonly status: number; readonly errors: readonly PageError[] }> {
  const { app } = astro.locals;
  const [actor, version, here] = [actorOf(signedIn), Number(typed['version']), `/office/filings/registrations/${id}/`];
  if (typed['act'] === 'begin') {
    const on = isoDate.safeParse(typed['submittedOn']?.trim());
    if (!on.success) return { status: 422, errors: [{ field: 'submittedOn', message: registrationText.onNeeded }] };
    const begun = await app.filings.begin(actor, id, version, on.data, registrationText.push);
    if (begun.ok) return seeOther(`/office/filings/${begun.value}/`);
    if (begun.reason === 'not-found') return notHere();
    return begun.reason === 'future' ? { status: 422, errors: [{ field: 'submittedOn', message: registrationText.onNeeded }] } : { status: 409, errors: [{ field: 'submittedOn', message: begun.reason === 'known' ? registrationText.known : registrationText.changedMeanwhile }] };
  }
  const how = (['noted', 'rectified', 'closedDown', 'notCare'] as const).find((one) => one === typed['how']);
  const note = (typed['note'] ?? '').trim();
  const errors = [...(how ? [] : [{ field: 'how', message: registrationText.howNeeded }]), ...(noteOk(note) ? [] : [{ field: 'note', message: registrationText.noteBad }])];
  if (!how || errors.length > 0) return { status: 422, errors };
  const handled = await app.filings.handle(actor, id, version, how, note === '' ? null : note);
  if (handled.ok) return seeOther(`${here}?done=1`);
  return handled.reason === 'not-found' ? notHere() : { status: 409, errors: [{ field: 'how', message: registrationText.changedMeanwhile }] };
}

/** 一条登记: reads it; a form on it begins the filing, or notes what became of it. */
export async function registrationStep(astro: Guarded, signedIn: SignedIn, id: string): Promise<Step<RegistrationView> | Response> {
  const { app } = astro.locals;
  let [status, errors, typed]: [number, readonly PageError[], Typed] = [200, [], {}];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    const outcome = await handle(astro, signedIn, id, typed);
    if (outcome instanceof Response) return outcome;
    ({ status, errors } = outcome);
  }
  const view = await registrationView(app, signedIn, id);
  return view ? { status, errors, typed, notice: astro.url.searchParams.get('done') === '1' && errors.length === 0 ? said([registrationText.done]) : null, view, formId: newId() } : notHere();
}

/** 手工登记一条: takes a registration down and goes to it. */
export async function enterStep(astro: Guarded, signedIn: SignedIn): Promise<Omit<Step<null>, 'view' | 'notice'> | Response> {
  if (astro.request.method !== 'POST') return { status: 200, errors: [], typed: { on: astro.locals.app.today(), state: 'registered' }, formId: newId() };
  const typed = await readTyped(astro.request);
  const formId = typed['id'] ?? newId();
  const draft = registrationDraft.safeParse({
    id: formId, state: typed['state'], name: typed['name'] ?? '', creditCode: (typed['creditCode'] ?? '').normalize('NFKC').trim().toUpperCase(), nature: typed['nature'] ?? '', scope: typed['scope'] ?? '', address: typed['address'] ?? '', on: typed['on']?.trim(),
  });
  if (!draft.success) return { status: 422, errors: fieldErrorsOf(draft.error.issues, registrationText.fields, 'name'), typed, formId };
  const entered = await astro.locals.app.filings.enter(actorOf(signedIn), draft.data);
  if (entered.ok) return seeOther(`/office/filings/registrations/${entered.value}/`);
  return entered.reason === 'known' ? { status: 409, errors: [{ field: 'creditCode', message: registrationText.knownCode }], typed, formId } : { status: 422, errors: [{ field: 'on', message: registrationText.future }], typed, formId };
}
