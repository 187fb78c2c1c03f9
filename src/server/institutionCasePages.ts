import { wordsOf } from '#domain/complaints/model.ts';
import { seeOther, type DeskNotice } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { idLike } from '#server/caseForms.ts';
import { caseDeskOf } from '#server/cases.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { dayWords, momentWords } from '#server/pages/caseWords.ts';
import { caseRefusalText } from '#text/cases.ts';
import { institutionCasesText as words } from '#text/casesEnter.ts';
import { caseFieldErrorText, casePageText, fieldErrorText } from '#text/casesForms.ts';

const reply = wordsOf(10, 3_000);

/** 主管部门来函: what the office asked this institution about, and its word on it, once. */
export async function institutionCasesStep(astro: Guarded, signedIn: SignedIn) {
  const { app } = astro.locals;
  const desk = caseDeskOf(signedIn);
  let [status, notice, typed]: [number, DeskNotice | null, Typed] = [200, astro.url.searchParams.get('done') === 'reply' ? { tone: 'leaf', title: words.done, lines: [] } : null, {}];
  const errors: FormError[] = [];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    const forward = idLike.test(typed['forward'] ?? '') ? typed['forward'] ?? '' : '';
    const said = reply.safeParse(typed[`reply-${forward}`] ?? '');
    if (!said.success) {
      status = 422;
      errors.push({ field: `reply-${forward}`, message: fieldErrorText(words.reply, caseFieldErrorText[(typed[`reply-${forward}`] ?? '').length > 3_000 ? 'too-long' : 'too-short']) });
    } else {
      const outcome = await app.cases.institutionReply(desk, { id: forward, version: Number(typed['version'] ?? '0') }, said.data);
      if (outcome.ok) return seeOther('/portal/cases/?done=reply');
      if (outcome.reason === 'not-found') return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
      [status, notice] = [409, { tone: 'amber', title: casePageText.notDone, lines: [caseRefusalText[outcome.reason]] }];
    }
  }
  const [asked, today] = [await app.cases.forwarded(desk), app.today()];
  const rows = asked.map((one) => ({
    id: one.id, version: one.version, at: momentWords(one.at), text: one.text, replyBy: one.replyBy === null ? null : dayWords(one.replyBy), isLate: one.reply === null && one.replyBy !== null && one.replyBy < today, reply: one.reply,
    repliedAt: one.repliedAt === null ? null : momentWords(one.repliedAt), typed: typed[`reply-${one.id}`] ?? '',
  }));
  return { status, notice, errors, waiting: rows.filter((row) => row.reply === null), replied: rows.filter((row) => row.reply !== null) };
}
