import { classBands, type ClassBand } from '#domain/directory/model.ts';
import type { Calendar, CalendarYear } from '#domain/shared/calendar.ts';
import { addDays, daysBetween, instant, instantAt, weekdayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import type { DayRange, PlannedSlot, SlotException, SlotPlan, SlotTemplate, TemplateTime } from '#domain/slotTemplates/model.ts';

type Times = Extract<SlotException, { readonly kind: 'times' }>;
/** What a slot for every band is for. */
const ageBands: readonly ClassBand[] = ['infant', 'toddler', 'older'];
const minuteMs = 60_000;

/** Days planned ahead: at least 28, and as far as the host opens, but not past 92. */
export const horizonDays = (opensDaysAhead: number | undefined): number => Math.min(92, Math.max(28, opensDaysAhead ?? 28));

/** A key by which a slot stays the same through every plan: what the schema holds unique within a host. */
export const slotKey = ({ kind, startsAt, bands, title }: Pick<PlannedSlot, 'kind' | 'startsAt' | 'bands' | 'title'>): string => `${kind}|${String(startsAt)}|${bandOrder(bands).join(',')}|${title ?? ''}`;

/** Bands in the order of their ages, so that equal sets are written alike. */
export const bandOrder = (bands: readonly ClassBand[]): readonly ClassBand[] => (bands.length < 2 ? bands : classBands.filter((band) => bands.includes(band)));

const within = (day: IsoDate, { from, until }: { readonly from: IsoDate; readonly until: IsoDate }): boolean => from <= day && day <= until;

const isClosed = (template: SlotTemplate, day: IsoDate, exceptions: readonly SlotException[]): boolean =>
  exceptions.some((one) => one.kind === 'closed' && (one.template === null || one.template === template.id) && within(day, one));

/** Whether the weekly pattern runs on a day: weekday, 调休上班日, holidays, 寒暑假. Where the year's calendar is not published, the weekday decides. */
function runsOn(template: SlotTemplate, day: IsoDate, year: CalendarYear | undefined, exceptions: readonly SlotException[]): boolean {
  if (template.schoolHolidays === 'closed' && exceptions.some((one) => one.kind === 'schoolHoliday' && within(day, one))) return false;
  if (year?.makeUpWorkdays.includes(day)) return template.makeUpLike !== null && template.weekdays.includes(template.makeUpLike);
  if (template.holidays === 'closed' && year?.daysOff.includes(day)) return false;
  return template.weekdays.includes(weekdayOf(day));
}

/** The times of a template on a day of its validity; an exception's times stand above weekday and holiday, a closure above all. */
function timesOn(template: SlotTemplate, day: IsoDate, year: CalendarYear | undefined, exceptions: readonly SlotException[]): readonly TemplateTime[] {
  if (isClosed(template, day, exceptions)) return [];
  const named = exceptions.filter((one): one is Times => one.kind === 'times' && one.day === day && one.template === template.id);
  const instead = named.filter((one) => one.instead);
  const usual = instead.length > 0 ? instead.flatMap(({ times }) => times) : runsOn(template, day, year, exceptions) ? template.times : [];
  return [...usual, ...named.filter((one) => !one.instead).flatMap(({ times }) => times)];
}

const openBands = (template: SlotTemplate, bands: readonly ClassBand[], day: IsoDate, exceptions: readonly SlotException[]): readonly ClassBand[] | undefined => {
  const closed = template.kind === 'care' ? exceptions.flatMap((one) => (one.kind === 'closedBand' && within(day, one) ? one.bands : [])) : [];
  if (closed.length === 0) return bandOrder(bands);
  const left = (bands.length === 0 ? ageBands : bands).filter((band) => !closed.includes(band));
  return left.length === 0 ? undefined : bandOrder(left);
};

const slotsOn = (template: SlotTemplate, day: IsoDate, times: readonly TemplateTime[], exceptions: readonly SlotException[], after: Instant): readonly PlannedSlot[] => {
  const { id, jurisdiction, host, kind, title, details, shares, caps } = template;
  return times.flatMap(({ start, minutes }) => {
    const startsAt = instantAt(day, start);
    if (startsAt <= after) return [];
    return shares.flatMap(({ bands, capacity }, at): readonly PlannedSlot[] => {
      const open = openBands(template, bands, day, exceptions);
      return open === undefined ? [] : [{ template: id, jurisdiction, host, kind, title, startsAt, endsAt: instant.parse(startsAt + minutes * minuteMs), capacity, bands: open, details: details.kind === 'care' ? { ...details, staffCap: caps[at] ?? null } : details }];
    });
  });
};

/** 排期: the slots that templates and exceptions give on the days of a range, those that begin by `after` left out; `lastDayOf` may end a template's days sooner. Days are of Asia/Shanghai, whatever the server's zone. */
export function planSlots(templates: readonly SlotTemplate[], exceptions: readonly SlotException[], calendar: Calendar, range: DayRange, after: Instant, lastDayOf: (template: SlotTemplate) => IsoDate = () => range.last): SlotPlan {
  const years = new Map(calendar.years.map((year) => [year.year, year]));
  const missing = new Set<number>();
  const slots = new Map<string, PlannedSlot>();
  const days = Array.from({ length: Math.max(0, daysBetween(range.first, range.last) + 1) }, (_, ahead) => addDays(range.first, ahead));
  // The older template wins where two give the same slot; saving refuses that, two who save at once may not see it.
  for (const template of templates) {
    const last = lastDayOf(template);
    for (const day of days) {
      if (day < template.validFrom || day > last || (template.validUntil !== null && day > template.validUntil)) continue;
      const number = Number(day.slice(0, 4));
      const year = years.get(number);
      if (year === undefined) missing.add(number);
      for (const slot of slotsOn(template, day, timesOn(template, day, year, exceptions), exceptions, after)) {
        const key = `${slot.host.id}|${slotKey(slot)}`;
        if (!slots.has(key)) slots.set(key, slot);
      }
    }
  }
  return { slots: [...slots.values()], calendarMissing: [...missing].toSorted((one, other) => one - other) };
}
