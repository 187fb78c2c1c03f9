import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { bandMonths, type ClassBand, type Institution } from '#domain/directory/model.ts';
import { largestPageSize, type DirectoryQuery } from '#domain/directory/query.ts';
import { relaxations } from '#domain/directory/relax.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import { addDays, type IsoDate } from '#domain/shared/dates.ts';
import { aBand, aCareFee, anInstitution, aQuery, aSnapshot, today, xiacheng } from '#tests/unit/directory/builders.ts';

vi.setConfig({ testTimeout: 60_000 }); // properties over whole directories; the machine may be busy

const bands = ['infant', 'toddler', 'older', 'mixed'] as const;
const day = (least: number, most: number) => fc.integer({ min: least, max: most }).map((days) => addDays(today, days));

const anyBand = fc.record({
  band: fc.constantFrom(...bands), places: fc.option(fc.integer({ min: 0, max: 60 })), free: fc.option(fc.integer({ min: 0, max: 3 })),
  confirmedOn: fc.option(day(-40, 5)), availableFrom: fc.constant(null),
});
const anyCredential = fc.record({
  kind: fc.constantFrom('filing', 'filing', 'filing', 'filing', 'kindergarten'), state: fc.constantFrom('receipted', 'receipted', 'receipted', 'receipted', 'changed', 'suspended', 'withdrawn', 'planned', 'submitted', 'returned'),
  number: fc.constant(null), receiptedOn: fc.constant(null), authority: fc.constant(null), since: fc.constant(null), decisionNumber: fc.constant(null),
});
const anyRecognition = fc.record({
  authority: fc.constant('示例局'), documentNumber: fc.constant(null), from: day(-60, 10), until: fc.option(day(-20, 60)),
  places: fc.array(fc.record({ band: fc.constantFrom(...bands), places: fc.integer({ min: 1, max: 20 }) }), { minLength: 1, maxLength: 2 }), priceCeiling: fc.constant(null), audience: fc.constant(null),
});
const anyHours = fc.constantFrom([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6], [1, 2, 3]).chain((weekdays) =>
  fc.record({ opens: fc.constantFrom('07:00', '08:00'), closes: fc.constantFrom('17:00', '18:30') }).map((hours) => weekdays.map((weekday) => ({ weekday, ...hours }))));
const anyInstitutionAtAll: fc.Arbitrary<Institution> = fc.record({
  name: fc.constantFrom('示例武林托育', '示例天水托育', '示例朝晖宝贝'), kind: fc.constantFrom(null, 'independent', 'homeSite', 'community'),
  ownership: fc.constantFrom(null, 'public', 'privateForProfit'), subdistrict: fc.constantFrom(null, '330105012', '330105013'), county: fc.constantFrom(null, '330105'),
  modes: fc.uniqueArray(fc.constantFrom('fullDay', 'halfDay', 'hourly')), bands: fc.uniqueArray(anyBand, { selector: ({ band }) => band }),
  admission: fc.constantFrom(null, { rule: 'byMonths', min: 3, max: 36 }, { rule: 'byMonths', min: 18, max: 40 }),
  recognitions: fc.array(anyRecognition, { maxLength: 2 }), fees: fc.constantFrom([], [aCareFee(1500)], [aCareFee(1800, { band: 'older' }), aCareFee(2600, { band: 'infant' })], [aCareFee(0, { amount: null })]),
  hours: fc.oneof(fc.constant([]), anyHours), extendedUntil: fc.constantFrom(null, '19:00'), credential: anyCredential, missingSince: fc.constantFrom(null, null, null, '2026-11-01'),
  point: fc.constantFrom(null, { lng: 120.16, lat: 30.27, crs: 'gcj02' }, { lng: 120.2, lat: 30.3, crs: 'wgs84' }),
}).map((own) => anInstitution(own));

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => 
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value }); // few conditions at once, so that something is found
const anyQuery: fc.Arbitrary<DirectoryQuery> = fc.record({
  q: maybe(fc.constantFrom('武林', 'wulin', '托育')), months: maybe(fc.integer({ min: -3, max: 42 }).map(String)),
  start: maybe(fc.constantFrom('2026-11', '2027-03', '2027-09', '2025-01')),
  band: maybe(fc.uniqueArray(fc.constantFrom(...bands), { minLength: 1, maxLength: 2 })), mode: maybe(fc.constantFrom(['fullDay'], ['halfDay', 'hourly'])),
  kind: maybe(fc.constantFrom(['homeSite'], ['independent', 'community'])), ownership: maybe(fc.constantFrom(['public'])), subdistrict: maybe(fc.constantFrom(['330105012'], ['330103002'])),
  county: maybe(fc.constant('330105')), affordable: maybe(fc.constant('1')), free: maybe(fc.constant('1')), weekend: maybe(fc.constant('1')),
  openBefore: maybe(fc.constant('07:30')), closeAfter: maybe(fc.constant('18:00')), maxFee: maybe(fc.constantFrom('1500', '2000')),
  near: fc.constant('120.16,30.27'), crs: fc.constant('gcj02'), radius: maybe(fc.constant('2000')), sort: fc.constantFrom('relevance', 'distance', 'fee', 'free'),
  include: maybe(fc.constantFrom(['planned'], ['ended'], ['planned', 'ended'])), size: fc.constant(String(largestPageSize)),
}).map((own) => aQuery(Object.fromEntries(Object.entries(own).flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const])))));

// The same questions asked plainly, one institution at a time, for comparison.
const range = (of: Institution, band: ClassBand): readonly [number, number] => {
  const [from, until] = bandMonths[band];
  if (of.admission?.rule !== 'byMonths') return [from, until];
  const { min, max } = of.admission;
  const alone = of.bands.every((offer) => offer.band === 'mixed');
  if (band === 'infant') return [min, Math.min(until, max)];
  if (band === 'toddler') return [Math.max(from, min), Math.min(until, max)];
  if (band === 'older') return [Math.max(from, min), max];
  return alone ? [min, max] : [Math.max(from, min), max > until ? max : Math.min(until, max)];
};
const fitting = (of: Institution, months: number): ClassBand[] =>
  of.bands.map(({ band }) => band).filter((band) => { const [from, until] = range(of, band); return months >= from && months < until; });
const fitsPlainly = (of: Institution, months: number): boolean => {
  if (months < 0) return true;
  if (of.bands.length > 0) return fitting(of, months).length > 0;
  if (of.admission?.rule === 'byMonths') return months >= of.admission.min && months < of.admission.max;
  return months >= 6 && months < 36;
};
const inForce = (of: Institution, on: IsoDate, band: (one: ClassBand) => boolean): boolean =>
  of.recognitions.some(({ from, until, places }) => from <= on && (until === null || until >= on) && places.some((part) => band(part.band)));
const plainly = (of: Institution, query: DirectoryQuery): boolean => {
  const wait = query.start === null || query.start < '2026-11' ? 0 : { '2026-11': 0, '2027-03': 4, '2027-09': 10 }[String(query.start)] ?? 0;
  const months = query.months !== null && query.months < 0 ? query.months + wait : query.months;
  const byAge = months === null || months < 0 ? [] : fitting(of, months);
  const asked = (band: ClassBand): boolean => (byAge.length === 0 || byAge.includes(band)) && (query.band.length === 0 || query.band.includes(band));
  const nothingAsked = byAge.length === 0 && query.band.length === 0;
  const feeBands = [...new Set([...of.bands.map(({ band }) => band), ...of.fees.flatMap(({ band }) => band ?? []), ...(nothingAsked ? [] : bands)])].filter(asked);
  const fees = (of.fees.some(({ band }) => band !== null) || !nothingAsked ? feeBands : [null]).flatMap((band) =>
    of.fees.filter((fee) => fee.amount !== null && (fee.band === null || fee.band === band)).flatMap(({ amount }) => amount ?? []));
  const { subdistrict, openBefore, closeAfter, maxFee } = query;
  const weekdays = [1, 2, 3, 4, 5].every((one) => of.hours.some(({ weekday }) => weekday === one));
  const gone = of.missingSince !== null || ['suspended', 'withdrawn'].includes(of.credential.state);
  const ended = of.credential.kind === 'filing' && gone && !['planned', 'submitted', 'returned'].includes(of.credential.state);
  const listed = of.credential.kind === 'filing' && ['receipted', 'changed'].includes(of.credential.state) && of.missingSince === null;
  return (listed || (ended && query.include.includes('ended')) || (of.credential.state === 'planned' && query.include.includes('planned')))
    && (query.q === '' || query.q === '托育' || of.name.includes('武林') || of.subdistrict === '330105013')
    && (months === null || fitsPlainly(of, months))
    && (query.band.length === 0 || of.bands.some(({ band }) => query.band.includes(band)))
    && (query.mode.length === 0 || of.modes.some((mode) => query.mode.includes(mode)))
    && (query.kind.length === 0 || query.kind.some((kind) => kind === of.kind))
    && (query.ownership.length === 0 || query.ownership.some((ownership) => ownership === of.ownership))
    && (subdistrict.length === 0 || subdistrict.some((code) => (code === xiacheng.subdistricts[1]?.otherCodes[0] ? '330105013' : String(code)) === of.subdistrict))
    && (query.county === null || of.county === query.county)
    && (!query.free || of.bands.some(({ band, free, confirmedOn }) => asked(band) && (free ?? 0) > 0 && confirmedOn !== null && confirmedOn <= today && confirmedOn >= addDays(today, -30)))
    && (!query.affordable || inForce(of, today, asked))
    && (!query.weekend || of.hours.some(({ weekday }) => weekday === 6))
    && (openBefore === null || (weekdays && of.hours.every(({ opens }) => opens <= openBefore)))
    && (closeAfter === null || (weekdays && (of.extendedUntil !== null || of.hours.every(({ closes }) => closes >= closeAfter))))
    && (maxFee === null || (fees.length > 0 && Math.min(...fees) <= maxFee * 100))
    && (query.radius === null || of.point?.crs === 'gcj02');
};

const many = fc.array(anyInstitutionAtAll, { minLength: 1, maxLength: 15 });
const idsOf = (found: readonly { readonly institution: Institution }[]): string[] => found.map(({ institution }) => institution.id).sort();

test('facets combine as a plain filter does', () => {
  fc.assert(fc.property(many, anyQuery, (institutions, query) => {
    const result = searchDirectory(aSnapshot(institutions), query);
    expect(idsOf(result.items)).toEqual(institutions.filter((of) => plainly(of, query)).map(({ id }) => id).sort());
    expect(result.total).toBe(result.items.length);
  }), { numRuns: 600 });
});

test('a count beside an option is what choosing it would find', () => {
  fc.assert(fc.property(many, anyQuery, (institutions, query) => {
    const snapshot = aSnapshot(institutions);
    const { facets } = searchDirectory(snapshot, query);
    const totalOf = (change: Partial<DirectoryQuery>): number => searchDirectory(snapshot, { ...query, ...change }).total;
    for (const band of bands) expect(facets.band[band], band).toBe(totalOf({ band: [band] }));
    expect(facets.mode.halfDay).toBe(totalOf({ mode: ['halfDay'] }));
    expect(facets.kind.homeSite).toBe(totalOf({ kind: ['homeSite'] }));
    expect(facets.ownership.public).toBe(totalOf({ ownership: ['public'] }));
    expect(facets.free).toBe(totalOf({ free: true }));
    expect(facets.affordable).toBe(totalOf({ affordable: true }));
    expect(facets.weekend).toBe(totalOf({ weekend: true }));
    for (const { code } of xiacheng.subdistricts) expect(facets.subdistrict[code] ?? 0).toBe(totalOf({ subdistrict: [code] }));
  }), { numRuns: 150 });
});

test('pages together are the whole list, each institution once, in one order', () => {
  fc.assert(fc.property(many, anyQuery, fc.integer({ min: 1, max: 6 }), (institutions, query, size) => {
    const snapshot = aSnapshot(institutions);
    const whole = searchDirectory(snapshot, query);
    const pages = Array.from({ length: Math.ceil(whole.total / size) + 1 }, (_, index) => searchDirectory(snapshot, { ...query, size, page: index + 1 }));
    expect(pages.flatMap(({ items }) => items.map(({ institution }) => institution.id))).toEqual(whole.items.map(({ institution }) => institution.id));
    expect(pages.every(({ total }) => total === whole.total)).toBe(true);
    expect(pages.at(-1)?.items).toEqual([]);
  }), { numRuns: 200 });
});

test('planned sites stand apart, and are the last among the items when asked for', () => {
  fc.assert(fc.property(many, anyQuery, (institutions, query) => {
    const { items, planned } = searchDirectory(aSnapshot(institutions), query);
    expect(planned.every(({ group }) => group === 'planned')).toBe(true);
    const groups = items.map(({ group }) => ['listed', 'planned', 'ended'].indexOf(group));
    expect(groups).toEqual([...groups].sort());
    if (!query.include.includes('planned')) expect(groups).not.toContain(1);
  }), { numRuns: 200 });
});

describe('order', () => {
  const near = { near: '120.16,30.27', crs: 'gcj02' };
  const far = anInstitution({ name: '示例远', point: { lng: 120.2, lat: 30.3, crs: 'gcj02' }, fees: [aCareFee(1000)], bands: [aBand('older', { free: 1, confirmedOn: '2026-11-20' })] });
  const unknown = anInstitution({ name: '示例未知' });
  const close = anInstitution({ name: '示例近', point: { lng: 120.161, lat: 30.27, crs: 'gcj02' }, fees: [aCareFee(3000)], bands: [aBand('older', { free: 5, confirmedOn: '2026-11-20' })] });
  const snapshot = aSnapshot([unknown, far, close]);
  test.each([['distance', ['示例近', '示例远', '示例未知']], ['fee', ['示例远', '示例近', '示例未知']], ['free', ['示例近', '示例远', '示例未知']], ['relevance', ['示例未知', '示例远', '示例近']]])('%s', (sort, names) => {
    expect(searchDirectory(snapshot, aQuery({ ...near, sort })).items.map(({ institution }) => institution.name)).toEqual(names);
  });
  test('distance is metres in one datum', () => {
    const [first, second, third] = searchDirectory(snapshot, aQuery({ ...near, sort: 'distance' })).items.map(({ distance }) => distance);
    expect(first).toBeGreaterThan(90); // 0.001 degrees of longitude here are 96 metres; with the data mixed up it would be some 500
    expect(first).toBeLessThan(102);
    expect(second).toBeGreaterThan(5000);
    expect(second).toBeLessThan(5200);
    expect(third).toBeNull();
  });
  test('with an age, those whose age is known stand before those who state none', () => {
    expect(searchDirectory(snapshot, aQuery({ months: '30' })).items.map(({ institution }) => institution.name)).toEqual(['示例远', '示例近', '示例未知']);
  });
});

describe('ages at the edges', () => {
  const cohort = anInstitution({ name: '示例幼儿园', kind: 'kindergartenClass', admission: { rule: 'byCohort', entryMonth: '2026-09', bornFrom: '2023-09', bornUntil: '2024-08', applyFrom: null, applyUntil: null, how: null } });
  const home = anInstitution({ name: '示例家庭', kind: 'homeSite', admission: { rule: 'byMonths', min: 3, max: 36 } });
  const silent = anInstitution({ name: '示例未填报' });
  const names = (months: string, start?: string): [string[], readonly string[]] => {
    const result = searchDirectory(aSnapshot([cohort, home, silent]), aQuery(start === undefined ? { months } : { months, start }));
    return [result.items.map(({ institution }) => institution.name), result.notes];
  };
  test('37 months: the cohort class alone, and the pointer to kindergarten', () => { expect(names('37')).toEqual([['示例幼儿园'], ['kindergarten-age']]); });
  test('4 months: only those who state it', () => { expect(names('4')).toEqual([['示例家庭'], ['under-six-months']]); });
  test('an expected child without a start sees all, for a visit', () => { expect(names('-4')).toEqual([['示例幼儿园', '示例家庭', '示例未填报'], ['expected-visit-only']]); });
  test('an expected child with a start is judged in that month', () => { expect(names('-4', '2027-07')).toEqual([['示例家庭'], ['under-six-months']]); });
});

test('a street is found by the code it bore before, too', () => {
  const here = anInstitution({ subdistrict: '330105013' });
  expect(searchDirectory(aSnapshot([here]), aQuery({ subdistrict: ['330103002'] })).total).toBe(1);
});

describe('an empty result', () => {
  const institutions = [anInstitution({ bands: [aBand('older', { free: 0, confirmedOn: '2026-11-20' })], subdistrict: '330105012', fees: [aCareFee(2200)] })];
  test('the nearest relaxations come with what they find', () => {
    expect(relaxations(aSnapshot(institutions), aQuery({ months: '30', maxFee: '2000' })).map(({ kinds, total }) => [kinds, total])).toEqual([[['fee-raised'], 1]]);
    const far = aSnapshot([anInstitution({ point: { lng: 120.2, lat: 30.3, crs: 'wgs84' } })]);
    expect(relaxations(far, aQuery({ near: '120.16,30.27', radius: '1000' })).map(({ kinds }) => kinds)).toEqual([['radius-dropped']]);
    expect(relaxations(far, aQuery({ near: '120.16,30.27', radius: '3000' })).map(({ kinds }) => kinds)).toEqual([['radius-doubled']]);
    expect(relaxations(aSnapshot(institutions), aQuery({ months: '30', free: '1', subdistrict: ['330105013'] })).map(({ kinds, total }) => [kinds, total])).toEqual([[['free-dropped', 'subdistrict-dropped'], 1]]);
  });
  test('each relaxation finds exactly what it says, at most three', () => {
    fc.assert(fc.property(many, anyQuery, (some, query) => {
      const snapshot = aSnapshot(some);
      const offered = relaxations(snapshot, query);
      expect(offered.length).toBeLessThanOrEqual(3);
      for (const { query: wider, total } of offered) expect(searchDirectory(snapshot, wider).total).toBe(total);
    }), { numRuns: 150 });
  });
});
