import type { DeskRow, DeskSlot } from '#domain/booking/desk.ts';
import { seatStates, type BookingKind, type BookingState, type HostRef } from '#domain/booking/model.ts';
import type { SlotView } from '#domain/booking/views.ts';
import { addDays, isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { staffReasonText } from '#text/booking.ts';
import { deskAdviceText, deskBookingsText as words, deskKindText, deskStateText, partyText, type DeskAct } from '#text/bookingDeskPages.ts';
import { slotDayText, slotStartText, slotTimeText } from '#text/dates.ts';
import { bandText } from '#text/directory.ts';

const hourMs = 3_600_000;
const tones = {
  requested: 'amber', offered: 'amber', turnedAway: 'amber', confirmed: 'plain', waiting: 'plain', declined: 'plain', cancelled: 'plain', expired: 'plain', noShow: 'plain', attended: 'leaf',
} as const satisfies Record<BookingState, 'leaf' | 'amber' | 'plain'>;

const over: readonly BookingState[] = ['declined', 'cancelled', 'expired'];
const held: readonly BookingState[] = seatStates;

/** The day a link or a form names, else the one given. */
export const readDay = (text: string | null | undefined, otherwise: IsoDate): IsoDate => {
  const read = isoDate.safeParse(text);
  return read.success ? read.data : otherwise;
};

/** Where the pages of a desk stand: an institution's under 机构工作台, a 入户指导队's in the office. */
export const deskRoots = { institution: '/portal/bookings/', team: '/office/home-visits/' } as const satisfies Record<HostRef['kind'], string>;
export type DeskRoot = (typeof deskRoots)[HostRef['kind']];
const rootOf = (kind: BookingKind): DeskRoot => (kind === 'homeVisit' ? deskRoots.team : deskRoots.institution);

export const dayHref = (root: DeskRoot, day: string): string => `${root}?day=${day}`;
export const bookingHref = (root: DeskRoot, id: string): string => `${root}${id}/`;

/** What can be registered of a booking now: 到场 from an hour before its slot, 未到 from its beginning. */
export const marksOf = ({ state, slot }: Pick<DeskRow, 'state' | 'slot'>, now: Instant): readonly DeskAct[] => {
  if (state !== 'confirmed' && state !== 'attended' && state !== 'noShow' && state !== 'turnedAway') return [];
  const begins = Date.parse(slot.startsAt);
  const marks: DeskAct[] = [
    ...(now >= begins - hourMs ? ['attended' as const, ...(slot.kind === 'care' ? ['turnedAway' as const] : [])] : []),
    ...(now >= begins ? ['noShow' as const] : []),
  ];
  return marks.filter((act) => act !== state);
};

const endOf = ({ endedBy, reason }: Pick<DeskRow, 'endedBy' | 'reason'>): string | null =>
  ([endedBy === 'institution' ? words.fromInstitution : endedBy === 'parent' ? words.fromParent : null, reason && staffReasonText[reason]].filter((part) => part !== null).join('：') || null);

/** One booking in the desk's lists. `position` is its place in the queue, 0 when it does not wait. */
export function rowView(row: DeskRow, now: Instant, position = 0) {
  const act: DeskAct | null = row.state === 'requested' ? 'confirm' : row.state === 'confirmed' && marksOf(row, now).includes('attended') ? 'attended' : null;
  const phone = row.phoneEnds === null ? (row.maskedName === null ? null : words.noPhone) : words.phoneEnds(row.phoneEnds);
  return {
    id: row.id, version: row.version, root: rootOf(row.slot.kind), href: bookingHref(rootOf(row.slot.kind), row.id), name: row.maskedName ?? words.hidden, phone, party: partyText(row.slot.kind, row.seats),
    ages: [...new Set(row.advice.map(deskAdviceText))].join('、'), state: deskStateText[row.state], tone: tones[row.state], time: `${slotDayText(row.slot.startsAt)} ${slotTimeText(row.slot.startsAt, row.slot.endsAt)}`, kind: deskKindText[row.slot.kind],
    notes: [
      position > 0 ? words.place(position) : null, row.offerEndsAt === null ? null : words.heldUntil(slotStartText(row.offerEndsAt)),
      row.hasNote ? words.hasNote : null, row.entrusted ? words.entrusted : null, row.enrolled ? words.enrolled : null, endOf(row),
    ].filter((note) => note !== null),
    act, actLabel: act === 'confirm' ? words.confirm : act === 'attended' ? words.attended : null,
  };
}
export type RowView = ReturnType<typeof rowView>;

const aboutOf = ({ kind, title, bands }: SlotView): string =>
  [kind === 'class' ? title ?? deskKindText.class : deskKindText[kind], bands.map((band) => bandText[band].replace(/（.*$/, '')).join('、')].filter(Boolean).join(' · ');

/** A slot in one line: time, what it is, seats left. */
export const slotLine = ({ slot, free }: DeskSlot): string => `${slotTimeText(slot.startsAt, slot.endsAt)} ${aboutOf(slot)} · ${words.free(free)}`;

/** Slots of some days with those who are in them: open ones, and closed ones somebody is still booked in. */
export function slotsWithRows(slots: readonly DeskSlot[], rows: readonly DeskRow[]): readonly { readonly of: DeskSlot; readonly rows: readonly DeskRow[] }[] {
  const known = new Map(slots.map((of) => [of.slot.id, of]));
  for (const { slot } of rows) if (!known.has(slot.id)) known.set(slot.id, { slot, free: 0, waiting: slot.waiting ?? 0 });
  return [...known.values()].toSorted((one, other) => (one.slot.startsAt < other.slot.startsAt ? -1 : one.slot.startsAt > other.slot.startsAt ? 1 : one.slot.id < other.slot.id ? -1 : 1))
    .map((of) => ({ of, rows: rows.filter(({ slot }) => slot.id === of.slot.id) }));
}

const seatsHeld = (rows: readonly DeskRow[]): number => rows.filter(({ state }) => held.includes(state)).reduce((sum, { seats }) => sum + seats, 0);

/** One slot of the day: who holds a seat, who waits in which order, and, folded, who is out. */
function slotView({ of, rows }: { readonly of: DeskSlot; readonly rows: readonly DeskRow[] }, now: Instant) {
  const { slot } = of;
  const queue = rows.filter(({ state }) => state === 'waiting').toSorted((one, other) => (one.queueNumber ?? 0) - (other.queueNumber ?? 0));
  const unmarked = rows.filter(({ state }) => state === 'confirmed').length;
  const [begins, ends] = [Date.parse(slot.startsAt), Date.parse(slot.endsAt)];
  return {
    id: slot.id, time: slotTimeText(slot.startsAt, slot.endsAt), about: aboutOf(slot), taken: words.taken(seatsHeld(rows), slot.capacity), free: words.free(of.free), waiting: queue.length > 0 ? words.queued(queue.length) : null,
    isNow: now >= begins - hourMs && now <= ends, unmarked: now >= begins && unmarked > 0 ? words.unmarked(unmarked) : null, isSettled: now > ends && unmarked === 0,
    rows: [...rows.filter(({ state }) => held.includes(state)).map((row) => rowView(row, now)), ...queue.map((row, index) => rowView(row, now, index + 1))],
    out: rows.filter(({ state }) => over.includes(state)).map((row) => rowView(row, now)),
    walkIn: slot.kind !== 'homeVisit' && of.free > 0 && of.waiting === 0 && now <= ends ? `${deskRoots.institution}walk-in/?slot=${slot.id}` : null,
  };
}
export type SlotBlockView = ReturnType<typeof slotView>;

/** The desk's day: what waits for an answer on any day, then this day's slots, those done with folded away. */
export function dayView(asked: { readonly day: IsoDate; readonly today: IsoDate; readonly now: Instant; readonly root: DeskRoot }, slots: readonly DeskSlot[], rows: readonly DeskRow[], requests: readonly DeskRow[]) {
  const blocks = slotsWithRows(slots, rows).map((one) => slotView(one, asked.now));
  return {
    root: asked.root, day: asked.day, title: slotDayText(asked.day), isToday: asked.day === asked.today, previous: dayHref(asked.root, addDays(asked.day, -1)), next: dayHref(asked.root, addDays(asked.day, 1)), thisDay: dayHref(asked.root, asked.today),
    requests: requests.map((row) => rowView(row, asked.now)), ahead: blocks.filter(({ isSettled }) => !isSettled), settled: blocks.filter(({ isSettled }) => isSettled),
  };
}

/** The first day, Monday, of the week a day lies in. */
export const weekOf = (day: IsoDate): IsoDate => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** The desk's week: for each day how many were booked, wait for an answer, wait in a queue, and how many seats are free. */
export function weekView(root: DeskRoot, first: IsoDate, today: IsoDate, slots: readonly DeskSlot[], rows: readonly DeskRow[]) {
  const on = (day: IsoDate) => ({ slots: slots.filter(({ slot }) => slot.startsAt.startsWith(day)), rows: rows.filter(({ slot }) => slot.startsAt.startsWith(day)) });
  return Array.from({ length: 7 }, (_, index) => addDays(first, index)).map((day) => {
    const { slots: ofDay, rows: booked } = on(day);
    const count = (...states: readonly BookingState[]): number => booked.filter(({ state }) => states.includes(state)).length;
    return {
      day, title: slotDayText(day), href: dayHref(root, day), isToday: day === today, toAnswer: count('requested'), booked: count('confirmed', 'attended', 'noShow', 'turnedAway', 'offered'),
      waiting: count('waiting'), free: ofDay.reduce((sum, { free }) => sum + free, 0), isEmpty: ofDay.length === 0 && booked.length === 0,
    };
  });
}
export type WeekDayView = ReturnType<typeof weekView>[number];

const onSheet: readonly BookingState[] = ['requested', 'confirmed', 'attended', 'noShow', 'turnedAway', 'offered'];

/** Rows left empty for who comes unannounced: as many as there are seats, two at most. */
const blanksFor = (free: number): readonly number[] => Array.from({ length: Math.min(2, free) }, (_, index) => index);

/** 当日名单: who is expected, slot by slot, masked; the rest is filled in by hand. */
export const sheetView = (slots: readonly DeskSlot[], rows: readonly DeskRow[], now: Instant) => slotsWithRows(slots, rows).map(({ of, rows: ofSlot }) => ({
  head: `${slotTimeText(of.slot.startsAt, of.slot.endsAt)} ${aboutOf(of.slot)} ${words.taken(seatsHeld(ofSlot), of.slot.capacity)}`, isCare: of.slot.kind === 'care', blanks: blanksFor(of.free),
  rows: ofSlot.filter(({ state }) => onSheet.includes(state)).map((row) => ({ state: row.state, view: rowView(row, now) }))
    .map(({ state, view: { name, phone, party, ages, state: said } }) => ({ name: phone === null ? name : `${name}（${phone}）`, party: [party, ages, state === 'confirmed' ? '' : said].filter(Boolean).join(' · ') })),
}));
