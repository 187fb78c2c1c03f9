import type { DeskRow } from '#domain/booking/desk.ts';
import type { Desk } from '#domain/booking/staff.ts';
import type { App } from '#server/app.ts';
import { chosenIn, makeMove, readAct, type MoveResult } from '#server/bookingDeskMoves.ts';
import type { FormError } from '#server/bookingForm.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { notAllowed, type Guarded, type SignedIn } from '#server/guard.ts';
import { dayHref, dayView, deskRoots, readDay, rowView, weekOf, weekView } from '#server/pages/bookingDesk.ts';
import { deskBookingText, deskDoneText, deskFindText } from '#text/bookingDeskPages.ts';
import { addDays } from '#domain/shared/dates.ts';

/** What the desk says at the head of a page after an act. */
export type DeskNotice = { readonly tone: 'leaf' | 'amber'; readonly title: string; readonly lines: readonly string[] };

/** Where to go after a form was taken. */
export const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
/** The answer for another institution's booking, as for one that never was. */
export const unknown = (): Response => new Response(null, { status: 404 });

/** The notice of what an address says was done. */
export const doneNotice = (url: URL): DeskNotice | null => {
  const act = readAct(url.searchParams.get('done'));
  return act === undefined ? null : { tone: 'leaf', title: deskDoneText[act], lines: [] };
};
export const refusedNotice = ({ title, lines }: Extract<MoveResult, { readonly kind: 'refused' }>): DeskNotice => ({ tone: 'amber', title, lines });

/** What a form sent, of an account that may change bookings of this desk; undefined when the page is only being read. */
export async function typedBy(astro: Guarded, signedIn: SignedIn, { host }: Desk): Promise<Typed | Response | undefined> {
  if (astro.request.method !== 'POST') return undefined;
  return signedIn.may(host.kind === 'team' ? 'homeVisits.edit' : 'bookings.write') ? readTyped(astro.request) : notAllowed(astro);
}

/** 预约, one day: reads the day; a form on it makes one move (确认, 到场) and comes back to the same row. */
export async function dayStep(astro: Guarded, signedIn: SignedIn, desk: Desk) {
  const { app } = astro.locals;
  const root = deskRoots[desk.host.kind];
  const typed = await typedBy(astro, signedIn, desk);
  if (typed instanceof Response) return typed;
  const today = app.today();
  const day = readDay(typed?.['day'] ?? astro.url.searchParams.get('day'), today);
  let [notice, status]: [DeskNotice | null, number] = [doneNotice(astro.url), 200];
  if (typed) {
    const [act, chosen] = [readAct(typed['act']), chosenIn(typed)];
    const result = act && await makeMove(app, desk, chosen, act, typed);
    if (!result || (result.kind === 'refused' && result.status === 404)) return unknown();
    if (result.kind === 'done') return seeOther(`${dayHref(root, day)}&done=${result.act}#b-${chosen.booking}`);
    [notice, status] = result.kind === 'refused' ? [refusedNotice(result), result.status] : [{ tone: 'amber', title: deskBookingText.notDone, lines: result.errors.map(({ message }) => message) }, 422];
  }
  const [slots, rows, requests] = await Promise.all([app.desk.slots(desk, day, day), app.desk.queue(desk, day, day), app.desk.requests(desk)]);
  return { status, notice, ...dayView({ day, today, now: app.now(), root }, slots, rows, requests) };
}

/** 预约, one week from Monday. */
export async function weekStep(app: App, desk: Desk, day: string | null) {
  const today = app.today();
  const first = weekOf(readDay(day, today));
  const last = addDays(first, 6);
  const [slots, rows] = await Promise.all([app.desk.slots(desk, first, last), app.desk.queue(desk, first, last)]);
  const root = deskRoots[desk.host.kind];
  return { first, last, previous: `${root}week/?day=${addDays(first, -7)}`, next: `${root}week/?day=${addDays(first, 7)}`, days: weekView(root, first, today, slots, rows) };
}

/** 找预约: by day and the last four digits, sent by POST so that no digit stands in an address. */
export async function findByEndStep(astro: Guarded, signedIn: SignedIn, desk: Desk) {
  const { app } = astro.locals;
  const sent = await typedBy(astro, signedIn, desk);
  if (sent instanceof Response) return sent;
  if (!sent) return { status: 200, typed: { day: app.today(), lastFour: '' }, errors: [], rows: null };
  const lastFour = (sent['lastFour'] ?? '').normalize('NFKC').trim();
  const day = readDay(sent['day'], app.today());
  const errors: readonly FormError[] = [
    ...(day === sent['day'] ? [] : [{ field: 'day', message: deskFindText.dayError }]), ...(/^\d{4}$/.test(lastFour) ? [] : [{ field: 'lastFour', message: deskFindText.lastFourError }]),
  ];
  if (errors.length > 0) return { status: 422, typed: { day: sent['day'] ?? '', lastFour }, errors, rows: null };
  const rows: readonly DeskRow[] = await app.desk.find(desk, day, lastFour);
  return { status: 200, typed: { day, lastFour }, errors: [], rows: rows.map((row) => rowView(row, app.now())) };
}
