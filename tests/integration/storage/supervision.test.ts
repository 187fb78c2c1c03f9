import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shownDecisions } from '#domain/listing/rules.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { assessmentDraft, decisionDraft, dutySaid, staffCheckDraft, type SupervisionActor } from '#domain/supervision/model.ts';
import type { SignedIn } from '#server/guard.ts';
import { overdueTable } from '#server/pages/supervisionOverview.ts';
import { makeSupervision } from '#server/supervision.ts';
import { putInstitution } from '#storage/directory.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import type { SampleListing } from '#storage/files/sampleListings.ts';
import { newId } from '#storage/ids.ts';
import { publishSampleListings } from '#storage/listingSamples.ts';
import { emptyWords } from '#domain/listing/model.ts';
import { findListing } from '#storage/listing.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const [street, otherStreet] = [subdistrictCode.parse('120105001'), subdistrictCode.parse('120105002')];
const day = (text: string) => isoDate.parse(text);
const office: SupervisionActor = { side: 'authority', account: 'clerk', jurisdiction: hebei, subdistrict: null };
const ofStreet: SupervisionActor = { side: 'authority', account: 'street', jurisdiction: hebei, subdistrict: otherStreet };
const own = (institution: string): SupervisionActor => ({ side: 'institution', account: 'portal', jurisdiction: hebei, institution });
const decided = (change: object = {}) => ({ kind: 'decision' as const, typed: decisionDraft.parse({ kind: 'warning', number: '示例警〔2026〕9 号', body: '示例主管部门', about: '收费没有公示（虚构示例）', decidedOn: '2026-11-02', until: '2026-12-31', ...change }) });
const assessed = (change: object = {}) => ({ kind: 'assessment' as const, typed: assessmentDraft.parse({ grade: 'B', year: 2026, standard: '示例评估标准', body: '示例主管部门', assessedOn: '2026-11-01', validUntil: '', documentNumber: '', note: '', ...change }) });
const duty = (change: object = {}, year = 2026) => ({ kind: 'duty' as const, duty: 'health-check', year, typed: dutySaid.parse({ state: 'done', doneOn: '2026-06-01', note: '', ...change }) });
const counted = (change: object = {}) => ({ kind: 'staffCheck' as const, typed: staffCheckDraft.parse({ check: 'staff-health', done: 8, notDone: 1, checkedBy: 'clinic', checkedOn: '2026-10-01', nextDue: '2026-11-20', ...change }) });

describe.each(engines)('监督 on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());
  const desk = (today = '2026-11-23') => makeSupervision(opened.storage, 'data', () => instantAt(day(today), '10:00'));
  const newcomer = async (): Promise<string> => {
    const id = newId();
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id, subdistrict: street }), rowKey: id }));
    return id;
  };
  const revision = () => opened.storage.revision(hebei);
  const listing = (id: string) => findListing(opened.storage.read, hebei, id);
  const events = async (id: string) => (await opened.storage.read.selectFrom('audit_event').select('kind').where('object_id', '=', id).orderBy('seq').execute()).map(({ kind }) => kind);

  test('a decision entered is on the page with the revision at once, ends by itself, and stays with its note when revoked', async () => {
    const [id, entry, before] = [await newcomer(), newId(), await revision()];
    expect(await desk().enter(office, id, entry, decided())).toMatchObject({ ok: true });
    expect(await revision()).toBe(before + 1);
    expect(await desk().enter(office, id, entry, decided()), 'sent twice').toMatchObject({ ok: true });
    const shown = async (today: string) => shownDecisions((await listing(id)).decisions, day(today)).map(({ number }) => number);
    expect([await shown('2026-11-23'), await shown('2026-12-31'), await shown('2027-01-01')]).toEqual([['示例警〔2026〕9 号'], ['示例警〔2026〕9 号'], []]);
    expect(await desk().withdraw(office, id, { id: entry, version: 0 }, { kind: 'revoked', on: day('2026-11-20'), note: '原机关已撤销' })).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await desk().withdraw(office, id, { id: entry, version: 1 }, { kind: 'revoked', on: day('2026-10-20'), note: '原机关已撤销' })).toEqual({ ok: false, reason: 'ends-before' });
    expect(await desk().withdraw(office, id, { id: entry, version: 1 }, { kind: 'revoked', on: day('2026-11-20'), note: '原机关已撤销' })).toMatchObject({ ok: true });
    expect((await listing(id)).decisions.map(({ withdrawn }) => withdrawn)).toEqual([{ kind: 'revoked', on: '2026-11-20', note: '原机关已撤销' }]);
    expect(await desk().withdraw(office, id, { id: entry, version: 2 }, { kind: 'changed', on: day('2026-11-21'), note: '又变更' })).toEqual({ ok: false, reason: 'withdrawn-before' });
    expect(await events(id)).toEqual(['decision-entered', 'decision-withdrawn']);
    expect(await opened.storage.read.selectFrom('institution_change').select('id').where('institution_id', '=', id).execute(), 'no line outlasts the decision').toEqual([]);
  });

  test('of two clerks at once with one number, one saves; another number goes through; days to come are refused', async () => {
    const id = await newcomer();
    const two = await Promise.all([desk().enter(office, id, newId(), decided()), desk().enter(office, id, newId(), decided())]);
    expect(two.map((one) => (one.ok ? 'saved' : one.reason)).toSorted()).toEqual(['known', 'saved']);
    expect(await desk().enter(office, id, newId(), decided({ number: '示例警〔2026〕10 号' }))).toMatchObject({ ok: true });
    expect(await desk().enter(office, id, newId(), decided({ number: '示例警〔2026〕11 号', decidedOn: '2026-11-24' }))).toEqual({ ok: false, reason: 'future' });
    expect((await listing(id)).decisions).toHaveLength(2);
  });

  test('the institution replies, and only it; the office takes a reply down with a reason, and nothing of its words stays; nor of a decision that named a person', async () => {
    const [id, entry] = [await newcomer(), newId()];
    await desk().enter(office, id, entry, decided());
    expect(await desk().reply(office, id, { id: entry, version: 1 }, '不归办公室写')).toEqual({ ok: false, reason: 'not-yours' });
    expect(await desk().reply(own(newId()), id, { id: entry, version: 1 }, '别家的')).toEqual({ ok: false, reason: 'not-found' });
    expect(await desk().reply(own(id), id, { id: entry, version: 1 }, '收费已经公示')).toMatchObject({ ok: true });
    expect((await listing(id)).decisions[0]?.reply).toEqual({ text: '收费已经公示', on: '2026-11-23' });
    expect(await desk().correct(office, id, { id: entry, version: 2 }, decided({ until: '2026-11-30' }), '结束日期录错')).toMatchObject({ ok: true });
    expect((await listing(id)).decisions[0]).toMatchObject({ until: '2026-11-30', reply: { text: '收费已经公示' } });
    expect(await desk('2026-12-01').reply(own(id), id, { id: entry, version: 3 }, '过期以后')).toEqual({ ok: false, reason: 'over' });
    expect(await desk().takeDownReply(office, id, { id: entry, version: 3 }, '写了个人姓名')).toMatchObject({ ok: true });
    expect((await listing(id)).decisions[0]?.reply).toBeNull();
    const record = await desk().find(office, id);
    expect(record?.amendments.map(({ act, by, reason }) => [act, by, reason]).toSorted()).toEqual([['corrected', 'authority', '结束日期录错'], ['replied', 'institution', null], ['replyTakenDown', 'authority', '写了个人姓名']]);
    expect(await desk().correct(office, id, { id: entry, version: 4 }, decided({ about: '事项已改' }), '删去姓名', true)).toMatchObject({ ok: true });
    const after = await desk().find(office, id);
    expect(after?.amendments).toHaveLength(4);
    expect(JSON.stringify(after)).not.toMatch(/收费已经公示|收费没有公示/);
  });

  test('an assessment is entered, corrected with a reason, and taken out when it belongs elsewhere; each raises the revision', async () => {
    const [id, entry, before] = [await newcomer(), newId(), await revision()];
    expect(await desk().enter(own(id), id, entry, assessed())).toEqual({ ok: false, reason: 'not-yours' });
    expect(await desk().enter(office, id, entry, assessed())).toMatchObject({ ok: true });
    expect(await desk().enter(office, id, newId(), assessed({ grade: 'A' })), 'one grade a year and standard').toEqual({ ok: false, reason: 'known' });
    expect(await desk().correct(office, id, { id: entry, version: 1 }, assessed({ grade: 'C' }), null)).toEqual({ ok: false, reason: 'reason' });
    expect(await desk().correct(office, id, { id: entry, version: 1 }, assessed({ grade: 'C' }), '等级录错')).toMatchObject({ ok: true });
    expect((await listing(id)).assessments).toMatchObject([{ grade: 'C', year: 2026 }]);
    expect((await listing(id)).changes.map(({ parts, by }) => [parts, by])).toEqual([[['assessments'], 'authority'], [['assessments'], 'authority']]);
    expect(await desk().takeOut(office, id, 'assessment', { id: entry, version: 1 }, '录错机构')).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await desk().takeOut(office, id, 'assessment', { id: entry, version: 2 }, '录错机构')).toMatchObject({ ok: true });
    expect((await listing(id)).assessments).toEqual([]);
    expect(await revision()).toBeGreaterThanOrEqual(before + 3);
    expect(await events(id)).toEqual(['assessment-entered', 'assessment-corrected', 'assessment-taken-out']);
  });

  test('a duty reported done, found not done, reported again; the list follows and the public revision does not', async () => {
    const [id, entry] = [await newcomer(), newId()];
    const [before, keys] = [await revision(), async (today: string) => (await desk(today).due(office)).filter(({ institution }) => institution.id === id).map(({ key, year, standing, isFoundUndone }) => [key, year, standing, isFoundUndone])];
    expect(await keys('2027-01-01')).toContainEqual(['health-check', 2026, 'overdue', false]);
    expect(await desk().enter(own(id), id, entry, duty())).toMatchObject({ ok: true });
    expect(await desk().enter(office, id, newId(), duty()), 'once a year').toEqual({ ok: false, reason: 'known' });
    expect(await keys('2027-01-01')).not.toContainEqual(expect.arrayContaining(['health-check', 2026]));
    expect(await desk().correct(office, id, { id: entry, version: 1 }, duty({ state: 'notDone', doneOn: '' }), '两人没有体检')).toMatchObject({ ok: true });
    expect(await keys('2027-01-01')).toContainEqual(['health-check', 2026, 'overdue', true]);
    expect(await desk().correct(own(id), id, { id: entry, version: 2 }, duty({ doneOn: '2026-11-22' }), null)).toMatchObject({ ok: true });
    expect(await desk().enter(own(id), id, newId(), duty({}, 2025)), 'before the rules').toEqual({ ok: false, reason: 'unknown-duty' });
    expect(await desk('2027-02-01').enter(own(id), id, newId(), duty({ doneOn: '2026-12-30' }, 2027)), 'a day of another year').toEqual({ ok: false, reason: 'other-year' });
    expect(await revision()).toBe(before);
    expect((await desk().find(own(id), id))?.duties.map(({ of, version }) => [of.state, of.doneOn, of.by, version])).toEqual([['done', '2026-11-22', 'institution', 3]]);
  });

  test('staff are counted, never named; the newest counts, and what the office counted the institution does not change', async () => {
    const [id, entry] = [await newcomer(), newId()];
    expect(await desk().enter(own(id), id, entry, counted())).toMatchObject({ ok: true });
    expect((await desk().due(office)).filter(({ institution, kind }) => institution.id === id && kind === 'staffCheck')).toMatchObject([{ key: 'staff-health', dueOn: '2026-11-20', standing: 'overdue', isFoundUndone: true }]);
    expect(await desk().enter(own(id), id, newId(), counted({ done: 9, notDone: 0 })), 'the same day').toEqual({ ok: false, reason: 'known' });
    expect(await desk().enter(office, id, newId(), counted({ check: 'hair-colour' }))).toEqual({ ok: false, reason: 'unknown-duty' });
    const later = newId();
    expect(await desk().enter(office, id, later, counted({ done: 9, notDone: 0, checkedOn: '2026-11-22', nextDue: '2027-11-22', checkedBy: 'authority' }))).toMatchObject({ ok: true });
    expect((await desk().due(office)).filter(({ institution, kind }) => institution.id === id && kind === 'staffCheck')).toEqual([]);
    expect(await desk().correct(own(id), id, { id: later, version: 1 }, counted({ checkedOn: '2026-11-22', nextDue: '2027-11-22' }), null)).toEqual({ ok: false, reason: 'not-yours' });
  });

  test('samples that are loaded again take nothing away that the office entered or changed', async () => {
    const [id, entered, touched] = [await newcomer(), newId(), newId()];
    const sample = (number: string): SampleListing => ({
      institution: id, jurisdiction: hebei, asOf: day('2026-11-01'), photos: [],
      listing: { words: emptyWords, assessments: [], changes: [], decisions: [touched, newId()].map((one, at) => ({ id: one, ...decided().typed, number: `${number}${String(at)}`, withdrawn: null, reply: null })) },
    });
    const load = (number: string) => publishSampleListings(opened.storage, hebei, [sample(number)], { keep: () => '', find: () => Promise.resolve(undefined), drop: () => undefined }, instantAt(day('2026-11-23'), '09:00'), (changed) => ({ id: newId(), jurisdiction: hebei, at: instantAt(day('2026-11-23'), '09:00'), kind: 'sample-listings-loaded', actor: 'system', objectKind: 'directory', objectId: hebei, detail: { changed } }));
    expect(await load('示例甲')).toBe(1);
    expect(await desk().enter(office, id, entered, decided())).toMatchObject({ ok: true });
    expect(await desk().reply(own(id), id, { id: touched, version: 0 }, '已经改正')).toMatchObject({ ok: true });
    expect(await load('示例乙')).toBe(1);
    expect((await listing(id)).decisions.map(({ number, reply }) => [number, reply?.text ?? null]).toSorted()).toEqual([['示例乙1', null], ['示例甲0', '已经改正'], ['示例警〔2026〕9 号', null]]);
  });

  test('the table of what is overdue runs no formula in a spreadsheet', async () => {
    const id = newId();
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id, subdistrict: street, name: '=HYPERLINK("示例")', sample: false }), rowKey: id }));
    await desk().enter(own(id), id, newId(), counted());
    const place = loadJurisdictions('data').find(({ code }) => code === hebei);
    if (!place) throw new Error('no such place');
    const account: SignedIn['account'] = { id: 'clerk', jurisdiction: hebei, login: 'clerk', title: null, roles: ['clerk'], institution: null, department: null, subdistrict: null, state: 'active', hasTotp: true, version: 1, createdAt: instantAt(day('2026-01-01'), '10:00'), passwordSetAt: null };
    const csv = await overdueTable({ supervision: desk(), today: () => day('2026-11-23') }, { account, place, may: (asked) => asked !== 'portal' }, new URLSearchParams());
    expect(csv?.split('\r\n').find((row) => row.includes('HYPERLINK'))).toMatch(/^"'=HYPERLINK\(""示例""\)",[^,]+,健康检查,,2026-11-20,3,有人还没有完成$/);
  });

  test('a street sees its own, another place and another institution nothing', async () => {
    const id = await newcomer();
    expect(await desk().find(ofStreet, id)).toBeUndefined();
    expect(await desk().find({ ...office, jurisdiction: jurisdictionCode.parse('140525') }, id)).toBeUndefined();
    expect(await desk().find(own(newId()), id)).toBeUndefined();
    expect((await desk().watched(ofStreet)).institutions.map((one) => one.id)).not.toContain(id);
    expect(await desk().find({ side: 'authority', account: 'street', jurisdiction: hebei, subdistrict: street }, id)).toBeDefined();
  });
});
