import { wordsOf } from '#domain/complaints/model.ts';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { draftOf } from '#server/caseDraft.ts';
import { chosenIn, idLike } from '#server/caseForms.ts';
import { caseHref, caseOf, namesFor } from '#server/casePages.ts';
import { caseDeskOf } from '#server/cases.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { dayWords } from '#server/pages/caseWords.ts';
import { caseRefusalText, caseStateText } from '#text/cases.ts';
import { caseForwardText as words } from '#text/casesEnter.ts';
import { caseTemplateText, forwardTemplates, isFor, unfilled, withWordsOf } from '#text/caseTemplates.ts';
import { caseFieldErrorText, casePageText, fieldErrorText } from '#text/casesForms.ts';

type Written = { readonly institution: string; readonly words: string; readonly replyBy: IsoDate | null };
const wordsField = wordsOf(10, 3_000);

/** Why the words do not go out: none, too few, too many, or a template that still waits to be filled in; null when they may. */
function wordsFault(typed: string): string | null {
  if (wordsField.safeParse(typed).success) return typed.includes(unfilled) ? caseTemplateText.unfilled : null;
  return caseFieldErrorText[typed.trim() === '' ? 'required' : typed.length > 3_000 ? 'too-long' : 'too-short'];
}

/** 套用模板: behind what was typed; undefined when none was asked for. */
function withTemplate(typed: Typed): Typed | undefined {
  if (typed['act'] !== 'template') return undefined;
  const chosen = forwardTemplates.find(({ key }) => key === typed['template']);
  return { ...typed, template: '', ...(chosen ? { words: withWordsOf(typed['words'] ?? '', chosen) } : {}) };
}

function readForward(typed: Typed, institutions: readonly { readonly id: string }[], today: IsoDate): { readonly ok: true; readonly value: Written } | { readonly ok: false; readonly errors: readonly FormError[] } {
  const said = wordsField.safeParse(typed['words'] ?? '');
  const institution = institutions.find(({ id }) => id === typed['institution'])?.id;
  const day = (typed['replyBy'] ?? '').trim();
  const replyBy = day === '' ? null : isoDate.safeParse(day);
  const isDay = replyBy === null || (replyBy.success && replyBy.data >= today);
  const fault = wordsFault(typed['words'] ?? '');
  const errors: readonly FormError[] = [
    ...(institution === undefined ? [{ field: 'institution', message: words.institutionNeeded }] : []), ...(isDay ? [] : [{ field: 'replyBy', message: fieldErrorText(words.replyBy, caseFieldErrorText.range) }]),
    ...(fault === null ? [] : [{ field: 'words', message: fieldErrorText(words.words, fault) }]),
  ];
  if (errors.length > 0 || !said.success || institution === undefined) return { ok: false, errors };
  return { ok: true, value: { institution, words: said.data, replyBy: replyBy?.success === true ? replyBy.data : null } };
}

/** 转给机构: written, looked at exactly as the institution will see it, then sent; nothing else of the case goes with it. */
export async function forwardStep(astro: Guarded, signedIn: SignedIn, id: string) {
  const { app } = astro.locals;
  const desk = caseDeskOf(signedIn);
  const view = await caseOf(astro, desk, id);
  if (!view) return unknown();
  const [institutions, names] = await Promise.all([app.accounts.institutionNames(signedIn.place.code), namesFor(astro, signedIn)]);
  const about = { view, names, institutions, isOpen: view.moves.includes('forward'), templates: forwardTemplates.filter((one) => isFor(one, view.complaint.subject)).map(({ key, name }) => ({ value: key, label: name })), preview: null, sentence: null, errors: [], status: 200 };
  if (astro.request.method !== 'POST') return { ...about, typed: { institution: view.complaint.institution ?? '', words: draftOf(view), version: String(view.complaint.version) } satisfies Typed };
  const typed = await readTyped(astro.request);
  const templated = withTemplate(typed);
  if (templated) return { ...about, typed: templated };
  const read = readForward(typed, institutions, app.today());
  if (!read.ok) return { ...about, status: 422, typed, errors: read.errors };
  const preview = { to: names.institution(read.value.institution), words: read.value.words, replyBy: read.value.replyBy === null ? null : dayWords(read.value.replyBy) };
  if (typed['act'] === 'change') return { ...about, typed };
  if (typed['act'] !== 'send') return { ...about, typed, preview };
  if (typed['checked'] !== '1') return { ...about, status: 422, typed, preview, errors: [{ field: 'checked', message: words.checkedNeeded }] };
  const outcome = await app.cases.forward(desk, chosenIn(typed, idLike.test(id) ? id : ''), read.value);
  if (outcome.ok) return seeOther(`${caseHref(id)}?done=forward`);
  const sentence = outcome.reason === 'changed-meanwhile' ? casePageText.changedWhat(caseStateText[view.complaint.state]) : caseRefusalText[outcome.reason];
  return { ...about, status: 409, typed: { ...typed, version: String(view.complaint.version) }, preview, sentence };
}
