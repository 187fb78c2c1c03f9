// 标准: other people's programs read what this site gives to programs; each is shown to see a fault first.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { askStandards, atomFaults, calendarFaults, geoJsonFaults, jsonFeedFaults, openApiFaults, sitemapFaults, sitemapSchemaFaults } from '#tests/judge/standards.ts';

const dataDir = newDataDir();
let site: Site | undefined;
beforeAll(async () => { site = await startSite(dataDir); });
afterAll(async () => { await site?.stop(); removeDataDir(dataDir); });
const read = async (path: string): Promise<string> => (await fetch(`${site?.origin ?? ''}${path}`)).text();

test('calendar, feeds, GeoJSON, sitemaps and OpenAPI are as their readers want them', { timeout: 60_000 }, async () => {
  const asked = await askStandards(site?.origin ?? '', 'hebei');
  expect(asked.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect((await read('/hebei/activities.ics')).split('BEGIN:VEVENT').length).toBeGreaterThan(2);
});

test('each sees a fault that was put there', { timeout: 60_000 }, async () => {
  const geo = await read('/api/v1/hebei/open-data/institutions.geojson');
  expect(geoJsonFaults(geo.replace(/"coordinates":\[([\d.]+),([\d.]+)\]/, '"coordinates":[$2,$1]'))).not.toEqual([]);
  expect(geoJsonFaults(geo.replace('"type":"Feature"', '"type":"feature"'))).not.toEqual([]);
  const calendar = await read('/hebei/activities.ics');
  expect(calendarFaults(calendar.replace('END:VEVENT', 'END:EVENT'))).not.toEqual([]);
  expect(calendarFaults(calendar.replace(/DTSTART;TZID=[^:]*:/, 'DTSTART:abc'))).not.toEqual([]);
  const atom = await read('/hebei/feed.xml');
  expect(atomFaults(atom.replace(/<updated>[^<]*<\/updated>/, ''))).not.toEqual([]);
  expect(jsonFeedFaults((await read('/hebei/feed.json')).replace('"content_text"', '"contents"'))).not.toEqual([]);
  expect(sitemapFaults((await read('/hebei/sitemap.xml')).replace('<loc>http', '<loc>ftp'), site?.origin ?? '')).not.toEqual([]);
  const sitemap = await read('/hebei/sitemap.xml');
  for (const [good, bad] of [[/<lastmod>[^<]*/, '<lastmod>yesterday'], [/<loc>[^<]*<\/loc>/, ''], [/<\/url>/, '<sort>1</sort></url>'], [/schemas\/sitemap\/0\.9/, 'schemas/sitemap/0.8']] as const) expect(await sitemapSchemaFaults(sitemap.replace(good, bad)), bad).not.toEqual([]);
  expect(await sitemapSchemaFaults((await read('/sitemap.xml')).replace('<loc>', '<lic>').replace('</loc>', '</lic>'))).not.toEqual([]);
  const openApi = await read('/api/v1/openapi.json');
  expect(await openApiFaults(openApi.replace('"birthMonth":"2025-03"', '"birthMonth":202503'))).toEqual([expect.stringContaining('no-invalid-media-type-examples')]);
  expect(await openApiFaults(openApi.replace(/"example":/, '"sample":'))).not.toEqual([]);
});
