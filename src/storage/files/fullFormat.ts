import { classBands, credentialStates, institutionKinds, ownerships, serviceModes, type ClassBand, type Credential, type GeoPoint, type Institution } from '#domain/directory/model.ts';
import type { ImportedFacts } from '#domain/directory/ports.ts';
import type { IsoDate, YearMonth } from '#domain/shared/dates.ts';
import { noArea, type AreaFinder } from '#storage/files/importArea.ts';
import { acceptsCell, admissionCell, availableFromCell, bandsCell, feesCell, hoursCell, modesCell, nothingSaid, pointOf, recognitionsCell } from '#storage/files/fullCells.ts';
import { clock, credit, day, decimal, listOf, oneOf, optional, pastDay, plain, said, tidy, wanted, words, yesNo, type CellReader } from '#storage/files/importCells.ts';
import type { ColumnSpec, RowReader } from '#storage/files/importHeading.ts';
import { nature } from '#storage/files/registryFormat.ts';

const column = (id: string, heading: string, required = false): ColumnSpec => ({ id, heading, required });

/** The project's own columns; a column that is left out leaves what is known as it is. Explained in data/samples/README.md. */
export const fullColumns: readonly ColumnSpec[] = [
  column('name', '机构名称', true), column('aliases', '别名'), column('credit_code', '统一社会信用代码', true), column('subdistrict', '街道乡镇'), column('county', '区县'),
  column('address', '地址', true), column('phone', '联系电话'), column('kind', '机构类型'), column('ownership', '办托主体'), column('nature', '机构性质'),
  column('modes', '服务方式'), column('bands', '班型与托位'), column('confirmed_on', '核对日期'), column('available_from', '可入托月份'), column('admission', '收托规则'),
  column('fees', '收费'), column('fees_from', '收费起始日'), column('recognition', '普惠认定'), column('hours', '开放时间'), column('school_holidays', '寒暑假开放'),
  column('extended_until', '延时服务至'), column('meals', '提供餐食'), column('open_to_neighbours', '面向周边'), column('accepts', '可接收'), column('lng', '经度'), column('lat', '纬度'), column('crs', '坐标系'),
  column('credential_kind', '资质种类', true), column('credential_state', '资质状态', true), column('receipted_on', '备案日期', true), column('filing_number', '备案编号', true), column('authority', '备案机关', true),
];

/** Which columns say which fact; name, credit code and credential are always carried. */
const saidBy: readonly (readonly [keyof ImportedFacts, readonly string[]])[] = [
  ['aliases', ['aliases']], ['county', ['county', 'subdistrict']], ['subdistrict', ['subdistrict']], ['address', ['address']], ['phone', ['phone']],
  ['kind', ['kind']], ['ownership', ['ownership']], ['nature', ['nature']], ['modes', ['modes']], ['bands', ['bands']], ['confirmedOn', ['confirmed_on']], ['admission', ['admission']],
  ['fees', ['fees']], ['feesFrom', ['fees_from']], ['recognitions', ['recognition']], ['hours', ['hours']], ['opensInSchoolHolidays', ['school_holidays']],
  ['extendedUntil', ['extended_until']], ['mealsProvided', ['meals']], ['openToNeighbours', ['open_to_neighbours']], ['accepts', ['accepts']], ['point', ['lng']],
];

/** The facts that a list with these columns speaks of. */
export const carriedBy = (has: (column: string) => boolean): ReadonlySet<keyof ImportedFacts> =>
  new Set<keyof ImportedFacts>(['name', 'creditCode', 'credential', ...saidBy.filter(([, columns]) => columns.some(has)).map(([fact]) => fact)]);

const kind = oneOf({ independent: ['托育机构'], kindergartenClass: ['幼儿园托班', '托幼一体'], homeSite: ['家庭托育点'], employer: ['用人单位办托'], community: ['社区托育'] }, institutionKinds);
const ownership = oneOf({ public: ['公办'], publicPrivatelyRun: ['公建民营', '公办民营'], privateNonProfit: ['民办非营利'], privateForProfit: ['民办营利'], employer: ['用人单位'] }, ownerships);
const credentialKind = oneOf({ filing: ['备案'], kindergarten: ['幼儿园办园资质'] }, ['filing', 'kindergarten']);
const credentialState = oneOf({
  planned: ['规划'], submitted: ['已提交'], returned: ['退回补正'], receipted: ['已备案'], changed: ['变更中'], suspended: ['暂停'], withdrawn: ['已注销'],
}, credentialStates);
const phone: CellReader<string> = (cell) => (/^[\d+()\-\s/、转]{5,30}$/.test(plain(cell)) ? said(plain(cell)) : wanted('a phone number with its area code'));

const readArea = (row: RowReader, areas: AreaFinder): Pick<Institution, 'county' | 'subdistrict'> => {
  const county = row.read('county', optional(areas.county), null);
  if (tidy(row.cell('subdistrict')) === '') return { county, subdistrict: null };
  const area = row.read('subdistrict', (cell) => areas.byName(cell, county), noArea);
  if (area.renamed !== undefined) row.warn('subdistrict', area.renamed);
  if (county !== null && area.county !== null && area.county !== county) row.wrong('county', 'the county or district that the subdistrict lies in');
  return { county: area.county ?? county, subdistrict: area.subdistrict?.code ?? null };
};

const readBands = (row: RowReader, confirmedOn: IsoDate | null): Institution['bands'] => {
  const stated = row.read('bands', bandsCell, []);
  const from = row.read('available_from', availableFromCell, new Map<ClassBand, YearMonth>());
  if ([...from.keys()].some((band) => !stated.some((one) => one.band === band))) row.wrong('available_from', 'only bands that the column bands states');
  if (confirmedOn === null && stated.some(({ free }) => free !== null)) row.wrong('confirmed_on', 'the day on which the free places were confirmed');
  return stated.map((one) => ({ ...one, confirmedOn, availableFrom: from.get(one.band) ?? null }))
    .toSorted((one, other) => classBands.indexOf(one.band) - classBands.indexOf(other.band));
};

const readPoint = (row: RowReader): GeoPoint | null => {
  const columns = ['lng', 'lat', 'crs'] as const;
  const empty = columns.filter((one) => tidy(row.cell(one)) === '');
  if (empty.length === columns.length) return null;
  if (empty[0] !== undefined) {
    row.wrong(empty[0], 'longitude, latitude and system together, or none of them');
    return null;
  }
  const [lng, lat] = [row.read('lng', decimal(73, 136), null), row.read('lat', decimal(3, 54), null)];
  return lng === null || lat === null ? null : row.read('crs', (cell) => pointOf(lng, lat, cell), null);
};

const readCredential = (row: RowReader, areas: AreaFinder, county: string | null, today: IsoDate): Credential => {
  const held = row.read('credential_kind', credentialKind, 'filing');
  const stated = row.read('authority', optional(words(2, 100)), null);
  return {
    kind: held, state: row.read('credential_state', credentialState, 'submitted'), number: row.read('filing_number', optional(words(1, 60)), null),
    receiptedOn: row.read('receipted_on', optional(pastDay(today)), null),
    authority: stated ?? (held === 'filing' ? areas.filingAuthority(county) : null), since: null, decisionNumber: null,
  };
};

/** One row of the project's own columns. */
export function readFullRow(row: RowReader, areas: AreaFinder, today: IsoDate): ImportedFacts {
  const area = readArea(row, areas);
  const confirmedOn = row.read('confirmed_on', optional(pastDay(today)), null);
  return {
    ...area, confirmedOn,
    name: row.read('name', words(2, 100), ''), aliases: [...row.read('aliases', listOf(words(1, 100)), [])], creditCode: row.read('credit_code', optional(credit), null),
    address: row.read('address', optional(words(2, 200)), null), phone: row.read('phone', optional(phone), null),
    kind: row.read('kind', optional(kind), null), ownership: row.read('ownership', optional(ownership), null), nature: row.read('nature', optional(nature), null),
    modes: row.read('modes', modesCell, []).toSorted((one, other) => serviceModes.indexOf(one) - serviceModes.indexOf(other)), bands: readBands(row, confirmedOn), admission: row.read('admission', optional(admissionCell), null),
    fees: [...row.read('fees', feesCell, [])], feesFrom: row.read('fees_from', optional(day), null), recognitions: [...row.read('recognition', recognitionsCell, [])],
    hours: [...row.read('hours', hoursCell, [])], opensInSchoolHolidays: row.read('school_holidays', optional(yesNo), null),
    extendedUntil: row.read('extended_until', optional(clock), null), mealsProvided: row.read('meals', optional(yesNo), null),
    openToNeighbours: row.read('open_to_neighbours', optional(yesNo), null), accepts: row.read('accepts', acceptsCell, nothingSaid), point: readPoint(row), credential: readCredential(row, areas, area.county, today),
  };
}
