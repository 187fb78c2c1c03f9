import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { KeptComplaint } from '#server/complaintReceipt.ts';
import { clockRows } from '#server/pages/complaintOutlook.ts';
import { complaintExtras } from '#server/complaintExtras.ts';
import { receivedText as words } from '#text/complaintReceipt.ts';
import { besidesText } from '#text/complaintOutlook.ts';
import { fullDayText } from '#text/dates.ts';

/** What the receipt says besides its two numbers. */
export function receivedView(place: Jurisdiction, { receipt, kind, subject, identity }: KeptComplaint) {
  const isSuggestion = kind === 'suggestion';
  const { keepUntil, emergency } = receipt;
  return {
    reference: receipt.reference, queryCode: receipt.queryCode, lede: isSuggestion ? words.ledeSuggestion : words.lede, code: identity === 'anonymous' ? words.codeAnonymous : words.code,
    clock: clockRows(place, receipt), isSuggestion,
    keep: isSuggestion ? [] : [...(keepUntil === undefined ? [] : [words.keepUntil(fullDayText(keepUntil))]), ...complaintExtras({ kind, subject }).keep.filter((hint) => keepUntil === undefined || !hint.includes('监控录像'))],
    besides: isSuggestion || !['fee', 'food', 'product'].includes(subject) ? null : besidesText.market,
    next: isSuggestion ? words.nextSuggestion : words.next, emergency: emergency ?? [],
  };
}
