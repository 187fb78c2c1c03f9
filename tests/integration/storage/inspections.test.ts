import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addInspection, findInspection, openRemedies, recheck, reportDone, type InspectionDeps } from '#domain/inspections/commands.ts';
import { inspectionTyped, type InspectionActor } from '#domain/inspections/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { loadInspectionChecklist } from '#storage/files/inspectionChecklist.ts';
import { newId } from '#storage/ids.ts';
import { inspectionStore } from '#storage/inspections.ts';
import { publishRecords, recordOf } from '#storage/published.ts';
import { anInstitution } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const place = jurisdictionCode.parse('120105');
const clock = { now: instant.parse(Date.parse('2026-11-23T10:00:00+08:00')) };
const [here, there] = [anInstitution(), anInstitution({ id: '0190a000-0000-7000-8000-000000000002', subdistrict: '120105002', name: '示例·别处托育园' })];
const street: InspectionActor = { account: newId(), jurisdiction: place, subdistrict: subdistrictCode.parse('120105001') };
const office: InspectionActor = { account: newId(), jurisdiction: place, subdistrict: null };
const typed = (change: object = {}) => inspectionTyped.parse({
  institution: here.id, inspectedOn: '2026-11-23', words: '', outcome: 'rectify', dueOn: '2026-11-30', recheckOn: null,
  answers: [{ item: 'fire-exit', result: 'fail', note: '通道堆了纸箱，清空' }, { item: 'video', result: 'fail', note: '只能放出 30 天' }, { item: 'papers', result: 'pass', note: '' }], ...change,
});

describe.each(engines)('巡查和整改 on $engine', ({ open }) => {
  let opened: Opened | undefined;
  const deps = (): InspectionDeps => { if (!opened) throw new Error('not opened'); return { store: inspectionStore(opened.storage), checklist: loadInspectionChecklist('data'), newId, now: () => clock.now }; };
  beforeAll(async () => {
    opened = await open();
    await publishRecords(opened.storage, place, [here, there].map((of) => recordOf(of, 'sample', '{}')), () => ({ id: newId(), jurisdiction: place, at: clock.now, kind: 'samples-loaded', actor: 'system', objectKind: 'directory', objectId: place, detail: {} }));
  });
  afterAll(() => opened?.leave());
  const rows = async (table: 'inspection' | 'rectification' | 'inspection_photo' | 'audit_event') => Number((await opened?.storage.read.selectFrom(table).select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow())?.n ?? 0);

  test('the same record sent ten times at once is written once, with its failures as 整改 and one event', async () => {
    const [id, before] = [newId(), await rows('audit_event')];
    const photo = { id: newId(), file: 'a'.repeat(64), width: 3, height: 2 };
    const all = await Promise.all(Array.from({ length: 10 }, () => addInspection(deps(), street, id, typed(), [photo])));
    expect(all.every((one) => one.ok && one.value.id === id)).toBe(true);
    expect([await rows('inspection'), await rows('rectification'), await rows('inspection_photo'), await rows('audit_event')]).toEqual([1, 2, 1, before + 1]);
    expect(await addInspection(deps(), office, id, typed(), [])).toEqual({ ok: false, reason: 'known-other' });
    expect((await findInspection(deps(), street, id))?.inspection.photos).toEqual([photo]);
  });

  test('a street writes and reads in its own alone', async () => {
    expect(await addInspection(deps(), street, newId(), typed({ institution: there.id }), [])).toEqual({ ok: false, reason: 'not-your-street' });
    const id = newId();
    expect((await addInspection(deps(), office, id, typed({ institution: there.id }), [])).ok).toBe(true);
    expect(await findInspection(deps(), street, id)).toBeUndefined();
    expect((await openRemedies(deps(), street)).every(({ institution }) => institution.id === here.id)).toBe(true);
    expect((await openRemedies(deps(), office)).length).toBeGreaterThan((await openRemedies(deps(), street)).length);
  });

  test.each([
    ['future', { inspectedOn: '2026-11-24' }], ['too-old', { inspectedOn: '2026-10-23', dueOn: '2026-11-30' }], ['institution-unknown', { institution: newId() }], ['fails-but-sound', { outcome: 'sound' }], ['due-missing', { dueOn: null }], ['due-before', { dueOn: '2026-11-22' }],
    ['recheck-before', { recheckOn: '2026-11-22' }], ['item-unknown', { answers: [{ item: 'nothing', result: 'pass', note: '' }] }], ['nothing-failed', { answers: [{ item: 'papers', result: 'pass', note: '' }] }], ['note-missing', { answers: [{ item: 'papers', result: 'fail', note: '' }] }],
  ])('refused, nothing written: %s', async (reason, change) => {
    const before = await rows('inspection');
    expect(await addInspection(deps(), office, newId(), typed(change), [])).toEqual({ ok: false, reason });
    expect(await rows('inspection')).toBe(before);
  });

  test('reported, found not mended, reported again, passed; of two at once one is told', async () => {
    const id = newId();
    await addInspection(deps(), office, id, typed({ answers: [{ item: 'safety', result: 'fail', note: '插座没有盖' }] }), []);
    const remedy = async () => { const found = (await findInspection(deps(), office, id))?.remedies[0]; if (!found) throw new Error('no remedy'); return found; };
    const own = { account: newId(), jurisdiction: place, institution: here.id };
    const first = await remedy();
    expect(await reportDone(deps(), { ...own, institution: there.id }, first, '盖好了')).toEqual({ ok: false, reason: 'not-found' });
    const both = await Promise.all([reportDone(deps(), own, first, '盖好了'), reportDone(deps(), own, first, '都盖好了')]);
    expect(both.map((one) => (one.ok ? 'ok' : one.reason)).toSorted()).toEqual(['changed-meanwhile', 'ok']);
    expect(await reportDone(deps(), own, await remedy(), '再说一次')).toEqual({ ok: false, reason: 'wrong-state' });
    const again = (passed: boolean, nextDue: string | null) => remedy().then((one) => recheck(deps(), office, { inspection: id, id: one.id, version: one.version }, { passed, note: '看过', nextDue: nextDue === null ? null : typed({ dueOn: nextDue }).dueOn }));
    expect(await again(false, '2026-11-22')).toEqual({ ok: false, reason: 'due-before' });
    expect((await again(false, '2026-12-05')).ok).toBe(true);
    expect(await remedy()).toMatchObject({ doneOn: null, passed: false, dueOn: '2026-12-05' });
    expect((await reportDone(deps(), own, await remedy(), '换了新的')).ok).toBe(true);
    expect((await again(true, null)).ok).toBe(true);
    expect(await again(true, null)).toEqual({ ok: false, reason: 'wrong-state' });
    expect((await openRemedies(deps(), office)).some(({ remedy: { inspection } }) => inspection === id)).toBe(false);
  });
});
