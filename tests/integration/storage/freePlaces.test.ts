import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seenOf } from '#domain/listing/freePlaces.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { keyringOf } from '#server/crypto.ts';
import { makeFreePlaces } from '#server/freePlaces.ts';
import { planNudges } from '#server/placesNudges.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { hostWithStalePlaces } from '#storage/noticeSubjects.ts';
import { newId } from '#storage/ids.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const day = (text: string): IsoDate => isoDate.parse(text);
const bands = [{ band: 'toddler', places: 15, free: 3, confirmedOn: '2026-10-20', availableFrom: null }, { band: 'older', places: 20, free: null, confirmedOn: null, availableFrom: null }];

describe.each(engines)('空位 on $engine', ({ open }) => {
  let opened: Opened;
  let today = day('2026-11-23');
  const storage = () => opened.storage;
  const now = () => instantAt(today, '10:00');
  const keys = keyringOf(randomBytes(32));
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());

  const newcomer = async (change: object = {}): Promise<string> => {
    const id = newId();
    await storage().write((tx) => putInstitution(tx, { ...aRecord({ id, bands, sample: false, ...change }), rowKey: id }));
    return id;
  };
  const bandsOf = async (id: string) => (await loadRecords(storage().read, hebei)).find(({ institution }) => institution.id === id)?.institution.bands ?? [];
  const actor = (institution: string) => ({ account: 'account-1', jurisdiction: hebei, institution });

  test('still right: the day moves, numbers stay, a band without a number stays unconfirmed; the page and the search say so at once', async () => {
    const [id, desk, before] = [await newcomer(), makeFreePlaces(storage(), now), await storage().revision(hebei)];
    expect(await desk.say(actor(id), seenOf(await bandsOf(id)), 'still-right')).toMatchObject({ ok: true });
    expect(await bandsOf(id)).toMatchObject([{ band: 'toddler', free: 3, confirmedOn: today }, { band: 'older', free: null, confirmedOn: null }]);
    expect(await storage().revision(hebei)).toBe(before + 1);
    const whole = await storage().read.selectFrom('search_whole').innerJoin('search_document', 'id', 'document_id').select('whole').where('institution_id', '=', id).executeTakeFirstOrThrow();
    expect(JSON.parse(whole.whole).bands[0].confirmedOn).toBe(today);
    expect((await storage().read.selectFrom('institution_change').select('parts').where('institution_id', '=', id).execute())).toEqual([]);
  });

  test('no free places is published at once; more than there are is refused; a page that had not seen the last word is refused', async () => {
    const [id, desk] = [await newcomer(), makeFreePlaces(storage(), now)];
    const seen = seenOf(await bandsOf(id));
    expect(await desk.say(actor(id), seen, new Map([['toddler', 16]]))).toEqual({ ok: false, reason: 'impossible' });
    expect(await desk.say(actor(id), seen, new Map([['toddler', 0], ['older', 2]]))).toMatchObject({ ok: true });
    expect(await bandsOf(id)).toMatchObject([{ free: 0, confirmedOn: today }, { free: 2, confirmedOn: today }]);
    expect(await desk.say(actor(id), seen, 'still-right')).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect((await storage().read.selectFrom('institution_change').select('parts').where('institution_id', '=', id).execute())).toEqual([{ parts: 'bands' }]);
    expect(await desk.find({ ...actor(id), jurisdiction: jurisdictionCode.parse('140525') })).toBeUndefined();
  });

  test('numbers four weeks old are asked after once a month; fresh, invented and ended ones are not', async () => {
    const [stale, fresh] = [await newcomer(), await newcomer({ bands: [{ ...bands[0], confirmedOn: '2026-11-10' }] })];
    const left = [await newcomer({ sample: true }), await newcomer({ credential: { kind: 'filing', state: 'withdrawn', number: null, receiptedOn: '2024-09-28', authority: null, since: '2026-11-01', decisionNumber: null } })];
    const given = { storage: storage(), keys, jurisdictions: [{ code: hebei }], now };
    const asked = async () => (await storage().read.selectFrom('outbox').select('dedup_key').where('kind', '=', 'free-places-due').execute()).map(({ dedup_key }) => dedup_key);
    await planNudges(given);
    const first = await asked();
    expect(first).toContain(`free-places-due:${stale}:2026-11`);
    for (const id of [fresh, ...left]) expect(first.filter((key) => key?.includes(id))).toEqual([]);
    expect(await planNudges(given)).toBe(0);
    today = day('2026-12-08');
    await planNudges(given);
    expect(await asked()).toEqual(expect.arrayContaining([`free-places-due:${stale}:2026-12`, `free-places-due:${fresh}:2026-12`]));
    expect(await hostWithStalePlaces(storage().read, hebei, fresh, '2026-11'), 'confirmed meanwhile: nothing to tell').toBeUndefined();
    expect((await hostWithStalePlaces(storage().read, hebei, stale, '2026-12'))?.id).toBe(stale);
  });
});
