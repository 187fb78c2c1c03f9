import type { RegistrationNature } from '#domain/directory/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { noArea, type AreaFinder } from '#storage/files/importArea.ts';
import { credit, listOf, oneOf, optional, pastDay, words, type CellReader } from '#storage/files/importCells.ts';
import type { ColumnSpec, RowReader } from '#storage/files/importHeading.ts';
import type { ImportedFacts } from '#domain/directory/ports.ts';

/** The eight columns of the national filing registry. It has no filing number, and nothing about classes, fees or hours. */
export const registryColumns: readonly ColumnSpec[] = [
  { id: 'institution_name', heading: '机构注册登记名称', required: true },
  { id: 'institution_other_name', heading: '曾用名/别名', required: false },
  { id: 'zoning_name', heading: '所属区域', required: false },
  { id: 'zoning_code', heading: '区域编号', required: true },
  { id: 'address', heading: '机构住所', required: false },
  { id: 'institution_type', heading: '机构性质', required: false },
  { id: 'finished_time', heading: '备案通过时间', required: true },
  { id: 'credit_code', heading: '统一社会信用代码', required: true },
];

const natureNames = {
  publicInstitution: ['事业单位'],
  socialService: ['社会服务机构', '民办非企业单位', '民办非企业'],
  forProfit: ['营利性', '营利性机构', '营利性组织', '企业'],
} as const satisfies Record<RegistrationNature, readonly string[]>;

/** 机构性质. */
export const nature: CellReader<RegistrationNature> = oneOf(natureNames, ['publicInstitution', 'socialService', 'forProfit']);

/** One row of the national registry: a filing that was received, and nothing that the row does not say. */
export function readRegistryRow(row: RowReader, areas: AreaFinder, today: IsoDate): ImportedFacts {
  const area = row.read('zoning_code', areas.byCode, noArea);
  if (area.renamed !== undefined) row.warn('zoning_code', area.renamed);
  const code = row.read('credit_code', optional(credit), null);
  if (code === null && row.cell('credit_code').trim() === '') row.warn('credit_code', 'empty; the institution is known by its name and address');
  const receiptedOn = row.read('finished_time', optional(pastDay(today)), null);
  if (receiptedOn === null && row.cell('finished_time').trim() === '') row.warn('finished_time', 'empty; the day of filing stays unknown');
  const subdistrict = area.subdistrict ?? areas.named(row.cell('zoning_name'), area.county);
  const county = area.county ?? (subdistrict === null ? null : areas.countyOf(subdistrict));
  return {
    name: row.read('institution_name', words(2, 100), ''),
    aliases: [...row.read('institution_other_name', listOf(words(1, 100), /[|｜、;；]/), [])],
    county, subdistrict: subdistrict?.code ?? null,
    address: row.read('address', optional(words(2, 200)), null),
    nature: row.read('institution_type', optional(nature), null),
    creditCode: code,
    credential: { kind: 'filing', state: 'receipted', number: null, receiptedOn, authority: areas.filingAuthority(county), since: null, decisionNumber: null },
    kind: null, ownership: null, phone: null, point: null, modes: [], bands: [], admission: null, recognitions: [], fees: [], feesFrom: null, hours: [],
    opensInSchoolHolidays: null, extendedUntil: null, mealsProvided: null, openToNeighbours: null, accepts: { allergy: null, medicine: null, specialNeeds: null }, confirmedOn: null,
  };
}
