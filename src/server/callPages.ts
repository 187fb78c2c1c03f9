import { callReasons, callResults, type CallActor, type CallReason, type CallResult } from '#domain/notices/model.ts';
import { unknown, seeOther } from '#server/bookingDeskPages.ts';
import { readTyped } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { callListView, openedCallView, type CallListView } from '#server/pages/callList.ts';
import { callsText } from '#text/calls.ts';
import { callRefusalText } from '#text/notices.ts';

/** Who calls, by the desk somebody works at; undefined where the account has neither an institution nor an office. */
export function callActorOf({ account, place, may }: Pick<SignedIn, 'account' | 'place' | 'may'>): CallActor | undefined {
  const whose = { account: account.id, jurisdiction: place.code };
  if (may('portal')) return account.institution === null ? undefined : { ...whose, side: 'institution', institution: account.institution };
  return { ...whose, side: 'office', subdistrict: account.subdistrict };
}

/** 电话通知, one page: the list, and the row that was just opened with its number, shown on this answer alone. */
export type CallsStep = {
  readonly status: number; readonly list: CallListView; readonly opened: ReturnType<typeof openedCallView> | null;
  readonly notice: { readonly tone: 'leaf' | 'amber'; readonly sentence: string } | null;
};

const readReason = (typed: string | undefined): CallReason => callReasons.find((one) => one === typed) ?? 'notify';
const readResult = (typed: string | undefined | null): CallResult | undefined => callResults.find((one) => one === typed);

/** Reads the list, opens a number (recorded first), or writes down how a call went. Another's row answers as one that never was. */
export async function callsStep(astro: Guarded, actor: CallActor, home: '/portal/calls/' | '/office/calls/'): Promise<CallsStep | Response> {
  const { callList } = astro.locals.app;
  const view = async (status: number, part: Partial<CallsStep> = {}): Promise<CallsStep> => ({ status, list: await callListView(callList, actor), opened: null, notice: null, ...part });
  if (astro.request.method !== 'POST') {
    const result = readResult(astro.url.searchParams.get('done'));
    return view(200, { notice: result === undefined ? null : { tone: 'leaf', sentence: callsText.done[result] } });
  }
  const typed = await readTyped(astro.request);
  const id = typed['call'] ?? '';
  const result = readResult(typed['result']);
  const outcome = result === undefined ? await callList.open(actor, id, readReason(typed['reason'])) : await callList.mark(actor, id, Number(typed['version'] ?? '0'), result);
  if (!outcome.ok) return outcome.reason === 'not-found' || outcome.reason === 'not-yours' ? unknown() : view(409, { notice: { tone: 'amber', sentence: callRefusalText[outcome.reason] } });
  return typeof outcome.value === 'string' ? seeOther(`${home}?done=${outcome.value}`) : view(200, { opened: openedCallView(outcome.value) });
}
