import type { OpenedIdentity } from '#domain/complaints/caseViews.ts';
import { identityReasons } from '#domain/complaints/model.ts';
import { unknown } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { caseOf } from '#server/casePages.ts';
import { caseDeskOf } from '#server/cases.ts';
import { readTyped } from '#server/forms.ts';
import { requireFresh, type Guarded, type SignedIn } from '#server/guard.ts';
import { caseRefusalText, identityReasonText } from '#text/cases.ts';
import { caseIdentityText as words } from '#text/casesEnter.ts';
import { caseFieldText } from '#text/casesForms.ts';

/** 查看投诉人身份: password and code within ten minutes, a reason, then name and number on the page that answers, once. */
export async function identityStep(astro: Guarded, signedIn: SignedIn, id: string) {
  const away = requireFresh(astro, signedIn);
  if (away) return away;
  const desk = caseDeskOf(signedIn);
  const view = await caseOf(astro, desk, id);
  if (!view) return unknown();
  const page = {
    status: 200, complaint: view.complaint, hasIdentity: view.hasIdentity, opened: null, sentence: null, typed: '',
    reasons: [{ value: '', label: caseFieldText.pick }, ...identityReasons.map((value) => ({ value, label: identityReasonText[value] }))],
  };
  const none: { readonly errors: readonly FormError[]; readonly opened: OpenedIdentity | null } = { errors: [], opened: null };
  if (astro.request.method !== 'POST') return { ...page, ...none };
  const typed = (await readTyped(astro.request))['reason'] ?? '';
  const reason = identityReasons.find((one) => one === typed);
  if (reason === undefined) return { ...page, ...none, status: 422, typed, errors: [{ field: 'reason', message: words.needed }] };
  const opened = await astro.locals.app.cases.openIdentity(desk, view.complaint.id, reason);
  return opened.ok ? { ...page, ...none, opened: opened.value, typed } : { ...page, ...none, status: 409, typed, sentence: caseRefusalText[opened.reason] };
}
