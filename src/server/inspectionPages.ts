import { answerResults, doneTyped, inspectionTyped, mostInspectionPhotos, recheckTyped, type InspectionPhoto, type Remedy } from '#domain/inspections/model.ts';
import { rectificationStanding } from '#domain/inspections/rectification.ts';
import { daysBetween, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { inspectionActorOf, type Inspections } from '#server/inspections.ts';
import { newId } from '#storage/ids.ts';
import { fullDayText } from '#text/dates.ts';
import { answerText, inspectionFault, inspectionText as words, outcomeNames, rectificationText } from '#text/inspections.ts';

const home = '/office/inspections/';
const idLike = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const dayOrNull = (text: string | undefined): IsoDate | null | '' => ((text ?? '').trim() === '' ? null : isoDate.safeParse((text ?? '').trim()).data ?? '');

/** The checklist as a form shows it. */
export const itemsOf = ({ checklist }: Pick<Inspections, 'checklist'>) => checklist.items.map(({ key, title, look, citation, confidence }) => ({
  key, title, look, source: citation === null ? null : `${citation.document}${citation.article}${confidence === 'A' ? '' : `（${words.toVerify}）`}`,
}));

const toneOf = { closed: 'leaf', awaitsRecheck: 'amber', due: 'plain', overdue: 'red' } as const;
const remedyView = (remedy: Remedy, today: IsoDate) => {
  const standing = rectificationStanding(remedy, today);
  const late = daysBetween(remedy.dueOn, today);
  return {
    id: remedy.id, version: String(remedy.version), finding: remedy.finding, demand: remedy.demand, standing, state: rectificationText[standing], tone: toneOf[standing],
    due: `${fullDayText(remedy.dueOn)}${standing === 'overdue' && late > 0 ? `（${words.lateDays(late)}）` : ''}`, doneWords: remedy.doneWords, recheckNote: remedy.recheckNote,
  };
};

/** 巡查和整改 of a desk: what waits, the longest first, and what was looked at last. */
export async function inspectionsView(app: App, signedIn: SignedIn) {
  const actor = inspectionActorOf(signedIn);
  const today = app.today();
  const [open, recent, institutions] = await Promise.all([app.inspections.open(actor), app.inspections.recent(actor, 30), app.inspections.institutions(actor)]);
  const nameOf = new Map(institutions.map(({ id, name }) => [id, name]));
  return {
    account: actor.account, mayWrite: signedIn.may('inspection.write'), institutions: institutions.map(({ id, name }) => ({ id, name })),
    open: open.map(({ remedy, institution }) => ({ ...remedyView(remedy, today), name: institution.name, href: `${home}${remedy.inspection}/` })),
    recent: recent.map(({ id, institution, inspectedOn, outcome }) => [{ text: nameOf.get(institution) ?? institution, href: `${home}${id}/` }, fullDayText(inspectedOn), outcomeNames[outcome]]),
  };
}

const readForm = (typed: Typed, items: readonly { readonly key: string }[]) => inspectionTyped.safeParse({
  institution: typed['institution'] ?? '', inspectedOn: isoDate.safeParse(typed['inspectedOn']?.trim()).data ?? '', words: typed['words'] ?? '', outcome: typed['outcome'] ?? '', dueOn: dayOrNull(typed['dueOn']), recheckOn: dayOrNull(typed['recheckOn']),
  answers: items.flatMap(({ key }) => { const result = answerResults.find((one) => one === typed[`answer-${key}`]); return result ? [{ item: key, result, note: result === 'fail' ? typed[`note-${key}`] ?? '' : '' }] : []; }),
});

const fieldErrors = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[], items: readonly { readonly key: string }[], typed: Typed): readonly FormError[] => {
  const answered = items.filter(({ key }) => answerResults.some((one) => one === typed[`answer-${key}`]));
  const errors = issues.map(({ path, message }) => {
    const key = answered[Number(path[1])]?.key;
    return path[0] === 'answers' && key !== undefined ? { field: `note-${key}`, message: inspectionFault('note', message) } : { field: String(path[0] ?? 'form'), message: inspectionFault(String(path[0] ?? ''), message) };
  });
  return errors.filter(({ field }, at) => errors.findIndex((one) => one.field === field) === at);
};

const refusalField: Readonly<Record<string, string>> = { 'institution-unknown': 'institution', 'not-your-street': 'institution', 'future': 'inspectedOn', 'too-old': 'inspectedOn', 'item-unknown': 'answers', 'fails-but-sound': 'outcome', 'nothing-failed': 'outcome', 'due-missing': 'dueOn', 'due-before': 'dueOn', 'recheck-before': 'recheckOn' };

/** Pictures of a form, each made anew; the sentence where one is refused. */
async function readPhotos(inspections: Inspections, form: FormData): Promise<readonly InspectionPhoto[] | FormError> {
  const given = form.getAll('photos').filter((value) => typeof value !== 'string' && value.size > 0);
  if (given.length > mostInspectionPhotos) return { field: 'photos', message: inspectionFault('photos', 'too-many') };
  if (given.length > 0 && form.get('noFaces') !== 'yes') return { field: 'noFaces', message: inspectionFault('noFaces', 'noFaces') };
  const photos: InspectionPhoto[] = [];
  for (const file of given) {
    if (typeof file === 'string') continue;
    const kept = await inspections.keepPhoto(new Uint8Array(await file.arrayBuffer()));
    if (!kept.ok) return { field: 'photos', message: inspectionFault('photos', kept.reason) };
    photos.push(kept.value);
  }
  return photos;
}

const json = (status: number, body: object): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });

async function readMultipart(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (fault) {
    if (fault instanceof TypeError) return new FormData();
    throw fault;
  }
}

/** 记一次巡查: shows the form, or writes the record once however often it is sent; a phone that kept it without a signal is answered in JSON. */
export async function newInspectionStep(astro: Guarded, signedIn: SignedIn) {
  const { app } = astro.locals;
  const actor = inspectionActorOf(signedIn);
  const items = itemsOf(app.inspections);
  const institutions = (await app.inspections.institutions(actor)).map(({ id, name }) => ({ value: id, label: name }));
  const step = (status: number, typed: Typed, errors: readonly FormError[]) => ({ status, typed, errors, items, institutions, account: actor.account });
  if (astro.request.method !== 'POST') return step(200, { id: newId(), inspectedOn: app.today(), institution: astro.url.searchParams.get('institution') ?? '' }, []);
  const form = await readMultipart(astro.request);
  const typed: Typed = Object.fromEntries([...form.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
  const id = idLike.test(typed['id'] ?? '') ? typed['id'] ?? '' : newId();
  const isKept = astro.request.headers.get('accept') === 'application/json';
  const wrong = (status: number, errors: readonly FormError[]) => (isKept ? json(status, { errors }) : step(status, { ...typed, id }, errors));
  if (typed['account'] !== undefined && typed['account'] !== '' && typed['account'] !== actor.account) return wrong(409, [{ field: 'form', message: words.account }]);
  const read = readForm(typed, items);
  if (!read.success) return wrong(422, fieldErrors(read.error.issues, items, typed));
  const photos = await readPhotos(app.inspections, form);
  if ('field' in photos) return wrong(422, [photos]);
  const outcome = await app.inspections.add(actor, id, read.data, photos);
  const href = `${home}${id}/?done=saved`;
  if (outcome.ok) return isKept ? json(200, { href }) : seeOther(href);
  const fault = inspectionFault('form', outcome.reason);
  const blank = read.data.answers.find(({ result, note }) => result === 'fail' && note.length < 2);
  return wrong(422, [{ field: outcome.reason === 'note-missing' && blank ? `note-${blank.item}` : refusalField[outcome.reason] ?? 'form', message: fault }]);
}

async function viewOf(app: App, signedIn: SignedIn, id: string) {
  const found = idLike.test(id) ? await app.inspections.find(inspectionActorOf(signedIn), id) : undefined;
  if (!found) return undefined;
  const { inspection, institution, remedies } = found;
  const titles = new Map(app.inspections.checklist.items.map(({ key, title }) => [key, title]));
  const accounts = await app.accounts.deps.store.list(signedIn.place.code);
  return {
    id, name: institution.name, mayWrite: signedIn.may('inspection.write'), photos: inspection.photos.map((photo, index) => ({ src: `${home}${id}/photos/${photo.id}.webp`, width: photo.width, height: photo.height, alt: words.photoOf(index + 1) })),
    facts: [
      { name: words.institution, value: institution.name }, { name: words.inspectedOn, value: fullDayText(inspection.inspectedOn) }, { name: words.record, value: `${words.by(inspection.bySide)}（${accounts.find(({ id: account }) => account === inspection.account)?.title ?? ''}）`.replace('（）', '') },
      { name: words.outcome, value: outcomeNames[inspection.outcome] }, { name: words.recheckOn, value: inspection.recheckOn === null ? null : fullDayText(inspection.recheckOn), missing: '—' }, { name: words.words, value: inspection.words === '' ? null : inspection.words, missing: '—' },
    ],
    rows: inspection.answers.map(({ item, result, note }) => [titles.get(item) ?? item, answerText[result], note === '' ? '—' : note]),
    remedies: remedies.map((remedy) => remedyView(remedy, app.today())),
  };
}

/** One inspection: shows it; sent, it writes down a re-check. */
export async function inspectionStep(astro: Guarded, signedIn: SignedIn, id: string) {
  const { app } = astro.locals;
  const page = async (status: number, errors: readonly FormError[], typed: Typed, line: string | null) => { const view = await viewOf(app, signedIn, id); return view ? { status, errors, typed, view, notice: line } : unknown(); };
  const done = astro.url.searchParams.get('done');
  if (astro.request.method !== 'POST') return page(200, [], {}, done === 'saved' ? words.saved : done === 'rechecked' ? words.rechecked : null);
  if (!signedIn.may('inspection.write')) return astro.rewrite('/not-allowed/');
  const typed = await readTyped(astro.request);
  const remedy = typed['remedy'] ?? '';
  const read = recheckTyped.safeParse({ passed: typed[`passed-${remedy}`] === 'yes' ? true : typed[`passed-${remedy}`] === 'no' ? false : undefined, note: typed[`note-${remedy}`] ?? '', nextDue: dayOrNull(typed[`nextDue-${remedy}`]) });
  if (!read.success) return page(422, read.error.issues.slice(0, 1).map(({ path }) => ({ field: `${String(path[0])}-${remedy}`, message: inspectionFault(String(path[0]), '') })), typed, null);
  const outcome = await app.inspections.recheck(inspectionActorOf(signedIn), { inspection: id, id: remedy, version: Number(typed['version'] ?? '0') }, read.data);
  if (outcome.ok) return seeOther(`${home}${id}/?done=rechecked`);
  if (outcome.reason === 'not-found') return unknown();
  return page(outcome.reason === 'due-before' ? 422 : 409, [{ field: outcome.reason === 'due-before' ? `nextDue-${remedy}` : 'form', message: inspectionFault('form', outcome.reason === 'due-before' ? 'nextDue' : outcome.reason) }], typed, null);
}

/** 整改 as the institution sees it: shows it; sent, it reports one done. */
export async function ownRemediesStep(astro: Guarded, signedIn: SignedIn) {
  const { app } = astro.locals;
  const { institution } = signedIn.account;
  if (institution === null) return unknown();
  const page = async (status: number, errors: readonly FormError[], typed: Typed, line: string | null) =>
    ({ status, errors, typed, notice: line, remedies: (await app.inspections.ofInstitution(signedIn.place.code, institution)).map((one) => remedyView(one, app.today())) });
  if (astro.request.method !== 'POST') return page(200, [], {}, astro.url.searchParams.get('done') === 'reported' ? words.reported : null);
  const typed = await readTyped(astro.request);
  const remedy = typed['remedy'] ?? '';
  const read = doneTyped.safeParse({ words: typed[`words-${remedy}`] ?? '' });
  if (!read.success) return page(422, [{ field: `words-${remedy}`, message: inspectionFault('doneWords', '') }], typed, null);
  const outcome = await app.inspections.reportDone({ account: signedIn.account.id, jurisdiction: signedIn.place.code, institution }, { id: remedy, version: Number(typed['version'] ?? '0') }, read.data.words);
  if (outcome.ok) return seeOther('/portal/inspections/?done=reported');
  return outcome.reason === 'not-found' ? unknown() : page(409, [{ field: 'form', message: inspectionFault('form', outcome.reason) }], typed, null);
}
