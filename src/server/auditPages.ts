import type { AuditFilter, Openings } from '#domain/audit/ports.ts';
import type { AuditEvent } from '#domain/audit/model.ts';
import { csvText } from '#domain/shared/csv.ts';
import { addDays, addMonths, instantAt, isoDate, monthOf, writeInstant, yearMonth, type IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { auditText as words, openingReasonText, openingText } from '#text/audit.ts';
import { contactReasonText } from '#text/bookingDesk.ts';
import { identityReasonText } from '#text/cases.ts';
import { monthText } from '#text/dates.ts';

const shown = 100;
/** As many events as one table holds. */
export const mostExported = 20_000;

type Names = ReadonlyMap<string, string>;
const ownActors: Readonly<Record<string, string>> = { parent: words.parent, system: words.system, operator: words.operator };
const whoDid = (actor: string, names: Names): string => ownActors[actor] ?? names.get(actor) ?? words.gone;

/** What accounts of a place are called, by id. */
export async function namesOf(app: App, { place }: Pick<SignedIn, 'place'>): Promise<Names> {
  return new Map((await app.accounts.deps.store.list(place.code)).map(({ id, login, title }) => [id, title === null ? login : `${title}（${login}）`]));
}

const detailWords = ({ detail }: AuditEvent): string => Object.entries(detail).map(([name, value]) => `${name}=${String(value)}`).join(' ');
const timeOf = ({ at }: AuditEvent): string => writeInstant(at).slice(0, 19).replace('T', ' ');
const cellsOf = (event: AuditEvent, names: Names): readonly string[] =>
  [timeOf(event), words.kind(event.kind), whoDid(event.actor, names), `${event.objectKind} ${event.objectId.slice(0, 8)}`, [event.kind, detailWords(event)].filter((part) => part !== '').join(' '), String(event.seq)];

type Range = { readonly first: IsoDate; readonly last: IsoDate; readonly isGuessed: boolean };
function rangeIn(params: URLSearchParams, today: IsoDate): Range {
  const [first, last] = [isoDate.safeParse(params.get('from')), isoDate.safeParse(params.get('to'))];
  if (first.success && last.success && first.data <= last.data) return { first: first.data, last: last.data, isGuessed: false };
  return { first: addDays(today, -6), last: today, isGuessed: params.has('from') || params.has('to') };
}
const filterOf = ({ first, last }: Range, params: URLSearchParams): AuditFilter =>
  ({ from: instantAt(first, '00:00'), to: instantAt(addDays(last, 1), '00:00'), actor: params.get('actor') || null, openingsOnly: params.get('which') === 'openings' });

/** 操作记录 of a place, newest first, a hundred at a time; and, where asked, whether the chain holds. */
export async function auditView(app: App, signedIn: SignedIn, params: URLSearchParams) {
  const range = rangeIn(params, app.today());
  const before = /^\d{1,12}$/.test(params.get('before') ?? '') ? Number(params.get('before')) : null;
  const [names, events] = [await namesOf(app, signedIn), await app.audit.events(signedIn.place.code, filterOf(range, params), before, shown + 1)];
  const typed = { from: range.first, to: range.last, actor: params.get('actor') ?? '', which: params.get('which') === 'openings' ? 'openings' : '' };
  const query = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''));
  const page = events.slice(0, shown);
  const older = new URLSearchParams(query);
  older.set('before', String(page.at(-1)?.seq ?? 0));
  return {
    typed, isGuessed: range.isGuessed, rows: page.map((event) => cellsOf(event, names)), older: events.length > shown ? `/office/audit/?${older.toString()}` : null, exportHref: `/office/audit/table/?${query.toString()}`,
    actors: [{ value: '', label: words.everyone }, ...Object.entries(ownActors).map(([value, label]) => ({ value, label })), ...[...names].map(([value, label]) => ({ value, label }))],
    checked: params.get('check') === '1' ? await checkOf(app, signedIn) : null,
  };
}

async function checkOf(app: App, { place, account }: SignedIn) {
  const { events, head, broken } = await app.audit.check(place.code);
  app.accounts.noteLater('audit-checked', account, { whole: broken === null ? 'yes' : 'no' });
  return broken === null ? { tone: 'leaf' as const, line: words.whole(events, head) } : { tone: 'amber' as const, line: words.broken(broken.seq) };
}

/** The same as a table, with each event's own hash, and the last one's at its end to hold later copies against; undefined when it would be too long. */
export async function auditTable(app: App, signedIn: SignedIn, params: URLSearchParams): Promise<{ readonly name: string; readonly csv: string } | undefined> {
  const range = rangeIn(params, app.today());
  const [names, events] = [await namesOf(app, signedIn), await app.audit.events(signedIn.place.code, filterOf(range, params), null, mostExported + 1)];
  if (events.length > mostExported) return undefined;
  const rows = events.toReversed().map((event) => [...cellsOf(event, names), event.hash]);
  const head = events[0]?.hash ?? '';
  return { name: `audit-${signedIn.place.code}-${range.first}-${range.last}.csv`, csv: csvText([[...words.columns, 'SHA-256'], ...rows, ['', '', '', '', '', '', head]]) };
}

/** Openings by account: who, what, why, how often; the most frequent of each first. */
export const openingRows = (found: readonly Openings[], names: Names): readonly (readonly [who: string, what: string, why: string, count: number])[] =>
  found.map((one) => [whoDid(one.actor, names), openingText[one.kind], one.reason === null ? words.noReason : openingReasonText(one.reason, contactReasonText, identityReasonText), one.count] as const)
    .toSorted(([one, , , often], [other, , , seldom]) => (one < other ? -1 : one > other ? 1 : seldom - often));

/** 敏感信息查看统计 of a month: by account, what was opened and why; the month asked for, else the present one. */
export async function accessView(app: App, signedIn: SignedIn, asked: string | null) {
  const present = monthOf(app.today());
  const read = yearMonth.safeParse(asked);
  const month = read.success && read.data <= present ? read.data : present;
  const [from, to] = [instantAt(isoDate.parse(`${month}-01`), '00:00'), instantAt(isoDate.parse(`${addMonths(month, 1)}-01`), '00:00')];
  const [names, found] = [await namesOf(app, signedIn), await app.audit.openings(signedIn.place.code, from, to)];
  return {
    month, name: monthText(month), months: Array.from({ length: 12 }, (_, back) => addMonths(present, -back)).map((value) => ({ value, label: monthText(value) })),
    rows: openingRows(found, names).map((row) => row.map(String)), total: found.reduce((sum, { count }) => sum + count, 0),
  };
}

