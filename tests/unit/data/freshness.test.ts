import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isoDate } from '#domain/shared/dates.ts';
import { freshnessOf } from '#storage/files/freshness.ts';
import { copyOfData, spoil } from '#tests/unit/data/copyOfData.ts';

const today = isoDate.parse('2026-11-23');

test('every data file but the samples stands in the list, a place\'s by its own entry of sources, else by its document; what says nothing comes first', () => {
  const data = copyOfData();
  spoil(data, 'rules/cn-2019.json', '"readOn": "2026-11-22"', '"readOn": "2025-11-23"');
  writeFileSync(join(data, 'search', 'unsigned.json'), '{}');
  const found = freshnessOf(data, today);
  expect(found.map(({ file }) => file).toSorted()).toEqual(globSync('**/*.{json,csv}', { cwd: data }).filter((file) => !file.startsWith('samples')).toSorted());
  expect(found.find(({ file }) => file === 'rules/cn-2019.json')).toEqual({ file: 'rules/cn-2019.json', sourceOn: '2019-10-08', checkedOn: '2025-11-23', ageDays: 365 });
  expect(found.find(({ file }) => file === 'jurisdictions/120105/duties.csv')).toMatchObject({ checkedOn: '2026-11-22', ageDays: 1 });
  expect(found.find(({ file }) => file === 'search/unsigned.json')).toEqual({ file: 'search/unsigned.json', sourceOn: null, checkedOn: null, ageDays: null });
  const [silent, dated] = [found.filter(({ ageDays }) => ageDays === null).length, found.findIndex(({ ageDays }) => ageDays !== null)];
  expect(dated).toBe(silent);
  expect(found[dated]?.file).toBe('rules/cn-2019.json');
});
