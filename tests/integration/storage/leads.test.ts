import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submitComplaint } from '#domain/complaints/submit.ts';
import { leadTyped, type LeadActor } from '#domain/leads/model.ts';
import { nextLeadStates } from '#domain/leads/rules.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { makeLeads, type Leads } from '#server/leads.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { publishSampleLeads } from '#storage/leadSamples.ts';
import { aComplaint, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const street = subdistrictCode.parse('120105001');
const clerk: LeadActor = { account: 'clerk-1', jurisdiction: hebei, subdistrict: null };
const ofStreet: LeadActor = { account: 'street-1', jurisdiction: hebei, subdistrict: street };
const elsewhere: LeadActor = { account: 'street-2', jurisdiction: hebei, subdistrict: subdistrictCode.parse('120105002') };
const all = { most: 1_000 } as const;
const seen = (change: Readonly<Record<string, unknown>> = {}) => leadTyped.parse({ name: '示例三楼带娃点', subdistrict: street, address: '示例路', seen: '门口有婴儿车', children: 6, foundOn: '2026-11-20', ...change });

describe.each(engines)('leads on $engine', ({ open }) => {
  let opened: Opened;
  let leads: Leads;
  let world: Awaited<ReturnType<typeof complaintDeps>>;
  const institution = newId();
  beforeAll(async () => {
    opened = await open();
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id: institution }), rowKey: institution }));
    world = await complaintDeps(opened.storage, '2026-11-23T10:00:00+08:00');
    leads = makeLeads(opened.storage, () => instant.parse(Date.parse('2026-11-23T10:00:00+08:00')));
  });
  afterAll(async () => { await world.close(); await opened.leave(); });
  const complain = async (institutionName: string, more: Readonly<Record<string, unknown>> = {}) => {
    const outcome = await submitComplaint(world.deps, hebei, newId(), aComplaint({ institutionId: undefined, institutionName, subdistrict: street, ...more }));
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.value.receipt;
  };
  const named = async (name: string) => (await leads.list(clerk, all)).leads.filter((lead) => lead.name === name);

  test('written down, walked to its end, every step with its reason; another street neither sees nor moves it', async () => {
    const id = newId();
    expect(await leads.add(elsewhere, newId(), seen())).toEqual({ ok: false, reason: 'not-your-street' });
    expect(await leads.add(ofStreet, newId(), seen({ foundOn: '2026-11-24' }))).toEqual({ ok: false, reason: 'future' });
    expect(await leads.add(ofStreet, id, seen())).toMatchObject({ ok: true, value: { state: 'found', source: 'street', children: 6 } });
    expect(await leads.add(clerk, newId(), seen({ name: '示例（三楼）带娃点' })), 'the same place written otherwise').toEqual({ ok: false, reason: 'known' });
    expect(await leads.find(elsewhere, id)).toBeUndefined();
    const step = { to: 'visited', reason: '已上门查看', institution: null } as const;
    expect(await leads.move(elsewhere, { id, version: 1 }, step)).toEqual({ ok: false, reason: 'not-found' });
    const both = await Promise.all([leads.move(ofStreet, { id, version: 1 }, step), leads.move(clerk, { id, version: 1 }, { ...step, to: 'notCare' })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'changed-meanwhile' });
    const at = (await leads.find(clerk, id))?.lead.state === 'visited' ? 2 : await leads.move(clerk, { id, version: 2 }, step).then(() => 3);
    expect(await leads.move(clerk, { id, version: at }, { to: 'registered', reason: '已登记', institution: newId() })).toEqual({ ok: false, reason: 'institution-unknown' });
    expect(await leads.move(clerk, { id, version: at }, { to: 'registered', reason: '已登记', institution })).toMatchObject({ ok: true, value: { state: 'registered', institution } });
    expect(await leads.move(clerk, { id, version: at + 1 }, { to: 'handedOver', reason: '移交', institution: null })).toEqual({ ok: false, reason: 'wrong-state' });
    expect((await leads.find(clerk, id))?.moves.at(-1)).toMatchObject({ state: 'registered', actor: 'clerk-1', reason: '已登记' });
    expect(await leads.add(clerk, newId(), seen()), 'settled: the same place may be found again').toMatchObject({ ok: true });
    expect(await leads.move(clerk, { id, version: at + 1 }, step), 'the settled one is not taken up beside it').toEqual({ ok: false, reason: 'known' });
    expect((await leads.find(clerk, id))?.lead).toMatchObject({ state: 'registered', institution, version: at + 1 });
  });

  test('a complaint about a place that the directory does not hold makes a lead, the next joins it; nothing of case or complainant goes with it', async () => {
    const canary = 'CANARY-of-the-story';
    const receipt = await complain('示例小院 13900001234', { happened: `${canary}，这里写着发生的事情。`, identity: 'named', contactName: 'CANARY-name', phone: '13900009317' });
    await complain('示例 小院');
    await complain('示例小院', { subdistrict: subdistrictCode.parse('120105002') });
    const listed = (await leads.list(clerk, all)).leads;
    expect(listed.filter(({ name }) => name.startsWith('示例小院')).map(({ times, source, seen: said, address, subdistrict }) => ({ times, source, said, address, subdistrict })).toSorted((one, other) => other.times - one.times)).toEqual([
      { times: 2, source: 'complaint', said: null, address: null, subdistrict: street }, { times: 1, source: 'complaint', said: null, address: null, subdistrict: '120105002' },
    ]);
    expect(JSON.stringify(listed)).not.toMatch(/1390000|CANARY/);
    expect(JSON.stringify(listed)).not.toContain(receipt.reference);
    const events = await opened.storage.read.selectFrom('audit_event').selectAll().where('object_kind', '=', 'lead').execute();
    expect(JSON.stringify(events)).not.toMatch(/1390000|CANARY|T-[0-9A-Z]{8}/);
  });

  test('none is made of a suggestion, of a listed institution, of no name, or when the case itself is not written', async () => {
    const before = (await leads.list(clerk, all)).total;
    await complain('示例建议之处', { kind: 'suggestion' });
    await complain('示例在册之处', { institutionId: institution });
    await complain('1390000 1234');
    const key = newId();
    const once = aComplaint({ institutionId: undefined, institutionName: '示例只写一次之处', subdistrict: street });
    for (let sent = 0; sent < 3; sent += 1) await submitComplaint(world.deps, hebei, key, once);
    expect((await leads.list(clerk, all)).total - before).toBe(1);
    expect((await named('示例只写一次之处')).map(({ times }) => times), 'the same form sent thrice names it once').toEqual([1]);
    expect(await leads.list({ ...clerk, jurisdiction: jurisdictionCode.parse('140525') }, all)).toEqual({ leads: [], total: 0 });
  });

  test('a page at a time, of what a desk may see: open or settled, of one street, however many there are', async () => {
    const county = { ...clerk, jurisdiction: jurisdictionCode.parse('140525') };
    for (let at = 0; at < 7; at += 1) await leads.add(county, newId(), seen({ name: `示例第${String(at)}处`, subdistrict: at % 2 === 0 ? '140525100' : '140525101', foundOn: `2026-11-${String(10 + at)}` }));
    const settled = (await leads.list(county, all)).leads[0];
    await leads.move(county, { id: settled?.id ?? '', version: 1 }, { to: 'notCare', reason: '不收托', institution: null });
    const names = async (wanted: Parameters<typeof leads.list>[1], actor = county) => { const { leads: rows, total } = await leads.list(actor, wanted); return [rows.map(({ name }) => name.slice(3, 4)).join(''), total]; };
    expect(await names({ most: 3 })).toEqual(['012', 7]);
    expect(await names({ most: 3, from: 6 })).toEqual(['6', 7]);
    expect(await names({ most: 3, from: 3, isOpen: true })).toEqual(['456', 6]);
    expect(await names({ most: 9, isOpen: false })).toEqual(['0', 1]);
    expect(await names({ most: 9, subdistrict: subdistrictCode.parse('140525101') })).toEqual(['135', 3]);
    const ofTown = { ...county, subdistrict: subdistrictCode.parse('140525101') };
    expect(await names({ most: 9, subdistrict: subdistrictCode.parse('140525100') }, ofTown), 'a street asks for another in vain').toEqual(['135', 3]);
  });

  test('a half-year: every lead found in it with its last reason, in two queries', async () => {
    const county = { ...clerk, jurisdiction: jurisdictionCode.parse('140525') };
    const [, second] = (await leads.list(county, all)).leads;
    for (const [version, reason] of [[1, '已上门查看'], [2, '再次上门']] as const) await leads.move(county, { id: second?.id ?? '', version }, { to: version === 1 ? 'visited' : 'guided', reason, institution: null });
    const found = await leads.found(county, { first: isoDate.parse('2026-11-11'), last: isoDate.parse('2026-11-13') });
    expect(found.map(({ lead, reason }) => [lead.name, lead.state, reason])).toEqual([['示例第1处', 'guided', '再次上门'], ['示例第2处', 'found', null], ['示例第3处', 'found', null]]);
    expect(await leads.found({ ...county, subdistrict: subdistrictCode.parse('140525100') }, { first: isoDate.parse('2026-11-11'), last: isoDate.parse('2026-11-13') })).toHaveLength(1);
  });

  test('leads of a demonstration: invented by name, once, walked as a desk walks them', async () => {
    const place = { code: jurisdictionCode.parse('230600'), subdistricts: [{ code: street }, { code: subdistrictCode.parse('120105002') }] };
    const at = instant.parse(Date.parse('2026-11-23T10:00:00+08:00'));
    const event = (changed: number) => ({ id: newId(), jurisdiction: place.code, at, kind: 'sample-leads-loaded', actor: 'system', objectKind: 'directory', objectId: place.code, detail: { changed } });
    const made = await publishSampleLeads(opened.storage, place, isoDate.parse('2026-11-23'), at, event);
    expect(await publishSampleLeads(opened.storage, place, isoDate.parse('2026-11-24'), at, event), 'once').toBe(0);
    const { leads: rows, total } = await leads.list({ ...clerk, jurisdiction: place.code }, all);
    expect([total, rows.every(({ name }) => name.startsWith('示例'))]).toEqual([made, true]);
    for (const { id } of rows) {
      const found = await leads.find({ ...clerk, jurisdiction: place.code }, id);
      const moves = found?.moves ?? [];
      expect([moves.at(-1)?.state, moves.length]).toEqual([found?.lead.state, found?.lead.version]);
      for (const [before, after] of moves.slice(1).map((move, index) => [moves[index], move] as const)) expect([nextLeadStates(before?.state ?? 'found').includes(after.state), (before?.at ?? 0) <= after.at, after.at <= at]).toEqual([true, true, true]);
    }
  });
});

test.each(['13900001234 三楼', '110101 199001011234', '\u0000坏', '\u202E反'])('a name like %j is refused', (name) => {
  expect(leadTyped.safeParse({ ...seen(), name }).success).toBe(false);
});
