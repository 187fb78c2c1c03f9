import { describe, expect, test } from 'vitest';
import { institution, isInForce } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { institutionId, uuidV5 } from '#storage/files/institutionId.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { loadPlannedSites } from '#storage/files/plannedSites.ts';
import { copyOfData, problemsOf, realData, spoil } from '#tests/unit/data/copyOfData.ts';

const placeIn = (dataDir: string, slug: string): Jurisdiction => {
  const found = loadJurisdictions(dataDir).find((place) => place.slug === slug);
  if (found === undefined) throw new Error(`no place ${slug}`);
  return found;
};
const sites = loadPlannedSites(realData, placeIn(realData, 'xiacheng'));

describe('the fourteen planned sites of 下城区', () => {
  test('are valid institution records, planned and never in force, with ids of their own', () => {
    expect(sites).toHaveLength(14);
    for (const site of sites) expect(institution.safeParse(site).error?.issues ?? []).toEqual([]);
    expect(sites.some(({ credential }) => isInForce(credential))).toBe(false);
    expect(new Set(sites.map(({ id }) => id)).size).toBe(14);
    expect(sites.every(({ sample, phone, creditCode, bands, modes }) => !sample && phone === null && creditCode === null && bands.length === 0 && modes.length === 0)).toBe(true);
  });

  test('carry what the plan says: 26 classes, 605 children, a health centre without places, two provisional names', () => {
    expect(sites.reduce((total, { planned }) => total + (planned?.classes ?? 0), 0)).toBe(26);
    expect(sites.reduce((total, { planned }) => total + (planned?.children ?? 0), 0)).toBe(605);
    expect(sites.filter(({ planned }) => planned?.takesChildren === false).map(({ name }) => name)).toEqual(['天水武林社区卫生服务中心']);
    expect(sites.filter(({ planned }) => planned?.nameProvisional).map(({ name }) => name)).toEqual(['长庆街道初本幼托园', '星原托育']);
  });

  test('name a street only where document or division data does', () => {
    expect(sites.filter(({ subdistrict }) => subdistrict !== null).map(({ name, subdistrict }) => [name, subdistrict])).toEqual([
      ['市府机关幼儿园灯芯园区', '330103003'], ['长庆街道初本幼托园', '330103001'], ['童伴社区亲子服务中心', '330103008'], ['石桥街道维安宝贝', '330103009'],
    ]);
  });

  test('are none in a place without such a plan', () => {
    expect(loadPlannedSites(realData, placeIn(realData, 'hebei'))).toEqual([]);
  });

  test('an unknown street and a bad month are named', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/330103/planned-sites.csv', '330103009', '330103004');
    expect(problemsOf(() => loadPlannedSites(data, placeIn(data, 'xiacheng')))).toEqual(['data/jurisdictions/330103/planned-sites.csv line 15, column subdistrict: expected a code of subdistricts.csv, got "330103004"']);
    spoil(data, 'jurisdictions/330103/planned-sites.csv', '2019-05', '2019-15');
    expect(problemsOf(() => loadPlannedSites(data, placeIn(data, 'xiacheng'))).join('\n')).toContain('line 2, column dueMonth: expected a month YYYY-MM, got "2019-15"');
  });
});

describe('institution ids', () => {
  test('uuidV5 gives the value published for www.example.com in the DNS namespace', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  test('the credit code alone decides where there is one; else file and row', () => {
    const identity = { jurisdiction: '120105', creditCode: '91120105MA05XXXX1Y', sourceFile: 'a.csv', rowKey: '1' };
    expect(institutionId({ ...identity, sourceFile: 'b.csv', rowKey: '9' })).toBe(institutionId(identity));
    expect(institutionId({ ...identity, jurisdiction: '230600' })).not.toBe(institutionId(identity));
    expect(institutionId({ ...identity, creditCode: null, rowKey: '2' })).not.toBe(institutionId({ ...identity, creditCode: null }));
    // Bookmarks depend on this one: it must never change.
    expect(sites[0]?.id).toBe('798d76c6-d27c-5d4e-bedb-b23fc6f1df2d');
  });
});
