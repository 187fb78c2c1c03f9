// What must be true of the whole database, whatever happened to it.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { auditText } from '#domain/audit/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import type { Storage } from '#storage/schema.ts';
import { z } from 'zod';

// Typed apart from the program's own lists, so that a state moved there is noticed here.
const seated: readonly string[] = ['requested', 'confirmed', 'offered', 'attended', 'noShow', 'turnedAway'];
const holding: readonly string[] = ['requested', 'confirmed', 'offered', 'waiting'];
/** What became of a visit is written down by the desk; nobody is told. */
const silent: readonly string[] = ['attended', 'noShow', 'turnedAway'];
const counted: readonly string[] = ['requested', 'confirmed', 'waiting', 'offered', 'attended', 'noShow'];
const detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Complaints of counters that differ from rows; `slots` narrows them. */
export async function seatComplaints(storage: Storage, slots?: readonly string[]): Promise<readonly string[]> {
  const rows = await storage.read.selectFrom('slot').select(['id', 'taken', 'capacity', 'waiting',
    (eb) => eb.selectFrom('booking').select((inner) => inner.fn.countAll<number>().as('count')).whereRef('booking.slot_id', '=', 'slot.id').where('state', '=', 'waiting').as('queue'),
    (eb) => eb.selectFrom('booking').select((inner) => inner.fn.coalesce(inner.fn.sum<number>('seats'), inner.lit(0)).as('sum')).whereRef('booking.slot_id', '=', 'slot.id').where('state', 'in', seated).as('seats'),
  ]).$if(slots !== undefined, (query) => query.where('id', 'in', slots ?? [])).execute();
  return rows.flatMap(({ id, taken, capacity, waiting, seats, queue }) => [
    ...(taken > capacity || taken < 0 ? [`slot ${id} has ${taken} of ${capacity} seats taken`] : []),
    ...(Number(seats) === taken ? [] : [`slot ${id} counts ${taken} seats, its bookings hold ${Number(seats)}`]),
    ...(Number(queue) === waiting ? [] : [`slot ${id} counts ${waiting} waiting, there are ${Number(queue)}`]),
  ]);
}

/** Complaints of bookings, children, messages, events and answers that do not stand or fall together. */
export async function rowComplaints({ read }: Storage): Promise<readonly string[]> {
  const complaints: string[] = [];
  const twice = await read.selectFrom('booking_child').select(['institution_id', 'day', 'child_key']).where('holds', '=', 1).groupBy(['institution_id', 'day', 'child_key'])
    .having((eb) => eb.fn.countAll(), '>', 1).execute();
  for (const { day } of twice) complaints.push(`one child holds two bookings at one institution on ${day}`);
  const keysTwice = await read.selectFrom('idempotency').select('key_hash').groupBy(['jurisdiction_code', 'key_hash']).having((eb) => eb.fn.countAll(), '>', 1).execute();
  if (keysTwice.length > 0) complaints.push(`${keysTwice.length} keys have two answers`);
  const bookings = await read.selectFrom('booking').select(['id', 'reference', 'state', 'slot_id', 'version']).execute();
  const children = await read.selectFrom('booking_child').select(['booking_id', 'slot_id', 'holds']).execute();
  const moves = await read.selectFrom('booking_move').select(['booking_id', 'kind', 'ordinal']).execute();
  // Reminders are planned later, and what an institution is told comes of telling the family or of its free places growing old: none belongs to a move.
  const messages = await read.selectFrom('outbox').select('kind').where('kind', 'not in', ['reminder', 'desk-booking', 'free-places-due', 'complaint-received', 'complaint-words']).execute();
  const cases = await read.selectFrom('complaint').select('id').execute();
  const received = await read.selectFrom('outbox').select('id').where('kind', '=', 'complaint-received').execute();
  if (received.length !== cases.length) complaints.push(`${received.length} messages for ${cases.length} complaints`);
  const events = await read.selectFrom('audit_event').select(['object_id', 'kind']).where('object_kind', '=', 'booking').execute();
  const answers = await read.selectFrom('idempotency').select('key_hash').execute();
  const childrenOf = Map.groupBy(children, ({ booking_id }) => booking_id);
  const movesOf = Map.groupBy(moves, ({ booking_id }) => booking_id);
  const eventsOf = Map.groupBy(events, ({ object_id }) => object_id);
  for (const { id, reference, state, slot_id, version } of bookings) {
    const own = childrenOf.get(id) ?? [];
    const holds = holding.includes(state) ? 1 : 0;
    if (own.length === 0) complaints.push(`${reference} has no child`);
    if (holds === 1 && own.some((child) => child.holds !== 1 || child.slot_id !== slot_id)) complaints.push(`${reference} is ${state}, but its children do not hold its slot`);
    if (state === 'cancelled' && own.some((child) => child.holds !== 0)) complaints.push(`${reference} is cancelled, but its children hold`);
    const [made, logged] = [movesOf.get(id)?.length ?? 0, eventsOf.get(id)?.length ?? 0];
    if (made !== version || logged !== version) complaints.push(`${reference} is at version ${version} with ${made} moves and ${logged} events`);
  }
  if (events.length !== moves.length) complaints.push(`${events.length} events for ${moves.length} moves`);
  const told = moves.filter(({ kind }) => !silent.includes(kind)).length;
  if (messages.length !== told) complaints.push(`${messages.length} messages for ${told} moves`);
  const keyed = moves.filter(({ kind, ordinal }) => ordinal === 1 || kind === 'rescheduled').length;
  if (answers.length !== keyed + cases.length) complaints.push(`${answers.length} kept answers for ${keyed} bookings and moves and ${cases.length} complaints`);
  return complaints;
}

/** Complaints of minutes a month that are not those of a child's care at an institution. */
export async function hourComplaints({ read }: Storage): Promise<readonly string[]> {
  const care = await read.selectFrom('booking_child').innerJoin('booking', 'booking.id', 'booking_child.booking_id').innerJoin('slot', 'slot.id', 'booking.slot_id')
    .select(['booking_child.child_key', 'slot.institution_id', 'slot.starts_at', 'slot.ends_at']).where('slot.kind', '=', 'care').where('booking.state', 'in', counted).execute();
  const sums = new Map<string, number>();
  for (const { child_key, institution_id, starts_at, ends_at } of care) {
    const name = `${institution_id ?? ''} ${child_key} ${new Date(starts_at + 8 * 3_600_000).toISOString().slice(0, 7)}`;
    sums.set(name, (sums.get(name) ?? 0) + (ends_at - starts_at) / 60_000);
  }
  const rows = await read.selectFrom('child_hours').selectAll().execute();
  const wrong = rows.filter(({ institution_id, child_key, month, minutes }) => minutes !== (sums.get(`${institution_id} ${child_key} ${month}`) ?? 0));
  const known = new Set(rows.map(({ institution_id, child_key, month }) => `${institution_id} ${child_key} ${month}`));
  return [...wrong.map(({ minutes, month }) => `${minutes} minutes are counted for a child in ${month}, its care comes to another sum`), ...[...sums.keys()].filter((name) => !known.has(name)).map(() => 'care of a child is not counted')];
}

/** Complaints of a broken audit chain. */
export async function chainComplaints({ read }: Storage): Promise<readonly string[]> {
  const heads = await read.selectFrom('audit_head').selectAll().execute();
  const complaints: string[] = [];
  for (const head of heads) {
    const rows = await read.selectFrom('audit_event').selectAll().where('jurisdiction_code', '=', head.jurisdiction_code).orderBy('seq').execute();
    let previous = '0'.repeat(64);
    for (const [index, row] of rows.entries()) {
      const text = auditText({
        id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), at: instant.parse(row.at), kind: row.kind, actor: row.actor, objectKind: row.object_kind, objectId: row.object_id,
        detail: detail.parse(JSON.parse(row.detail)),
      }, row.seq, previous);
      const hash = createHash('sha256').update(text).digest('hex');
      if (row.seq !== index + 1 || row.previous_hash !== previous || row.hash !== hash) complaints.push(`event ${row.seq} does not follow from the one before`);
      previous = row.hash;
    }
    if (head.seq !== rows.length || head.hash !== previous) complaints.push(`the head of the chain says ${head.seq}, there are ${rows.length} events`);
  }
  return complaints;
}

/** Complaints of SQLite about its own file. */
export async function fileComplaints({ read }: Storage): Promise<readonly string[]> {
  const integrity = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(read);
  const keys = await sql`PRAGMA foreign_key_check`.execute(read);
  return [...integrity.rows.map((row) => row.integrity_check).filter((line) => line !== 'ok'), ...keys.rows.map((row) => `foreign key: ${JSON.stringify(row)}`)];
}

/** Every complaint there is. */
export async function allComplaints(storage: Storage): Promise<readonly string[]> {
  return [...await seatComplaints(storage), ...await rowComplaints(storage), ...await hourComplaints(storage), ...await chainComplaints(storage), ...(storage.engine === 'sqlite' ? await fileComplaints(storage) : [])];
}
