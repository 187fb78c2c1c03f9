import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { institution, institutionKinds, plannedSite, type Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { stopOn } from '#storage/files/dataError.ts';
import { institutionId } from '#storage/files/institutionId.ts';
import { loadPlaceSources } from '#storage/files/jurisdictions.ts';
import { numberCell, optionalCell, optionalNumberCell, readCsv, textCell, yesNoCell, type CsvReading } from '#storage/files/readCsv.ts';

const plannedSiteRow = z.strictObject({
  row: numberCell, serviceModel: textCell, name: textCell.pipe(institution.shape.name), nameProvisional: yesNoCell,
  kind: optionalCell.pipe(z.enum(institutionKinds).nullable()), address: textCell,
  subdistrict: optionalCell.pipe(subdistrictCode.nullable()),
  /** Why the subdistrict is known; empty where it is not. */
  subdistrictBasis: optionalCell,
  areaStated: optionalCell, capacityStated: optionalCell, classes: optionalNumberCell, children: optionalNumberCell,
  dueMonth: textCell.pipe(plannedSite.shape.dueMonth), responsibleUnit: textCell, note: optionalCell, takesChildren: yesNoCell, line: numberCell,
});
export type PlannedSiteRow = z.infer<typeof plannedSiteRow>;

const fileName = 'planned-sites.csv';

/** The file a place's planned sites stand in, as the sentences name it. */
export const plannedSitesLabel = (dataDir: string, code: string): string => `${basename(dataDir)}/jurisdictions/${code}/${fileName}`;

/** 规划示范点: the rows of a place's planned-sites.csv with their lines; none where the place has no such file. */
export const readPlannedSites = (dataDir: string, code: string): CsvReading<PlannedSiteRow> => {
  const file = join(dataDir, 'jurisdictions', code, fileName);
  return existsSync(file) ? readCsv(file, plannedSitesLabel(dataDir, code), plannedSiteRow) : { rows: [], problems: [] };
};

const toInstitution = (row: PlannedSiteRow, place: Jurisdiction, title: string, readOn: IsoDate): Institution => ({
  id: institutionId({ jurisdiction: place.code, creditCode: null, sourceFile: fileName, rowKey: String(row.row) }),
  jurisdiction: place.code, county: null, subdistrict: row.subdistrict,
  name: row.name, aliases: [], kind: row.kind, ownership: null, nature: null, creditCode: null,
  address: row.address, phone: null, point: null,
  credential: { kind: 'filing', state: 'planned', number: null, receiptedOn: null, authority: null, since: null, decisionNumber: null },
  modes: [], bands: [], admission: null, recognitions: [], fees: [], feesFrom: null, hours: [],
  opensInSchoolHolidays: null, extendedUntil: null, mealsProvided: null, openToNeighbours: null, accepts: { allergy: null, medicine: null, specialNeeds: null }, confirmedOn: null,
  source: { title, url: null, readOn }, missingSince: null,
  planned: {
    document: title, year: Number(row.dueMonth.slice(0, 4)), seedLine: row.line, serviceModel: row.serviceModel, nameProvisional: row.nameProvisional,
    areaStated: row.areaStated, capacityStated: row.capacityStated, classes: row.classes, children: row.children,
    dueMonth: row.dueMonth, responsibleUnit: row.responsibleUnit, note: row.note, takesChildren: row.takesChildren,
  },
  sample: false,
});

/** 规划示范点: a place's planned sites as institution records that are not filed; else one DataError with all sentences. */
export const loadPlannedSites = (dataDir: string, place: Jurisdiction): readonly Institution[] => {
  const { rows, problems } = readPlannedSites(dataDir, place.code);
  const label = plannedSitesLabel(dataDir, place.code);
  const source = rows.length === 0 ? undefined : loadPlaceSources(dataDir, place.code).sources.find(({ about }) => about === 'planned-sites');
  const known = new Set(place.subdistricts.map(({ code }) => code));
  stopOn([
    ...problems,
    ...(rows.length > 0 && source === undefined ? [`${label}: expected an entry about planned-sites in sources.json, got none`] : []),
    ...rows.flatMap(({ line, value }) => [
      ...(value.subdistrict === null || known.has(value.subdistrict) ? [] : [`${label} line ${line}, column subdistrict: expected a code of subdistricts.csv, got "${value.subdistrict}"`]),
      ...((value.subdistrict === null) === (value.subdistrictBasis === null) ? [] : [`${label} line ${line}, column subdistrictBasis: expected a reason exactly where a subdistrict is given, got "${value.subdistrictBasis ?? ''}"`]),
      ...(rows.filter((other) => other.value.row === value.row).length === 1 ? [] : [`${label} line ${line}, column row: expected each row number once, got "${value.row}"`]),
    ]),
  ]);
  return source === undefined ? [] : rows.map(({ value }) => toInstitution(value, place, source.title, source.readOn));
};
