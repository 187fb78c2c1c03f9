import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importGroups } from '#domain/importDraft/model.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { makeImportDesk } from '#server/importDesk.ts';
import { purgeNow } from '#server/retention.ts';
import { loadRecords } from '#storage/directory.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { registryCells, registryHeading } from '#tests/builders/registryList.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const [small, separated] = [aPlace('hebei'), { ...aPlace('zezhou'), accountProfile: 'separated' as const }];
const csv = (place: typeof small, rows: readonly (readonly [number: number, change?: Parameters<typeof registryCells>[2]])[]): Uint8Array =>
  Buffer.from([registryHeading, ...rows.map(([number, change]) => registryCells(place, number, change).join(','))].join('\n'));
const numbers = (count: number) => Array.from({ length: count }, (_, at) => [at + 1] as const);

describe.each(engines)('名录导入 at the desk on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());
  const desk = () => makeImportDesk(opened.storage, 'data', () => instantAt(isoDate.parse('2026-11-23'), '10:00'));
  const prepared = async (place: typeof small, bytes: Uint8Array, title = '示例名录', acceptMissing: number | null = null): Promise<string> => {
    const outcome = await desk().prepare({ account: 'clerk', place, title, bytes, acceptMissing });
    if (outcome.kind !== 'prepared') throw new Error(`not prepared: ${outcome.result.kind}`);
    return outcome.id;
  };
  const compared = async (place: typeof small, id: string) => {
    const found = await desk().compare(place, id);
    if (!found) throw new Error('no draft');
    return found;
  };
  const letIn = async (place: typeof small, id: string, account = 'reviewer', ticked: readonly string[] = importGroups) => desk().commit({ account, place, id, seen: (await compared(place, id)).seen, ticked });
  const names = async (place: typeof small) => (await loadRecords(opened.storage.read, place.code)).map(({ institution }) => institution.name);

  test('start, added, changed, missing, returned and truncated: each is seen before it is let in, and nothing before', async () => {
    const start = await prepared(small, csv(small, numbers(10)));
    expect(await names(small)).toEqual([]);
    expect(await letIn(small, start)).toEqual({ ok: true, value: { added: 10, changed: 0, missing: 0, returned: 0 } });
    expect(await names(small)).toHaveLength(10);
    const more = await prepared(small, csv(small, [...numbers(10), [11]]));
    expect(await letIn(small, more)).toMatchObject({ value: { added: 1 } });
    const changed = await prepared(small, csv(small, [...numbers(10), [11, { address: '示例路 99 号' }]]));
    expect((await compared(small, changed)).result).toMatchObject({ kind: 'dry-run', diff: { changed: [{ fields: ['address'] }] } });
    expect(await letIn(small, changed)).toMatchObject({ value: { added: 0, changed: 1 } });
    const missing = await prepared(small, csv(small, numbers(9)));
    expect(await letIn(small, missing, 'reviewer', ['added', 'changed', 'returned'])).toEqual({ ok: false, reason: 'not-acknowledged' });
    expect(await letIn(small, missing)).toMatchObject({ value: { missing: 2 } });
    const back = await prepared(small, csv(small, numbers(10)));
    expect(await letIn(small, back)).toMatchObject({ value: { returned: 1 } });
    const cut = await desk().prepare({ account: 'clerk', place: small, title: '示例名录', bytes: csv(small, numbers(3)), acceptMissing: null });
    expect(cut).toMatchObject({ kind: 'not-let-in', result: { kind: 'refused' } });
    expect(await desk().prepare({ account: 'clerk', place: small, title: '示例名录', bytes: csv(small, numbers(3)), acceptMissing: 6 }), 'another number').toMatchObject({ kind: 'not-let-in' });
    expect(await desk().open(small)).toEqual([]);
    expect(await desk().runs(small)).toHaveLength(5);
    const kinds = (await opened.storage.read.selectFrom('audit_event').select(['kind', 'actor']).where('jurisdiction_code', '=', small.code).orderBy('seq').execute()).map(({ kind, actor }) => `${kind} ${actor}`);
    expect(kinds).toEqual(Array.from({ length: 5 }, () => ['import-prepared clerk', 'directory-imported reviewer']).flat());
  });

  test('under 三员分立 whoever uploaded does not let in; with two people in the office one may', async () => {
    const id = await prepared(separated, csv(separated, numbers(2)));
    expect(await letIn(separated, id, 'clerk')).toEqual({ ok: false, reason: 'same-person' });
    expect(await names(separated)).toEqual([]);
    expect(await letIn({ ...separated, accountProfile: 'small' }, id, 'clerk')).toMatchObject({ ok: true });
  });

  test('what was seen is what is let in: another list meanwhile, a draft of another place, two at once, the same file twice', async () => {
    const [one, other] = [await prepared(separated, csv(separated, numbers(3))), await prepared(separated, csv(separated, numbers(4)), '另一份')];
    expect(await prepared(separated, csv(separated, numbers(3))), 'the same file once more').toBe(one);
    const { seen } = await compared(separated, other);
    expect(await desk().compare(small, one)).toBeUndefined();
    expect(await letIn(separated, one)).toMatchObject({ value: { added: 1 } });
    expect(await desk().commit({ account: 'reviewer', place: separated, id: other, seen, ticked: importGroups })).toEqual({ ok: false, reason: 'changed-meanwhile' });
    const now = (await compared(separated, other)).seen;
    const said = { place: separated, id: other, seen: now, ticked: importGroups };
    const both = await Promise.all([desk().commit({ ...said, account: 'reviewer' }), desk().commit({ ...said, account: 'second' })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await names(separated)).toHaveLength(4);
    expect((await desk().runs(separated)).filter(({ title }) => title === '另一份')).toHaveLength(1);
    expect(await opened.storage.read.selectFrom('import_draft').select('id').where('content', 'is not', null).execute(), 'no text is kept of what is settled').toEqual([]);
  });

  test('a list nobody let in is forgotten after a fortnight', async () => {
    const id = await prepared(small, csv(small, numbers(12)));
    await purgeNow(opened.storage, () => instantAt(isoDate.parse('2026-12-06'), '09:00'));
    expect(await desk().compare(small, id)).toBeDefined();
    await purgeNow(opened.storage, () => instantAt(isoDate.parse('2026-12-08'), '09:00'));
    expect(await desk().compare(small, id)).toBeUndefined();
  });

  test('a fault names its line and column and keeps nothing; a discarded list is gone', async () => {
    const bad = await desk().prepare({ account: 'clerk', place: small, title: '示例名录', bytes: csv(small, [[1, { credit: '123' }]]), acceptMissing: null });
    expect(bad).toMatchObject({ kind: 'not-let-in', result: { kind: 'invalid', problems: { sentences: [expect.stringMatching(/^line 2, column credit_code: /)] } } });
    const id = await prepared(small, csv(small, numbers(11)));
    expect(await desk().discard('clerk', small, id)).toBe(true);
    expect([await desk().discard('clerk', small, id), await desk().compare(small, id)]).toEqual([false, undefined]);
  });
});
