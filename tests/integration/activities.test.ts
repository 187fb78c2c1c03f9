import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays, isoDate } from '#domain/shared/dates.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { patternOf } from '#domain/slotTemplates/model.ts';
import { activitiesCalendar, activitiesIn } from '#server/activities.ts';
import { activitiesAtom, activitiesJson, answerFeed } from '#server/activityFeeds.ts';
import { createApp, type App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuoyu-test-'));
const origin = 'https://example.invalid';
const today = isoDate.parse('2026-11-23');
let app: App;
let place: Jurisdiction;
beforeAll(async () => {
  app = await createApp(readConfig({ DATA_DIR: folder, RATE_LIMITS: 'off', DEMO: '1', NOW: '2026-11-23T10:00:00+08:00' }));
  const [first] = app.jurisdictions;
  if (!first) throw new Error('no place');
  place = first;
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const jsonFeed = z.object({ version: z.literal('https://jsonfeed.org/version/1.1'), feed_url: z.string(), items: z.array(z.object({ id: z.string(), url: z.string(), title: z.string(), date_modified: z.iso.datetime() })) });
const eventOf = (calendar: string, id: string): readonly string[] => calendar.split('BEGIN:VEVENT').find((event) => event.includes(`UID:${id}`))?.replaceAll('\r\n ', '').split('\r\n') ?? [];

test('the samples\' classes are the place\'s activities, with host and open seats', async () => {
  const activities = await activitiesIn(app, place, today, addDays(today, 27));
  expect(activities.length).toBeGreaterThanOrEqual(6);
  expect(activities.every(({ kind, host, open, title, sequence }) => kind === 'class' && host.name.startsWith('示例') && open > 0 && title === '示例·亲子阅读' && sequence === 0)).toBe(true);
  expect(await activitiesIn(app, place, today, today)).toEqual([]);
});

test('the calendar keeps UID, raises SEQUENCE, names its zone, and says what was called off', async () => {
  const before = await activitiesCalendar(app, place, origin);
  const [first] = await activitiesIn(app, place, today, addDays(today, 27));
  if (!first) throw new Error('no activity');
  const local = first.startsAt.slice(0, 19).replaceAll(/[-:]/g, '');
  expect(eventOf(before, first.id)).toEqual(expect.arrayContaining(['SEQUENCE:0', `DTSTART;TZID=Asia/Shanghai:${local}`, `UID:${first.id}`]));
  expect([before.match(/BEGIN:VTIMEZONE/g)?.length, /DTSTART:\d{8}T\d{6}Z/.test(before), before.includes('METHOD:PUBLISH')]).toEqual([1, false, true]);
  expect(before.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true);

  const actor = { account: 'account-1', jurisdiction: place.code, host: { kind: 'institution' as const, id: first.host.id } };
  const template = (await app.slotTemplates.timetable(place.code, actor.host))?.templates.find(({ kind }) => kind === 'class');
  if (!template) throw new Error('no template');
  const { id, version } = template;
  const longer = await app.slotTemplates.save(actor, { ...patternOf(template), times: [{ start: '14:30', minutes: 100 }] }, { id, version }, { stopBooked: false });
  expect(longer).toMatchObject({ ok: true, value: { updated: 4, added: 0, removed: 0 } });
  const after = await activitiesCalendar(app, place, origin);
  expect(eventOf(after, first.id)).toEqual(expect.arrayContaining(['SEQUENCE:1', `DTEND;TZID=Asia/Shanghai:${local.slice(0, 9)}161000`]));
});

test('feeds are well formed, escape what hosts write, and answer 304 to who has them', async () => {
  const atom = await activitiesAtom(app, place, origin);
  const json = jsonFeed.parse(JSON.parse(await activitiesJson(app, place, origin)));
  expect(atom.match(/<entry>/g)?.length).toBe(json.items.length);
  expect(json.items[0]?.url).toBe(`${origin}/${place.slug}/bookings/new/?slot=${json.items[0]?.id.slice(9) ?? ''}`);
  expect(new Set(json.items.map(({ id }) => id)).size).toBe(json.items.length);
  expect(/&(?!(amp|lt|gt|quot|apos);)/.test(atom)).toBe(false);
  const answer = answerFeed(new Request(origin), 'application/atom+xml', atom);
  const etag = answer.headers.get('etag') ?? '';
  expect([answer.status, answer.headers.get('content-type'), etag.startsWith('W/"')]).toEqual([200, 'application/atom+xml; charset=utf-8', true]);
  expect(answerFeed(new Request(origin, { headers: { 'if-none-match': `"x", ${etag}` } }), 'application/atom+xml', atom).status).toBe(304);
  expect(answerFeed(new Request(origin, { headers: { 'if-none-match': etag } }), 'application/atom+xml', `${atom} `).status).toBe(200);
});
