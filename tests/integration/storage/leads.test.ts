import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submitComplaint } from '#domain/complaints/submit.ts';
import { leadTyped, type LeadActor } from '#domain/leads/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { makeLeads, type Leads } from '#server/leads.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { aComplaint, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const street = subdistrictCode.parse('120105001');
const clerk: LeadActor = { account: 'clerk-1', jurisdiction: hebei, subdistrict: null };
const ofStreet: LeadActor = { account: 'street-1', jurisdiction: hebei, subdistrict: street };
const elsewhere: LeadActor = { account: 'street-2', jurisdiction: hebei, subdistrict: subdistrictCode.parse('120105002') };
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
  const named = async (name: string) => (await leads.list(clerk)).filter((lead) => lead.name === name);

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
    const all = await leads.list(clerk);
    expect(all.filter(({ name }) => name.startsWith('示例小院')).map(({ times, source, seen: said, address, subdistrict }) => ({ times, source, said, address, subdistrict })).toSorted((one, other) => other.times - one.times)).toEqual([
      { times: 2, source: 'complaint', said: null, address: null, subdistrict: street }, { times: 1, source: 'complaint', said: null, address: null, subdistrict: '120105002' },
    ]);
    expect(JSON.stringify(all)).not.toMatch(/1390000|CANARY/);
    expect(JSON.stringify(all)).not.toContain(receipt.reference);
    const events = await opened.storage.read.selectFrom('audit_event').selectAll().where('object_kind', '=', 'lead').execute();
    expect(JSON.stringify(events)).not.toMatch(/1390000|CANARY|T-[0-9A-Z]{8}/);
  });

  test('none is made of a suggestion, of a listed institution, of no name, or when the case itself is not written', async () => {
    const before = (await leads.list(clerk)).length;
    await complain('示例建议之处', { kind: 'suggestion' });
    await complain('示例在册之处', { institutionId: institution });
    await complain('1390000 1234');
    const key = newId();
    const once = aComplaint({ institutionId: undefined, institutionName: '示例只写一次之处', subdistrict: street });
    for (let sent = 0; sent < 3; sent += 1) await submitComplaint(world.deps, hebei, key, once);
    expect((await leads.list(clerk)).length - before).toBe(1);
    expect((await named('示例只写一次之处')).map(({ times }) => times), 'the same form sent thrice names it once').toEqual([1]);
    expect(await leads.list({ ...clerk, jurisdiction: jurisdictionCode.parse('140525') })).toEqual([]);
  });
});

test.each(['13900001234 三楼', '110101 199001011234', '\u0000坏', '\u202E反'])('a name like %j is refused', (name) => {
  expect(leadTyped.safeParse({ ...seen(), name }).success).toBe(false);
});
