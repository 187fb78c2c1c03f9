import type { Insertable } from 'kysely';
import type { PlannedSlot, SlotChanges, SlotUpdate, StandingSlot } from '#domain/slotTemplates/model.ts';
import { uuidV5 } from '#storage/files/institutionId.ts';
import type { Database, WriteTx } from '#storage/schema.ts';

/** Namespace of slots made from templates; changing it would give every slot another id. */
const slotNamespace = '5b0a8f7e-3f1c-5d2a-9c41-6a1f0e2d7b90';
const rowsAtOnce = 200;

/** The lasting id of a slot: two processes that plan the same slot write the same row. */
export const plannedSlotId = ({ host, kind, startsAt, bands, title }: PlannedSlot): string => uuidV5(slotNamespace, [host.id, kind, startsAt, bands.join(','), title ?? ''].join('|'));

const rowOf = (slot: PlannedSlot): Insertable<Database['slot']> => ({
  id: plannedSlotId(slot), jurisdiction_code: slot.jurisdiction, institution_id: slot.host.kind === 'institution' ? slot.host.id : null, team_id: slot.host.kind === 'team' ? slot.host.id : null,
  kind: slot.kind, title: slot.title, details: JSON.stringify(slot.details), template_id: slot.template, starts_at: slot.startsAt, ends_at: slot.endsAt,
  capacity: slot.capacity, taken: 0, state: 'open', bands: JSON.stringify(slot.bands),
});

/** Every condition is said again in the statement: a booking may have come between reading and writing. */
async function update(tx: WriteTx, { id, template, endsAt, capacity, details, booked, visible }: SlotUpdate): Promise<void> {
  const same = tx.updateTable('slot').where('id', '=', id).where('taken', '<=', capacity);
  await (booked
    ? same.set({ template_id: template, capacity, state: 'open' })
    : same.where('taken', '=', 0).where('waiting', '=', 0).set((eb) => ({ template_id: template, capacity, ends_at: endsAt, details: JSON.stringify(details), state: 'open', sequence: visible ? eb('sequence', '+', 1) : eb.ref('sequence') }))).execute();
}

/** Takes away what nobody ever booked; closes what an ended booking still names. */
async function remove(tx: WriteTx, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('slot_decision').where('slot_id', 'in', ids).where((eb) => eb('slot_id', 'in', eb.selectFrom('slot').select('id').where('taken', '=', 0))).execute();
  await tx.deleteFrom('slot').where('id', 'in', ids).where('taken', '=', 0).where('waiting', '=', 0)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('booking').select('booking.id').whereRef('booking.slot_id', '=', 'slot.id'))))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('booking_child').select('booking_child.booking_id').whereRef('booking_child.slot_id', '=', 'slot.id')))).execute();
  await tx.updateTable('slot').set((eb) => ({ state: 'closed', sequence: eb('sequence', '+', 1) })).where('id', 'in', ids).where('state', '=', 'open').where('taken', '=', 0).where('waiting', '=', 0).execute();
}

const batches = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / rowsAtOnce) }, (_, at) => values.slice(at * rowsAtOnce, (at + 1) * rowsAtOnce));

/** Writes what a reconciliation decided; answers whether the public calendar of a place (its classes) has changed. */
export async function applySlotChanges(tx: WriteTx, { insert, update: updates, remove: gone }: Pick<SlotChanges, 'insert' | 'update' | 'remove'>): Promise<boolean> {
  for (const batch of batches(gone)) await remove(tx, batch.map(({ id }: StandingSlot) => id));
  for (const one of updates) await update(tx, one);
  for (const batch of batches(insert)) await tx.insertInto('slot').values(batch.map(rowOf)).onConflict((clash) => clash.doNothing()).execute();
  return [...insert, ...gone].some(({ kind }) => kind === 'class') || updates.some(({ visible, details }) => visible && details.kind === 'class');
}
