import SQLite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { loadRecords } from '#storage/directory.ts';
import { migrate, migrations } from '#storage/migrate.ts';
import type { Database, Engine } from '#storage/schema.ts';
import { createDatabase } from '#tests/postgres.ts';

const empty: readonly { readonly engine: Engine; readonly open: () => Promise<Kysely<Database>> }[] = [
  { engine: 'sqlite', open: async () => new Kysely<Database>({ dialect: new SqliteDialect({ database: new SQLite(':memory:') }) }) },
  {
    engine: 'postgres',
    open: async () => new Kysely<Database>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: await createDatabase(inject('postgresUrl')), max: 2 }) }) }),
  },
];

const id = '0190a000-0000-7000-8000-000000000001';

describe.each(empty)('可接收 on $engine', ({ engine, open }) => {
  test('a record written before version 20 is read as unknown in all three, never as no', async () => {
    const db = await open();
    await migrate(db, engine, 1, migrations.filter(({ version }) => version < 20));
    await sql`INSERT INTO institution (id, jurisdiction_code, name, source_title, source_read_on, sample, origin, row_key, row_hash, pinyin)
      VALUES (${id}, '120105', '示例·旧记录托育园', '示例数据（虚构）', '2026-11-20', 1, 'sample', '1', 'h', '{}')`.execute(db);
    await db.insertInto('credential').values({ institution_id: id, kind: 'filing', state: 'receipted', number: null, receipted_on: null, authority: null, since: null, decision_number: null }).execute();
    await migrate(db, engine, 2);
    const [read] = await loadRecords(db, '120105');
    expect(read?.institution).toMatchObject({ name: '示例·旧记录托育园', accepts: { allergy: null, medicine: null, specialNeeds: null } });
    await expect(db.updateTable('institution').set({ accepts_allergy: 2 }).where('id', '=', id).execute()).rejects.toThrow();
    await db.destroy();
  });
});
