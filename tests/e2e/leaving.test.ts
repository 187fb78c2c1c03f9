// What leaves the site for programs: structured data says what its page says and no more; of people nothing leaves in any export, feed, calendar or map.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { dataMap } from '#domain/audit/dataMap.ts';
import { aBooking, ask, book, institutionsOf, visitsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';

const dataDir = newDataDir();
let site: Site | undefined;
beforeAll(async () => { site = await startSite(dataDir); });
afterAll(async () => {
  await site?.stop();
  removeDataDir(dataDir);
});
const ready = (): Site => { if (!site) throw new Error('Nothing was started.'); return site; };
const read = async (path: string): Promise<string> => {
  const answer = await fetch(`${ready().origin}${path}`);
  if (answer.status !== 200) throw new Error(`${path}: ${String(answer.status)}`);
  return answer.text();
};
const structuredOf = (html: string): readonly string[] => [...html.matchAll(/<script[^>]*application\/ld\+json[^>]*>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);

/** Every string in a value, but for addresses, types and schema.org's own words. */
const leaves = (value: unknown, key = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, key));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, one]) => leaves(one, name));
  return typeof value === 'string' && !['@type', '@context', 'url', 'image', 'eventStatus', 'dayOfWeek', 'addressCountry', 'addressLocality'].includes(key) ? [value] : [];
};
const plain = (html: string): string => html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]+>/g, '').replaceAll('&amp;', '&').replace(/[\s\u2009\u00a0\u2060\u200b]+/g, '');
const fields = { ChildCare: 'name url address telephone geo image alternateName openingHoursSpecification', Event: 'name startDate endDate eventStatus url organizer location', GovernmentService: 'name description url areaServed provider' } as const;

test('structured data: each page has its type, known fields alone, and every word of it stands on the page', async () => {
  const institutions = await institutionsOf(ready());
  const pages = ['/hebei/activities/', '/hebei/check-filing/', '/hebei/complaints/', ...institutions.slice(0, 12).map(({ id }) => `/hebei/institutions/${id}/`)];
  const types = new Set<string>();
  for (const path of pages) {
    const html = await read(path);
    const [text = ''] = structuredOf(html);
    const root = z.looseObject({ '@graph': z.array(z.looseObject({})).optional() }).parse(JSON.parse(text));
    for (const thing of root['@graph'] ?? [root]) {
      const kinds = z.union([z.string().transform((one) => [one]), z.array(z.string())]).parse(thing['@type']);
      for (const kind of kinds) types.add(kind);
      const allowed = Object.entries(fields).find(([kind]) => kinds.includes(kind))?.[1].split(' ') ?? [];
      expect(Object.keys(thing).filter((key) => !key.startsWith('@') && !allowed.includes(key)), path).toEqual([]);
      const body = plain(html);
      for (const said of leaves(thing)) {
        const shown = /^\d{4}-\d{2}-\d{2}T/.test(said) ? said.slice(11, 16) : said.replace(/[\s\u2009\u00a0]+/g, '');
        expect(body.includes(shown) || html.includes(said), `${path}: ${said}`).toBe(true);
      }
    }
  }
  expect([...types].toSorted()).toEqual(['ChildCare', 'Event', 'GovernmentService', 'Preschool']);
  expect(structuredOf(await read('/xiacheng/check-filing/')), 'a place that is history offers no service').toEqual([]);
});

/** Columns whose values are public by themselves, or words of the program. */
const publicColumns = new Set(['jurisdiction_code', 'institution_id', 'subdistrict_code', 'slot_id', 'template_id', 'kind', 'state', 'rules_version', 'acting_as', 'subject', 'topic', 'channel', 'identity', 'role', 'department', 'department_key', 'lead_key', 'article', 'modes', 'band', 'move', 'basis', 'clock_basis', 'day', 'month', 'visited_on', 'start_month', 'object_kind', 'lapses_on', 'due_on', 'confirm_by', 'answer_by', 'keep_until', 'issued_on', 'valid_until', 'seen_on', 'host_id', 'outcome', 'fault', 'reason', 'shown', 'institutions', 'actor', 'source', 'found_on', 'purpose']);
const personal = Object.entries(dataMap).filter(([table, { whose }]) => whose === 'child' || whose === 'family' || whose === 'staff' || table === 'lead' || table === 'lead_move');

test('no value of any personal column, and nothing a parent wrote, leaves in any export, feed, calendar, map or structured data', { timeout: 60_000 }, async () => {
  const canaries = ['canaryname', '13911112222', 'canarystory', 'canarylead', 'canaryreport', '13922223333'];
  const [institution] = await institutionsOf(ready());
  const visit = (await visitsOf(ready(), institution?.id ?? '')).find(({ open }) => open > 0);
  const booked = await book(ready(), 'canary-booking', aBooking(visit?.id ?? '', { contactName: 'canaryname', phone: '13911112222' }));
  expect(booked.status, booked.text).toBe(201);
  const told = await ask(ready(), '/hebei/complaints', { kind: 'tipOff', subject: 'unfiled', institutionName: 'canarylead', subdistrict: '120105001', happened: 'canarystory 楼上整天有很多孩子。', identity: 'named', contactName: 'canaryname', phone: '13922223333' }, { origin: ready().origin, 'idempotency-key': 'canary-case' });
  expect(told.status, told.text).toBe(201);
  const file = readdirSync(dataDir).find((name) => name === 'demo.sqlite') ?? 'tuoyu.sqlite';
  const db = new Database(join(dataDir, file), { readonly: true });
  const kept = new Map<string, string>();
  const seen = new Set<string>();
  for (const [table, { columns, guarded }] of personal) {
    if (db.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table) === undefined) continue;
    for (const column of [...columns.split(' '), ...Object.keys(guarded)].filter((one) => !publicColumns.has(one))) {
      const rows = z.array(z.object({ value: z.unknown() })).parse(db.prepare(`SELECT DISTINCT "${column}" AS value FROM "${table}" LIMIT 2000`).all());
      for (const { value } of rows) if (typeof value === 'string' && value.length >= 8 && !/^\d{4}-\d{2}(-\d{2})?$/.test(value)) { kept.set(value, `${table}.${column}`); seen.add(table); }
    }
  }
  // What a record of a person points at and is public by itself: institutions, and times that can be booked.
  for (const { id } of z.array(z.object({ id: z.string() })).parse(db.prepare('SELECT id FROM institution UNION SELECT id FROM slot').all())) kept.delete(id);
  db.close();
  for (const table of ['booking', 'complaint', 'lead', 'account', 'audit_event', 'outbox', 'case_move'] as const) expect([...seen], table).toContain(table);
  const exports = [
    ...['institutions.csv', 'institutions.json', 'institutions.geojson', 'hsds/services', 'hsds/service_at_locations'].map((name) => `/api/v1/hebei/open-data/${name}`),
    '/hebei/feed.xml', '/hebei/feed.json', '/hebei/activities.ics', '/hebei/sitemap.xml', '/sitemap.xml', '/robots.txt', '/api/v1/hebei/institutions?size=100', '/api/v1/hebei/search-index', '/api/v1/hebei/slots?kind=class', '/api/v1/openapi.json', '/hebei/open-data/', '/hebei/duties/',
    '/hebei/activities/', '/hebei/check-filing/?q=canarylead', '/hebei/institutions/?q=canarylead', `/hebei/institutions/${institution?.id ?? ''}/`,
  ];
  for (const path of exports) {
    const text = (await read(path)).replaceAll(/value="canarylead"|q=canarylead|<title>[^<]*<\/title>|[“>]canarylead[”<]/g, '');
    expect(canaries.filter((canary) => text.includes(canary)), path).toEqual([]);
    expect([...kept].filter(([value]) => text.includes(value)).map(([value, at]) => `${at}: ${value}`).slice(0, 5), path).toEqual([]);
  }
});
