import type { HostRef } from '#domain/booking/model.ts';
import type { CareRules } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { ExceptionPattern, SlotTemplate, TemplatePattern } from '#domain/slotTemplates/model.ts';
import { bandOrder } from '#domain/slotTemplates/plan.ts';
import { staffCapOf, type StaffCap } from '#domain/slotTemplates/staffCap.ts';

export const templateFaultCodes = ['over-staff-cap', 'same-times', 'wrong-host', 'past', 'outside-validity', 'unknown-template'] as const;
export type TemplateFaultCode = (typeof templateFaultCodes)[number];
/** What is wrong with which field; `cap` names the rule for 'over-staff-cap'. */
export type TemplateFault = { readonly field: string; readonly code: TemplateFaultCode; readonly cap?: StaffCap };

const everFarAway = '9999-12-31';
const validTogether = (one: TemplatePattern, other: TemplatePattern): boolean =>
  one.validFrom <= (other.validUntil ?? everFarAway) && other.validFrom <= (one.validUntil ?? everFarAway);
const bandKeys = ({ shares }: TemplatePattern): readonly string[] => shares.map(({ bands }) => bandOrder(bands).join(','));

/** Two templates would make the same slot twice: same kind, title, bands and beginning on a day they share. */
const sameTimes = (one: TemplatePattern, other: TemplatePattern): boolean =>
  one.kind === other.kind && one.title === other.title && validTogether(one, other) && one.weekdays.some((day) => other.weekdays.includes(day))
  && one.times.some(({ start }) => other.times.some((time) => time.start === start)) && bandKeys(one).some((key) => bandKeys(other).includes(key));

/** What only the host, its other templates and the rules can tell of a template; empty when it may be saved. */
export function checkTemplate(pattern: TemplatePattern, host: HostRef, others: readonly SlotTemplate[], rules: CareRules, today: IsoDate): readonly TemplateFault[] {
  const overCap = pattern.kind === 'care' ? pattern.shares.flatMap((share, at): readonly TemplateFault[] => {
    const cap = staffCapOf(share, rules);
    return cap.cap !== null && share.capacity > cap.cap ? [{ field: `shares.${String(at)}.capacity`, code: 'over-staff-cap', cap }] : [];
  }) : [];
  return [
    ...((pattern.kind === 'homeVisit') === (host.kind === 'team') ? [] : [{ field: 'kind', code: 'wrong-host' as const }]),
    ...(pattern.validUntil !== null && pattern.validUntil < today ? [{ field: 'validUntil', code: 'past' as const }] : []),
    ...(others.some((other) => sameTimes(pattern, other)) ? [{ field: 'times', code: 'same-times' as const }] : []),
    ...overCap,
  ];
}

/** What only today and the host's templates can tell of an exception; empty when it may be added. */
export function checkException(pattern: ExceptionPattern, templates: readonly SlotTemplate[], today: IsoDate): readonly TemplateFault[] {
  const named = 'template' in pattern && pattern.template !== null ? pattern.template : undefined;
  const template = templates.find(({ id }) => id === named);
  if (named !== undefined && !template) return [{ field: 'template', code: 'unknown-template' }];
  if (pattern.kind !== 'times') return pattern.until < today ? [{ field: 'until', code: 'past' }] : [];
  if (pattern.day < today) return [{ field: 'day', code: 'past' }];
  return template && (pattern.day < template.validFrom || (template.validUntil !== null && pattern.day > template.validUntil)) ? [{ field: 'day', code: 'outside-validity' }] : [];
}
