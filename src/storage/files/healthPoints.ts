import { basename } from 'node:path';
import type { OpeningHours } from '#domain/directory/model.ts';
import { healthPoint, healthPointKinds, type HealthPointKind } from '#domain/healthPoints/model.ts';
import type { IncomingPoint } from '#domain/healthPoints/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { makeAreaFinder } from '#storage/files/importArea.ts';
import { decimal, listOf, oneOf, optional, pastDay, plain, said, tidy, wanted, words, type CellReader } from '#storage/files/importCells.ts';
import { makeRowReader, readHeading, type ColumnSpec, type RowReader } from '#storage/files/importHeading.ts';
import { cellProblem, makeNotes, UnreadableFileError, type ProblemList, type ProblemNotes } from '#storage/files/importProblems.ts';
import { uuidV5 } from '#storage/files/institutionId.ts';
import { readTable } from '#storage/files/readTable.ts';

/** Namespace of health points; changing it would break every bookmark. */
const pointNamespace = '1f0e6f0c-9c0d-5a53-8f0b-6b8f6d0a4c11';

/** The columns of a list of health points: stable id or Chinese heading, in any order. */
export const healthPointColumns: readonly ColumnSpec[] = [
  { id: 'kind', heading: '类型', required: true }, { id: 'name', heading: '名称', required: true }, { id: 'address', heading: '地址', required: true },
  { id: 'phone', heading: '电话', required: false }, { id: 'subdistrict', heading: '街道', required: false }, { id: 'hours', heading: '开放时间', required: false },
  { id: 'hours_note', heading: '时间说明', required: false }, { id: 'services', heading: '服务内容', required: false },
  { id: 'lng', heading: '经度', required: false }, { id: 'lat', heading: '纬度', required: false }, { id: 'crs', heading: '坐标系', required: false },
  { id: 'source', heading: '依据文件', required: false }, { id: 'source_url', heading: '依据网址', required: false }, { id: 'confirmed_on', heading: '核实日期', required: false },
];

const kindNames: Readonly<Record<HealthPointKind, readonly string[]>> = {
  vaccination: ['接种门诊', '预防接种门诊', '接种单位'], childHealth: ['儿保门诊', '儿童保健门诊', '儿保'], entryCheck: ['入托体检点', '入园体检点'],
  postpartumMind: ['产后和心理门诊', '产后门诊', '心理门诊'], nursingRoom: ['母婴室', '爱心妈咪小屋'],
};
const crsNames = { wgs84: ['WGS-84', 'WGS84'], gcj02: ['GCJ-02', '高德', '腾讯'] } as const;

const expectedHours = 'opening hours such as 周一至周五 08:00-11:30|周六 08:00-11:00';
const dayNumbers: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7 };

const weekdaysIn = (text: string): readonly number[] | undefined => {
  if (/^(?:每天|每日|周一至周日)$/.test(text)) return [1, 2, 3, 4, 5, 6, 7];
  const days = text.split(/[、,]/).flatMap((part): readonly (number | undefined)[] => {
    const [, first = '', last] = /^(?:周|星期)?([一二三四五六日天1-7])(?:(?:至|到|-|~)(?:周|星期)?([一二三四五六日天1-7]))?$/.exec(part) ?? [];
    const [from, to] = [dayNumbers[first], dayNumbers[last ?? first]];
    return from === undefined || to === undefined || to < from ? [undefined] : Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
  return days.every((day) => day !== undefined) ? days : undefined;
};

const hoursPiece: CellReader<readonly OpeningHours[]> = (cell) => {
  const match = /^(\S+?)\s*(\d{1,2}:[0-5]\d)\s*(?:-|–|—|~|至)\s*(\d{1,2}:[0-5]\d)$/.exec(plain(cell).replace(/\s+/g, ' '));
  const days = match && weekdaysIn(match[1] ?? '');
  const [opens, closes] = [(match?.[2] ?? '').padStart(5, '0'), (match?.[3] ?? '').padStart(5, '0')];
  return days && opens < closes && closes < '24:00' ? said(days.map((weekday) => ({ weekday, opens, closes }))) : wanted(expectedHours);
};

/** 开放时间: pieces divided by `|`, each of days and one span; ordered by weekday and opening, spans of a day may not overlap. */
export const weekHoursCell: CellReader<OpeningHours[]> = (cell) => {
  const read = listOf(hoursPiece, /[|｜；;]/)(cell);
  if (!read.ok) return read;
  const all = read.value.flat().toSorted((one, other) => one.weekday - other.weekday || one.opens.localeCompare(other.opens));
  return all.some((one, at) => all[at - 1]?.weekday === one.weekday && (all[at - 1]?.closes ?? '') > one.opens) ? wanted('opening hours that do not overlap on one day') : said(all);
};

const phoneCell: CellReader<string> = (cell) => {
  const text = tidy(cell.normalize('NFKC'));
  return /^\+?\d[\d\s-]{2,20}(?:\s*(?:转|ext\.?|,|#)\s*\d{1,6})?$/i.test(text) ? said(text) : wanted('one phone number, such as 022-12345678 or 022-12345678转802');
};
const webAddress: CellReader<string> = (cell) => (/^https?:\/\/[^\s"<>]{4,300}$/.test(plain(cell)) ? said(plain(cell)) : wanted('an address that begins with https:// or http://'));

const pointOf = (row: RowReader): { readonly lng: number; readonly lat: number; readonly crs: 'wgs84' | 'gcj02' } | null => {
  const [lng, lat, crs] = [row.read('lng', optional(decimal(73, 136)), null), row.read('lat', optional(decimal(3, 54)), null), row.read('crs', optional(oneOf<'wgs84' | 'gcj02'>(crsNames, ['wgs84', 'gcj02'])), null)];
  if (lng !== null && lat !== null && crs !== null) return { lng, lat, crs };
  if (['lng', 'lat', 'crs'].some((column) => tidy(row.cell(column)) !== '')) {
    for (const column of ['lng', 'lat', 'crs'].filter((one) => tidy(row.cell(one)) === '')) row.wrong(column, 'a value, because lng, lat and crs stand together or not at all');
  }
  return null;
};

type Source = { readonly jurisdiction: Jurisdiction; readonly fileName: string; readonly bytes: Uint8Array; readonly today: IsoDate };
/** A list of health points that was read whole, or every fault in it. */
export type HealthPointReading = { readonly rows: readonly IncomingPoint[]; readonly problems: ProblemList; readonly warnings: ProblemList };

function readRow(row: RowReader, { jurisdiction, fileName, today }: Source, areas: ReturnType<typeof makeAreaFinder>, problems: ProblemNotes): IncomingPoint | undefined {
  const before = problems.count();
  const kind = row.read('kind', oneOf(kindNames, healthPointKinds), undefined);
  const name = row.read('name', words(2, 100), '');
  const address = row.read('address', optional(words(2, 200)), null);
  const area = row.read('subdistrict', optional((cell) => areas.byName(cell, null)), null);
  const hours = row.read('hours', optional(weekHoursCell), null);
  const rest = {
    phone: row.read('phone', optional(phoneCell), null), hoursNote: row.read('hours_note', optional(words(1, 200)), null), services: row.read('services', listOf(words(1, 60)), []),
    point: pointOf(row), confirmedOn: row.read('confirmed_on', optional(pastDay(today)), null),
    source: { title: row.read('source', optional(words(2, 200)), null) ?? `主管部门名单 ${basename(fileName)}`, url: row.read('source_url', optional(webAddress), null), readOn: today },
  };
  if (problems.count() > before || kind === undefined) return undefined;
  if (rest.services.length > 20) {
    row.wrong('services', 'at most 20 services');
    return undefined;
  }
  const key = [kind, name, address ?? ''].map((part) => part.normalize('NFKC').replace(/\s/g, '').toLowerCase()).join('|');
  return {
    line: row.line,
    point: healthPoint.parse({
      id: uuidV5(pointNamespace, `${jurisdiction.code}|${key}`), jurisdiction: jurisdiction.code, kind, name, address, subdistrict: area?.subdistrict?.code ?? null, hours, ...rest, services: [...rest.services], missingSince: null, sample: false,
    }),
  };
}

/** Reads a CSV or XLSX list of health points against its header; `line N, column X: …` for every fault. */
export async function readHealthPoints(from: Source): Promise<HealthPointReading> {
  const [problems, warnings] = [makeNotes(), makeNotes()];
  const rows: IncomingPoint[] = [];
  try {
    const table = await readTable(from.bytes);
    const { heading, unknown } = readHeading(table, healthPointColumns, problems);
    for (const column of unknown) problems.add(table.headerLine, cellProblem(table.headerLine, column, `one of ${healthPointColumns.map(({ id, heading: title }) => `${id} (${title})`).join(', ')}`, column));
    const areas = makeAreaFinder(from.jurisdiction);
    const seen = new Map<string, number>();
    if (problems.count() === 0) {
      for await (const row of table.rows) {
        const reader = makeRowReader(row, heading, problems, warnings);
        const read = readRow(reader, from, areas, problems);
        const first = read && seen.get(read.point.id);
        if (first !== undefined) reader.wrong('name', `each kind, name and address once, but line ${String(first)} says the same`);
        if (read) {
          seen.set(read.point.id, first ?? read.line);
          rows.push(read);
        }
      }
      if (rows.length === 0 && problems.count() === 0) problems.add(table.headerLine, `line ${String(table.headerLine + 1)}: expected at least one row, got none`);
    }
  } catch (fault) {
    if (!(fault instanceof UnreadableFileError)) throw fault;
    problems.add(0, fault.message);
  }
  return { rows, problems: problems.list(), warnings: warnings.list() };
}
