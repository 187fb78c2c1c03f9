import { describe, expect, test } from 'vitest';
import { supplyOf } from '#domain/directory/supply.ts';
import { outcomeOf, placesPerThousand } from '#domain/jurisdiction/targetOutcome.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { goalValue, outcomeText } from '#text/disclosure.ts';
import { anInstitution } from '#tests/builders/institution.ts';

const places = loadJurisdictions('data');
const placeOf = (slug: string) => { const place = places.find((one) => one.slug === slug); if (!place) throw new Error(slug); return place; };
const zezhou = placeOf('zezhou');
const target = (key: string) => { const found = zezhou.targets.find((one) => one.key === key); if (!found) throw new Error(key); return found; };
const population = { count: 480_000, year: 2020, source: '示例来源' };

describe('goals of a plan', () => {
  test('no rate without its denominator, and a rate with it to two decimals', () => {
    expect(placesPerThousand(1000, undefined)).toBeNull();
    expect(placesPerThousand(1344, population)).toBe(2.8);
    expect(placesPerThousand(1000, population)).toBe(2.08);
    expect(outcomeText(outcomeOf(target('places-per-thousand-2025'), zezhou, { places: 1000, covered: new Set() }), '个')).toBe('待主办单位填写（缺常住人口数）');
  });

  test('2.8 is reached at 2.8 and not below; 4.5 is not', () => {
    const with2020 = { ...zezhou, population };
    expect(outcomeOf(target('places-per-thousand-2022'), with2020, { places: 1344, covered: new Set() })).toEqual({ kind: 'reached', now: 2.8, of: null });
    expect(outcomeOf(target('places-per-thousand-2022'), with2020, { places: 1338, covered: new Set() })).toEqual({ kind: 'notReached', now: 2.79, of: null });
    expect(outcomeOf(target('places-per-thousand-2025'), with2020, { places: 1344, covered: new Set() }).kind).toBe('notReached');
  });

  test('a township is covered by an institution there; streets and farms are not townships', () => {
    const townships = zezhou.subdistricts.filter(({ kind }) => kind === 'town' || kind === 'township').map(({ code }): string => code);
    expect(townships.length).toBeGreaterThan(5);
    expect(outcomeOf(target('each-township-2025'), zezhou, { places: 0, covered: new Set(townships) })).toEqual({ kind: 'reached', now: townships.length, of: townships.length });
    expect(outcomeOf(target('each-township-2025'), zezhou, { places: 0, covered: new Set(townships.slice(1)) })).toEqual({ kind: 'notReached', now: townships.length - 1, of: townships.length });
  });

  test('what the site cannot count is never said to be reached or missed', () => {
    for (const place of places) for (const goal of place.targets.filter(({ measure }) => measure === null)) expect(outcomeOf(goal, place, { places: 1e6, covered: new Set() }), goal.key).toEqual({ kind: 'notCounted' });
  });

  test('the plans of the four places ask for what they ask for', () => {
    const asked = (slug: string) => placeOf(slug).targets.map((goal) => [goal.key, goalValue(goal), goal.dueOn]);
    expect(asked('zezhou')).toEqual([
      ['pilot-institutions-2022', '1–2 所', '2022-12-31'], ['places-per-thousand-2022', '至少 2.8 个', '2022-12-31'], ['places-per-thousand-2025', '至少 4.5 个', '2025-12-31'],
      ['each-township-2025', '每个乡镇至少 1 家', '2025-12-31'], ['staff-training-yearly', '至少 1 场', 'yearly'], ['joint-meeting-yearly', '至少 1 次', 'yearly'],
    ]);
    expect(asked('daqing').filter(([, value]) => value !== null)).toEqual([['model-institutions-2021', '各县（区）各 1 所', '2021-12-31'], ['child-health-management-2025', '至少 95%', '2025-12-31'], ['carer-guidance-2025', '至少 95%', '2025-12-31']]);
    expect(asked('hebei').filter(([, value]) => value !== null)).toEqual([['model-institutions-2020', '1–2 家', '2020-12-31'], ['staff-training-yearly', '每家机构至少 1 次', 'yearly']]);
    expect(asked('xiacheng')).toContainEqual(['demonstration-sites', '至少 14 个', '2019-10-31']);
  });
});

test('the middle fee is of those who state one; unknown places are left out of a sum and of the count beside it', () => {
  const fee = (amount: number) => [{ item: 'care', mode: 'fullDay', band: 'toddler', amount, per: 'month', required: true, note: null }];
  const listed = [2000, 3000, 7000, 9000].map((yuan, index) => anInstitution({ id: `0190a000-0000-7000-8000-00000000000${String(index)}`, fees: fee(yuan * 100) }));
  const silent = anInstitution({ id: '0190a000-0000-7000-8000-000000000009', bands: [{ band: 'toddler', places: null, free: null, confirmedOn: null, availableFrom: null }] });
  const supply = supplyOf([...listed, silent], ['120105001'], isoDate.parse('2026-11-23'));
  expect(supply.fees.toddler).toEqual({ median: 500_000, least: 200_000, most: 900_000, of: 4 });
  expect(supply.fees.infant).toBeNull();
  expect(supply.places).toEqual({ sum: 60, of: 4 });
  expect(supply.streets).toMatchObject([{ subdistrict: '120105001', institutions: 5, places: { sum: 60, of: 4 } }]);
});
