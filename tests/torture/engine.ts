// The one file of the tortures that knows the booking commands: everything else speaks of operations and answers.
import SQLite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { cancelBooking } from '#domain/booking/cancel.ts';
import type { BookingDeps } from '#domain/booking/deps.ts';
import { rescheduleBooking } from '#domain/booking/reschedule.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { acceptOffer, sweepOffers } from '#domain/booking/waiting.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { bookingSeals } from '#server/bookingSeals.ts';
import { keyringOf } from '#server/crypto.ts';
import { migrate } from '#storage/migrate.ts';
import { deskStore } from '#storage/desk.ts';
import { openPostgres } from '#storage/postgres.ts';
import type { Database, Storage } from '#storage/schema.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { aRequest, aSlot, bookingDeps, sundayMorning } from '#tests/builders/booking.ts';
import { atDesk, deskOperation } from '#tests/torture/deskEngine.ts';
import { migrationsWithout, planted, plants, type Plant } from '#tests/torture/plants.ts';

/** A database: where it is, and what is wrong with it on purpose. */
export const target = z.discriminatedUnion('engine', [
  z.strictObject({ engine: z.literal('sqlite'), file: z.string(), plant: z.enum(plants).optional() }),
  z.strictObject({ engine: z.literal('postgres'), url: z.string(), connections: z.int().min(1).max(50), plant: z.enum(plants).optional() }),
]);
export type Target = z.infer<typeof target>;

const claim = { reference: z.string(), queryCode: z.string() };
/** Something a parent or an institution does. `child` stands for one family with one child. */
export const operation = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('book'), slot: z.string(), child: z.int(), key: z.string() }),
  z.strictObject({ do: z.literal('cancel'), ...claim }),
  z.strictObject({ do: z.literal('reschedule'), ...claim, slot: z.string(), key: z.string() }),
  // A class on a later day: `join` will wait when it must. "Now" is so many days after the Sunday morning.
  z.strictObject({ do: z.literal('join'), slot: z.string(), child: z.int(), key: z.string(), wait: z.boolean(), days: z.int() }),
  z.strictObject({ do: z.literal('accept'), ...claim, days: z.int() }),
  z.strictObject({ do: z.literal('leave'), ...claim, days: z.int() }),
  z.strictObject({ do: z.literal('lapse'), days: z.int() }),
  z.strictObject({ do: z.literal('resize'), slot: z.string(), capacity: z.int() }),
  ...deskOperation.options,
]);
export type Operation = z.infer<typeof operation>;

/** What came of it; `receipt` is the answer's full text, to be compared letter by letter. */
export const answer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), reference: z.string(), queryCode: z.string(), state: z.string(), slot: z.string(), receipt: z.string() }),
  z.strictObject({ ok: z.literal(false), reason: z.string() }),
]);
export type Answer = z.infer<typeof answer>;

const place = jurisdictionCode.parse('120105');
// Every process of a torture holds the same keys, as every process of the program does.
const keys = keyringOf(Buffer.alloc(32, 7));

/** Makes the schema of a fresh database, less what its plant takes away. */
async function makeSchema(of: Target, plant: Plant): Promise<void> {
  const steps = migrationsWithout(plant);
  if (!steps) return;
  const dialect = of.engine === 'sqlite' ? new SqliteDialect({ database: new SQLite(of.file) }) : new PostgresDialect({ pool: new pg.Pool({ connectionString: of.url, max: 1 }) });
  const db = new Kysely<Database>({ dialect });
  await migrate(db, of.engine, sundayMorning, steps);
  await db.destroy();
}

/** Opens a database as the program does, then plants its fault. */
export async function openTarget(of: Target): Promise<Storage> {
  if (of.plant !== undefined) await makeSchema(of, of.plant);
  const storage = of.engine === 'sqlite' ? await openSqlite(of.file, sundayMorning) : await openPostgres(of.url, sundayMorning, of.connections);
  return planted(storage, of.plant);
}

/** The commands' needs over a storage: a clock that stands still on a Sunday morning, the keys all processes share. */
export const depsOf = (storage: Storage): BookingDeps => ({ ...bookingDeps(storage), seals: bookingSeals(keys) });

const phoneOf = (child: number): string => `13${String(child).padStart(9, '0')}`;

/** Does one operation; throws only what the program itself would answer with a fault. */
export async function perform(given: BookingDeps, storage: Storage, asked: Operation): Promise<Answer> {
  const refusal = (reason: string): Answer => ({ ok: false, reason });
  const now = instant.parse(sundayMorning + ('days' in asked ? asked.days : 0) * 86_400_000);
  const deps: BookingDeps = { ...given, now: () => now };
  if ('desk' in asked) return atDesk({ ...given, desk: deskStore(storage) }, asked, phoneOf);
  if (asked.do === 'lapse') {
    await sweepOffers(deps);
    return { ok: true, reference: '', queryCode: '', state: '', slot: '', receipt: '' };
  }
  if (asked.do === 'book' || asked.do === 'join') {
    const outcome = await reserve(deps, place, asked.key, aRequest({ slotId: asked.slot, phone: phoneOf(asked.child), ...(asked.do === 'join' && asked.wait ? { waiting: true } : {}) }));
    if (!outcome.ok) return refusal(outcome.reason);
    const { receipt } = outcome.value;
    return { ok: true, reference: receipt.reference, queryCode: receipt.queryCode, state: receipt.state, slot: receipt.slot.id, receipt: JSON.stringify(receipt) };
  }
  if (asked.do === 'resize') {
    const resized = await storage.write((tx) => tx.updateTable('slot').set({ capacity: asked.capacity }).where('id', '=', asked.slot).where('taken', '<=', asked.capacity).executeTakeFirst());
    return resized.numUpdatedRows === 1n ? { ok: true, reference: '', queryCode: '', state: '', slot: asked.slot, receipt: '' } : refusal('taken');
  }
  const { reference, queryCode } = asked;
  const outcome = asked.do === 'accept' ? await acceptOffer(deps, place, { reference, queryCode })
    : asked.do === 'cancel' || asked.do === 'leave' ? await cancelBooking(deps, place, { reference, queryCode }) : await rescheduleBooking(deps, place, asked.key, { reference, queryCode, slotId: asked.slot });
  return outcome.ok ? { ok: true, reference, queryCode, state: outcome.value.state, slot: outcome.value.slot.id, receipt: '' } : refusal(outcome.reason);
}

/** Slots of one institution, a day apart from tomorrow on; at most 25 of them. */
export async function makeSlots(storage: Storage, capacities: readonly number[]): Promise<readonly string[]> {
  const slots: string[] = [];
  let institution: string | undefined;
  for (const [index, capacity] of capacities.entries()) {
    const made = await aSlot(storage, { capacity, startsAt: sundayMorning + (index + 1) * 86_400_000, ...(institution === undefined ? {} : { institution }) });
    institution = made.institution;
    slots.push(made.id);
  }
  return slots;
}
