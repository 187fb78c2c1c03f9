import type { CaseDesk } from '#domain/complaints/deps.ts';
import type { CaseRefusal } from '#domain/complaints/refusals.ts';
import { seeOther, type DeskNotice } from '#server/bookingDeskPages.ts';
import { chosenIn, readCaseAct } from '#server/caseForms.ts';
import { caseHref, colleaguesOf, namesFor } from '#server/casePages.ts';
import { caseDeskOf } from '#server/cases.ts';
import { readForm } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { filterOptions, floodLines, queueView, readFilter } from '#server/pages/caseQueue.ts';
import { caseRefusalText } from '#text/cases.ts';
import { caseQueueText as words } from '#text/casesForms.ts';

const bulkActs = ['take', 'accept', 'assign'] as const;
const amber = (title: string, lines: readonly string[] = []): DeskNotice => ({ tone: 'amber', title, lines });

/** Does one thing to every case that was ticked; each is its own transaction, and each refusal is named. */
async function bulk(astro: Guarded, desk: CaseDesk, form: FormData, back: string): Promise<Response | { readonly status: number; readonly notice: DeskNotice }> {
  const act = bulkActs.find((one) => one === form.get('act'));
  const ticked = form.getAll('case').flatMap((value) => (typeof value === 'string' ? [value.split('|')] : [])).slice(0, 100);
  if (act === undefined || ticked.length === 0) return { status: 422, notice: amber(words.bulkNone) };
  const read = readCaseAct(act, { 'assign-account': String(form.get('assign-account') ?? '') });
  if (!read.ok) return { status: 422, notice: amber(words.bulkSome, read.errors.map(({ message }) => message)) };
  const refused: { readonly reference: string; readonly reason: CaseRefusal }[] = [];
  for (const [id = '', version = '', reference = ''] of ticked) {
    const outcome = await read.run(astro.locals.app.cases, desk, chosenIn({ version }, id));
    if (!outcome.ok) refused.push({ reference, reason: outcome.reason });
  }
  const done = ticked.length - refused.length;
  if (refused.length === 0) return seeOther(`${back}${back.includes('?') ? '&' : '?'}bulk=${String(done)}`);
  return { status: 409, notice: amber(words.bulkSome, [...(done > 0 ? [words.bulkDone(done)] : []), ...refused.map(({ reference, reason }) => words.bulkRefused(reference, caseRefusalText[reason]))]) };
}

const countOf = (url: URL): DeskNotice | null => {
  const count = url.searchParams.get('bulk') ?? '';
  return /^\d{1,3}$/.test(count) ? { tone: 'leaf', title: words.bulkDone(Number(count)), lines: [] } : null;
};

/** 办件清单: reads it, opens a case by its number, or does one thing to those ticked. */
export async function queueStep(astro: Guarded, signedIn: SignedIn) {
  const { app } = astro.locals;
  const desk = caseDeskOf(signedIn);
  const read = readFilter(astro.url.searchParams, signedIn.place);
  let [status, notice]: [number, DeskNotice | null] = [200, countOf(astro.url)];
  if (astro.request.method === 'POST') {
    const form = await readForm(astro.request);
    const reference = form.get('reference');
    if (typeof reference === 'string') {
      const id = await app.cases.idOf(desk, reference.normalize('NFKC').trim().toUpperCase());
      if (id !== undefined) return seeOther(caseHref(id));
      [status, notice] = [404, amber(words.notFound)];
    } else {
      const done = await bulk(astro, desk, form, `/office/cases/${read.query}`);
      if (done instanceof Response) return done;
      ({ status, notice } = done);
    }
  }
  const [page, names, colleagues, floods] = await Promise.all([app.cases.queue(desk, read.filter, read.page), namesFor(astro, signedIn), colleaguesOf(astro, signedIn), app.cases.floods(desk)]);
  return { status, notice, floods: floodLines(floods), typed: read.typed, query: read.query, options: filterOptions(signedIn.place), colleagues, mayAssign: signedIn.may('complaint.assign'), mayEnter: signedIn.may('complaint.intake'), ...queueView(page, names, read, desk.actor, floods) };
}
