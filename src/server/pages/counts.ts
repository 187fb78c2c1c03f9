import type { CountedInstitution, CountField, CountTerms, MonthlyCount } from '#domain/counts/model.ts';
import { childrenIn, countDueOn, countFigures, countMonthOf, percentOf, type CountFigures } from '#domain/counts/rules.ts';
import { classBands, statedPlaces, type serviceModes } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addMonths, dayOf, yearMonth, type YearMonth } from '#domain/shared/dates.ts';
import { csvText } from '#domain/shared/csv.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { countsOfficeText as words } from '#text/counts.ts';
import { fullDayText, monthText } from '#text/dates.ts';
import { natureText } from '#text/directory.ts';

const mostShown = 200;
const monthsShown = 12;

/** The month an address asks for: one of the last twelve that are over, the last one unless it names another. */
export function monthAsked(app: Pick<App, 'today'>, asked: string | null): YearMonth {
  const last = countMonthOf(app.today());
  const read = yearMonth.safeParse(asked);
  return read.success && read.data <= last && read.data > addMonths(last, -monthsShown) ? read.data : last;
}

/** Whose institutions an account sees: the whole place, or its own street. */
export const streetOf = ({ account }: Pick<SignedIn, 'account'>): string | null => (account.roles.some((one) => one === 'clerk' || one === 'reviewer') ? null : account.subdistrict ?? '');

const rateOf = (figures: CountFigures, place: Jurisdiction) => {
  const base = place.childrenUnderThree?.find(({ subdistrict }) => subdistrict === figures.subdistrict);
  return base && { percent: percentOf(figures.children, base.count), base };
};
const percent = (share: number | null | undefined): string => (share === null || share === undefined ? words.none : words.percent(share));

const streetRow = (name: string, figures: CountFigures, place: Jurisdiction, isWhole: boolean) => {
  const rate = isWhole || figures.subdistrict !== null ? rateOf(figures, place) : undefined;
  return [
    name, words.reportedOf(figures.reported, figures.due), ...[figures.children, ...classBands.map((band) => figures.byBand[band])].map((count) => (figures.reported === 0 ? { text: words.none, muted: true } : String(count))),
    figures.places === 0 ? { text: words.none, muted: true } : `${percent(percentOf(figures.seated, figures.places))}（${String(figures.seated)}／${String(figures.places)}）`,
    // Without any base in the place's data the column is left out; the figures above say what is missing.
    ...(place.childrenUnderThree === undefined ? [] : [rate ? percent(rate.percent) : { text: words.unknownBase, muted: true }]),
  ];
};

const statsOf = (all: CountFigures, place: Jurisdiction, month: YearMonth, isWholePlace: boolean) => {
  const rate = isWholePlace ? rateOf(all, place) : undefined;
  return [
    { label: words.reported, value: words.reportedOf(all.reported, all.due), date: monthText(month) },
    { label: words.children, value: all.reported === 0 ? null : words.childrenUnit(all.children), unknown: words.none, date: all.reported < all.due ? words.rateNotWhole : monthText(month) },
    { label: words.use, value: all.places === 0 ? null : percent(percentOf(all.seated, all.places)), unknown: words.none, date: words.useOf(all.seated, all.places) },
    { label: words.rate, value: rate ? percent(rate.percent) : null, unknown: words.unknownBase, date: rate ? words.rateOf(all.children, rate.base.count, fullDayText(rate.base.asOf), rate.base.source) : words.rateUnknown },
  ];
};

/** 在托人数 in the office: who has reported and who has not, by street, with the two rates and what they divide by. */
export async function countsView(app: App, signedIn: SignedIn, parameters: URLSearchParams) {
  const { place } = signedIn;
  const [street, month, today] = [streetOf(signedIn), monthAsked(app, parameters.get('month')), app.today()];
  const institutions = await app.counts.institutions(place.code, street);
  const ids = new Set(institutions.map(({ id }) => id));
  const counts = (await app.counts.ofMonth(place.code, month)).filter(({ institution }) => ids.has(institution));
  const byId = new Map(counts.map((count) => [count.institution, count]));
  const nameOf = new Map<string, string>(place.subdistricts.map(({ code, name }) => [code, name]));
  const streetName = (code: string | null): string => (code === null ? words.noStreet : nameOf.get(code) ?? code);
  const figures = countFigures(institutions, counts);
  const dueOn = countDueOn(month, app.counts.terms.dueDay);
  const missing = institutions.filter(({ id }) => !byId.has(id));
  const last = countMonthOf(today);
  return {
    columns: words.columns.slice(0, place.childrenUnderThree === undefined ? -1 : undefined),
    month, heading: monthText(month), intro: words.intro(fullDayText(dueOn)), standing: app.counts.terms.standing, isNobody: institutions.length === 0, stats: statsOf(figures.all, place, month, street === null),
    streets: [...figures.streets.map((one) => streetRow(streetName(one.subdistrict), one, place, false)), ...(street === null && figures.streets.length > 1 ? [streetRow(words.whole, figures.all, place, true)] : [])],
    missingTotal: missing.length, due: dueOn < today ? words.lateSince(fullDayText(dueOn)) : words.dueBy(fullDayText(dueOn)), isLate: dueOn < today,
    missing: [...Map.groupBy(missing.slice(0, mostShown), ({ subdistrict }) => subdistrict ?? '')].toSorted(([one], [other]) => (one === '' ? 1 : other === '' ? -1 : one < other ? -1 : 1))
      .map(([code, theirs]) => ({ street: streetName(code === '' ? null : code), rows: theirs.map(({ id, name }) => ({ name, href: `/office/counts/${id}/?month=${month}` })) })),
    mayEnter: signedIn.may('count.report') && month >= addMonths(last, 1 - app.counts.terms.monthsBack), isCut: Math.max(missing.length, counts.length) > mostShown, most: mostShown,
    reported: institutions.flatMap((of) => { const count = byId.get(of.id); return count ? [reportedRow(of, count)] : []; }).slice(0, mostShown), reportedTotal: counts.length,
    months: Array.from({ length: monthsShown }, (_, back) => addMonths(last, -back)).map((one) => ({ value: one, label: monthText(one) })), exportHref: `/office/counts/export/?month=${month}`,
  };
}

const reportedRow = (of: CountedInstitution, { said, by, reportedAt }: MonthlyCount) => [
  of.name, String(childrenIn(said)), said.affordable === null ? { text: words.notSaid, muted: true } : String(said.affordable), said.careWorkers === null ? { text: words.notSaid, muted: true } : String(said.careWorkers),
  `${by === 'street' ? words.byStreetSaid : words.byOwn}，${fullDayText(dayOf(reportedAt))}`,
];

type Cell = string | number | null;
function cellsOf(of: CountedInstitution, count: MonthlyCount | undefined, month: YearMonth, place: Jurisdiction): Readonly<Record<CountField, Cell>> {
  const county = place.counties.find(({ code }) => code === of.county);
  const said = count?.said;
  const part = (band: (typeof classBands)[number], mode: (typeof serviceModes)[number]): Cell => (said ? childrenIn(said, band, mode) : null);
  const ofBand = (band: (typeof classBands)[number]) => [part(band, 'fullDay'), part(band, 'halfDay'), part(band, 'hourly'), part(band, 'temporary')] as const;
  const [infant, toddler, older, mixed] = [ofBand('infant'), ofBand('toddler'), ofBand('older'), ofBand('mixed')];
  return {
    name: of.name, aliases: of.aliases.join('、'), area: county?.name ?? place.shortName, areaCode: of.county ?? place.code, address: of.address, nature: of.nature && natureText[of.nature], receiptedOn: of.receiptedOn, creditCode: of.creditCode,
    subdistrict: place.subdistricts.find(({ code }) => code === of.subdistrict)?.name ?? null, month, reported: count ? words.yes : words.no, saidBy: count ? (count.by === 'street' ? words.byStreetSaid : words.byOwn) : null,
    reportedOn: count ? dayOf(count.reportedAt) : null, places: statedPlaces(of), children: said ? childrenIn(said) : null, affordable: said?.affordable ?? null, migrant: said?.migrant ?? null, careWorkers: said?.careWorkers ?? null,
    'infant.fullDay': infant[0], 'infant.halfDay': infant[1], 'infant.hourly': infant[2], 'infant.temporary': infant[3],
    'toddler.fullDay': toddler[0], 'toddler.halfDay': toddler[1], 'toddler.hourly': toddler[2], 'toddler.temporary': toddler[3],
    'older.fullDay': older[0], 'older.halfDay': older[1], 'older.hourly': older[2], 'older.temporary': older[3],
    'mixed.fullDay': mixed[0], 'mixed.halfDay': mixed[1], 'mixed.hourly': mixed[2], 'mixed.temporary': mixed[3],
  };
}

/** 上报表 as CSV in the columns of the terms: every institution of whom a count is asked, those that have not reported with empty numbers. */
export function countCsv({ columns }: Pick<CountTerms, 'columns'>, place: Jurisdiction, month: YearMonth, institutions: readonly CountedInstitution[], counts: readonly MonthlyCount[]): string {
  const byId = new Map(counts.map((count) => [count.institution, count]));
  return csvText([columns.map(({ heading }) => heading), ...institutions.map((of) => { const cells = cellsOf(of, byId.get(of.id), month, place); return columns.map(({ field }) => cells[field]); })]);
}
