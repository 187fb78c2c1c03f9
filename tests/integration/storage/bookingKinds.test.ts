import SQLite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { migrate, migrations } from '#storage/migrate.ts';
import type { Database, Engine } from '#storage/schema.ts';
import { findSlot } from '#storage/slots.ts';
import { createDatabase } from '#tests/postgres.ts';

const open: readonly { readonly engine: Engine; readonly make: () => Promise<Kysely<Database>> }[] = [
  {
    engine: 'sqlite',
    make: async () => {
      const database = new SQLite(':memory:');
      database.pragma('foreign_keys = ON');
      return new Kysely<Database>({ dialect: new SqliteDialect({ database }) });
    },
  },
  {
    engine: 'postgres',
    make: async () => new Kysely<Database>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: await createDatabase(inject('postgresUrl')), max: 2, types }) }) }),
  },
];

const int8 = 20;
const types = { getTypeParser: (id: number, format?: 'text' | 'binary') => (id === int8 ? Number : pg.types.getTypeParser(id, format)) };

const hebei = jurisdictionCode.parse('120105');
const institution = '0190a000-0000-7000-8000-000000000001';
const slot = '0190b000-0000-7000-8000-000000000001';
const booking = '0190c000-0000-7000-8000-000000000001';

describe.each(open)('migration 80 on $engine', ({ engine, make }) => {
  test('slots and bookings made before stand as they were, and the new rules hold for them', async () => {
    const db = await make();
    await migrate(db, engine, 1, migrations.filter(({ version }) => version < 80));
    await sql`INSERT INTO institution (id, jurisdiction_code, name, source_title, source_read_on, sample, origin, row_key, row_hash, pinyin)
      VALUES (${institution}, '120105', '示例·旧记录托育园', '示例数据（虚构）', '2026-11-20', 1, 'sample', '1', 'h', '{}')`.execute(db);
    await sql`INSERT INTO slot (id, jurisdiction_code, institution_id, kind, starts_at, ends_at, capacity, taken, state, bands) VALUES (${slot}, '120105', ${institution}, 'care', 1000, 2000, 6, 1, 'open', '["toddler"]')`.execute(db);
    await sql`INSERT INTO booking (id, jurisdiction_code, reference, query_code_hash, slot_id, state, seats, version, sealed_contact, acting_as, rules_version, created_at)
      VALUES (${booking}, '120105', 'Y-00000001', 'h', ${slot}, 'cancelled', 1, 2, 's', 'guardian', '2026-11', 1)`.execute(db);
    await sql`INSERT INTO booking_child (booking_id, ordinal, child_key, slot_id, institution_id, day, holds) VALUES (${booking}, 0, 'k', ${slot}, ${institution}, '2026-12-01', 0)`.execute(db);
    await sql`INSERT INTO booking_move (booking_id, ordinal, at, kind) VALUES (${booking}, 1, 1, 'booked'), (${booking}, 2, 2, 'cancelled')`.execute(db);
    await migrate(db, engine, 2);
    expect(await findSlot(db, hebei, slot)).toMatchObject({ host: { kind: 'institution', id: institution }, title: null, taken: 1, waiting: 0, bands: ['toddler'], details: { kind: 'care', fee: null }, terms: { waitingList: true, confirmation: 'onRequest' } });
    expect(await db.selectFrom('booking_move').select('kind').orderBy('ordinal').execute()).toEqual([{ kind: 'booked' }, { kind: 'cancelled' }]);
    expect(await db.selectFrom('booking').select(['state', 'ended_by', 'queue_number']).execute()).toEqual([{ state: 'cancelled', ended_by: null, queue_number: null }]);
    // A booking still keeps its slot, a seat is still counted, and what only the new schema says is refused.
    await expect(db.deleteFrom('slot').where('id', '=', slot).execute()).rejects.toThrow();
    const broken: readonly (readonly [string, object])[] = [
      ['a seat too many', { taken: 7 }], ['a queue at a visit', { kind: 'visit', waiting: 1, queue_last: 1 }], ['no host', { institution_id: null }], ['a home visit by an institution', { kind: 'homeVisit', details: '{}' }],
    ];
    for (const [name, change] of broken) await expect(db.updateTable('slot').set(change).where('id', '=', slot).execute(), name).rejects.toThrow();
    for (const change of [{ state: 'waiting' }, { state: 'offered' }, { offer_ends_at: 5 }, { state: 'confirmed', ended_by: 'parent' }]) await expect(db.updateTable('booking').set(change).execute()).rejects.toThrow();
    await expect(db.updateTable('booking_move').set({ kind: 'vanished' }).execute()).rejects.toThrow();
    await db.destroy();
  });
});
