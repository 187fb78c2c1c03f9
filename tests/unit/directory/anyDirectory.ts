// Any directory and any question to it, for property tests.
import fc from 'fast-check';
import { acceptances, institutionKinds, ownerships, serviceModes, type Institution } from '#domain/directory/model.ts';
import { largestPageSize, type DirectoryQuery } from '#domain/directory/query.ts';
import { addDays } from '#domain/shared/dates.ts';
import { aCareFee, anInstitution, aQuery, today } from '#tests/unit/directory/builders.ts';

const bands = ['infant', 'toddler', 'older', 'mixed'] as const;
const day = (least: number, most: number) => fc.integer({ min: least, max: most }).map((days) => addDays(today, days));
const yesNo = fc.constantFrom(true, false, null);

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
const anyFees = fc.constantFrom(
  [], [aCareFee(1500)], [aCareFee(1800, { band: 'older' }), aCareFee(2600, { band: 'infant' })], [aCareFee(0, { amount: null })],
  [aCareFee(900, { mode: 'halfDay' }), aCareFee(1700, { mode: 'fullDay' }), { ...aCareFee(400), item: 'meals' }],
  [aCareFee(1600), { ...aCareFee(20), item: 'meals', per: 'day' }, { ...aCareFee(300), item: 'materials', band: 'older' }],
);
const cohort = (entry: number) => ({ rule: 'byCohort', entryMonth: `${String(entry)}-09`, bornFrom: `${String(entry - 3)}-09`, bornUntil: `${String(entry - 2)}-08`, applyFrom: null, applyUntil: null, how: null });

/** An institution of any kind at all, its point in WGS-84 where it has one. */
export const anyInstitutionAtAll: fc.Arbitrary<Institution> = fc.record({
  name: fc.constantFrom('示例武林托育', '示例天水托育', '示例朝晖宝贝'), kind: fc.constantFrom(null, ...institutionKinds), ownership: fc.constantFrom(null, ...ownerships),
  subdistrict: fc.constantFrom(null, '330105012', '330105013', '330105016'), county: fc.constantFrom(null, '330105', '330106'),
  modes: fc.uniqueArray(fc.constantFrom(...serviceModes)), bands: fc.uniqueArray(anyBand, { selector: ({ band }) => band }),
  admission: fc.constantFrom(null, null, { rule: 'byMonths', min: 3, max: 36 }, { rule: 'byMonths', min: 18, max: 40 }, cohort(2026), cohort(2027)),
  recognitions: fc.array(anyRecognition, { maxLength: 2 }), fees: anyFees, hours: fc.oneof(fc.constant([]), anyHours), extendedUntil: fc.constantFrom(null, '19:00', '17:20'),
  opensInSchoolHolidays: yesNo, mealsProvided: yesNo, accepts: fc.record({ allergy: yesNo, medicine: yesNo, specialNeeds: yesNo }),
  credential: anyCredential, missingSince: fc.constantFrom(null, null, null, '2026-11-01'),
  point: fc.constantFrom(null, { lng: 120.16, lat: 30.27, crs: 'wgs84' }, { lng: 120.172, lat: 30.275, crs: 'wgs84' }, { lng: 120.2, lat: 30.3, crs: 'wgs84' }),
}).map((own) => anInstitution(own));

const maybe = <Value>(value: fc.Arbitrary<Value>, weight = 5): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value }); // few conditions at once, so that something is found
const flag = maybe(fc.constant('1'));
const some = <Value extends string>(values: readonly Value[]): fc.Arbitrary<readonly Value[] | undefined> => maybe(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }));

const asked = {
  months: maybe(fc.integer({ min: -6, max: 47 }).map(String), 2), start: maybe(fc.constantFrom('2026-11', '2027-03', '2027-09', '2025-01', '2028-09')),
  band: some(bands), mode: some(serviceModes), kind: some(institutionKinds), ownership: some(ownerships), subdistrict: maybe(fc.constantFrom(['330105012'], ['330103002'], ['330105013', '330105016'])),
  county: maybe(fc.constantFrom('330105', '330106'), 9), affordable: flag, free: flag, weekend: flag, holidays: flag, extended: flag, meals: flag, accepts: some(acceptances),
  openBefore: maybe(fc.constantFrom('07:00', '07:30', '08:00')), closeAfter: maybe(fc.constantFrom('17:00', '17:30', '18:00', '19:00')), maxFee: maybe(fc.constantFrom('900', '1500', '2000', '2100', '3000')),
  near: fc.constant('120.16,30.27'), radius: maybe(fc.constantFrom('1000', '1500', '5000')), sort: fc.constantFrom('relevance', 'distance', 'fee', 'free'),
  include: maybe(fc.constantFrom(['planned'], ['ended'], ['planned', 'ended'])), size: fc.constant(String(largestPageSize)),
};
const queryOf = (own: Readonly<Record<string, string | readonly string[] | undefined>>): DirectoryQuery =>
  aQuery(Object.fromEntries(Object.entries(own).flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const]))));

/** Any facets together; no text. */
export const anyFacets: fc.Arbitrary<DirectoryQuery> = fc.record(asked).map(queryOf);
/** Any facets, and now and then a text. */
export const anyQuery: fc.Arbitrary<DirectoryQuery> = fc.record({ q: maybe(fc.constantFrom('武林', 'wulin', '托育')), ...asked }).map(queryOf);
