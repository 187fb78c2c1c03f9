// 成员单位情况: on random cases every figure equals a count made in SQL from other columns; what names a unit in the plan is found by its names.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaintStates } from '#domain/complaints/model.ts';
import { isNamedIn } from '#domain/complaints/memberReport.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { makeMemberReport } from '#server/memberReport.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const [here, elsewhere] = [jurisdictionCode.parse('120105'), jurisdictionCode.parse('140525')];
const day = (text: string) => isoDate.parse(text);
const days = { first: day('2026-10-01'), last: day('2026-11-23'), today: day('2026-11-23') };
const keys = ['health', 'police', 'education', 'subdistrict-offices'] as const;
const [street, otherStreet] = [subdistrictCode.parse('120105001'), subdistrictCode.parse('120105002')];
let seed = 20261123;
const chance = (most: number): number => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return Math.floor((seed / 2_147_483_648) * most); };
const pick = <Of>(from: readonly Of[]): Of => { const found = from[chance(from.length)]; if (found === undefined) throw new Error('nothing to pick'); return found; };
const someDay = (): string => `2026-${String(8 + chance(4)).padStart(2, '0')}-${String(1 + chance(23)).padStart(2, '0')}`;

async function randomCases({ write }: Storage, many: number): Promise<void> {
  const cases: string[] = [];
  await write(async (tx) => {
    for (let at = 0; at < many; at += 1) {
      const [id, lead, received] = [newId(), pick([...keys, null]), someDay()];
      const master = at > 0 && chance(12) === 0 ? pick(cases) : null;
      cases.push(id);
      const joint = keys.filter((key) => key !== lead && chance(4) === 0);
      await tx.insertInto('complaint').values({
        id, jurisdiction_code: chance(5) === 0 ? elsewhere : here, reference: `T-${String(at).padStart(8, '0')}`, query_code_hash: id, kind: 'complaint', subject: 'safety', topic: null, institution_id: null, subdistrict_code: pick([street, otherStreet, null]),
        identity: 'anonymous', staff_witness: 0, channel: 'site', external_number: null, external_deadline: null, state: master === null ? pick(complaintStates.filter((one) => one !== 'merged')) : 'merged', version: 1, received_at: instantAt(day(received), pick(['00:00', '12:00', '23:59'])), closed_at: null,
        lead_key: lead, assignment: JSON.stringify({ lead, joint, basis: 'stated-lead', line: 1 }), clock_basis: 'site', confirm_by: null, answer_by: pick([null, '2026-10-20', '2026-11-10']), due_on: pick(['2026-11-22', '2026-11-23', '2026-12-20', '9999-12-31']),
        waiting_since: chance(5) === 0 ? 1 : null, extended_from: null, keep_until: null, handler: null, satisfaction: null, reopened_at: null, master_id: master, is_mass: 0, legal_hold: null, entered_by: null, sealed_story: '', sealed_identity: null,
      }).execute();
      if (chance(2) === 0) await tx.insertInto('case_move').values([day(someDay()), day('2026-11-23')].map((on, ordinal) => ({ complaint_id: id, ordinal: ordinal + 1, at: instantAt(on, '10:00'), move: 'answer', state: 'answered', actor: 'a', reason: null, department: null }))).execute();
      if (chance(2) === 0) await tx.insertInto('case_task').values({ id: newId(), complaint_id: id, kind: pick(['handover', 'joint', 'callBack']), state: pick(['open', 'done', 'returned']), department: pick(keys), created_at: instantAt(day(someDay()), '09:00'), due_on: pick([null, '2026-11-01', '2026-12-01']), document_number: null, reason: null, asked_by: 'a', received_on: null, basis: 'site', done_at: null, sealed_result: null }).execute();
    }
  });
}

describe.each(engines)('a report on member units on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
    await randomCases(opened.storage, 400);
  });
  afterAll(() => opened.leave());

  const [from, to] = [Date.parse('2026-10-01T00:00:00+08:00'), Date.parse('2026-11-24T00:00:00+08:00')];
  const count = async (of: ReturnType<typeof sql<{ readonly n: number | string }>>): Promise<number> => Number((await of.execute(opened.storage.read)).rows[0]?.n);
  const open_ = sql`state in ('received', 'accepted', 'transferred', 'investigating', 'answered')`;

  test.each([null, street])('equals counts in SQL, of street %s', async (only) => {
    const figures = await makeMemberReport(opened.storage)({ jurisdiction: here, subdistrict: only }, keys, days);
    const whose = sql`c.jurisdiction_code = ${here} and c.state not in ('merged', 'withdrawn') and c.received_at < ${to} ${only === null ? sql`` : sql`and c.subdistrict_code = ${only}`}`;
    for (const key of keys) {
      const of = figures.get(key);
      const answer = sql`(select min(m.at) from case_move m where m.complaint_id = c.id and m.move = 'answer')`;
      const task = sql`from case_task t join complaint c on c.id = t.complaint_id where c.jurisdiction_code = ${here} and c.state not in ('merged', 'withdrawn') ${only === null ? sql`` : sql`and c.subdistrict_code = ${only}`} and t.kind <> 'callBack' and t.department = ${key} and t.created_at < ${to}`;
      expect(of?.led, key).toBe(await count(sql`select count(*) as n from complaint c where ${whose} and c.received_at >= ${from} and c.lead_key = ${key}`));
      expect(of?.joined).toBe(await count(sql`select count(*) as n from complaint c where ${whose} and c.received_at >= ${from} and (c.lead_key is null or c.lead_key <> ${key}) and c.assignment like ${`%"${key}"%`}`));
      expect(of?.answered).toBe(await count(sql`select count(*) as n from complaint c where ${whose} and c.received_at >= ${from} and c.lead_key = ${key} and ${answer} is not null`));
      expect(of?.inTime).toBe(await count(sql`select count(*) as n from complaint c where ${whose} and c.received_at >= ${from} and c.lead_key = ${key} and ((c.answer_by = '2026-10-20' and ${answer} < ${Date.parse('2026-10-21T00:00:00+08:00')}) or (c.answer_by = '2026-11-10' and ${answer} < ${Date.parse('2026-11-11T00:00:00+08:00')}))`));
      expect(of?.overdue).toBe(await count(sql`select count(*) as n from complaint c where ${whose} and c.lead_key = ${key} and ${open_} and c.due_on < '2026-11-23' and c.waiting_since is null`));
      expect(of?.tasks).toBe(await count(sql`select count(*) as n ${task} and t.created_at >= ${from}`));
      expect(of?.openTasks).toBe(await count(sql`select count(*) as n ${task} and t.state = 'open'`));
      expect(of?.overdueTasks).toBe(await count(sql`select count(*) as n ${task} and t.state = 'open' and t.due_on < '2026-11-23'`));
      expect(of?.states.reduce((sum, one) => sum + one.count, 0)).toBe(of?.led);
      for (const { state, count: many } of of?.states ?? []) expect(many, state).toBe(await count(sql`select count(*) as n from complaint c where ${whose} and c.received_at >= ${from} and c.lead_key = ${key} and c.state = ${state}`));
      if (only === null) expect([of?.led, of?.joined, of?.tasks].every((one) => one !== undefined && one > 0)).toBe(true);
    }
  });
});

test('a target is a unit\'s where it names it, in full or short; streets and townships together are not named by the bare word', () => {
  const places = loadJurisdictions(findDataFolder());
  const namedIn = (slug: string): Readonly<Record<string, readonly string[]>> => {
    const place = places.find((one) => one.slug === slug);
    return Object.fromEntries((place?.departments ?? []).map((unit) => [unit.key, (place?.targets ?? []).filter((target) => isNamedIn(unit, target)).map(({ key }) => key)] as const).filter(([, found]) => found.length > 0));
  };
  expect(namedIn('zezhou')).toEqual({ 'health-sports': ['staff-training-yearly'] });
  expect(namedIn('hebei')).toEqual({});
});
