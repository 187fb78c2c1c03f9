import { createHash } from 'node:crypto';
import type { BookingKind, HostRef, Team } from '#domain/booking/model.ts';
import { slotDecisions } from '#domain/slotTemplates/model.ts';
import type { SlotException, SlotTemplate } from '#domain/slotTemplates/model.ts';
import type { PlanReport, TemplateOutcome } from '#domain/slotTemplates/commands.ts';
import type { TimetableActor } from '#domain/slotTemplates/ports.ts';
import { addDays, dayOf, writeInstant } from '#domain/shared/dates.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import type { Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { pauseOnPage, resumeOnPage } from '#server/listingExtraPages.ts';
import { exceptionKinds, faultErrors, kindIn, readException, readLists, readTemplate, shareRowsOf, timeRows, typedOfTemplate, type ExceptionKind } from '#server/slotForms.ts';
import { bookingKindText } from '#text/booking.ts';
import { fullDayText, slotStartText } from '#text/dates.ts';
import { bandText } from '#text/directory.ts';
import { slotsDeskText as words } from '#text/slotsDesk.ts';
import { calendarMissingText, closureReasonText, conflictReasonText, planReportText, staffCapText, templateRefusalText } from '#text/slotTemplates.ts';

/** Who changes which timetable; a 入户指导队 itself, where it is one's. */
export type TimetableDesk = TimetableActor & { readonly team: Team | null };

/** The timetable of the institution an account works for. */
export const timetableActor = ({ account, place }: Pick<SignedIn, 'account' | 'place'>): TimetableDesk | undefined =>
  (account.institution === null ? undefined : { account: account.id, jurisdiction: place.code, host: { kind: 'institution', id: account.institution }, team: null });

/** Where the pages of a timetable stand. */
export const timetableRoots = { institution: '/portal/slots/', team: '/office/home-visits/slots/' } as const satisfies Record<HostRef['kind'], string>;
/** What a host may be booked for by its own timetable. */
export const kindsOfHost = { institution: ['visit', 'care', 'class'], team: ['homeVisit'] } as const satisfies Record<HostRef['kind'], readonly BookingKind[]>;

type Notice = { readonly tone: 'leaf' | 'amber'; readonly lines: readonly string[] };
const bandName = (band: keyof typeof bandText): string => bandText[band].replace(/（.*$/, '');
const names = (bands: readonly (keyof typeof bandText)[]): string => bands.map(bandName).join('、');

const weekdaysSaid = (weekdays: readonly number[]): string => weekdays.toSorted((one, other) => one - other).map((day) => words.weekdayNames[day - 1] ?? '').join('、');
const templateLine = ({ id, kind, title, weekdays, times, shares, validFrom, validUntil }: SlotTemplate) => ({
  id, name: title ?? bookingKindText[kind], kind: bookingKindText[kind], when: words.each(weekdaysSaid(weekdays), times.map(({ start, minutes }) => `${start}（${String(minutes)} 分钟）`).join('、')),
  seats: shares.map(({ bands, capacity }) => `${names(bands)}${words.seats(capacity)}`).join('；'), valid: words.since(fullDayText(validFrom), validUntil === null ? null : fullDayText(validUntil)),
});

const exceptionLine = (exception: SlotException, templates: readonly SlotTemplate[]): string => {
  const which = (id: string | null): string => (id === null ? words.all : templates.find((one) => one.id === id)?.title ?? bookingKindText[templates.find((one) => one.id === id)?.kind ?? 'visit']);
  if (exception.kind === 'times') return `${fullDayText(exception.day)} ${words.timesTitle}：${which(exception.template)} ${exception.times.map(({ start }) => start).join('、')}`;
  const days = exception.from === exception.until ? fullDayText(exception.from) : `${fullDayText(exception.from)}至${fullDayText(exception.until)}`;
  if (exception.kind === 'schoolHoliday') return `${days} ${exception.season === 'winter' ? words.winter : words.summer}`;
  if (exception.kind === 'closedBand') return `${days} ${words.closedBandTitle}：${names(exception.bands)}（${closureReasonText[exception.reason]}）`;
  return `${days} ${words.closedTitle}：${which(exception.template)}（${closureReasonText[exception.reason]}）`;
};

const conflictLines = (conflicts: PlanReport['conflicts']) => conflicts.map(({ slot, reasons }) => ({
  id: slot.id, when: slotStartText(writeInstant(slot.startsAt)), what: slot.title ?? bookingKindText[slot.kind], booked: words.booked(slot.taken, slot.waiting), why: reasons.map((reason) => conflictReasonText[reason]).join(''), day: dayOf(slot.startsAt),
}));

/** What a change would do, in sentences, with the booked slots it runs into. */
export const previewOf = (report: PlanReport) => ({
  lines: [planReportText(report), ...report.caps.map(staffCapText), ...(report.calendarMissing.length > 0 ? [calendarMissingText(report.calendarMissing)] : [])], conflicts: conflictLines(report.conflicts),
});
export type Preview = ReturnType<typeof previewOf>;
const markOf = (pattern: unknown, report: PlanReport): string =>
  createHash('sha256').update(JSON.stringify([pattern, report.conflicts.map(({ slot }) => [slot.id, slot.taken, slot.waiting])])).digest('hex').slice(0, 32);

const doneText: Readonly<Record<string, string>> = { saved: words.saved, ended: words.ended, decided: words.decided, removed: words.removed, excepted: words.exceptionSaved };

/** 排期: what stands, what a booked slot runs into, exceptions; a form decides a conflict, takes an exception back or ends a template. */
export async function slotsStep(astro: Guarded, actor: TimetableDesk) {
  const { slotTemplates, today } = astro.locals.app;
  const view = async (status: number, notice: Notice | null) => {
    const [timetable, report] = await Promise.all([slotTemplates.timetable(actor.jurisdiction, actor.host), slotTemplates.report(actor.jurisdiction, actor.host)]);
    if (!timetable || !report) return unknown();
    const standing = timetable.templates.filter(({ validUntil }) => validUntil === null || validUntil >= today());
    return {
      status, notice, conflicts: conflictLines(report.conflicts), missing: report.calendarMissing.length > 0 ? calendarMissingText(report.calendarMissing) : null,
      templates: standing.map(templateLine), exceptions: timetable.exceptions.filter((one) => (one.kind === 'times' ? one.day : one.until) >= today()).map((one) => ({ id: one.id, line: exceptionLine(one, timetable.templates) })),
    };
  };
  if (astro.request.method !== 'POST') {
    const asked = astro.url.searchParams;
    const cancelled = Number(asked.get('cancelled') ?? 'NaN');
    const line = Number.isInteger(cancelled) ? words.cancelled(cancelled) : doneText[asked.get('done') ?? ''];
    return view(200, line === undefined ? null : { tone: 'leaf', lines: [line] });
  }
  const typed = await readLists(astro.request);
  const { id = '', act } = typed;
  const choice = slotDecisions.find((one) => one === typed['choice']) ?? null;
  const removed = act === 'remove' ? (await slotTemplates.timetable(actor.jurisdiction, actor.host))?.exceptions.find((one) => one.id === id) : undefined;
  const outcome = act === 'decide' ? await slotTemplates.decide(actor, id, choice) : act === 'remove' ? await slotTemplates.removeException(actor, id)
    : await slotTemplates.end(actor, { id, version: Number(typed['version'] ?? '0'), lastDay: today() }, { stopBooked: false });
  if (outcome.ok && removed?.kind === 'closedBand') await resumeOnPage(astro.locals.app, actor, removed);
  if (outcome.ok) return seeOther(`${timetableRoots[actor.host.kind]}?done=${act === 'decide' ? 'decided' : act === 'remove' ? 'removed' : 'ended'}`);
  return outcome.reason === 'not-found' ? unknown() : view(409, { tone: 'amber', lines: [outcome.reason === 'invalid' ? words.notRead : templateRefusalText[outcome.reason]] });
}

/** A form at the timetable: what is typed, what is wrong, and what saving would do once it was asked for. */
export type SlotFormStep = { readonly status: number; readonly typed: Typed; readonly errors: readonly FormError[]; readonly preview: Preview | null; readonly notice: Notice | null;
  /** A mark of what was previewed: what is saved is what was seen, or it is shown again. */
  readonly seen: string;
};
const formStep = (part: Partial<SlotFormStep>): SlotFormStep => ({ status: 200, typed: {}, errors: [], preview: null, notice: null, seen: '', ...part });

function refusedStep(outcome: Exclude<TemplateOutcome<unknown>, { readonly ok: true }>, typed: Typed, field: (path: string) => string): SlotFormStep | Response {
  if (outcome.reason === 'not-found') return unknown();
  if (outcome.reason === 'invalid') return formStep({ status: 422, typed, errors: faultErrors(outcome.faults, field) });
  return formStep({ status: 409, typed, notice: { tone: 'amber', lines: [templateRefusalText[outcome.reason]] } });
}

/** What a team's template says whatever a form sends: its kind, its street, its number. */
const ofTeam = ({ team }: TimetableDesk): Typed => (team ? { kind: 'homeVisit', subdistrict: team.subdistrict, verifyPhone: team.verifyPhone ?? '' } : {});

/** 加一组、改一组: previews first; saving never touches a booked slot that no longer fits. */
export async function templateStep(astro: Guarded, actor: TimetableDesk): Promise<(SlotFormStep & { readonly id: string | null; readonly kind: ReturnType<typeof kindIn>; readonly shares: readonly string[]; readonly timeRows: number }) | Response> {
  const { slotTemplates, today } = astro.locals.app;
  const typed = astro.request.method === 'POST' ? await readLists(astro.request) : undefined;
  const asked = typed?.['id'] ?? astro.url.searchParams.get('id') ?? '';
  const before = asked === '' ? undefined : (await slotTemplates.timetable(actor.jurisdiction, actor.host))?.templates.find(({ id }) => id === asked);
  if (asked !== '' && !before) return unknown();
  const withId = (step: SlotFormStep | Response) => (step instanceof Response ? step : { ...step, id: before?.id ?? null, kind: kindIn(step.typed), shares: shareRowsOf(kindIn(step.typed), step.typed), timeRows });
  if (!typed) {
    const fresh = { ...ofTeam(actor), kind: actor.team ? 'homeVisit' : astro.url.searchParams.get('kind') ?? 'visit', validFrom: addDays(today(), 1), holidays: 'closed', schoolHolidays: 'open', makeUpLike: '' };
    return withId(formStep({ typed: before ? typedOfTemplate(before) : fresh }));
  }
  const given: Typed = { ...typed, ...(before ? { kind: before.kind } : {}), ...ofTeam(actor) };
  const { pattern, errors, field } = readTemplate(given);
  if (!pattern) return withId(formStep({ status: 422, typed: given, errors }));
  const edited = before ? { id: before.id, version: Number(given['version'] ?? '0') } : null;
  const preview = await slotTemplates.preview(actor, pattern, edited);
  if (!preview.ok) return withId(refusedStep(preview, given, field));
  const seen = markOf(pattern, preview.value);
  if (given['act'] !== 'save' || given['seen'] !== seen) return withId(formStep({ typed: given, preview: previewOf(preview.value), seen, notice: given['act'] === 'save' ? { tone: 'amber', lines: [words.changedSinceSeen] } : null }));
  const saved = await slotTemplates.save(actor, pattern, edited, { stopBooked: given['stopBooked'] === '1' });
  return saved.ok ? seeOther(`${timetableRoots[actor.host.kind]}?done=saved`) : withId(refusedStep(saved, given, field));
}

/** 例外: previews first; a band closed for illness cancels what is booked, every other closure leaves it to the desk. */
export async function exceptionStep(astro: Guarded, actor: TimetableDesk): Promise<(SlotFormStep & { readonly kind: ExceptionKind; readonly templates: readonly { readonly value: string; readonly label: string }[]; readonly timeRows: number }) | Response> {
  const { slotTemplates, today } = astro.locals.app;
  const typed = astro.request.method === 'POST' ? await readLists(astro.request) : undefined;
  const kind = exceptionKinds.find((one) => one === (typed?.['kind'] ?? astro.url.searchParams.get('kind'))) ?? 'closed';
  const timetable = await slotTemplates.timetable(actor.jurisdiction, actor.host);
  if (!timetable) return unknown();
  const templates = timetable.templates.map((one) => ({ value: one.id, label: `${one.title ?? bookingKindText[one.kind]} ${weekdaysSaid(one.weekdays)}` }));
  const whole = (step: SlotFormStep | Response) => (step instanceof Response ? step : { ...step, kind, templates, timeRows });
  if (!typed) return whole(formStep({ typed: { from: today(), until: today(), day: today(), reason: kind === 'closedBand' ? 'illness' : 'closure', season: 'winter', template: kind === 'times' ? templates[0]?.value ?? '' : '' } }));
  const { pattern, errors, field } = readException(typed, kind);
  if (!pattern) return whole(formStep({ status: 422, typed, errors }));
  const preview = await slotTemplates.previewException(actor, pattern);
  if (!preview.ok) return whole(refusedStep(preview, typed, field));
  const seen = markOf(pattern, preview.value);
  if (typed['act'] !== 'save' || typed['seen'] !== seen) return whole(formStep({ typed, preview: previewOf(preview.value), seen, notice: typed['act'] === 'save' ? { tone: 'amber', lines: [words.changedSinceSeen] } : null }));
  if (pattern.kind === 'closedBand') {
    const done = await slotTemplates.closeBand(actor, pattern);
    if (done.ok) await pauseOnPage(astro.locals.app, actor, pattern);
    return done.ok ? seeOther(`${timetableRoots[actor.host.kind]}?cancelled=${String(done.value.cancelled)}`) : whole(refusedStep(done, typed, field));
  }
  const saved = await slotTemplates.addException(actor, pattern, { stopBooked: typed['stopBooked'] === '1' });
  return saved.ok ? seeOther(`${timetableRoots[actor.host.kind]}?done=excepted`) : whole(refusedStep(saved, typed, field));
}
