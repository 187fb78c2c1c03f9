import { expect, test } from 'vitest';
import { diffRecords, isSuspicious } from '#domain/directory/importDiff.ts';
import type { ComparedRecord, ImportedFacts, IncomingList, IncomingRow } from '#domain/directory/ports.ts';
import { anInstitution } from '#tests/builders/institution.ts';
import { aCreditCode } from '#tests/builders/registryList.ts';

const uuid = (number: number): string => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`;
type Change = Parameters<typeof anInstitution>[0];
const held = (number: number, change: Change = {}, origin = 'registry', rowHash = 'old'): ComparedRecord =>
  ({ institution: anInstitution({ id: uuid(number), name: `示例第${number}园`, creditCode: aCreditCode(number), sample: false, ...change }), origin, rowKey: `${number}`, rowHash });
const row = (number: number, change: Change = {}, rowHash = 'new'): IncomingRow =>
  ({ line: number + 1, institution: anInstitution({ id: uuid(number + 500), name: `示例第${number}园`, creditCode: aCreditCode(number), sample: false, ...change }), rowKey: `${number}`, rowHash });
const all = new Set<keyof ImportedFacts>(['aliases', 'county', 'subdistrict', 'kind', 'ownership', 'nature', 'address', 'phone', 'point', 'modes', 'bands', 'admission', 'recognitions', 'fees', 'feesFrom', 'hours',
  'opensInSchoolHolidays', 'extendedUntil', 'mealsProvided', 'openToNeighbours', 'accepts', 'confirmedOn']);
const full = (...rows: readonly IncomingRow[]): IncomingList => ({ format: 'full', carried: all, rows });
const registry = (...rows: readonly IncomingRow[]): IncomingList => ({ format: 'registry', carried: new Set(), rows });

test('rows are joined to records by credit code and keep the record’s id', () => {
  const diff = diffRecords([held(1), held(2)], full(row(1, { name: '示例新名园' }), row(3)));
  expect(diff.changed.map(({ after, fields }) => [after.institution.id, fields])).toEqual([[uuid(1), ['name']]]);
  expect(diff.added.map(({ institution }) => institution.name)).toEqual(['示例第3园']);
  expect(diff.missing.map(({ institution }) => institution.name)).toEqual(['示例第2园']);
});

test('without a code on one side, name and address join, however they are spaced', () => {
  const diff = diffRecords([held(1, { creditCode: null })], full(row(1, { name: '示例第1 园', address: '示例路 １２号' })));
  expect(diff.changed.map(({ after }) => after.institution)).toMatchObject([{ id: uuid(1), creditCode: aCreditCode(1) }]);
  expect(diff.missing).toEqual([]);
});

test('two different codes are two institutions, even under one name and address', () => {
  const diff = diffRecords([held(1)], full(row(1, { creditCode: aCreditCode(9) })));
  expect([diff.added.length, diff.missing.length]).toEqual([1, 1]);
});

test('a row without a code never takes a known code away', () => {
  const diff = diffRecords([held(1)], full(row(1, { creditCode: null })));
  expect(diff.same.map(({ institution }) => institution.creditCode)).toEqual([aCreditCode(1)]);
});

test('a registry row changes only what the registry carries', () => {
  const record = held(1, { phone: '示例电话', fees: [{ item: 'care', mode: null, band: null, amount: 100, per: 'month', required: true, note: null }], aliases: ['示例旧名'] }, 'full');
  const bare = { kind: null, ownership: null, modes: [], bands: [], admission: null, fees: [], phone: null, nature: 'forProfit', aliases: ['示例别名'], subdistrict: null, address: '示例路99号', confirmedOn: null };
  const { changed } = diffRecords([record], registry(row(1, bare)));
  expect(changed[0]?.fields.toSorted()).toEqual(['address', 'aliases', 'nature']);
  expect(changed[0]?.after).toMatchObject({ origin: 'full', institution: { phone: '示例电话', subdistrict: '120105001', aliases: ['示例旧名', '示例别名'], kind: 'independent', bands: record.institution.bands } });
});

test('a column that a full list leaves out changes nothing; an empty cell does', () => {
  const next = row(1, { phone: null, modes: [] });
  const { changed } = diffRecords([held(1, { phone: '示例电话' })], { format: 'full', carried: new Set<keyof ImportedFacts>(['modes']), rows: [next] });
  expect(changed.map(({ fields }) => fields)).toEqual([['modes']]);
});

test('no list ever ends a suspension; a later filing ends a withdrawal', () => {
  const credential = (state: string, since: string, receiptedOn = '2024-09-28') => ({ kind: 'filing', state, number: '示例1号', receiptedOn, authority: '示例机关', since, decisionNumber: '示例决定' });
  const suspended = diffRecords([held(1, { credential: credential('suspended', '2026-01-05') })], registry(row(1)));
  expect(suspended.changed).toEqual([]);
  const again = diffRecords([held(1, { credential: credential('withdrawn', '2026-01-05') })], registry(row(1, { credential: { ...anInstitution().credential, receiptedOn: '2026-06-01' } })));
  expect(again.changed[0]?.after.institution.credential).toMatchObject({ state: 'receipted', receiptedOn: '2026-06-01', number: '示例1号', since: null });
  const old = diffRecords([held(1, { credential: credential('withdrawn', '2026-01-05') })], registry(row(1)));
  expect(old.changed).toEqual([]);
  // Nor does a full list lift what people have suspended; it may bring other facts, and say that a filing has ended.
  const lifted = diffRecords([held(1, { credential: credential('suspended', '2026-01-05') })], full(row(1, { address: '示例路99号' })));
  expect(lifted.changed[0]?.after.institution).toMatchObject({ address: '示例路99号', credential: { state: 'suspended', since: '2026-01-05', decisionNumber: '示例决定' } });
  const ended = diffRecords([held(1)], full(row(1, { credential: { ...anInstitution().credential, state: 'withdrawn' } })));
  expect(ended.changed[0]?.after.institution.credential.state).toBe('withdrawn');
});

test('missing and returned are told apart, and one that is missing already is not missed twice', () => {
  const diff = diffRecords([held(1, { missingSince: '2026-10-01' }), held(2, { missingSince: '2026-10-01' }), held(3)], full(row(1, {}, 'old'), row(3)));
  expect(diff.returned.map(({ after }) => [after.institution.id, after.institution.missingSince])).toEqual([[uuid(1), null]]);
  expect([diff.missing.length, diff.present, diff.same.length]).toEqual([0, 1, 1]);
});

test('a list speaks neither for planned sites nor for samples, the registry not for kindergartens', () => {
  const kindergarten = { credential: { ...anInstitution().credential, kind: 'kindergarten' } };
  const previous = [held(1, {}, 'planned'), held(2, {}, 'sample'), held(3, kindergarten, 'full')];
  expect(diffRecords(previous, registry(row(9))).missing).toEqual([]);
  expect(diffRecords(previous, full(row(9))).missing.map(({ rowKey }) => rowKey)).toEqual(['3']);
});

test('the same row as last time changes nothing, even where the record was changed since', () => {
  const diff = diffRecords([held(1, { phone: '示例电话' }, 'full', 'same-row')], full(row(1, {}, 'same-row')));
  expect([diff.same.length, diff.changed.length]).toEqual([1, 0]);
});

test('a new row whose id another record bears is set apart', () => {
  const diff = diffRecords([held(1, { name: '示例他园', address: '示例别路' })], full({ ...row(2), institution: anInstitution({ id: uuid(1), creditCode: null }) }));
  expect([diff.clashing.length, diff.added.length]).toEqual([1, 0]);
});

test.each([
  [2, 4, 0.2, false], [3, 30, 0.2, false], [3, 14, 0.2, true], [6, 30, 0.2, false], [7, 30, 0.2, true], [30, 30, 1, false], [3, 3, 0, true],
])('%i missing of %i at a share of %f: suspicious %s', (missing, present, share, suspicious) => {
  expect(isSuspicious({ missing: Array.from({ length: missing }), present }, share)).toBe(suspicious);
});
