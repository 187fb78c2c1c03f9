import type { DeskRow } from '#domain/booking/desk.ts';
import { staffReasons, type BookingState, type StaffReason } from '#domain/booking/model.ts';
import type { Chosen, Desk } from '#domain/booking/staff.ts';
import type { App } from '#server/app.ts';
import type { FormError } from '#server/bookingForm.ts';
import type { Typed } from '#server/forms.ts';
import type { SignedIn } from '#server/guard.ts';
import { bookingRefusalText } from '#text/booking.ts';
import { staffRefusalText } from '#text/bookingDesk.ts';
import { deskBookingText, deskDoneText, deskStateText, type DeskAct } from '#text/bookingDeskPages.ts';

/** The desk of the institution someone works for; undefined for an account without one. */
export const institutionDesk = ({ account, place }: Pick<SignedIn, 'account' | 'place'>): Desk | undefined =>
  (account.institution === null ? undefined : { actor: account.id, jurisdiction: place.code, host: { kind: 'institution', id: account.institution } });

/** What came of a move: done (perhaps already), refused with the state as it is now, or something is missing in the form. */
export type MoveResult =
  | { readonly kind: 'done'; readonly act: DeskAct }
  | { readonly kind: 'refused'; readonly status: 404 | 409; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'faults'; readonly errors: readonly FormError[] };

/** The state each act leads to; a move changes the slot and not the state. */
const leadsTo = {
  confirm: 'confirmed', decline: 'declined', attended: 'attended', noShow: 'noShow', turnedAway: 'turnedAway', cancelForParent: 'cancelled', cancel: 'cancelled',
} as const satisfies Record<Exclude<DeskAct, 'move'>, BookingState>;

/** The act a form or an address names. */
export const readAct = (text: string | undefined | null): DeskAct | undefined => (text !== undefined && text !== null && isAct(text) ? text : undefined);
const isAct = (text: string): text is DeskAct => Object.hasOwn(deskDoneText, text);

const reasonOf = (typed: Typed, act: DeskAct): StaffReason | undefined => staffReasons.find((reason) => reason === typed[`${act}-reason`]);
const idLike = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A booking as a form names it, with the version it was shown at. */
export const chosenIn = (typed: Typed, booking = typed['booking'] ?? ''): Chosen => ({ booking: idLike.test(booking) ? booking : '', version: Number(typed['version'] ?? '0') });

async function send(app: App, desk: Desk, chosen: Chosen, act: DeskAct, reason: StaffReason | undefined, slotId: string) {
  switch (act) {
    case 'confirm': return app.desk.confirm(desk, chosen);
    case 'attended': return app.desk.attended(desk, chosen);
    case 'noShow': return app.desk.noShow(desk, chosen);
    case 'turnedAway': return app.desk.turnedAway(desk, chosen);
    case 'cancelForParent': return app.desk.cancelForParent(desk, chosen);
    case 'move': return app.desk.move(desk, chosen, slotId);
    case 'decline': return app.desk.decline(desk, chosen, reason ?? 'other');
    case 'cancel': return app.desk.cancel(desk, chosen, reason ?? 'other');
  }
}

const sentences: ReadonlyMap<string, string> = new Map([...Object.entries(bookingRefusalText), ...Object.entries(staffRefusalText), ['slot-unknown', deskBookingText.movePick]]);

/** Whether a booking stands as the act would have left it: also ended by the same side, for the same reason. */
function standsAs(act: DeskAct, row: DeskRow, reason: StaffReason | undefined, slotId: string): boolean {
  if (act === 'move') return row.slot.id === slotId;
  if (row.state !== leadsTo[act]) return false;
  if (act === 'cancelForParent') return row.endedBy === 'parent';
  return act !== 'cancel' && act !== 'decline' ? true : row.endedBy === 'institution' && row.reason === reason;
}

/** Makes the move a form asks for. Sent twice it is done once: what stands already as asked counts as done; what a colleague or the family changed meanwhile is shown as it stands. */
export async function makeMove(app: App, desk: Desk, chosen: Chosen, act: DeskAct, typed: Typed): Promise<MoveResult> {
  const reason = reasonOf(typed, act);
  if ((act === 'decline' || act === 'cancel') && reason === undefined) return { kind: 'faults', errors: [{ field: `${act}-reason`, message: deskBookingText.reasonNeeded }] };
  const slotId = typed['slotId'] ?? '';
  if (act === 'move' && !idLike.test(slotId)) return { kind: 'faults', errors: [{ field: 'slotId', message: deskBookingText.movePick }] };
  const outcome = await send(app, desk, chosen, act, reason, slotId);
  if (outcome.ok) return { kind: 'done', act };
  const now = await app.desk.booking(desk, chosen.booking);
  if (!now) return { kind: 'refused', status: 404, title: deskBookingText.notDone, lines: [staffRefusalText['not-found']] };
  if (standsAs(act, now.row, reason, slotId) && now.row.version === chosen.version + 1) return { kind: 'done', act };
  const changed = outcome.reason === 'changed-meanwhile';
  const present = deskBookingText.changedWhat(deskStateText[now.row.state]);
  return { kind: 'refused', status: 409, title: changed ? deskBookingText.changed : deskBookingText.notDone, lines: [sentences.get(outcome.reason) ?? staffRefusalText['wrong-state'], present] };
}
