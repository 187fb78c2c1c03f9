import { percentOf } from '#domain/counts/rules.ts';
import { classBands, institutionKinds, serviceModes } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { csvText } from '#domain/shared/csv.ts';
import type { PlaceFigures } from '#server/disclosure.ts';
import { fullDayText, monthText } from '#text/dates.ts';
import { bandText, kindText, modeText } from '#text/directory.ts';
import { disclosureText as words, goalDueText, goalValue, outcomeText } from '#text/disclosure.ts';

type Line = readonly [measure: string, of: string, value: number | string | null, unit: string, how: string, day: string];

/** The figures of the page as a table for spreadsheets; what is not known is empty, what is hidden says so. */
export function disclosureCsv(figures: PlaceFigures, place: Jurisdiction): string {
  const { supply, today, perThousand, counted: { month, all }, demand, goals, complaints } = figures;
  const [day, nameOf] = [fullDayText(today), new Map<string, string>(place.subdistricts.map(({ code, name }) => [code, name]))];
  const known = ({ sum, of }: { readonly sum: number; readonly of: number }): number | null => (of === 0 ? null : sum);
  const street = (code: string | null): string => (code === null ? words.noStreet : nameOf.get(code) ?? code);
  const lines: readonly Line[] = [
    [words.institutions, words.whole, supply.institutions, '家', '', day],
    [words.places, words.whole, known(supply.places), '个', words.placesFrom(supply.places.of, supply.institutions), day],
    [words.free, words.whole, known(supply.free), '个', words.freeFrom(supply.free.of), day],
    [words.perThousand, words.whole, perThousand, '个', place.population ? words.perThousandFrom(supply.places.sum, place.population.count, place.population.year, place.population.source) : words.perThousandUnknown, day],
    [words.affordable, words.whole, supply.affordableShare && percentOf(supply.affordableShare.part, supply.affordableShare.whole), '%', supply.affordableShare ? words.affordableFrom(supply.affordableShare.part, supply.affordableShare.whole) : words.affordableUnknown, day],
    [words.inCare, words.whole, all.reported === 0 ? null : all.children > 0 && all.children < 5 ? words.fewChildren : all.children, '人', words.inCareFrom(monthText(month), all.reported, all.due), day],
    ...supply.streets.flatMap(({ subdistrict, institutions, places, free }): readonly Line[] => [
      [words.institutions, street(subdistrict), institutions, '家', '', day], [words.places, street(subdistrict), known(places), '个', '', day], [words.free, street(subdistrict), known(free), '个', '', day],
    ]),
    ...demand.flatMap(({ subdistrict, band, count }): readonly Line[] => (band === null ? [[words.wanted, subdistrict === null ? words.whole : street(subdistrict), count ?? words.hidden, '户', '', day]] : [])),
    ...classBands.flatMap((band): readonly Line[] => [
      [words.places, bandText[band], known(supply.bandPlaces[band]), '个', '', day],
      [words.fee, bandText[band], supply.fees[band] && supply.fees[band].median / 100, '元/月', words.feeNote, day],
    ]),
    ...serviceModes.map((mode): Line => [words.modes, modeText[mode], supply.modes[mode], '家', '', day]),
    ...institutionKinds.map((kind): Line => [words.kinds, kindText[kind], supply.kinds[kind], '家', '', day]),
    ...goals.map(({ target, standing, outcome }): Line => [`${words.goals}：${target.name}`, goalDueText[standing], goalValue(target) ?? words.noNumber, target.due ?? words.noDue, `${standing === 'abolished' ? words.unknown : outcomeText(outcome, target.unit)}；“${target.quote}”（${words.line(target.line)}）`, day]),
    [words.complaints, words.total, complaints.total ?? words.few, '件', words.complaintsNote(fullDayText(complaints.first), fullDayText(complaints.last)), day],
    [words.complaints, words.inTime, complaints.inTime, '%', '', day], [words.complaints, words.satisfied, complaints.satisfied, '%', '', day],
  ];
  return csvText([words.csvColumns, ...lines]);
}
