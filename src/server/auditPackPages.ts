import { dataMap, mappedColumns, type MappedColumn } from '#domain/audit/dataMap.ts';
import { csvText } from '#domain/shared/csv.ts';
import { addDays, instantAt, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { namesOf, openingRows } from '#server/auditPages.ts';
import type { SignedIn } from '#server/guard.ts';
import { impactRows } from '#server/impactPage.ts';
import { packText as words } from '#text/auditPack.ts';
import { byRightsText, columnText, dataBasisText, dataGuardText, dataOwnerText, dataTermText, mappedTableText } from '#text/dataMap.ts';
import { fullDayText } from '#text/dates.ts';
import { exportKindText } from '#text/exports.ts';
import { impactText } from '#text/impact.ts';

type Range = { readonly first: IsoDate; readonly last: IsoDate; readonly isGuessed: boolean };
const longest = 731;

/** The days asked for, else this year up to today. */
function rangeIn(params: URLSearchParams, today: IsoDate): Range {
  const [first, last] = [isoDate.safeParse(params.get('from')), isoDate.safeParse(params.get('to'))];
  if (first.success && last.success && first.data <= last.data && last.data < addDays(first.data, longest)) return { first: first.data, last: last.data, isGuessed: false };
  return { first: isoDate.parse(`${today.slice(0, 4)}-01-01`), last: today, isGuessed: params.has('from') || params.has('to') };
}

const exportNames: ReadonlyMap<string, string> = new Map(Object.entries(exportKindText).map(([kind, { name }]) => [kind, name]));
const actingNames: ReadonlyMap<string, string> = new Map(Object.entries(words.actingAs));

async function numbersOf(app: App, signedIn: SignedIn, { first, last }: Range) {
  const [code, from, to] = [signedIn.place.code, instantAt(first, '00:00'), instantAt(addDays(last, 1), '00:00')];
  const { pack } = app.audit;
  const [names, held, consents, openings, exports, deletions] = await Promise.all([namesOf(app, signedIn), pack.held(code), pack.consents(code, from, to), app.audit.openings(code, from, to), pack.exports(code, from, to), pack.deletions(code, from, to)]);
  return {
    held: [[words.heldRows.bookings, held.bookings], [words.heldRows.bookingChildren, held.bookingChildren], [words.heldRows.demands, held.demands], [words.heldRows.caseIdentities, held.caseIdentities], [words.heldRows.reportPhones, held.reportPhones]] as const,
    consents: consents.map(({ what, rulesVersion, actingAs, count }) => [words.consentOf[what], rulesVersion, actingAs === null ? words.notSaid : actingNames.get(actingAs) ?? actingAs, count] as const),
    accesses: openingRows(openings, names),
    exports: exports.map(({ what, downloads, rows }) => [exportNames.get(what) ?? what, downloads, rows] as const),
    deletions: [[words.deletionRows.purges, deletions.purges], [words.deletionRows.bookings, deletions.bookings], [words.deletionRows.demands, deletions.demands], [words.deletionRows.withdrawn, deletions.withdrawn], [words.deletionRows.caseIdentities, deletions.caseIdentities], [words.deletionRows.caseTexts, deletions.caseTexts]] as const,
  };
}

const asText = (rows: readonly (readonly (string | number)[])[]): readonly (readonly string[])[] => rows.map((row) => row.map(String));
const columnCells = ({ table, column, whose, basis, keep, guard }: MappedColumn): readonly string[] =>
  [mappedTableText[table], column, columnText[column] ?? column, dataOwnerText[whose], dataBasisText[basis].why, dataBasisText[basis].basis, dataTermText[keep], guard === null ? byRightsText : dataGuardText[guard]];

/** Tables that hold something of people, one row each: whose, why, how long, and what in them is guarded. */
function summaryRows(): readonly (readonly string[])[] {
  const people = mappedColumns().filter(({ whose }) => whose === 'child' || whose === 'family' || whose === 'staff');
  return [...Map.groupBy(people, ({ table }) => table)].map(([table, columns]) => {
    const { whose, basis, keep } = dataMap[table];
    const guarded = columns.filter(({ guard }) => guard !== null).map(({ column }) => columnText[column] ?? column);
    return [mappedTableText[table], dataOwnerText[whose], dataBasisText[basis].why, dataTermText[keep], guarded.length === 0 ? words.noGuard : guarded.join('、')];
  });
}

/** 合规审计包 of a period. */
export async function packView(app: App, signedIn: SignedIn, params: URLSearchParams) {
  const range = rangeIn(params, app.today());
  const { held, consents, accesses, exports, deletions } = await numbersOf(app, signedIn, range);
  const all = mappedColumns();
  const query = new URLSearchParams({ from: range.first, to: range.last }).toString();
  return {
    first: range.first, last: range.last, isGuessed: range.isGuessed, period: words.period(fullDayText(range.first), fullDayText(range.last)), held: asText(held), consents: asText(consents), accesses: asText(accesses), exports: asText(exports), deletions: asText(deletions),
    map: summaryRows(), mapWhat: words.mapWhat(Object.keys(dataMap).length, all.length), numbersHref: `/office/audit/pack/table/?${query}`, mapHref: '/office/audit/pack/table/?part=map',
  };
}

/** The numbers of a period, the whole data map, or 影响评估, as a table. */
export async function packTable(app: App, signedIn: SignedIn, params: URLSearchParams): Promise<{ readonly name: string; readonly csv: string }> {
  if (params.get('part') === 'map') return { name: `data-map-${signedIn.place.code}-${app.today()}.csv`, csv: csvText([words.mapColumns, ...mappedColumns().map(columnCells)]) };
  if (params.get('part') === 'impact') return { name: `privacy-impact-${signedIn.place.code}-${app.today()}.csv`, csv: csvText([impactText.columns, ...impactRows()]) };
  const range = rangeIn(params, app.today());
  const { held, consents, accesses, exports, deletions } = await numbersOf(app, signedIn, range);
  const part = (title: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]) => [[title, ...columns], ...rows.map((row) => [title, ...row])];
  const rows = [
    [words.title, signedIn.place.name, range.first, range.last], ...part(words.held, words.heldColumns, held), ...part(words.consents, words.consentColumns, consents), ...part(words.accesses, words.accessColumns, accesses),
    ...part(words.exports, words.exportColumns, exports), ...part(words.deletions, words.deletionColumns, deletions),
  ];
  return { name: `audit-pack-${signedIn.place.code}-${range.first}-${range.last}.csv`, csv: csvText(rows) };
}
