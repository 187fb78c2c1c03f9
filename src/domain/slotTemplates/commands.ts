import type { CareRules } from '#domain/jurisdiction/model.ts';
import type { Calendar } from '#domain/shared/calendar.ts';
import { addDays, dayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { checkException, checkTemplate, type TemplateFault } from '#domain/slotTemplates/checks.ts';
import type { ExceptionPattern, SlotChanges, SlotConflict, SlotDecision, SlotException, SlotTemplate, TemplatePattern, Timetable } from '#domain/slotTemplates/model.ts';
import { horizonDays, planSlots } from '#domain/slotTemplates/plan.ts';
import type { BookingEffects, SlotTemplateStore, TimetableActor, TimetableChange } from '#domain/slotTemplates/ports.ts';
import { reconcile } from '#domain/slotTemplates/reconcile.ts';
import { staffCapOf, type StaffCap } from '#domain/slotTemplates/staffCap.ts';

/** What template commands need; `now` is the domain's instant. */
export type TemplateDeps = {
  readonly store: SlotTemplateStore; readonly effects: BookingEffects; readonly calendar: Calendar; readonly rules: CareRules;
  readonly now: () => Instant; readonly newId: () => string;
};

/** 预览: what a change does, or has done, to the slots of the host. */
export type PlanReport = {
  readonly added: number; readonly updated: number; readonly removed: number; readonly heldBack: number;
  readonly conflicts: readonly SlotConflict[];
  /** Years whose 节假日安排 is not published: there, weekdays alone decide. */
  readonly calendarMissing: readonly number[];
  /** 人员配比 of each share of the template, for care. */
  readonly caps: readonly StaffCap[];
};

export type TemplateRefusal = 'not-found' | 'changed-meanwhile' | 'too-many';
export type TemplateOutcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: TemplateRefusal } | { readonly ok: false; readonly reason: 'invalid'; readonly faults: readonly TemplateFault[] };
/** Which template at which version is edited; null makes a new one. */
export type Edited = { readonly id: string; readonly version: number } | null;
/** `stopBooked`: booked slots that no longer fit take no more bookings; their families keep theirs. */
export type ChangeOptions = { readonly stopBooked: boolean };

const mostTemplates = 40;
const mostExceptions = 200;
type Refused = Exclude<TemplateOutcome<never>, { readonly ok: true }>;
type Next = { readonly timetable: Timetable; readonly write: Omit<TimetableChange, 'slots' | 'stop' | 'event'>; readonly template?: SlotTemplate; readonly event: { readonly kind: string; readonly object: string } };
type Decided = { readonly change: TimetableChange | null; readonly answer: { readonly outcome: TemplateOutcome<PlanReport & { readonly id: string }>; readonly raised: readonly string[] } };
type Settled = { readonly slots: SlotChanges; readonly calendarMissing: readonly number[] };

function settle({ calendar, now }: TemplateDeps, { templates, exceptions, standing, decisions, opensDaysAhead }: Timetable): Settled {
  const today = dayOf(now());
  const plan = planSlots(templates, exceptions, calendar, { first: today, last: addDays(today, 92) }, now(), ({ kind }) => addDays(today, horizonDays(opensDaysAhead.get(kind))));
  return { slots: reconcile(plan.slots, standing, decisions), calendarMissing: plan.calendarMissing };
}

const reportOf = ({ slots, calendarMissing }: Settled, caps: readonly StaffCap[] = []): PlanReport => ({
  added: slots.insert.length, updated: slots.update.length, removed: slots.remove.length, heldBack: slots.heldBack.length, conflicts: slots.conflicts, calendarMissing, caps,
});

const capsOf = (deps: TemplateDeps, template: SlotTemplate | undefined): readonly StaffCap[] =>
  (template?.kind === 'care' ? template.shares.map((share) => staffCapOf(share, deps.rules)) : []);

const isNothing = ({ insert, update, remove }: SlotChanges): boolean => insert.length + update.length + remove.length === 0;

/** Decides inside the store's transaction and writes; then tells booking of seats that were added. */
async function run(deps: TemplateDeps, actor: TimetableActor, { stopBooked }: ChangeOptions, decide: (timetable: Timetable) => Next | Refused): Promise<TemplateOutcome<PlanReport & { readonly id: string }>> {
  const { outcome, raised } = await deps.store.change(actor, deps.now(), (timetable): Decided => {
    const next: Next | Refused = timetable === undefined ? { ok: false, reason: 'not-found' } : decide(timetable);
    if ('ok' in next) return { change: null, answer: { outcome: next, raised: [] } };
    const settled = settle(deps, next.timetable);
    const stop = stopBooked ? settled.slots.conflicts.filter(({ slot }) => slot.state === 'open').map(({ slot }) => slot.id) : [];
    const { insert, update, remove, conflicts } = settled.slots;
    const event = {
      id: deps.newId(), jurisdiction: actor.jurisdiction, at: deps.now(), kind: next.event.kind, actor: actor.account, objectKind: 'slotTemplate', objectId: next.event.object,
      detail: { host: actor.host.id, added: insert.length, updated: update.length, removed: remove.length, conflicts: conflicts.length, stopped: stop.length },
    };
    return {
      // Another process may have planned the same a moment ago: then there is nothing to write.
      change: Object.keys(next.write).length === 0 && isNothing(settled.slots) ? null : { ...next.write, slots: settled.slots, stop, event },
      answer: { outcome: { ok: true, value: { ...reportOf(settled, capsOf(deps, next.template)), id: next.event.object } }, raised: settled.slots.raised },
    };
  });
  if (raised.length > 0) await deps.effects.seatsRaised(actor.jurisdiction, raised);
  return outcome;
}

function withTemplate(deps: TemplateDeps, actor: TimetableActor, timetable: Timetable, pattern: TemplatePattern, edited: Edited): Next | Refused {
  const before = edited && timetable.templates.find(({ id }) => id === edited.id);
  if (edited && !before) return { ok: false, reason: 'not-found' };
  if (edited && before?.version !== edited.version) return { ok: false, reason: 'changed-meanwhile' };
  if (!edited && timetable.templates.length >= mostTemplates) return { ok: false, reason: 'too-many' };
  const others = timetable.templates.filter(({ id }) => id !== edited?.id);
  const faults = checkTemplate(pattern, actor.host, others, deps.rules, dayOf(deps.now()));
  if (faults.length > 0) return { ok: false, reason: 'invalid', faults };
  const template: SlotTemplate = {
    ...pattern, id: before?.id ?? deps.newId(), jurisdiction: actor.jurisdiction, host: actor.host, version: (before?.version ?? 0) + 1,
    caps: pattern.shares.map((share) => (pattern.kind === 'care' ? staffCapOf(share, deps.rules).cap : null)),
  };
  return { timetable: { ...timetable, templates: [...others, template] }, write: { template }, template, event: { kind: 'slot-template-saved', object: template.id } };
}

const bare = ({ id: _id, ...pattern }: SlotException): string => JSON.stringify(Object.entries(pattern).toSorted(([one], [other]) => (one < other ? -1 : 1)));

function withException(deps: TemplateDeps, timetable: Timetable, pattern: ExceptionPattern): Next | Refused {
  // The same form sent twice is one exception: taking it back once must bring the times again.
  const same = timetable.exceptions.find((one) => bare(one) === bare({ ...pattern, id: '' }));
  if (same) return { timetable, write: {}, event: { kind: 'slot-exception-added', object: same.id } };
  if (timetable.exceptions.length >= mostExceptions) return { ok: false, reason: 'too-many' };
  const faults = checkException(pattern, timetable.templates, dayOf(deps.now()));
  if (faults.length > 0) return { ok: false, reason: 'invalid', faults };
  const exception: SlotException = { ...pattern, id: deps.newId() };
  return { timetable: { ...timetable, exceptions: [...timetable.exceptions, exception] }, write: { addException: exception }, event: { kind: 'slot-exception-added', object: exception.id } };
}

const previewOf = async (deps: TemplateDeps, actor: TimetableActor, decide: (timetable: Timetable) => Next | Refused): Promise<TemplateOutcome<PlanReport>> => {
  const timetable = await deps.store.read(actor.jurisdiction, actor.host, deps.now());
  const next: Next | Refused = timetable === undefined ? { ok: false, reason: 'not-found' } : decide(timetable);
  return 'ok' in next ? next : { ok: true, value: reportOf(settle(deps, next.timetable), capsOf(deps, next.template)) };
};

/** 预览: what saving a template would add, take away and run into; nothing is written. */
export const previewTemplate = (deps: TemplateDeps, actor: TimetableActor, pattern: TemplatePattern, edited: Edited): Promise<TemplateOutcome<PlanReport>> =>
  previewOf(deps, actor, (timetable) => withTemplate(deps, actor, timetable, pattern, edited));

/** 预览 of an exception; nothing is written. */
export const previewException = (deps: TemplateDeps, actor: TimetableActor, pattern: ExceptionPattern): Promise<TemplateOutcome<PlanReport>> =>
  previewOf(deps, actor, (timetable) => withException(deps, timetable, pattern));

/** Saves a new or edited template and brings the slots to it; booked slots that no longer fit are answered as conflicts. */
export const saveTemplate = (deps: TemplateDeps, actor: TimetableActor, pattern: TemplatePattern, edited: Edited, options: ChangeOptions) =>
  run(deps, actor, options, (timetable) => withTemplate(deps, actor, timetable, pattern, edited));

/** Ends a template after `lastDay`; one that has not begun by then never begins. */
export const endTemplate = (deps: TemplateDeps, actor: TimetableActor, { id, version, lastDay }: { readonly id: string; readonly version: number; readonly lastDay: IsoDate }, options: ChangeOptions) =>
  run(deps, actor, options, (timetable) => {
    const before = timetable.templates.find((template) => template.id === id);
    if (!before) return { ok: false, reason: 'not-found' };
    if (before.version !== version) return { ok: false, reason: 'changed-meanwhile' };
    const yesterday = addDays(dayOf(deps.now()), -1);
    if (lastDay < yesterday) return { ok: false, reason: 'invalid', faults: [{ field: 'lastDay', code: 'past' }] };
    const neverBegun = lastDay < before.validFrom;
    const template: SlotTemplate = { ...before, version: version + 1, validFrom: neverBegun ? yesterday : before.validFrom, validUntil: neverBegun ? yesterday : lastDay };
    return { timetable: { ...timetable, templates: timetable.templates.map((one) => (one.id === id ? template : one)) }, write: { template }, template, event: { kind: 'slot-template-ended', object: id } };
  });

/** Adds a closure, other times of a day or 寒暑假 dates, and brings the slots to it. */
export const addException = (deps: TemplateDeps, actor: TimetableActor, pattern: ExceptionPattern, options: ChangeOptions) =>
  run(deps, actor, options, (timetable) => withException(deps, timetable, pattern));

/** Takes an exception back; slots that had been taken away for it come again. */
export const removeException = (deps: TemplateDeps, actor: TimetableActor, id: string) =>
  run(deps, actor, { stopBooked: false }, (timetable) => (timetable.exceptions.some((one) => one.id === id)
    ? { timetable: { ...timetable, exceptions: timetable.exceptions.filter((one) => one.id !== id) }, write: { removeException: id }, event: { kind: 'slot-exception-removed', object: id } }
    : { ok: false, reason: 'not-found' }));

/** What the desk decides about a booked slot that no longer fits; null takes a decision back. */
export const decideSlot = (deps: TemplateDeps, actor: TimetableActor, slot: string, choice: SlotDecision | null) =>
  run(deps, actor, { stopBooked: false }, (timetable) => {
    if (!timetable.standing.some(({ id }) => id === slot)) return { ok: false, reason: 'not-found' };
    const decisions = new Map([...timetable.decisions].filter(([id]) => id !== slot));
    return { timetable: { ...timetable, decisions: choice === null ? decisions : decisions.set(slot, choice) }, write: { decision: { slot, choice } }, event: { kind: choice === null ? 'slot-decision-withdrawn' : `slot-${choice}`, object: slot } };
  });

/** 传染病停班: takes the bands out of the plan for some days, then closes what is booked and cancels it; safe to try again when it was cut short. */
export async function closeBand(deps: TemplateDeps, actor: TimetableActor, closed: Omit<Extract<ExceptionPattern, { readonly kind: 'closedBand' }>, 'kind'>): Promise<TemplateOutcome<PlanReport & { readonly id: string; readonly cancelled: number }>> {
  const added = await addException(deps, actor, { kind: 'closedBand', ...closed }, { stopBooked: false });
  if (!added.ok) return added;
  const cancelled = await deps.effects.cancelBand(actor, closed);
  const after = await planHost(deps, actor);
  return { ok: true, value: { ...added.value, conflicts: after.conflicts, removed: added.value.removed + after.removed, cancelled } };
}

/** How a host's slots stand to its templates now: open conflicts, years without a calendar, what the next plan would change. Nothing is written. */
export const reportHost = async (deps: TemplateDeps, actor: Pick<TimetableActor, 'jurisdiction' | 'host'>): Promise<PlanReport | undefined> => {
  const timetable = await deps.store.read(actor.jurisdiction, actor.host, deps.now());
  return timetable && reportOf(settle(deps, timetable));
};

/** Brings a host's slots to its templates; writes nothing where nothing has changed. Run hourly, and by as many processes as like. */
export async function planHost(deps: TemplateDeps, actor: TimetableActor): Promise<PlanReport> {
  const timetable = await deps.store.read(actor.jurisdiction, actor.host, deps.now());
  const settled: Settled = timetable ? settle(deps, timetable) : { slots: reconcile([], [], new Map()), calendarMissing: [] };
  if (isNothing(settled.slots)) return reportOf(settled);
  const outcome = await run(deps, actor, { stopBooked: false }, (present) => ({ timetable: present, write: {}, event: { kind: 'slots-planned', object: actor.host.id } }));
  return outcome.ok ? outcome.value : reportOf(settled);
}
