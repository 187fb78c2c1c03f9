import { z } from 'zod';
import type { Selectable } from 'kysely';
import { classBands } from '#domain/directory/model.ts';
import { bookingKinds, defaultTermsOf, nothingSaid, slotDetails, type BookingKind, type BookingTerms, type Slot, type SlotDetails } from '#domain/booking/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import type { Database, ReadDb } from '#storage/schema.ts';

const bandList = z.array(z.enum(classBands));
const kindOf = z.enum(bookingKinds);

/** A slot's row with the terms of its host and of its jurisdiction, null where they set none. */
type SlotRow = Selectable<Database['slot']> & {
  readonly own_opens: number | null; readonly own_at: string | null; readonly own_closes: number | null; readonly own_cancel: number | null; readonly own_confirmation: string | null; readonly own_hours: number | null; readonly own_list: number | null;
  readonly place_opens: number | null; readonly place_at: string | null; readonly place_closes: number | null; readonly place_cancel: number | null; readonly place_confirmation: string | null; readonly place_hours: number | null; readonly place_list: number | null;
};

type TermsRow = Pick<Database['booking_terms'], 'opens_days_ahead' | 'opens_at' | 'closes_hours_before' | 'cancel_hours_before' | 'confirmation' | 'monthly_hours' | 'waiting_list'>;

/** 预约规则 as a row says them. */
export const readTerms = (row: TermsRow): BookingTerms => ({
  opensDaysAhead: row.opens_days_ahead, opensAt: row.opens_at, closesHoursBefore: row.closes_hours_before, cancelHoursBefore: row.cancel_hours_before,
  confirmation: row.confirmation === 'onRequest' ? 'onRequest' : 'instant', monthlyHours: row.monthly_hours, waitingList: row.waiting_list === 1,
});

const termsIn = (opens: number | null, at: string | null, closes: number | null, cancel: number | null, confirmation: string | null, hours: number | null, list: number | null): BookingTerms | undefined =>
  opens === null || at === null || closes === null || cancel === null || confirmation === null || list === null ? undefined
    : readTerms({ opens_days_ahead: opens, opens_at: at, closes_hours_before: closes, cancel_hours_before: cancel, confirmation, monthly_hours: hours, waiting_list: list });

const detailsOf = (kind: BookingKind, text: string): SlotDetails => {
  if (text !== '') return slotDetails.parse(JSON.parse(text));
  if (kind === 'homeVisit') throw new Error('a home visit without its subdistrict');
  return nothingSaid[kind];
};

/** 预约时段 as the domain knows it. */
export const readSlot = (row: SlotRow): Slot => {
  const kind = kindOf.parse(row.kind);
  return {
    id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), host: row.institution_id === null ? { kind: 'team', id: row.team_id ?? '' } : { kind: 'institution', id: row.institution_id },
    kind, title: row.title, startsAt: instant.parse(row.starts_at), endsAt: instant.parse(row.ends_at), capacity: row.capacity, taken: row.taken, waiting: row.waiting,
    state: row.state === 'open' ? 'open' : 'closed', bands: row.bands === '[]' ? [] : bandList.parse(JSON.parse(row.bands)), details: detailsOf(kind, row.details),
    terms: termsIn(row.own_opens, row.own_at, row.own_closes, row.own_cancel, row.own_confirmation, row.own_hours, row.own_list)
      ?? termsIn(row.place_opens, row.place_at, row.place_closes, row.place_cancel, row.place_confirmation, row.place_hours, row.place_list) ?? defaultTermsOf(kind),
  };
};

/** Slots with the terms that hold for each: the host's own, else the jurisdiction's. */
export const slotRows = (db: ReadDb) =>
  db.selectFrom('slot')
    .leftJoin('booking_terms as own', (join) => join.on((eb) => eb('own.scope', '=', eb.fn.coalesce('slot.institution_id', 'slot.team_id'))).onRef('own.kind', '=', 'slot.kind'))
    .leftJoin('booking_terms as shared', (join) => join.onRef('shared.scope', '=', 'slot.jurisdiction_code').onRef('shared.kind', '=', 'slot.kind'))
    .selectAll('slot').select([
      'own.opens_days_ahead as own_opens', 'own.opens_at as own_at', 'own.closes_hours_before as own_closes', 'own.cancel_hours_before as own_cancel', 'own.confirmation as own_confirmation', 'own.monthly_hours as own_hours', 'own.waiting_list as own_list',
      'shared.opens_days_ahead as place_opens', 'shared.opens_at as place_at', 'shared.closes_hours_before as place_closes', 'shared.cancel_hours_before as place_cancel', 'shared.confirmation as place_confirmation', 'shared.monthly_hours as place_hours', 'shared.waiting_list as place_list',
    ]);

const oneSlot = (db: ReadDb, id: string, jurisdiction: string) => slotRows(db).where('slot.id', '=', id).where('slot.jurisdiction_code', '=', jurisdiction).compile();
// Every booking asks for its slot: the query is put together once for each handle, not once for each booking.
const compiled = new WeakMap<ReadDb, ReturnType<typeof oneSlot>>();

/** 时段: one slot of a jurisdiction. */
export const findSlot = async (db: ReadDb, jurisdiction: string, id: string): Promise<Slot | undefined> => {
  const query = compiled.get(db) ?? oneSlot(db, id, jurisdiction);
  compiled.set(db, query);
  const { rows: [row] } = await db.executeQuery<SlotRow>({ ...query, parameters: [id, jurisdiction] });
  return row && readSlot(row);
};

/** Open slots of an institution and kind that start in `[from, to)`, earliest first. */
export const slotsOf = (db: ReadDb, institution: string, kind: string, from: number, to: number) =>
  slotRows(db).where('slot.institution_id', '=', institution).where('slot.kind', '=', kind)
    .where('slot.starts_at', '>=', from).where('slot.starts_at', '<', to).where('slot.state', '=', 'open').orderBy('slot.starts_at').limit(1_000);

/** Open slots of a jurisdiction and kind that start in `[from, to)`, earliest first. */
export const slotsIn = (db: ReadDb, jurisdiction: string, kind: string, from: number, to: number) =>
  slotRows(db).where('slot.jurisdiction_code', '=', jurisdiction).where('slot.kind', '=', kind)
    .where('slot.starts_at', '>=', from).where('slot.starts_at', '<', to).where('slot.state', '=', 'open').orderBy('slot.starts_at').limit(1_000);
