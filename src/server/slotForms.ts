import { bookingKinds, nothingSaid, type BookingKind, type SlotDetails } from '#domain/booking/model.ts';
import { classBands } from '#domain/directory/model.ts';
import type { TemplateFault } from '#domain/slotTemplates/checks.ts';
import { slotException, templatePattern, type ExceptionPattern, type SlotTemplate, type TemplatePattern } from '#domain/slotTemplates/model.ts';
import type { FormError } from '#server/bookingForm.ts';
import { readForm, type Typed } from '#server/forms.ts';
import { slotsDeskText as words } from '#text/slotsDesk.ts';
import { templateFaultText, templateFieldText } from '#text/slotTemplates.ts';

/** As many as a template may have. */
export const timeRows = 12;
/** A row of places: its bands, '' for no band in particular. Bands that share their places stand in one row. */
const keyOf = (bands: readonly string[]): string => bands.join('-');
const bandsOf = (key: string): readonly string[] => (key === '' ? [] : key.split('-'));
const isShareKey = (key: string): boolean => key === '' || bandsOf(key).every((band) => classBands.some((known) => known === band));
const shareKeysIn = (typed: Typed): readonly string[] => Object.keys(typed).filter((name) => name.startsWith('capacity')).map((name) => name.slice('capacity'.length)).filter(isShareKey);

/** The rows of places a form shows: for care one for each band beside those that are typed already, else one. */
export const shareRowsOf = (kind: string, typed: Typed): readonly string[] => {
  const held = shareKeysIn(typed);
  return kind === 'care' ? [...new Set(['', ...classBands, ...held])] : held.length > 0 ? held : [''];
};

/** What a form sent; several values of one name stand behind each other. */
export async function readLists(request: Request): Promise<Typed> {
  const form = await readForm(request);
  const names = [...new Set(form.keys())];
  return Object.fromEntries(names.map((name) => [name, form.getAll(name).filter((value) => typeof value === 'string').join(' ')]));
}

const plain = (text: string | undefined): string => (text ?? '').normalize('NFKC').trim();
const numberOf = (text: string | undefined): number => (/^\d{1,5}$/.test(plain(text)) ? Number(plain(text)) : Number.NaN);
const maybe = (text: string | undefined): number | null => (plain(text) === '' ? null : numberOf(text));
const listOf = (text: string | undefined): readonly string[] => plain(text).split(/\s+/).filter((part) => part !== '');
const clock = (text: string | undefined): string => plain(text).replace('：', ':').replace(/^(\d):/, '0$1:');
const sentence = (text: string | undefined): string | null => ((text ?? '').trim() === '' ? null : (text ?? '').trim());
const yuan = (text: string | undefined, per: 'hour' | 'time') => {
  const typed = plain(text);
  if (typed === '') return null;
  return { amount: /^\d{1,6}(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : Number.NaN, per };
};

function detailsIn(typed: Typed, kind: string): unknown {
  const fee = yuan(typed['fee'], typed['feePer'] === 'time' ? 'time' : 'hour');
  if (kind === 'care') {
    return {
      ...nothingSaid.care, fee, leastMinutes: maybe(typed['leastMinutes']), roundingMinutes: maybe(typed['roundingMinutes']), lateFee: sentence(typed['lateFee']), meals: typed['meals'] === 'yes' ? true : typed['meals'] === 'no' ? false : null,
      bring: (typed['bring'] ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== ''), illnessRule: sentence(typed['illnessRule']), medicineRule: sentence(typed['medicineRule']),
    };
  }
  // Two come and show their cards, whoever fills this in; the number to verify by is the team's.
  if (kind === 'homeVisit') return { kind, subdistrict: typed['subdistrict'] ?? '', twoCome: true, showCards: true, verifyPhone: sentence(typed['verifyPhone']) };
  if (kind !== 'class') return nothingSaid.visit;
  const [fromMonths, untilMonths] = [maybe(typed['fromMonths']), maybe(typed['untilMonths'])];
  const ages = fromMonths === null && untilMonths === null ? null : { fromMonths: fromMonths ?? 0, untilMonths: untilMonths ?? 36, pregnancy: typed['pregnancy'] === '1' };
  return { ...nothingSaid.class, ages, adults: maybe(typed['adults']), place: sentence(typed['place']), fee };
}

/** The kind a form is about; once a template stands, its own. */
export const kindIn = (typed: Typed): BookingKind => bookingKinds.find((kind) => kind === typed['kind']) ?? 'visit';

const lastOf = (path: readonly PropertyKey[]): string => String(path.findLast((part) => typeof part === 'string') ?? '');
const sentenceOf = (name: string, code: string): string => templateFieldText[name]?.[code] ?? words.notRead;

/** The field of the form that a fault of the pattern stands beside. */
function fieldOf(path: readonly (string | number)[], rows: { readonly times: readonly number[]; readonly shares: readonly string[] }): string {
  const [first, at, part] = path;
  if (first === 'times') return typeof at === 'number' ? `${part === 'minutes' ? 'minutes' : 'start'}${String(rows.times[at] ?? 1)}` : `start${String(rows.times[0] ?? 1)}`;
  if (first === 'shares') {
    const band = typeof at === 'number' ? rows.shares[at] ?? '' : rows.shares[0] ?? '';
    return part === 'staffOnDuty' ? `staff${band}` : `capacity${band}`;
  }
  return first === 'details' && typeof at === 'string' ? at : String(first ?? 'kind');
}

/** A template as typed, or each fault beside its field. */
export function readTemplate(typed: Typed): { readonly pattern?: TemplatePattern; readonly errors: readonly FormError[]; readonly field: (path: string) => string } {
  const kind = kindIn(typed);
  const timeAt = Array.from({ length: timeRows }, (_, at) => at + 1).filter((row) => plain(typed[`start${String(row)}`]) !== '' || plain(typed[`minutes${String(row)}`]) !== '');
  const shareOf = shareKeysIn(typed).filter((key) => plain(typed[`capacity${key}`]) !== '');
  const rows = { times: timeAt, shares: shareOf };
  const read = templatePattern.safeParse({
    kind, weekdays: listOf(typed['weekdays']).map(Number), times: timeAt.map((row) => ({ start: clock(typed[`start${String(row)}`]), minutes: numberOf(typed[`minutes${String(row)}`]) })),
    shares: shareOf.map((key) => ({ bands: bandsOf(key), capacity: numberOf(typed[`capacity${key}`]), staffOnDuty: kind === 'care' ? maybe(typed[`staff${key}`]) : null })),
    title: kind === 'class' ? typed['title'] ?? '' : null, details: detailsIn(typed, kind), validFrom: typed['validFrom'] ?? '', validUntil: plain(typed['validUntil']) === '' ? null : typed['validUntil'],
    makeUpLike: maybe(typed['makeUpLike']), holidays: typed['holidays'], schoolHolidays: typed['schoolHolidays'],
  });
  const field = (path: string): string => fieldOf(path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)), rows);
  const vague = kind === 'class' && typed['pregnancy'] === '1' && plain(typed['untilMonths']) === '' ? [{ field: 'untilMonths', message: words.pregnancyNeedsAges }] : [];
  if (read.success && vague.length === 0) return { pattern: read.data, errors: [], field };
  const errors = [...vague, ...(read.error?.issues ?? []).map(({ path, message }) => ({ field: fieldOf(path.map((part) => (typeof part === 'number' ? part : String(part))), rows), message: sentenceOf(lastOf(path), message) }))];
  return { errors: errors.filter(({ field: name }, at) => errors.findIndex((one) => one.field === name) === at), field };
}

/** Faults that only the timetable shows, beside their fields. */
export const faultErrors = (faults: readonly TemplateFault[], field: (path: string) => string): readonly FormError[] =>
  faults.map((fault) => ({ field: field(fault.field), message: templateFaultText(fault) }));

const yuanText = (details: SlotDetails): string => ('fee' in details && details.fee !== null ? String(details.fee.amount / 100) : '');

/** A template as its form shows it. */
export function typedOfTemplate(template: SlotTemplate): Typed {
  const { details } = template;
  const said: Record<string, string> = {
    kind: template.kind, weekdays: template.weekdays.join(' '), title: template.title ?? '', validFrom: template.validFrom, validUntil: template.validUntil ?? '', makeUpLike: template.makeUpLike === null ? '' : String(template.makeUpLike),
    holidays: template.holidays, schoolHolidays: template.schoolHolidays, version: String(template.version), fee: yuanText(details), feePer: 'fee' in details && details.fee?.per === 'time' ? 'time' : 'hour',
  };
  template.times.forEach(({ start, minutes }, at) => { said[`start${String(at + 1)}`] = start; said[`minutes${String(at + 1)}`] = String(minutes); });
  for (const { bands, capacity, staffOnDuty } of template.shares) {
    said[`capacity${keyOf(bands)}`] = String(capacity);
    said[`staff${keyOf(bands)}`] = staffOnDuty === null ? '' : String(staffOnDuty);
  }
  if (details.kind === 'care') Object.assign(said, { leastMinutes: String(details.leastMinutes ?? ''), roundingMinutes: String(details.roundingMinutes ?? ''), lateFee: details.lateFee ?? '', meals: details.meals === null ? '' : details.meals ? 'yes' : 'no', bring: details.bring.join('\n'), illnessRule: details.illnessRule ?? '', medicineRule: details.medicineRule ?? '' });
  if (details.kind === 'class') Object.assign(said, { fromMonths: String(details.ages?.fromMonths ?? ''), untilMonths: String(details.ages?.untilMonths ?? ''), pregnancy: details.ages?.pregnancy === true ? '1' : '', adults: String(details.adults ?? ''), place: details.place ?? '' });
  return said;
}

export const exceptionKinds = ['closed', 'closedBand', 'schoolHoliday', 'times'] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** An exception as typed, or each fault beside its field. */
export function readException(typed: Typed, kind: ExceptionKind): { readonly pattern?: ExceptionPattern; readonly errors: readonly FormError[]; readonly field: (path: string) => string } {
  const template = plain(typed['template']) === '' ? null : typed['template'];
  const range = { from: typed['from'] ?? '', until: plain(typed['until']) === '' ? typed['from'] ?? '' : typed['until'] };
  const timeAt = Array.from({ length: timeRows }, (_, at) => at + 1).filter((row) => plain(typed[`start${String(row)}`]) !== '');
  const rows = { times: timeAt, shares: [] };
  const given = {
    closed: { kind, ...range, template, reason: typed['reason'] }, schoolHoliday: { kind, ...range, season: typed['season'] }, closedBand: { kind, ...range, bands: listOf(typed['bands']), reason: typed['reason'] },
    times: { kind, day: typed['day'] ?? '', template, instead: typed['instead'] === '1', times: timeAt.map((row) => ({ start: clock(typed[`start${String(row)}`]), minutes: numberOf(typed[`minutes${String(row)}`]) })) },
  }[kind];
  const field = (path: string): string => fieldOf(path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)), rows);
  const read = slotException.safeParse(given);
  if (read.success) return { pattern: read.data, errors: [], field };
  const errors = read.error.issues.map(({ path, message }) => ({ field: fieldOf(path.map((part) => (typeof part === 'number' ? part : String(part))), rows), message: sentenceOf(lastOf(path), message) }));
  return { errors: errors.filter(({ field: name }, at) => errors.findIndex((one) => one.field === name) === at), field };
}
