import { unknown } from '#server/bookingDeskPages.ts';
import { draftOf } from '#server/caseDraft.ts';
import { caseOf, namesFor } from '#server/casePages.ts';
import { caseDeskOf } from '#server/cases.ts';
import { readTyped } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { happenedWords } from '#server/pages/case.ts';
import { hotlineParts, passText, replyText } from '#server/pages/caseHotline.ts';
import { isReady, needsWords, paperOf, type PaperWords } from '#server/pages/casePapers.ts';
import { caseNotices } from '#text/casesPapers.ts';

const longest = 3_000;

/** 文书: one paper of a case. What a clerk must look through first is asked for, and nothing is kept of it. */
export async function printStep(astro: Guarded, signedIn: SignedIn, id: string) {
  const desk = caseDeskOf(signedIn);
  const [what, view] = [caseNotices.find((one) => one === astro.url.searchParams.get('what')), await caseOf(astro, desk, id)];
  if (!view || what === undefined) return unknown();
  const names = await namesFor(astro, signedIn);
  const tasks = view.tasks.filter(({ kind, state }) => (kind === 'handover' || kind === 'joint') && state !== 'dropped');
  const task = tasks.find((one) => one.id === astro.url.searchParams.get('task')) ?? tasks.at(-1);
  const sent = astro.request.method === 'POST' ? await readTyped(astro.request) : undefined;
  const written: PaperWords = sent ? { words: (sent['words'] ?? '').trim().slice(0, longest), number: (sent['number'] ?? '').trim().slice(0, 60), time: (sent['time'] ?? '').trim().slice(0, 120) }
    : { words: what === 'handover' ? draftOf(view) : '', number: (what === 'handover' ? task?.documentNumber : null) ?? '', time: what === 'secureEvidence' ? happenedWords(view) ?? '' : '' };
  const isMissing = sent !== undefined && what === 'handover' && written.words === '';
  const isShown = isReady(what, view) && !isMissing && (sent !== undefined || !needsWords(what));
  return {
    status: isMissing ? 422 : 200, what, complaint: view.complaint, written, isMissing, isReady: isReady(what, view), needsWords: needsWords(what), action: `${astro.url.pathname}${astro.url.search}`,
    paper: isShown ? paperOf(what, view, names, signedIn.place, astro.locals.app.today(), written, task) : null,
  };
}

/** 12345: the reply in its three parts, or what to pass on; drafted from the case, mended by the clerk, kept nowhere. */
export async function hotlineStep(astro: Guarded, signedIn: SignedIn, id: string) {
  const view = await caseOf(astro, caseDeskOf(signedIn), id);
  if (!view) return unknown();
  const isReply = astro.url.searchParams.get('for') !== 'pass';
  const sent = astro.request.method === 'POST' ? await readTyped(astro.request) : undefined;
  const drafted = hotlineParts(view, draftOf(view));
  const one = (name: 'found' | 'result' | 'opinion' | 'words'): string => (sent ? (sent[name] ?? '').slice(0, longest) : drafted[name]);
  const parts = { found: one('found'), result: one('result'), opinion: one('opinion'), words: one('words') };
  return { complaint: view.complaint, isReply, parts, text: isReply ? replyText(view, parts) : passText(view, signedIn.place, parts.words), action: `${astro.url.pathname}${astro.url.search}` };
}
