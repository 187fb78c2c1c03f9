import { classBands } from '#domain/directory/model.ts';
import { recognitionDraft, type RecognitionRefusal } from '#domain/recognition/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { notAllowed, type Guarded, type SignedIn } from '#server/guard.ts';
import { actorOf } from '#server/pages/filings.ts';
import { recognitionView } from '#server/pages/recognitions.ts';
import { recognitionRefusalText, recognitionText as words } from '#text/recognitions.ts';

type PageError = { readonly field: string; readonly message: string };
type Acted = Response | { readonly status: number; readonly errors: readonly PageError[] };

/** Yuan as typed, in fen; null where the field is empty, NaN where it is no amount. */
const fenOf = (typed: string | undefined): number | null => {
  const plain = (typed ?? '').normalize('NFKC').trim().replace(/[,，￥¥元]/g, '');
  if (plain === '') return null;
  return /^\d{1,6}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : Number.NaN;
};
const countOf = (typed: string | undefined): number | null => { const plain = (typed ?? '').normalize('NFKC').trim(); return plain === '' || plain === '0' ? null : /^\d{1,4}$/.test(plain) ? Number(plain) : Number.NaN; };

const fieldOf: Readonly<Record<RecognitionRefusal, string>> = { 'not-found': 'from', 'ends-before': 'until', 'too-many': 'places', 'overlap': 'places', 'not-running': 'held', 'changed-meanwhile': 'held' };
const answer = (outcome: Outcome<unknown, RecognitionRefusal>, back: string, field?: string): Acted => {
  if (outcome.ok) return seeOther(back);
  if (outcome.reason === 'not-found') return unknown();
  return { status: outcome.reason === 'changed-meanwhile' || outcome.reason === 'not-running' ? 409 : 422, errors: [{ field: outcome.reason === 'ends-before' && field !== undefined ? field : fieldOf[outcome.reason], message: recognitionRefusalText[outcome.reason] }] };
};

async function act(astro: Guarded, signedIn: SignedIn, id: string, typed: Typed): Promise<Acted> {
  const { recognitions } = astro.locals.app;
  const actor = actorOf(signedIn);
  if (typed['act'] === 'end') {
    const field = `lastDay-${typed['ordinal'] ?? ''}`;
    const [on, ordinal] = [isoDate.safeParse(typed[field]?.trim()), /^\d{1,3}$/.test(typed['ordinal'] ?? '') ? Number(typed['ordinal']) : -1];
    if (!on.success) return { status: 422, errors: [{ field, message: words.errors.lastDay }] };
    return answer(await recognitions.end(actor, id, typed['seen'] ?? '', ordinal, on.data), `/office/affordable/${id}/?done=ended`, field);
  }
  const draft = recognitionDraft.safeParse({
    authority: typed['authority'] ?? '', documentNumber: typed['documentNumber'] ?? '', from: typed['from']?.trim(), until: typed['until']?.trim() ?? '', priceCeiling: fenOf(typed['priceCeiling']), audience: typed['audience'] ?? '',
    places: classBands.flatMap((band) => { const places = countOf(typed[`places-${band}`]); return places === null ? [] : [{ band, places }]; }),
  });
  if (!draft.success) {
    const fields = [...new Set(draft.error.issues.map(({ path }) => String(path[0] ?? '')))];
    return { status: 422, errors: Object.entries(words.errors).filter(([field]) => fields.includes(field)).map(([field, message]) => ({ field, message })) };
  }
  return answer(await recognitions.enter(actor, id, typed['seen'] ?? '', draft.data), `/office/affordable/${id}/?done=saved`);
}

/** 一家机构的普惠认定: reads them; a form on it enters one or ends one. 404 for another place's institution, and for one of another street. */
export async function recognitionStep(astro: Guarded, signedIn: SignedIn, id: string) {
  const { app } = astro.locals;
  const actor = actorOf(signedIn);
  let [status, errors, typed]: [number, readonly PageError[], Typed] = [200, [], {}];
  const seen = async () => { const of = await app.recognitions.find(actor, id); return of && (actor.subdistrict === null || of.subdistrict === actor.subdistrict) && of.planned === null ? of : undefined; };
  if (!(await seen())) return unknown();
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    if (!signedIn.may('filing.write')) return notAllowed(astro);
    const acted = await act(astro, signedIn, id, typed);
    if (acted instanceof Response) return acted;
    ({ status, errors } = acted);
  }
  const of = await seen();
  if (!of) return unknown();
  const done = errors.length > 0 ? null : astro.url.searchParams.get('done');
  return { status, errors, typed: typed['act'] === 'end' ? { [`lastDay-${typed['ordinal'] ?? ''}`]: typed[`lastDay-${typed['ordinal'] ?? ''}`] ?? '' } : typed, notice: done === 'saved' ? words.saved : done === 'ended' ? words.endedDone : null, mayWrite: signedIn.may('filing.write'), view: recognitionView(of, signedIn.place.slug, app.today()) };
}
