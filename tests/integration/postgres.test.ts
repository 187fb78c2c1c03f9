import pg from 'pg';
import { afterEach, expect, inject, test } from 'vitest';
import { createDatabase } from '#tests/postgres.ts';

const open: pg.Client[] = [];

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  open.push(client);
  return client;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.end()));
});

test('the server is PostgreSQL 18 and holds many connections at once', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const clients = await Promise.all(Array.from({ length: 20 }, () => connect(url)));
  const answers = await Promise.all(clients.map((client) => client.query<{ pid: number }>('select pg_backend_pid() as pid, pg_sleep(0.2)')));
  expect(new Set(answers.map((answer) => answer.rows[0]?.pid)).size).toBe(20);
  const version = await clients[0]?.query<{ server_version: string }>('show server_version');
  expect(version?.rows[0]?.server_version).toMatch(/^18\./);
});

test('two transactions really wait for each other', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const [first, second] = [await connect(url), await connect(url)];
  await first.query('create table seat (id int primary key, taken int not null check (taken <= 1))');
  await first.query('insert into seat values (1, 0)');
  const order: string[] = [];
  await first.query('begin');
  await first.query('update seat set taken = 1 where id = 1 and taken < 1');
  const waiting = second.query('update seat set taken = 1 where id = 1 and taken < 1').then((result) => {
    order.push('second');
    return result.rowCount;
  });
  await new Promise((resolve) => { setTimeout(resolve, 200); });
  order.push('first');
  await first.query('commit');
  expect(await waiting).toBe(0);
  expect(order).toEqual(['first', 'second']);
});

test('each database is empty and its own', async () => {
  const [left, right] = await Promise.all([createDatabase(inject('postgresUrl')), createDatabase(inject('postgresUrl'))]);
  const writer = await connect(left);
  await writer.query('create table only_here (id int)');
  const reader = await connect(right);
  const tables = await reader.query("select tablename from pg_tables where schemaname = 'public'");
  expect(tables.rows).toEqual([]);
});
