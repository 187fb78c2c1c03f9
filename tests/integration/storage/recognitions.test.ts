import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { affordablePlaces } from '#domain/directory/places.ts';
import { recognitionDraft, seenOf } from '#domain/recognition/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { makeRecognitions } from '#server/recognitions.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const day = (text: string) => isoDate.parse(text);
const actor = { account: 'clerk', jurisdiction: hebei };
const draft = (change: object = {}) => recognitionDraft.parse({ authority: '示例卫生健康局', documentNumber: '', from: '2026-11-01', until: '2027-10-31', places: [{ band: 'toddler', places: 10 }], priceCeiling: 198_000, audience: '', ...change });

describe.each(engines)('普惠认定 on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());
  const desk = (today = '2026-11-23') => makeRecognitions(opened.storage, () => instantAt(day(today), '10:00'));
  const newcomer = async (): Promise<string> => {
    const id = newId();
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id }), rowKey: id }));
    return id;
  };
  const now = async (id: string) => {
    const found = (await loadRecords(opened.storage.read, hebei)).find(({ institution }) => institution.id === id)?.institution;
    if (!found) throw new Error('gone');
    return found;
  };

  test('entered: x of y until when at once, with the revision, the history and one event; ended: no longer from the day after', async () => {
    const [id, before] = [await newcomer(), await opened.storage.revision(hebei)];
    expect(await desk().enter(actor, id, seenOf(await now(id)), draft())).toMatchObject({ ok: true });
    expect(affordablePlaces(await now(id), day('2026-11-23'))).toEqual({ places: 10, of: 15, until: '2027-10-31' });
    expect(await opened.storage.revision(hebei)).toBe(before + 1);
    expect(await opened.storage.read.selectFrom('institution_change').select(['parts', 'said_by']).where('institution_id', '=', id).execute()).toEqual([{ parts: 'recognitions', said_by: 'authority' }]);
    expect(await desk().end(actor, id, seenOf(await now(id)), 0, day('2026-11-30'))).toMatchObject({ ok: true });
    expect([affordablePlaces(await now(id), day('2026-11-30'))?.places, affordablePlaces(await now(id), day('2026-12-01'))]).toEqual([10, null]);
    expect(await desk('2026-12-02').end(actor, id, seenOf(await now(id)), 0, day('2026-11-29')), 'over already').toEqual({ ok: false, reason: 'not-running' });
    expect((await opened.storage.read.selectFrom('audit_event').select('kind').where('object_id', '=', id).orderBy('seq').execute()).map(({ kind }) => kind)).toEqual(['recognition-entered', 'recognition-ended']);
  });

  test('refused: more than there are, twice for one band at one time, an end before the beginning, another place, what was not seen', async () => {
    const id = await newcomer();
    const seen = seenOf(await now(id));
    expect(await desk().enter(actor, id, seen, draft({ places: [{ band: 'toddler', places: 16 }] }))).toEqual({ ok: false, reason: 'too-many' });
    expect(await desk().enter(actor, id, seen, draft({ until: '2026-10-31' }))).toEqual({ ok: false, reason: 'ends-before' });
    expect(await desk().enter({ ...actor, jurisdiction: jurisdictionCode.parse('140525') }, id, seen, draft())).toEqual({ ok: false, reason: 'not-found' });
    expect(await desk().enter(actor, id, seen, draft())).toMatchObject({ ok: true });
    expect(await desk().enter(actor, id, seen, draft({ from: '2028-01-01', until: '' }))).toEqual({ ok: false, reason: 'changed-meanwhile' });
    const next = seenOf(await now(id));
    expect(await desk().enter(actor, id, next, draft({ from: '2027-10-31', until: '' }))).toEqual({ ok: false, reason: 'overlap' });
    expect(await desk().enter(actor, id, next, draft({ from: '2026-01-01', until: '2026-11-01' })), 'ends on the day the other begins').toEqual({ ok: false, reason: 'overlap' });
    const two = await Promise.all([desk().enter(actor, id, next, draft({ from: '2027-11-01', until: '' })), desk().enter(actor, id, next, draft({ from: '2027-11-01', until: '2028-01-01' }))]);
    expect(two.map((one) => (one.ok ? 'saved' : one.reason)).toSorted()).toEqual(['changed-meanwhile', 'saved']);
    expect((await now(id)).recognitions).toHaveLength(2);
    expect(await desk().end(actor, id, seenOf(await now(id)), 1, day('2027-10-31')), 'not begun: taken out').toMatchObject({ ok: true });
    expect((await now(id)).recognitions).toHaveLength(1);
  });
});
