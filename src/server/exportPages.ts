import { createHash } from 'node:crypto';
import { exportReason, exportTyped, exportBounds, type ExportRequest } from '#domain/exports/model.ts';
import { kindsFor, mayAnswer, standingOf, usableUntil } from '#domain/exports/rules.ts';
import { may as mayAs } from '#domain/accounts/model.ts';
import { csvText } from '#domain/shared/csv.ts';
import { addDays, instantAt, writeInstant, type Instant } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { seeOther } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { exportActorOf } from '#server/exports.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { requireFresh, type Guarded, type SignedIn } from '#server/guard.ts';
import { fullDayText, slotStartText } from '#text/dates.ts';
import { exportColumnText, exportKindText, exportStandingText, exportsText as words } from '#text/exports.ts';
import { newId } from '#storage/ids.ts';

const home = '/office/exports/';
const idLike = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const whenText = (at: Instant): string => slotStartText(writeInstant(at));
type Names = ReadonlyMap<string, string>;
const named = (names: Names, id: string | null): string => names.get(id ?? '') ?? words.gone;

async function accountsOf(app: App, { place }: Pick<SignedIn, 'place'>) {
  const all = await app.accounts.deps.store.list(place.code);
  return { all, names: new Map(all.map(({ id, login, title }) => [id, title === null ? login : `${title}（${login}）`])) };
}

const tones = { 'asked': 'amber', 'usable': 'leaf' } as const;
const toneOf = (standing: string): 'amber' | 'leaf' | 'plain' => (standing === 'asked' || standing === 'usable' ? tones[standing] : 'plain');

function rowOf(request: ExportRequest, names: Names, at: Instant) {
  const standing = standingOf(request, at);
  const until = usableUntil(request);
  const decided = request.decidedAt === null ? null : request.state === 'approved' ? words.approvedBy(named(names, request.decidedBy), whenText(request.decidedAt)) : words.refusedBy(named(names, request.decidedBy), whenText(request.decidedAt));
  return {
    id: request.id, version: request.version, name: exportKindText[request.kind].name, period: request.kind === 'accounts' ? words.today : words.period(fullDayText(request.from), fullDayText(request.until)),
    standing, state: exportStandingText[standing], tone: toneOf(standing), reason: words.why(request.reason), asked: words.askedBy(named(names, request.askedBy), whenText(request.askedAt)), decided,
    answer: request.answer === null ? null : words.answered(request.answer), used: request.downloads === 0 ? null : words.used(request.downloads), left: standing === 'usable' && until !== null ? words.left(exportBounds.downloads - request.downloads, whenText(until)) : null,
  };
}
/** One request as a page shows it. */
export type ExportRow = ReturnType<typeof rowOf> & { readonly rows?: string };

async function viewOf(app: App, signedIn: SignedIn) {
  const { place, account } = signedIn;
  const [actor, at] = [exportActorOf(signedIn), app.now()];
  const [{ all, names }, requests] = [await accountsOf(app, signedIn), await app.exports.list(place.code, instantAt(addDays(app.today(), -90), '00:00'))];
  const isWaiting = (one: ExportRequest): boolean => mayAnswer(actor, one) && standingOf(one, at) === 'asked';
  const waiting = await Promise.all(requests.filter(isWaiting).slice(0, 20).map(async (one): Promise<ExportRow> => {
    const rows = await app.exports.rowsOf(place, one);
    return { ...rowOf(one, names, at), rows: rows === 'too-many' ? words.tooManyRows : words.rows(rows.length) };
  }));
  const kinds = kindsFor(actor).map((value) => ({ value, label: exportKindText[value].name, hint: exportKindText[value].what }));
  const profile = app.accounts.deps.profileOf(place.code);
  const hasSecond = all.some((one) => one.id !== account.id && mayAs(one, 'export.approve', profile));
  return {
    mayAnswer: signedIn.may('export.approve'), waiting, kinds, hasSecond, mine: requests.filter(({ askedBy }) => askedBy === account.id).map((one) => rowOf(one, names, at)),
    others: requests.filter((one) => one.askedBy !== account.id && !isWaiting(one)).map((one) => rowOf(one, names, at)), today: app.today(),
  };
}

type Part = { readonly status?: number; readonly typed?: Typed; readonly errors?: readonly FormError[]; readonly notice?: { readonly tone: 'leaf' | 'amber'; readonly line: string } | null };

async function ask(astro: Guarded, signedIn: SignedIn, typed: Typed): Promise<Part | Response> {
  const { app } = astro.locals;
  const actor = exportActorOf(signedIn);
  const today = app.today();
  // The accounts are a list of today; whatever stands in the days does not matter to it.
  const period = typed['kind'] === 'accounts' ? { from: today, until: today } : { from: typed['from'] ?? '', until: typed['until'] ?? '' };
  const read = exportTyped.safeParse({ kind: typed['kind'] ?? '', ...period, reason: typed['reason'] ?? '' });
  const again = (errors: readonly FormError[], status = 422): Part => ({ status, typed, errors });
  if (!read.success) {
    const errors = read.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? ''), message: words.fault(String(path[0] ?? ''), message) }));
    return again(errors.filter(({ field }, at) => errors.findIndex((one) => one.field === field) === at));
  }
  const outcome = await app.exports.ask(actor, idLike.test(typed['id'] ?? '') ? typed['id'] ?? '' : newId(), read.data);
  if (outcome.ok || outcome.reason === 'known') return seeOther(`${home}?done=saved`);
  if (outcome.reason === 'not-allowed') return again([{ field: 'kind', message: words.refusal['not-allowed'] }], 403);
  const field = outcome.reason === 'future' ? 'until' : 'from';
  return again([{ field, message: words.fault(field, outcome.reason) }]);
}

async function answer(astro: Guarded, signedIn: SignedIn, typed: Typed, act: 'approve' | 'refuse' | 'withdraw'): Promise<Part | Response> {
  const { app } = astro.locals;
  const [actor, chosen] = [exportActorOf(signedIn), { id: idLike.test(typed['request'] ?? '') ? typed['request'] ?? '' : '', version: Number(typed['version'] ?? '0') }];
  const reason = exportReason.safeParse(typed['answer'] ?? '');
  if (act === 'refuse' && !reason.success) return { status: 422, typed, errors: [{ field: `answer-${chosen.id}`, message: words.answerNeeded }] };
  const outcome = act === 'withdraw' ? await app.exports.withdraw(actor, chosen) : await app.exports.answer(actor, chosen, act === 'approve' ? 'approved' : 'refused', act === 'refuse' ? reason.data ?? null : null);
  if (outcome.ok) return seeOther(`${home}?done=${act}`);
  return { status: outcome.reason === 'not-found' ? 404 : outcome.reason === 'own' || outcome.reason === 'not-allowed' ? 403 : 409, notice: { tone: 'amber', line: words.refusal[outcome.reason] } };
}

async function download(astro: Guarded, signedIn: SignedIn, typed: Typed): Promise<Part | Response> {
  const { app } = astro.locals;
  const { names } = await accountsOf(app, signedIn);
  const outcome = await app.exports.use(exportActorOf(signedIn), idLike.test(typed['request'] ?? '') ? typed['request'] ?? '' : '', async (request) => {
    const rows = await app.exports.rowsOf(signedIn.place, request);
    if (rows === 'too-many') return rows;
    const mark = words.markBy(named(names, request.askedBy), named(names, request.decidedBy), whenText(app.now()));
    const csv = csvText([exportColumnText[request.kind], ...rows, [`${words.mark} ${request.id.slice(0, 8)}-${String(request.downloads + 1)}`, mark]]);
    return { csv, rows: rows.length, sha256: createHash('sha256').update(csv).digest('hex'), name: `${request.kind}-${signedIn.place.code}-${request.from}-${request.until}.csv` };
  });
  if (!outcome.ok) return { status: outcome.reason === 'not-found' ? 404 : outcome.reason === 'not-allowed' ? 403 : 409, notice: { tone: 'amber', line: words.refusal[outcome.reason] } };
  const { csv, name } = outcome.value;
  return new Response(csv, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
}

const doneText: Readonly<Record<string, string>> = { saved: words.saved, approve: words.approved, refuse: words.refusedDone, withdraw: words.withdrawn };

/** 批量导出: shows the requests of a place, or does what a form asked for. Approving and fetching need password and code given within ten minutes. */
export async function exportsStep(astro: Guarded, signedIn: SignedIn) {
  const { app } = astro.locals;
  const page = async (part: Part) => ({ status: 200, typed: { id: newId(), from: addDays(app.today(), -30), until: app.today() }, errors: [], notice: null, ...part, view: await viewOf(app, signedIn) });
  if (astro.request.method !== 'POST') {
    const line = doneText[astro.url.searchParams.get('done') ?? ''];
    return page({ notice: line === undefined ? null : { tone: 'leaf', line } });
  }
  const typed = await readTyped(astro.request);
  const act = typed['act'] ?? '';
  if (act === 'approve' || act === 'download') {
    const away = requireFresh(astro, signedIn);
    if (away) return away;
  }
  const part = act === 'approve' || act === 'refuse' || act === 'withdraw' ? await answer(astro, signedIn, typed, act) : act === 'download' ? await download(astro, signedIn, typed) : await ask(astro, signedIn, typed);
  return part instanceof Response ? part : page(part);
}
