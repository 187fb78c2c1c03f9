import { expect, test } from 'vitest';
import { gapsOf } from '#cli/gaps.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { aPlace } from '#tests/builders/importList.ts';

test('what is empty is named, and nothing else', () => {
  const place = aPlace('hebei');
  const full = { ...place, filingAuthority: '示例机关', counties: [], departments: place.departments.map((one) => ({ ...one, phone: '12345' })), subdistricts: [], host: { organiser: 'x', phone: 'x', siteIdCode: 'x', icp: 'x', policeRecord: 'x' }, childrenUnderThree: [{ subdistrict: null, count: 1, asOf: isoDate.parse('2025-12-31'), source: '示例' }] };
  expect(gapsOf(full)).toEqual([]);
  expect(gapsOf({ ...full, host: { ...full.host, icp: null }, childrenUnderThree: [] })).toEqual(['hebei: host has no icp', 'hebei: no count of children under three, so no rate is shown']);
});
