import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importRules } from '#domain/directory/importDiff.ts';
import { publishWords, takeReport, type ListingDeps } from '#domain/listing/commands.ts';
import { listingWords, type CorrectionReport } from '#domain/listing/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, instantAt, isoDate } from '#domain/shared/dates.ts';
import { keyringOf } from '#server/crypto.ts';
import { makeListings, reportSeals } from '#server/listings.ts';
import { purgeNow } from '#server/retention.ts';
import { putInstitution } from '#storage/directory.ts';
import { readSampleListings } from '#storage/files/sampleListings.ts';
import { sampleInstitutions } from '#storage/files/samples.ts';
import { newId } from '#storage/ids.ts';
import { runImport } from '#storage/imports.ts';
import { listingStore, putPhoto } from '#storage/listing.ts';
import { publishSampleListings } from '#storage/listingSamples.ts';
import { photoFolder } from '#storage/photoFiles.ts';
import { recordOf } from '#storage/published.ts';
import type { Storage } from '#storage/schema.ts';
import { sundayMorning } from '#tests/builders/booking.ts';
import { aPlace, fullCsv, importDay } from '#tests/builders/importList.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const keys = keyringOf(randomBytes(32));
const words = (formed: boolean, asOf = '2026-11-20') => listingWords.parse({ committee: { saidBy: 'institution', asOf, formed } });

describe.each(engines)('listings on $engine', ({ open }) => {
  let opened: Opened;
  let storage: Storage;
  const dataDir = mkdtempSync(join(tmpdir(), 'tuoyu-photos-'));
  const depsOf = (now = sundayMorning): ListingDeps => ({ store: listingStore(storage), seals: reportSeals(keys), now: () => now });
  const anOwner = async (): Promise<string> => {
    const id = newId();
    await storage.write((tx) => putInstitution(tx, { ...aRecord({ id }), rowKey: id }));
    return id;
  };
  const report = (change: Partial<CorrectionReport> = {}): CorrectionReport => ({ id: newId(), topic: 'fees', right: 'CANARY-WORDS 伙食费现在是每天 20 元', phone: '13800009999', ...change });
  const count = async (table: 'correction_report' | 'outbox' | 'audit_event' | 'institution_change'): Promise<number> => Number((await storage.read.selectFrom(table).select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()).n);

  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterAll(async () => {
    await opened.leave();
    rmSync(dataDir, { recursive: true });
  });

  test('words are published over the version they were made from, with history, event and revision; the slower of two changes nothing', async () => {
    const id = await anOwner();
    const by = { account: 'account-1', sayer: 'institution' as const };
    const first = await depsOf().store.find(hebei, id);
    expect(first).toMatchObject({ version: 0, photos: [], changes: [] });
    const revision = await storage.revision(hebei);
    expect(await publishWords(depsOf(), hebei, id, first, words(false), by)).toBe('saved');
    expect(await storage.revision(hebei)).toBe(revision + 1);
    expect(await publishWords(depsOf(), hebei, id, first, words(true), by)).toBe('changed-meanwhile');
    const second = await depsOf().store.find(hebei, id);
    expect(second).toMatchObject({ version: 1, words: words(false), changes: [{ kind: 'words', parts: ['committee'], on: '2026-11-22', by: 'institution' }] });
    const outcomes = await Promise.all([true, true, true].map((formed) => publishWords(depsOf(), hebei, id, second, words(formed), by)));
    expect(outcomes.toSorted()).toEqual(['changed-meanwhile', 'changed-meanwhile', 'saved']);
    expect(await depsOf().store.find(hebei, id)).toMatchObject({ version: 2, words: words(true) });
    expect(await storage.revision(hebei)).toBe(revision + 2);
    expect(await depsOf().store.find(jurisdictionCode.parse('140525'), id)).toMatchObject({ version: 0 });
  });

  test('a photo that no reviewer has cleared is not listed and its bytes are not given', async () => {
    const id = await anOwner();
    const files = photoFolder(join(dataDir, 'photos'));
    const file = files.keep(Buffer.from('picture'));
    const photo = { id: newId(), file, caption: '活动室', illustration: false, takenOn: null, width: 1, height: 1, saidBy: 'institution' as const, asOf: importDay };
    const [hidden, shown] = [{ ...photo, cleared: null }, { ...photo, id: newId(), cleared: { by: 'reviewer-1', on: importDay } }];
    await storage.write(async (tx) => {
      await putPhoto(tx, hebei, id, 0, hidden);
      await putPhoto(tx, hebei, id, 1, shown);
    });
    const listings = makeListings(storage, { dataDir }, keys, () => sundayMorning, 'data');
    expect((await listings.find(hebei, id)).photos.map((one) => one.id)).toEqual([shown.id]);
    expect(Buffer.from(await listings.photo(hebei, id, shown.id) ?? []).toString()).toBe('picture');
    expect(await listings.photo(hebei, id, hidden.id)).toBeUndefined();
    expect(await listings.photo(hebei, await anOwner(), shown.id)).toBeUndefined();
    expect(await listings.photo(hebei, id, '../../keys/master')).toBeUndefined();
    expect(files.keep(Buffer.from('picture'))).toBe(file);
    expect(readdirSync(join(dataDir, 'photos'))).toHaveLength(1);
    expect(statSync(join(dataDir, 'photos', `${file}.webp`)).mode & 0o077).toBe(0);
  });

  test('a report goes to the institution and the regulator, sealed; the same form sent twice is one report', async () => {
    const id = await anOwner();
    const before = [await count('correction_report'), await count('outbox'), await count('audit_event')];
    const sent = report();
    const answers = await Promise.all(Array.from({ length: 10 }, () => takeReport(depsOf(), hebei, id, sent)));
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1);
    expect(answers[0]?.reference).toMatch(/^X-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect([await count('correction_report'), await count('outbox'), await count('audit_event')].map((now, at) => now - (before[at] ?? 0))).toEqual([1, 2, 1]);
    const kinds = await storage.read.selectFrom('outbox').select('kind').orderBy('kind').execute();
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(['correction-reported-institution', 'correction-reported-regulator']));
    const tables = await Promise.all((['correction_report', 'outbox', 'audit_event'] as const).map((table) => storage.read.selectFrom(table).selectAll().execute()));
    const everything = JSON.stringify(tables);
    expect(everything).toContain(sent.id);
    expect(everything).not.toMatch(/CANARY-WORDS|13800009999/);
    const row = await storage.read.selectFrom('correction_report').selectAll().where('id', '=', sent.id).executeTakeFirstOrThrow();
    expect(keys.open('report-phone', sent.id, row.sealed_phone ?? '')).toBe('13800009999');
    expect(keys.open('report-words', sent.id, row.sealed_words)).not.toContain('13800009999');
    expect(await depsOf().store.findReport(hebei, id, row.reference)).toMatchObject({ topic: 'fees' });
    expect(await depsOf().store.findReport(hebei, await anOwner(), row.reference)).toBeUndefined();
  });

  test('a report is forgotten after 90 days; its number and topic stay', async () => {
    const id = await anOwner();
    const taken = await takeReport(depsOf(), hebei, id, report());
    const sealed = () => storage.read.selectFrom('correction_report').select(['sealed_words', 'sealed_phone']).where('reference', '=', taken.reference).executeTakeFirstOrThrow();
    await purgeNow(storage, () => instant.parse(sundayMorning + 90 * 86_400_000));
    expect((await sealed()).sealed_words).not.toBe('');
    await purgeNow(storage, () => instant.parse(sundayMorning + 90 * 86_400_000 + 1));
    expect(await sealed()).toEqual({ sealed_words: '', sealed_phone: null });
    expect(await depsOf().store.findReport(hebei, id, taken.reference)).toMatchObject({ topic: 'fees' });
  });

  test('an import notes what it changed in the history', async () => {
    const place = aPlace('zezhou');
    const send = (today: string, rows: readonly Partial<Record<'name' | 'address' | 'phone', string>>[]) => runImport({
      storage, rules: importRules, jurisdiction: place, fileName: 'list.csv', bytes: Buffer.from(fullCsv(...rows)), commit: true, today: isoDate.parse(today), now: instantAt(isoDate.parse(today), '10:00'), newId,
    });
    await send('2026-11-01', [{ name: '示例甲园', address: '示例路1号' }, { name: '示例乙园', address: '示例路2号' }]);
    await send('2026-11-10', [{ name: '示例甲园', address: '示例路1号', phone: '022-12345678' }]);
    await send('2026-11-20', [{ name: '示例甲园', address: '示例路1号', phone: '022-12345678' }, { name: '示例乙园', address: '示例路2号' }]);
    const rows = await storage.read.selectFrom('institution').innerJoin('institution_change', 'institution_change.institution_id', 'institution.id').where('institution.jurisdiction_code', '=', place.code)
      .select(['name', 'institution_change.on_day', 'institution_change.kind', 'parts', 'said_by']).orderBy('on_day').orderBy('name').execute();
    expect(rows.map((row) => [row.name, row.on_day, row.kind, row.said_by])).toEqual([
      ['示例乙园', '2026-11-10', 'missing', 'authority'], ['示例甲园', '2026-11-10', 'record', 'authority'], ['示例乙园', '2026-11-20', 'returned', 'authority'],
    ]);
    expect(rows[1]?.parts).toContain('phone');
  });

  test('invented listings are put down once, change with their file, and never over words that somebody published', async () => {
    const place = aPlace('daqing');
    const samples = sampleInstitutions(place, importDay);
    await storage.write(async (tx) => { for (const sample of samples) await putInstitution(tx, recordOf(sample, 'sample', '{}')); });
    const files = photoFolder(join(dataDir, 'photos'));
    const put = (day: typeof importDay) => publishSampleListings(storage, place.code, readSampleListings('data', samples, day), files, sundayMorning,
      (changed) => ({ id: newId(), jurisdiction: place.code, at: sundayMorning, kind: 'sample-listings-loaded', actor: 'system', objectKind: 'directory', objectId: place.code, detail: { changed } }));
    const all = readSampleListings('data', samples, importDay).length;
    expect(await put(importDay)).toBe(all);
    expect(await put(importDay)).toBe(0);
    const [first] = samples;
    if (!first) throw new Error('no samples');
    const held = await depsOf().store.find(place.code, first.id);
    expect(held).toMatchObject({ version: 1, photos: [{ illustration: true, width: 800, height: 600 }, {}, {}], assessments: [{ grade: 'A' }] });
    await publishWords(depsOf(), place.code, first.id, held, words(true), { account: 'account-1', sayer: 'institution' });
    expect(await put(isoDate.parse('2026-11-24'))).toBe(all - 1);
    expect((await depsOf().store.find(place.code, first.id)).words).toEqual(words(true));
  });
});
