import { classBands, institutionKinds, serviceModes } from '#domain/directory/model.ts';
import { percentOf } from '#domain/counts/rules.ts';
import { assessmentGrades } from '#domain/listing/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { PlaceFigures } from '#server/disclosure.ts';
import { hrefOf } from '#server/pages/cards.ts';
import { fullDayText, monthText } from '#text/dates.ts';
import { bandText, feeText, kindText, modeText } from '#text/directory.ts';
import { disclosureText as words, goalDueText, goalValue, outcomeText } from '#text/disclosure.ts';
import { decisionKindText, decisionStandsText } from '#text/listing.ts';
import { subjectText } from '#text/policy.ts';

type Cell = string | { readonly text: string; readonly href?: string; readonly muted?: boolean };
/** A row whose first number is drawn as a bar; `share` of the longest, 0…1. */
export type BarRow = { readonly name: string; readonly count: number; readonly shown: string; readonly share: number; readonly more?: string | undefined };

const bars = (rows: readonly Omit<BarRow, 'share'>[]): readonly BarRow[] => {
  const longest = Math.max(1, ...rows.map(({ count }) => count));
  return rows.map((row) => ({ ...row, share: row.count / longest }));
};
const muted = (text: string): Cell => ({ text, muted: true });
const share = (part: number | null): Cell => (part === null ? muted(words.few) : words.percent(part));

const statsOf = ({ supply, perThousand, counted: { month, all }, today }: PlaceFigures, { population, childrenUnderThree }: Jurisdiction) => {
  const base = childrenUnderThree?.find(({ subdistrict }) => subdistrict === null);
  const care = base && all.reported > 0 ? percentOf(all.children, base.count) : null;
  const { affordableShare: of } = supply;
  const affordable = of && percentOf(of.part, of.whole);
  return [
    { label: words.institutions, value: words.institutionsUnit(supply.institutions), date: words.asOf(fullDayText(today)) },
    { label: words.places, value: supply.places.of === 0 ? null : words.unit(supply.places.sum), unknown: words.notChecked, date: words.placesFrom(supply.places.of, supply.institutions) },
    { label: words.free, value: supply.free.of === 0 ? null : words.unit(supply.free.sum), unknown: words.notChecked, date: words.freeFrom(supply.free.of) },
    { label: words.perThousand, value: perThousand === null ? null : String(perThousand), unknown: words.unknown, date: population ? words.perThousandFrom(supply.places.sum, population.count, population.year, population.source) : words.perThousandUnknown },
    { label: words.affordable, value: affordable === null ? null : words.percent(affordable), unknown: words.unknown, date: of === null ? words.affordableUnknown : words.affordableFrom(of.part, of.whole) },
    { label: words.inCare, value: all.reported === 0 ? null : all.children > 0 && all.children < 5 ? words.fewChildren : words.children(all.children), unknown: words.none, date: words.inCareFrom(monthText(month), all.reported, all.due) },
    { label: words.care, value: care === null ? null : words.percent(care), unknown: words.unknown, date: base ? words.careFrom(all.children, base.count, fullDayText(base.asOf), base.source) : words.careUnknown },
  ];
};

/** A street's panel: three bars on common scales, so that streets can be compared. */
const panelsOf = ({ supply, demand }: PlaceFigures, place: Jurisdiction) => {
  const nameOf = new Map(place.subdistricts.map(({ code, name }): [string, string] => [code, name]));
  const wanted = new Map(demand.flatMap(({ subdistrict, band, count }) => (band === null && subdistrict !== null ? [[subdistrict, count] as const] : [])));
  const streets = supply.streets.filter(({ subdistrict, institutions }) => institutions > 0 || (subdistrict !== null && wanted.has(subdistrict)));
  const seats = Math.max(1, ...streets.flatMap(({ places, free }) => [places.sum, free.sum]), ...wanted.values().map((count) => count ?? 0));
  return streets.map(({ subdistrict, institutions, places, free }) => {
    const asked = subdistrict === null ? undefined : wanted.get(subdistrict);
    return {
      name: subdistrict === null ? words.noStreet : nameOf.get(subdistrict) ?? subdistrict, institutions: words.homes(institutions),
      lines: [
        { name: words.places, shown: places.of === 0 ? words.notChecked : words.unit(places.sum), share: places.of === 0 ? null : places.sum / seats },
        { name: words.free, shown: free.of === 0 ? words.notChecked : words.unit(free.sum), share: free.of === 0 ? null : free.sum / seats },
        { name: words.wanted, shown: asked === undefined ? words.none : asked === null ? words.hidden : words.wantedUnit(asked), share: asked === undefined || asked === null ? null : asked / seats },
      ],
    };
  });
};

const goalsOf = ({ goals }: PlaceFigures): readonly (readonly Cell[])[] => goals.map(({ target, standing, outcome }) => [
  target.name, goalValue(target) ?? muted(words.noNumber), target.due ?? muted(words.noDue), goalDueText[standing],
  outcome.kind === 'notCounted' || standing === 'abolished' ? muted(words.unknown) : outcomeText(outcome, target.unit), `“${target.quote}”（${words.line(target.line)}）`,
]);

const plannedOf = ({ planned }: PlaceFigures) => {
  const [first] = planned;
  if (!first) return null;
  const sumOf = (values: readonly (number | null)[]): string => { const known = values.filter((value) => value !== null); return known.length === 0 ? words.notStated : String(known.reduce((total, value) => total + value, 0)); };
  return {
    note: words.plannedNote(planned.length, first.year),
    models: bars([...Map.groupBy(planned, ({ serviceModel }) => serviceModel)].map(([name, sites]) => ({ name, count: sites.length, shown: String(sites.length), more: `${words.classes} ${sumOf(sites.map(({ classes }) => classes))}，${words.plannedChildren} ${sumOf(sites.map(({ children }) => children))}` }))),
    dues: bars([...Map.groupBy(planned, ({ dueMonth }) => dueMonth)].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([month, sites]) => ({ name: monthText(month), count: sites.length, shown: String(sites.length) }))),
  };
};

const qualityOf = ({ grades, decisions, decisionsInForce }: PlaceFigures, slug: string) => ({
  grades: grades.length === 0 ? [] : bars(assessmentGrades.map((grade) => { const count = grades.filter(({ of }) => of.grade === grade).length; return { name: words.gradeText(grade), count, shown: words.homes(count) }; })),
  decisions: decisions.map(({ institution, name, sample, of }): readonly Cell[] => [
    { text: sample && !name.startsWith(words.sampleMark) ? `${words.sampleMark} ${name}` : name, href: hrefOf(slug, institution, { months: null, start: null }) }, `${decisionKindText[of.kind]}：${of.about}`, of.number, of.body, fullDayText(of.decidedOn), decisionStandsText(of),
  ]),
  inForce: decisions.length === 0 ? words.noDecisions : words.inForce(decisionsInForce),
});

const complaintsOf = ({ complaints: { first, last, total, inTime, satisfied, cells } }: PlaceFigures, { departments }: Jurisdiction) => ({
  note: words.complaintsNote(fullDayText(first), fullDayText(last)),
  stats: total === null ? [] : [
    { label: words.total, value: words.cases(total), date: '' }, { label: words.inTime, value: inTime === null ? null : words.percent(inTime), unknown: words.few, date: '' },
    { label: words.satisfied, value: satisfied === null ? null : words.percent(satisfied), unknown: words.few, date: '' },
  ],
  rows: total === null ? [] : cells.map(({ subject, department, cases, inTime: prompt, satisfied: pleased }): readonly Cell[] => [
    subjectText[subject], departments.find(({ key }) => key === department)?.name ?? words.noLead, cases === null ? muted(words.few) : words.cases(cases), share(prompt), share(pleased),
  ]),
});

/** 本地托育情况 as shown: stats first, then pictures each with its numbers beside it. */
export function disclosureView(figures: PlaceFigures, place: Jurisdiction) {
  const { supply, coverage, today } = figures;
  return {
    isHistorical: place.document.status === 'areaAbolished', samples: supply.samples === 0 ? null : words.samples(supply.samples), csv: `/${place.slug}/disclosure/figures.csv`,
    stats: statsOf(figures, place), panels: panelsOf(figures, place),
    coverage: {
      summary: words.coverageFrom(coverage.covered.length, coverage.covered.length + coverage.uncovered.length), isEmpty: coverage.covered.length + coverage.uncovered.length === 0,
      groups: [...Map.groupBy([...coverage.covered, ...coverage.uncovered].toSorted((one, other) => (one.code < other.code ? -1 : 1)), ({ countyName }) => countyName)].map(([county, units]) => ({ county: place.counties.length === 0 ? null : county, units: units.map(({ code, name }) => ({ name, count: coverage.counts.get(code) ?? 0 })) })),
      uncovered: coverage.uncovered.map(({ name }) => name).join('、'),
    },
    bands: bars(classBands.map((band) => {
      const [{ sum, of }, fee] = [supply.bandPlaces[band], supply.fees[band]];
      return { name: bandText[band], count: sum, shown: of === 0 ? words.notChecked : words.unit(sum), more: fee === null ? words.noFee : words.feeOf(feeText(fee.median, 'month'), feeText(fee.least, 'month'), feeText(fee.most, 'month'), fee.of) };
    })),
    modes: bars(serviceModes.map((mode) => ({ name: modeText[mode], count: supply.modes[mode], shown: words.homes(supply.modes[mode]) }))),
    kinds: bars(institutionKinds.map((kind) => ({ name: kindText[kind], count: supply.kinds[kind], shown: words.homes(supply.kinds[kind]) }))),
    goals: goalsOf(figures), goalsNote: words.goalsNote(place.document.title === null ? words.goals : `《${place.document.title}》`), asOf: words.asOf(fullDayText(today)),
    planned: plannedOf(figures), quality: qualityOf(figures, place.slug), complaints: complaintsOf(figures, place),
  };
}
