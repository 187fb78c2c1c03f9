import { instantAt, isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { calendar } from '#domain/shared/calendar.ts';
import { templatePattern, type SlotTemplate, type StandingSlot, type TemplatePattern } from '#domain/slotTemplates/model.ts';

/** A day, written plainly. */
export const day = (text: string): IsoDate => isoDate.parse(text);
/** Sunday 22 November 2026, ten in the morning. */
export const sunday: Instant = instantAt(day('2026-11-22'), '10:00');

/** A calendar with National Day 2026 and its make-up Saturday, and nothing after 2026. */
export const cn2026 = calendar.parse({
  years: [{
    year: 2026, region: 'CN', daysOff: ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'], makeUpWorkdays: ['2026-10-10'],
    source: { title: '示例', url: null, readOn: '2026-11-22', confidence: 'C' },
  }],
});

/** A whole valid pattern of visits, Mondays to Fridays at ten; a test states only what matters. */
export const aPattern = (change: Partial<Record<keyof TemplatePattern, unknown>> = {}): TemplatePattern => templatePattern.parse({
  kind: 'visit', weekdays: [1, 2, 3, 4, 5], times: [{ start: '10:00', minutes: 45 }], shares: [{ bands: [], capacity: 4, staffOnDuty: null }], title: null, details: { kind: 'visit' },
  validFrom: '2026-01-01', validUntil: null, makeUpLike: null, holidays: 'closed', schoolHolidays: 'open', ...change,
});

/** Care for toddlers, three hours on Mondays and Wednesdays. */
export const aCarePattern = (change: Partial<Record<keyof TemplatePattern, unknown>> = {}): TemplatePattern => aPattern({
  kind: 'care', weekdays: [1, 3], times: [{ start: '09:00', minutes: 180 }], shares: [{ bands: ['toddler'], capacity: 5, staffOnDuty: 1 }],
  details: { kind: 'care', fee: null, leastMinutes: null, roundingMinutes: null, lateFee: null, meals: null, bring: [], illnessRule: null, medicineRule: null, staffCap: null }, ...change,
});

/** A template of one institution. */
export const aTemplate = (pattern: TemplatePattern = aPattern(), id = '00000000-0000-4000-8000-000000000001'): SlotTemplate =>
  ({ ...pattern, id, jurisdiction: jurisdictionCode.parse('120105'), host: { kind: 'institution', id: '00000000-0000-4000-8000-0000000000aa' }, version: 1, caps: pattern.shares.map(() => null) });

/** A planned slot as it stands once it is written. */
export const standing = (planned: Omit<StandingSlot, 'id' | 'taken' | 'waiting' | 'state'>, id: string, change: Partial<StandingSlot> = {}): StandingSlot =>
  ({ ...planned, id, taken: 0, waiting: 0, state: 'open', ...change });
