import { contactReasons, type ContactReason } from '#domain/booking/desk.ts';
import type { BookingContact } from '#domain/booking/model.ts';
import type { Desk } from '#domain/booking/staff.ts';
import { addDays, isoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { chosenIn, makeMove, readAct } from '#server/bookingDeskMoves.ts';
import { doneNotice, refusedNotice, seeOther, typedBy, unknown, type DeskNotice } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import type { Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { bookingHref, deskRoots } from '#server/pages/bookingDesk.ts';
import { reissueRefusalText } from '#text/bookingDesk.ts';
import { deskBookingText as words } from '#text/bookingDeskPages.ts';

/** One booking at the desk: what stands, what was just said, and, only on the page that answered the form, an opened contact or a new code. */
export type BookingAtDesk = {
  readonly status: number; readonly found: NonNullable<Awaited<ReturnType<App['desk']['booking']>>>; readonly notice: DeskNotice | null; readonly typed: Typed; readonly errors: readonly FormError[];
  readonly contact: BookingContact | null; readonly code: { readonly reference: string; readonly queryCode: string } | null;
  /** Other times with room, to move to; times of that day, to read back. */
  readonly others: Awaited<ReturnType<App['desk']['slots']>>; readonly ofDay: Awaited<ReturnType<App['desk']['slots']>>;
};
type Said = Partial<Pick<BookingAtDesk, 'status' | 'notice' | 'typed' | 'errors' | 'contact' | 'code'>>;

const moveDays = 28;
const amber = (lines: readonly string[]): DeskNotice => ({ tone: 'amber', title: words.notDone, lines });
const faults = (typed: Typed, errors: readonly FormError[]): Said => ({ status: 422, typed, errors });

async function contactOf(app: App, desk: Desk, id: string, typed: Typed): Promise<Said> {
  const reason: ContactReason | undefined = contactReasons.find((one) => one === typed['contactReason']);
  if (!reason) return faults(typed, [{ field: 'contactReason', message: words.contactReasonNeeded }]);
  const opened = await app.desk.openContact(desk, id, reason);
  return opened.ok ? { contact: opened.value } : { status: 409, notice: amber([words.expired]) };
}

async function newCode(app: App, desk: Desk, id: string, typed: Typed): Promise<Said> {
  const said = { slotId: typed['saidSlot'] ?? '', contactName: (typed['saidName'] ?? '').trim() };
  const errors = [...(said.slotId === '' ? [{ field: 'saidSlot', message: words.codeSlotNeeded }] : []), ...(said.contactName === '' ? [{ field: 'saidName', message: words.codeNameNeeded }] : [])];
  if (errors.length > 0) return faults(typed, errors);
  const issued = await app.desk.reissueCode(desk, chosenIn(typed, id), said);
  return issued.ok ? { code: issued.value } : { status: 409, notice: amber([reissueRefusalText[issued.reason]]), typed };
}

async function move(app: App, desk: Desk, id: string, typed: Typed): Promise<Said | Response> {
  const act = readAct(typed['act']);
  if (!act) return unknown();
  const result = await makeMove(app, desk, chosenIn(typed, id), act, typed);
  if (result.kind === 'done') return seeOther(`${bookingHref(deskRoots[desk.host.kind], id)}?done=${result.act}`);
  if (result.kind === 'refused') return result.status === 404 ? unknown() : { status: 409, notice: refusedNotice(result), typed };
  return faults(typed, result.errors);
}

/** 一条预约: reads it, or does what a form on it asks. Another institution's is unknown. */
export async function bookingStep(astro: Guarded, signedIn: SignedIn, desk: Desk, id: string): Promise<BookingAtDesk | Response> {
  const { app } = astro.locals;
  if (!await app.desk.booking(desk, id)) return unknown();
  const typed = await typedBy(astro, signedIn, desk);
  if (typed instanceof Response) return typed;
  const said: Said | Response = !typed ? { notice: doneNotice(astro.url) } : typed['act'] === 'contact' ? await contactOf(app, desk, id, typed) : typed['act'] === 'code' ? await newCode(app, desk, id, typed) : await move(app, desk, id, typed);
  if (said instanceof Response) return said;
  const found = await app.desk.booking(desk, id);
  if (!found) return unknown();
  const { slot } = found.row;
  const day = isoDate.parse(slot.startsAt.slice(0, 10));
  const [ahead, ofDay] = await Promise.all([app.desk.slots(desk, app.today(), addDays(app.today(), moveDays)), app.desk.slots(desk, day, day)]);
  return {
    status: 200, notice: null, typed: {}, errors: [], contact: null, code: null, ...said, found, ofDay,
    others: ahead.filter((one) => one.slot.kind === slot.kind && one.slot.id !== slot.id && one.waiting === 0 && one.free >= found.row.seats && Date.parse(one.slot.startsAt) > app.now()),
  };
}
