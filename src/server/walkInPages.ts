import { z } from 'zod';
import type { DeskSlot } from '#domain/booking/desk.ts';
import { bookingChild, contactName, phone } from '#domain/booking/model.ts';
import type { Desk } from '#domain/booking/staff.ts';
import { monthFaults } from '#domain/booking/rules.ts';
import type { BookingReceipt, SlotView } from '#domain/booking/views.ts';
import type { WalkIn } from '#domain/booking/walkIn.ts';
import { isoDate, type Instant } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { typedBy, unknown } from '#server/bookingDeskPages.ts';
import { childRows, monthTyped, type FormError } from '#server/bookingForm.ts';
import { bookingSentence } from '#server/bookingSentence.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import type { Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { readDay } from '#server/pages/bookingDesk.ts';
import { walkInRefusalText } from '#text/bookingDesk.ts';
import { deskWalkInText as words } from '#text/bookingDeskPages.ts';
import { newId } from '#storage/ids.ts';

/** 现场登记: a time is picked, the form is filled, the seat is taken. */
export type WalkInStep =
  | { readonly kind: 'pick'; readonly status: number; readonly day: string; readonly slots: readonly DeskSlot[] }
  | { readonly kind: 'form'; readonly status: number; readonly of: DeskSlot; readonly typed: Typed; readonly errors: readonly FormError[]; readonly sentence: string | null; readonly key: string }
  | { readonly kind: 'done'; readonly status: number; readonly receipt: BookingReceipt; readonly day: string };

const asked = z.object({ seats: z.coerce.number().int().min(1, 'range').max(4, 'range'), contactName: contactName.nullable(), phone: phone.nullable(), children: z.array(bookingChild).max(4) });
const keyed = (typed: Typed): string => (/^[\x21-\x7e]{8,128}$/.test(typed['key'] ?? '') ? typed['key'] ?? '' : newId());

const fieldOf = (path: string, rows: readonly number[]): { readonly field: string; readonly name: string } => {
  const child = /^children\.(\d)/.exec(path);
  return child ? { field: `year${String(rows[Number(child[1])] ?? 1)}`, name: 'birthMonth' } : { field: path, name: path };
};

function readWalkIn(typed: Typed, { kind, details = { kind: 'visit' } }: SlotView, now: Instant): { readonly ok: true; readonly value: Omit<WalkIn, 'slotId'> } | { readonly ok: false; readonly errors: readonly FormError[] } {
  const rows = childRows.filter((row) => monthTyped(typed, row) !== '');
  const said = (name: string): string | null => (typed[name] ?? '').trim() || null;
  const read = asked.safeParse({ seats: kind === 'care' ? Math.max(Number(typed['seats'] ?? '1'), rows.length) : 1, contactName: said('contactName'), phone: said('phone'), children: rows.map((row) => ({ birthMonth: monthTyped(typed, row) })) });
  if (read.success) {
    const far = monthFaults(read.data, { details }, now).map(({ index, code }) => ({ field: `year${String(rows[index] ?? 1)}`, message: bookingSentence('birthMonth', code) }));
    return far.length > 0 ? { ok: false, errors: far } : { ok: true, value: read.data };
  }
  return { ok: false, errors: fieldErrors(read.error, (_name, code) => code).map((error) => {
    const { field, name } = fieldOf(error.field, rows);
    return { field, message: name === 'seats' ? words.seatsError : bookingSentence(name, error.code) };
  }) };
}

const idLike = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A slot of this host that stands open, with its free seats. */
async function slotOf(app: App, desk: Desk, id: string): Promise<DeskSlot | undefined> {
  const slot = idLike.test(id) ? await app.bookings.slot(desk.jurisdiction, id) : undefined;
  if (slot?.host.id !== desk.host.id) return undefined;
  const day = isoDate.parse(slot.startsAt.slice(0, 10));
  return (await app.desk.slots(desk, day, day)).find((one) => one.slot.id === id);
}

async function pick(app: App, desk: Desk, day: string | null): Promise<WalkInStep> {
  const on = readDay(day, app.today());
  const slots = (await app.desk.slots(desk, on, on)).filter(({ slot, free, waiting }) => free > 0 && waiting === 0 && Date.parse(slot.endsAt) > app.now());
  return { kind: 'pick', status: 200, day: on, slots };
}

/** 现场登记, 电话预约: reads the page, or takes the seat its form asks for; the same form sent twice takes it once. */
export async function walkInStep(astro: Guarded, signedIn: SignedIn, desk: Desk): Promise<WalkInStep | Response> {
  const { app } = astro.locals;
  const typed = await typedBy(astro, signedIn, desk);
  if (typed instanceof Response) return typed;
  const id = typed?.['slotId'] ?? astro.url.searchParams.get('slot');
  if (id === null || id === undefined) return pick(app, desk, astro.url.searchParams.get('day'));
  const of = await slotOf(app, desk, id);
  if (!of) return unknown();
  if (!typed) return { kind: 'form', status: 200, of, typed: {}, errors: [], sentence: null, key: newId() };
  const key = keyed(typed);
  const read = readWalkIn(typed, of.slot, app.now());
  if (!read.ok) return { kind: 'form', status: 422, of, typed, errors: read.errors, sentence: null, key };
  const outcome = await app.desk.walkIn(desk, key, { slotId: of.slot.id, ...read.value });
  if (outcome.ok) return { kind: 'done', status: 200, receipt: outcome.value, day: of.slot.startsAt.slice(0, 10) };
  return { kind: 'form', status: 409, of: await slotOf(app, desk, id) ?? of, typed, errors: [], sentence: walkInRefusalText[outcome.reason], key: newId() };
}
