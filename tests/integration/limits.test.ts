import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { countersIn, limitRules, makeLimits } from '#server/limits.ts';
import { openCountersPostgres } from '#storage/postgres.ts';
import { openCountersSqlite } from '#storage/sqlite.ts';
import { createDatabase } from '#tests/postgres.ts';

const file = join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'limits.sqlite');

test.each([
  ['sqlite', async () => () => openCountersSqlite(file)],
  ['postgres', async () => { const url = await createDatabase(inject('postgresUrl')); return () => openCountersPostgres(url); }],
] as const)('five wrong codes, then a wait that a restart does not end, on %s', async (engine, prepare) => {
  const open = await prepare();
  const first = open();
  const limits = makeLimits(true, await countersIn(engine, first.client));
  for (let tries = 0; tries < limitRules.wrongCode.points; tries += 1) {
    expect(await limits.wait('wrongCode', 'one')).toBe(0);
    expect(await limits.take('wrongCode', 'one')).toBe(0);
  }
  expect(await limits.wait('wrongCode', 'one')).toBeGreaterThan(800);
  expect(await limits.wait('wrongCode', 'other')).toBe(0);
  await first.close();
  const second = open();
  expect(await makeLimits(true, await countersIn(engine, second.client)).wait('wrongCode', 'one')).toBeGreaterThan(800);
  await second.close();
});

test('switched off, everything but wrong codes passes; switched on, the allowance ends', async () => {
  const off = makeLimits(true);
  const on = makeLimits(false);
  const waits = await Promise.all(Array.from({ length: 31 }, async () => [await off.take('booking', 'here'), await on.take('booking', 'here')] as const));
  expect(waits.every(([wait]) => wait === 0)).toBe(true);
  expect(waits.filter(([, wait]) => wait > 0)).toHaveLength(1);
});
