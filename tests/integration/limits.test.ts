import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { makeAddressNames } from '#server/addressNames.ts';
import { fairness } from '#server/bookings.ts';
import { keyringOf } from '#server/crypto.ts';
import { countersIn, keepForgetting, limitRules, makeLimits } from '#server/limits.ts';
import { openCountersPostgres } from '#storage/postgres.ts';
import { openCountersSqlite } from '#storage/sqlite.ts';
import { createDatabase } from '#tests/postgres.ts';

const file = join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'limits.sqlite');

test.each([
  ['sqlite', async () => () => openCountersSqlite(file)],
  ['postgres', async () => { const url = await createDatabase(inject('postgresUrl')); return () => openCountersPostgres(url); }],
] as const)('five wrong codes, then a wait that a restart does not end, on %s', async (engine, prepare) => {
  const open = await prepare();
  const first = await open();
  const limits = makeLimits(true, await countersIn(engine, first.client));
  for (let tries = 0; tries < limitRules.wrongCode.points; tries += 1) {
    expect(await limits.wait('wrongCode', 'one')).toBe(0);
    expect(await limits.take('wrongCode', 'one')).toBe(0);
  }
  expect(await limits.wait('wrongCode', 'one')).toBeGreaterThan(800);
  expect(await limits.wait('wrongCode', 'other')).toBe(0);
  await first.close();
  const second = await open();
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

test.each([
  ['sqlite', async () => () => openCountersSqlite(join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'limits.sqlite'))],
  ['postgres', async () => { const url = await createDatabase(inject('postgresUrl')); return () => openCountersPostgres(url); }],
] as const)('an address is counted under a name of the day that every process gives it, and tomorrow nobody can tell it was the same, on %s', async (_engine, prepare) => {
  const counters = await (await prepare())();
  let now = Date.parse('2026-11-23T10:00:00Z');
  const [one, other] = [makeAddressNames(counters.dayKey, () => now), makeAddressNames(counters.dayKey, () => now)];
  const [name, same] = await Promise.all([one('198.51.100.7'), other('198.51.100.7')]);
  expect(name).toBe(same);
  expect(name).not.toContain('198');
  expect(await one('198.51.100.8')).not.toBe(name);
  now += 86_400_000;
  expect(await one('198.51.100.7')).not.toBe(name);
  // The key of yesterday is gone: asked for again, that day has another.
  now -= 86_400_000;
  expect(await makeAddressNames(counters.dayKey, () => now)('198.51.100.7')).not.toBe(name);
  await counters.close();
});

test('no address stands in the counters', async () => {
  const at = join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'limits.sqlite');
  const counters = openCountersSqlite(at);
  const limits = makeLimits(false, await countersIn('sqlite', counters.client), makeAddressNames(counters.dayKey, Date.now));
  for (const name of ['booking', 'find', 'report', 'demand', 'signIn', 'activation'] as const) await limits.take(name, '198.51.100.77');
  await counters.close();
  expect(readFileSync(at).includes('198.51.100.77')).toBe(false);
});

test('one phone may book twelve times a day, one child eight, and neither number nor child stands in what is counted', async () => {
  const asked: string[] = [];
  const limits = makeLimits(false);
  const counted = fairness({ ...limits, take: (name, key) => { asked.push(key); return limits.take(name, key); } }, keyringOf(randomBytes(32)));
  const waits: number[] = [];
  for (let at = 0; at < 13; at += 1) waits.push(await counted('13800000000', [`child-${String(Math.floor(at / 7))}`]));
  expect(waits.map((wait) => wait > 0)).toEqual([...Array.from({ length: 12 }, () => false), true]);
  const child: number[] = [];
  for (let at = 0; at < 9; at += 1) child.push(await counted(`1390000000${String(at)}`, ['one-child']));
  expect(child.map((wait) => wait > 0)).toEqual([...Array.from({ length: 8 }, () => false), true]);
  expect(asked.join()).not.toMatch(/138000|one-child/);
});

test.each([
  ['sqlite', async () => openCountersSqlite(join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'limits.sqlite'))],
  ['postgres', async () => openCountersPostgres(await createDatabase(inject('postgresUrl')))],
] as const)('counters that ended are taken away, those that have not stay, on %s', async (engine, open) => {
  const counters = await open();
  const limits = makeLimits(false, await countersIn(engine, counters.client));
  for (let tries = 0; tries < limitRules.wrongCode.points; tries += 1) await limits.take('wrongCode', 'one');
  await counters.forget('limit_counter', Date.now());
  expect(await limits.wait('wrongCode', 'one')).toBeGreaterThan(800);
  await counters.forget('limit_counter', Date.now() + 3_600_000);
  expect(await limits.wait('wrongCode', 'one')).toBe(0);
  await counters.close();
});

test('where counters cannot be taken away the fault is reported and the next try comes; the process goes on', async () => {
  const faults: unknown[] = [];
  let tries = 0;
  const forgetting = keepForgetting({ forget: async () => { tries += 1; throw new Error('the disk is full'); } }, (fault) => { faults.push(fault); }, 5);
  await expect.poll(() => tries).toBeGreaterThan(2);
  await forgetting.stop();
  expect(faults).toHaveLength(tries);
});
