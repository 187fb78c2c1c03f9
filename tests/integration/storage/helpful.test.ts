import SQLite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { makeHelpful } from '#server/helpful.ts';
import { makeLimits } from '#server/limits.ts';
import { findHelpful, helpfulStore } from '#storage/helpful.ts';
import { migrate, migrations } from '#storage/migrate.ts';
import type { Database } from '#storage/schema.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';
import { createDatabase } from '#tests/postgres.ts';

const place = { code: jurisdictionCode.parse('120105') };
const today = isoDate.parse('2026-11-23');

describe.each(engines)('有没有帮助 on $engine', ({ engine, open }) => {
  let opened: Opened | undefined;
  const storage = () => { if (!opened) throw new Error('not opened'); return opened.storage; };
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened?.leave());

  test('fifty answers at once are fifty, and nothing but numbers is kept', async () => {
    const store = helpfulStore(storage());
    await Promise.all(Array.from({ length: 50 }, (_, at) => store.add(place.code, at % 2 === 0 ? 'fever-at-home' : 'choking', '2026-11', at % 5 === 0 ? 'no' : 'yes')));
    await store.add(place.code, 'choking', '2026-12', 'wrong');
    await store.add('140525', 'choking', '2026-11', 'no');
    const helpful = makeHelpful(store, makeLimits(true), () => today);
    expect(await helpful.totals(place, '2026-11', '2026-11')).toEqual([
      { article: 'choking', yes: 20, no: 5, unclear: 0, missing: 0, wrong: 0 }, { article: 'fever-at-home', yes: 20, no: 5, unclear: 0, missing: 0, wrong: 0 },
    ]);
    expect((await helpful.totals(place, '2026-12', '2027-01')).map(({ article, wrong }) => [article, wrong])).toEqual([['choking', 1]]);
    const rows = await storage().read.selectFrom('helpful_count').selectAll().execute();
    expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(['article', 'jurisdiction_code', 'month', 'tally', 'times']);
  });

  test('a word that is no answer is refused by the table itself', async () => {
    await expect(storage().write((tx) => tx.insertInto('helpful_count').values({ jurisdiction_code: place.code, article: 'choking', month: '2026-11', tally: '张三', times: 1 }).execute())).rejects.toThrow();
  });

  test('a database of version 50 with a record gets the counts and keeps the record', async () => {
    const db = engine === 'sqlite'
      ? new Kysely<Database>({ dialect: new SqliteDialect({ database: new SQLite(':memory:') }) })
      : new Kysely<Database>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: await createDatabase(inject('postgresUrl')), max: 2 }) }) });
    await migrate(db, engine, 1, migrations.filter(({ version }) => version < 60));
    await db.insertInto('jurisdiction_revision').values({ jurisdiction_code: place.code, revision: 7 }).execute();
    await migrate(db, engine, 2);
    expect(await findHelpful(db, place.code, '2026-01', '2026-12').execute()).toEqual([]);
    expect(Number((await db.selectFrom('jurisdiction_revision').select('revision').executeTakeFirstOrThrow()).revision)).toBe(7);
    if (engine === 'sqlite') {
      const question = findHelpful(db, place.code, '2026-01', '2026-12').compile();
      const plan = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${sql.raw(question.sql.replaceAll('?', `'x'`))}`.execute(db);
      expect(plan.rows.map(({ detail }) => detail).join()).toMatch(/SEARCH helpful_count USING/);
    }
    await db.destroy();
  });
});

describe('how often an address may answer', () => {
  test('eight times of one article in a day, then nothing is counted; another article still is, and the next day all is new', async () => {
    const counted: string[] = [];
    let day = today;
    const helpful = makeHelpful({ add: async (_code, article) => { counted.push(article); }, counts: async () => [] }, makeLimits(false), () => day);
    const answer = (article: string) => helpful.take(place, { article, answer: 'yes' }, '203.0.113.9');
    const first = await Promise.all(Array.from({ length: 9 }, () => answer('choking')));
    expect(first.filter((outcome) => outcome === 'too-many')).toHaveLength(1);
    expect(await answer('fever-at-home')).toBe('counted');
    day = isoDate.parse('2026-11-24');
    expect(await answer('choking')).toBe('counted');
    expect(counted).toHaveLength(10);
  });
});
