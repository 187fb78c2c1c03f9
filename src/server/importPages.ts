import { mayLetIn } from '#domain/importDraft/rules.ts';
import { dayOf, writeInstant } from '#domain/shared/dates.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import { readForm, readTyped, type Typed } from '#server/forms.ts';
import { notAllowed, requireFresh, type Guarded, type SignedIn } from '#server/guard.ts';
import { boundaryOf, readMultipart } from '#server/multipart.ts';
import { accountNames } from '#server/pages/filings.ts';
import { diffView, notLetIn, sentencesOf } from '#server/pages/importDiff.ts';
import { fullDayText, slotStartText } from '#text/dates.ts';
import { commitRefusalText, importText as words } from '#text/imports.ts';

type PageError = { readonly field: string; readonly message: string };
const limits = { files: 1, fileBytes: 12_000_000, allFileBytes: 12_000_000, fields: 10, fieldBytes: 400 } as const;
const idLike = /^[0-9a-f-]{36}$/;

async function readSent(request: Request): Promise<{ readonly typed: Typed; readonly bytes: Uint8Array | null; readonly errors: readonly PageError[] }> {
  const boundary = boundaryOf(request.headers.get('content-type'));
  if (boundary === undefined) return { typed: await readTyped(request), bytes: null, errors: [{ field: 'file', message: words.noFile }] };
  const form = readMultipart(Buffer.from(await request.arrayBuffer()), boundary, limits);
  if (!form.ok) return { typed: {}, bytes: null, errors: [{ field: 'file', message: words.noFile }] };
  const { typed, files, refusal } = form.value;
  const bytes = files[0]?.bytes ?? null;
  const message = refusal === 'too-many' ? words.twoFiles : refusal !== null ? words.tooLarge : bytes === null || bytes.length === 0 ? words.noFile : null;
  return { typed, bytes, errors: message === null ? [] : [{ field: 'file', message }] };
}

const titleOf = (typed: string | undefined): string | undefined => {
  const title = (typed ?? '').normalize('NFKC').trim();
  return title.length >= 2 && title.length <= 60 && !/[\u0000-\u001f\u007f/\\\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(title) ? title : undefined;
};

async function upload(astro: Guarded, { account, place }: SignedIn) {
  const { typed, bytes, errors: fileErrors } = await readSent(astro.request);
  const [title, count] = [titleOf(typed['title']), (typed['acceptMissing'] ?? '').normalize('NFKC').trim()];
  const errors = [...(title === undefined ? [{ field: 'title', message: words.badTitle }] : []), ...fileErrors, ...(/^\d{0,6}$/.test(count) ? [] : [{ field: 'acceptMissing', message: words.badCount }])];
  if (title === undefined || bytes === null || errors.length > 0) return { status: 422, errors, typed, refused: null };
  const acceptMissing = count === '' ? null : Number(count);
  const prepared = await astro.locals.app.importDesk.prepare({ account: account.id, place, title, bytes, acceptMissing });
  if (prepared.kind === 'prepared') return seeOther(`/office/import/${prepared.id}/`);
  const refused = notLetIn(prepared.result, acceptMissing);
  return { status: 422, errors: [{ field: 'refused', message: refused.title }], typed, refused };
}

/** 名录导入: what waits, what was let in; a form on it uploads a list and compares it. */
export async function importStep(astro: Guarded, signedIn: SignedIn) {
  const { importDesk } = astro.locals.app;
  const sent = astro.request.method === 'POST' ? await upload(astro, signedIn) : { status: 200, errors: [], typed: {}, refused: null };
  if (sent instanceof Response) return sent;
  const [open, runs, whoIs] = await Promise.all([importDesk.open(signedIn.place), importDesk.runs(signedIn.place), accountNames(astro.locals.app, signedIn)]);
  const doneSaid = astro.url.searchParams.get('done');
  return {
    ...sent, notice: doneSaid === 'discarded' ? words.discarded : doneSaid === 'in' ? words.doneShort : null,
    open: open.map(({ id, title, preparedBy, preparedAt, counts }) => ({ href: `/office/import/${id}/`, title, who: words.openBy(whoIs(preparedBy), fullDayText(dayOf(preparedAt))), counts })),
    runs: runs.map(({ title, rows, counts, at }) => [title, String(rows), String(counts.added), String(counts.changed), String(counts.missing), String(counts.returned), slotStartText(writeInstant(at))]),
  };
}

async function act(astro: Guarded, signedIn: SignedIn, id: string): Promise<Response | { readonly status: number; readonly errors: readonly PageError[]; readonly ticked: readonly string[] }> {
  const { account, place } = signedIn;
  const { importDesk } = astro.locals.app;
  const form = await readForm(astro.request);
  if (form.get('act') === 'discard') return await importDesk.discard(account.id, place, id) ? seeOther('/office/import/?done=discarded') : unknown();
  if (!signedIn.may('import.commit')) return notAllowed(astro);
  const away = requireFresh(astro, signedIn);
  if (away) return away;
  const [ticked, seen] = [form.getAll('seen-group').filter((value) => typeof value === 'string'), form.get('seen')];
  const outcome = await importDesk.commit({ account: account.id, place, id, seen: typeof seen === 'string' ? seen : '', ticked });
  if (outcome.ok) return seeOther('/office/import/?done=in');
  if (outcome.reason === 'not-found') return unknown();
  return { status: outcome.reason === 'not-acknowledged' ? 422 : 409, errors: [{ field: 'groups', message: commitRefusalText[outcome.reason] }], ticked: outcome.reason === 'changed-meanwhile' ? [] : ticked };
}

/** 一份名录的差异: compares it with the directory as it is now; a form on it lets it in or gives it up. */
export async function importDraftStep(astro: Guarded, signedIn: SignedIn, id: string) {
  if (!idLike.test(id)) return unknown();
  const { importDesk, accounts } = astro.locals.app;
  const { account, place } = signedIn;
  const acted = astro.request.method === 'POST' ? await act(astro, signedIn, id) : { status: 200, errors: [], ticked: [] };
  if (acted instanceof Response) return acted;
  const [compared, whoIs] = await Promise.all([importDesk.compare(place, id), accountNames({ accounts }, signedIn)]);
  if (!compared) return unknown();
  const { draft, result, seen } = compared;
  const isOther = mayLetIn(draft, account.id, place.accountProfile ?? 'small');
  return {
    ...acted, id, seen, title: draft.title, who: words.openBy(whoIs(draft.preparedBy), fullDayText(dayOf(draft.preparedAt))),
    refused: result.kind === 'invalid' || result.kind === 'refused' ? notLetIn(result, draft.acceptMissing) : null,
    summary: 'rowCount' in result ? words.summary(result.rowCount, words.formats[result.format]) : null, warnings: 'warnings' in result && result.warnings.count > 0 ? sentencesOf(result.warnings) : null,
    diff: result.kind === 'dry-run' ? diffView(place, result.diff) : null,
    mayCommit: signedIn.may('import.commit') && isOther, waits: !signedIn.may('import.commit') ? words.waits : isOther ? null : words.otherPerson,
  };
}
