import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApi } from '#server/api/api.ts';
import { createApp, type App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuoyu-test-'));
let app: App;
beforeAll(async () => { app = await createApp(readConfig({ DATA_DIR: folder, RATE_LIMITS: 'off', DEMO: '1', NOW: '2026-11-23T10:00:00+08:00' })); });
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const answer = z.object({ code: z.string().optional(), errors: z.array(z.object({ field: z.string(), code: z.string() })).optional(), total: z.number().optional(), items: z.array(z.looseObject({ id: z.string(), name: z.string(), url: z.string(), place: z.object({ slug: z.string() }), distance: z.number().optional(), credential: z.string() })).optional() });

async function ask(parameters: string): Promise<{ readonly status: number } & z.infer<typeof answer>> {
  const response = await createApi(app).fetch(new Request(`http://localhost/api/v1/search?${parameters}`), { requestId: 'test', clientAddress: '127.0.0.1' });
  return { status: response.status, ...answer.parse(await response.json()) };
}

test('institutions of several places are found with the place each lies in', async () => {
  const { status, total, items } = await ask('q=小森林');
  expect(status).toBe(200);
  expect(total).toBe(app.jurisdictions.length);
  expect(new Set(items?.map(({ place }) => place.slug)).size).toBe(app.jurisdictions.length);
  for (const { id, url, place } of items ?? []) expect(url).toBe(`/${place.slug}/institutions/${id}/`);
});

test('a place, pinyin and facets narrow the answer as the list of the place does', async () => {
  const [place] = app.jurisdictions;
  const { total, items } = await ask(`place=${place?.slug ?? ''}&q=xiaosenlin`);
  expect(total).toBe(1);
  expect(items?.[0]?.place.slug).toBe(place?.slug);
  const all = await ask(`place=${place?.slug ?? ''}&size=100`);
  const filtered = await ask(`place=${place?.slug ?? ''}&months=20&mode=halfDay&size=100`);
  expect(all.total).toBe(24); // planned sites are not in force
  expect(filtered.total).toBeGreaterThan(0);
  expect(filtered.total).toBeLessThan(24);
});

test('near a point across places, the nearest first', async () => {
  const all = await ask('place=hebei&size=100');
  const point = z.object({ point: z.object({ lng: z.number(), lat: z.number() }) }).parse(all.items?.find(({ point: known }) => known !== null)).point;
  const { items } = await ask(`near=${point.lng.toFixed(3)},${point.lat.toFixed(3)}&radius=3000&sort=distance`);
  const distances = items?.map(({ distance }) => distance ?? Infinity) ?? [];
  expect(distances.length).toBeGreaterThan(2);
  expect(distances).toEqual(distances.toSorted((one, other) => one - other));
  expect(distances.at(-1)).toBeLessThanOrEqual(3000);
});

test.each([
  ['', 'scope-needed', undefined], ['q=园', 'scope-needed', undefined], ['q=托育', 'scope-needed', undefined], ['place=atlantis&q=园', 'invalid', { field: 'place', code: 'unknown-value' }], ['q=园区&include=ended', 'invalid', { field: 'include', code: 'unknown-field' }],
  ['q=园区&around=武林', 'invalid', { field: 'around', code: 'unknown-field' }], ['q=园区&sort=fee', 'invalid', { field: 'sort', code: 'unknown-value' }], ['q=园区&near=117.2,39.1&radius=60000', 'invalid', { field: 'radius', code: 'range' }], ['q=园区&colour=red', 'invalid', { field: 'colour', code: 'unknown-field' }],
  [`q=${'园'.repeat(5000)}`, 'invalid', { field: 'q', code: 'too-long' }], ['q=园区&near=39.1,117.2&radius=100', 'invalid', { field: 'near', code: 'range' }], [Array.from({ length: 51 }, () => 'place=hebei').join('&').replace(/hebei/g, (slug) => `${slug}${Math.random()}`), 'invalid', { field: 'place', code: 'unknown-value' }],
])('%.60s is refused as %s', async (parameters, code, error) => {
  const { status, ...problem } = await ask(parameters);
  expect({ status, code: problem.code }).toEqual({ status: 422, code });
  if (error !== undefined) expect(problem.errors).toEqual([expect.objectContaining(error)]);
});

test.each(["'; DROP TABLE institution; --", '" OR 1=1', "x' | y & !z", '<script>alert(1)</script>', '((((', 'NEAR(a b)', '%_%', '\\', 'a"b*c^d', '小森林" OR "向日葵', '🙂🙂', '𠮷野家'])('%j is text like any other', async (q) => {
  const { status } = await ask(`q=${encodeURIComponent(q)}`);
  expect([200, 422]).toContain(status);
  expect((await ask(`place=hebei&q=${encodeURIComponent(q)}`)).status).toBe(200);
});

test('page 100000 is empty and kind', async () => { expect(await ask('place=hebei&page=100000')).toMatchObject({ status: 200, items: [] }); });
