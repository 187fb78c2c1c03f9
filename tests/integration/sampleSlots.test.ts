import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf, instant, instantAt, type IsoDate } from '#domain/shared/dates.ts';
import { topUpSampleSlots } from '#server/sampleSlots.ts';
import { noEffects, templateDeps } from '#server/slotTemplates.ts';
import { putInstitution } from '#storage/directory.ts';
import { sampleInstitutions } from '#storage/files/samples.ts';
import { recordOf } from '#storage/published.ts';
import type { Storage } from '#storage/schema.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { aPlace, importDay } from '#tests/builders/importList.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const place = aPlace('hebei');
let folder: string;
let storage: Storage;
const topUp = (day: IsoDate): Promise<void> => topUpSampleSlots(storage, templateDeps(storage, join(root, 'data'), () => instantAt(day, '00:00'), noEffects), place.code, sampleInstitutions(place, day), day);
const allSlots = () => storage.read.selectFrom('slot').selectAll().orderBy('id').execute();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tuoyu-samples-'));
  storage = await openSqlite(join(folder, 'demo.sqlite'), 0);
  await storage.write(async (tx) => {
    for (const sample of sampleInstitutions(place, importDay)) await putInstitution(tx, recordOf(sample, 'sample', '{}'));
  });
  await topUp(importDay);
});
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

test('topping up daily keeps ten visits ahead for every sample, repeats none and forgets no booking', async () => {
  const [first] = await allSlots();
  await storage.write((tx) => tx.updateTable('slot').set({ taken: 1 }).where('id', '=', first?.id ?? '').execute());
  const before = await allSlots();
  await topUp(importDay);
  expect(await allSlots()).toEqual(before);
  for (let ahead = 0; ahead < 10; ahead += 1) {
    const day = addDays(importDay, ahead);
    await topUp(day);
    // The latest instant of the day at which a visit on it could still be asked for, and the cut-off of two hours behind it.
    const from = instantAt(day, '23:59') + 2 * 3_600_000;
    const visits = Map.groupBy((await allSlots()).filter(({ kind, starts_at }) => kind === 'visit' && starts_at > from && starts_at < instantAt(addDays(day, 14), '00:00')), (slot) => slot.institution_id);
    expect(visits.size).toBe(24);
    expect(Math.min(...[...visits.values()].map((slots) => slots.length))).toBeGreaterThanOrEqual(10);
  }
  expect((await allSlots()).find(({ id }) => id === first?.id)?.taken).toBe(1);
});

test('capacities keep to the promise, and visits lie on weekdays and some Saturdays', async () => {
  const slots = await allSlots();
  const capacities = (kind: string): readonly [number, number] => {
    const found = slots.filter((slot) => slot.kind === kind).map(({ capacity }) => capacity);
    return [Math.min(...found), Math.max(...found)];
  };
  const [visit, care, group] = [capacities('visit'), capacities('care'), capacities('class')];
  expect(visit[0]).toBeGreaterThanOrEqual(1);
  expect(visit[1]).toBeLessThanOrEqual(6);
  expect([care[0] >= 2, care[1] <= 6, group[0] >= 8, group[1] <= 12]).toEqual([true, true, true, true]);
  expect(slots.some(({ starts_at }) => new Date(`${dayOf(instant.parse(starts_at))}T00:00:00Z`).getUTCDay() === 0)).toBe(false);
});
