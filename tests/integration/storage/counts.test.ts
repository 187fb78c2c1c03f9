import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countSaid, type CountActor } from '#domain/counts/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate, yearMonth } from '#domain/shared/dates.ts';
import { makeCounts } from '#server/counts.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const [hebei, zezhou] = [jurisdictionCode.parse('120105'), jurisdictionCode.parse('140525')];
const month = yearMonth.parse('2026-10');
const said = (children: number) => countSaid.parse({ parts: [{ band: 'toddler', mode: 'fullDay', children }], affordable: null, migrant: null, careWorkers: 3 });

describe.each(engines)('月报在托人数 on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());
  const counts = () => makeCounts(opened.storage, 'data', () => instantAt(isoDate.parse('2026-11-03'), '10:00'));
  const newcomer = async (change: object = {}): Promise<string> => {
    const id = newId();
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id, ...change }), rowKey: id }));
    return id;
  };
  const institution = (id: string): CountActor => ({ account: 'account-1', jurisdiction: hebei, side: 'institution', institution: id });
  const street = (subdistrict: string): CountActor => ({ account: 'account-2', jurisdiction: hebei, side: 'street', subdistrict });
  const events = async (id: string) => (await opened.storage.read.selectFrom('audit_event').select('kind').where('object_id', '=', id).orderBy('seq').execute()).map(({ kind }) => kind);

  test('a street enters, the institution says it itself; each word is an event, the same word twice is one', async () => {
    const [id, desk] = [await newcomer(), counts()];
    expect(await desk.report(street('120105001'), id, month, 0, said(9))).toMatchObject({ ok: true, value: { by: 'street', version: 1 } });
    expect(await desk.report(street('120105001'), id, month, 0, said(9)), 'sent twice').toMatchObject({ ok: true, value: { version: 1 } });
    expect(await desk.report(institution(id), id, month, 0, said(10)), 'had not seen the street\'s').toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await desk.report(institution(id), id, month, 1, said(10))).toMatchObject({ ok: true, value: { by: 'institution', version: 2 } });
    expect((await desk.ofMonth(hebei, month)).find((one) => one.institution === id)).toMatchObject({ said: said(10), by: 'institution' });
    expect(await events(id)).toEqual(['count-reported', 'count-mended']);
  });

  test('two at once: one is written, the other is told', async () => {
    const [id, desk] = [await newcomer(), counts()];
    const outcomes = await Promise.all([desk.report(institution(id), id, month, 0, said(1)), desk.report(street('120105001'), id, month, 0, said(2))]);
    expect(outcomes.map((one) => (one.ok ? 'saved' : one.reason)).toSorted()).toEqual(['changed-meanwhile', 'saved']);
    expect(await events(id)).toHaveLength(1);
  });

  test('another\'s institution, another street, an open month alone, and those in force alone', async () => {
    const [mine, other, ended] = [await newcomer(), await newcomer({ subdistrict: '120105002' }), await newcomer({ missingSince: '2026-11-01' })];
    const desk = counts();
    expect(await desk.report(institution(mine), other, month, 0, said(1))).toEqual({ ok: false, reason: 'not-found' });
    expect(await desk.report(street('120105001'), other, month, 0, said(1))).toEqual({ ok: false, reason: 'not-found' });
    expect(await desk.report({ ...institution(mine), jurisdiction: zezhou }, mine, month, 0, said(1))).toEqual({ ok: false, reason: 'not-found' });
    expect(await desk.report(institution(ended), ended, month, 0, said(1))).toEqual({ ok: false, reason: 'not-found' });
    for (const closed of ['2026-11', '2026-07']) expect(await desk.report(institution(mine), mine, yearMonth.parse(closed), 0, said(1))).toEqual({ ok: false, reason: 'not-open' });
    expect((await desk.institutions(hebei, '120105002')).map(({ id }) => id)).toEqual([other]);
  });
});
