import {
  addException, closeBand, decideSlot, endTemplate, planHost, previewException, previewTemplate, removeException, reportHost, saveTemplate,
  type ChangeOptions, type Edited, type PlanReport, type TemplateDeps, type TemplateOutcome,
} from '#domain/slotTemplates/commands.ts';
import type { BookingEffects, TimetableActor } from '#domain/slotTemplates/ports.ts';
import type { CalledOff, ExceptionPattern, SlotDecision, TemplatePattern, Timetable } from '#domain/slotTemplates/model.ts';
import type { HostRef } from '#domain/booking/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { addDays, instantAt, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { loadCareRules } from '#storage/files/rules.ts';
import { newId } from '#storage/ids.ts';
import { slotTemplateStore } from '#storage/slotTemplates.ts';
import type { Storage } from '#storage/schema.ts';

const hourMs = 3_600_000;
const firstMs = 10_000;
type Saved = Promise<TemplateOutcome<PlanReport & { readonly id: string }>>;

/** 排期 as the desk uses it. The page has asked who someone is and whether they may act for this host; `actor` carries both. */
export type SlotTemplates = {
  /** Templates and exceptions in force, slots that stand from now on, and decisions; undefined where the place has no such host. */
  readonly timetable: (jurisdiction: JurisdictionCode, host: HostRef) => Promise<Timetable | undefined>;
  readonly preview: (actor: TimetableActor, pattern: TemplatePattern, edited: Edited) => Promise<TemplateOutcome<PlanReport>>;
  readonly previewException: (actor: TimetableActor, pattern: ExceptionPattern) => Promise<TemplateOutcome<PlanReport>>;
  readonly save: (actor: TimetableActor, pattern: TemplatePattern, edited: Edited, options: ChangeOptions) => Saved;
  readonly end: (actor: TimetableActor, ended: { readonly id: string; readonly version: number; readonly lastDay: IsoDate }, options: ChangeOptions) => Saved;
  readonly addException: (actor: TimetableActor, pattern: ExceptionPattern, options: ChangeOptions) => Saved;
  readonly removeException: (actor: TimetableActor, id: string) => Saved;
  readonly decide: (actor: TimetableActor, slot: string, choice: SlotDecision | null) => Saved;
  /** 传染病停班: the way for the desk; booking's own `closeBand` would not hold against the next plan. */
  readonly closeBand: (actor: TimetableActor, closed: Parameters<typeof closeBand>[2]) => ReturnType<typeof closeBand>;
  /** Open conflicts and years without a published calendar, for the desk's page; nothing is written. Undefined where the place has no such host. */
  readonly report: (jurisdiction: JurisdictionCode, host: HostRef) => Promise<PlanReport | undefined>;
  /** Plans a host now. */
  readonly plan: (jurisdiction: JurisdictionCode, host: HostRef) => Promise<PlanReport>;
  /** Plans every host of a place while `goesOn`; answers how many slots came and went. */
  readonly planAll: (jurisdiction: JurisdictionCode, goesOn?: () => boolean) => Promise<{ readonly added: number; readonly removed: number }>;
  /** SEQUENCE of the classes on some days of a place; one that is not named has never changed. */
  readonly sequences: (jurisdiction: JurisdictionCode, first: IsoDate, last: IsoDate) => Promise<ReadonlyMap<string, number>>;
  /** Classes on some days of a place that were called off. */
  readonly calledOff: (jurisdiction: JurisdictionCode, first: IsoDate, last: IsoDate) => Promise<readonly CalledOff[]>;
};

/** Store, calendar, rules and clock of the template commands. */
export const templateDeps = (storage: Storage, dataFolder: string, now: () => Instant, effects: BookingEffects): TemplateDeps =>
  ({ store: slotTemplateStore(storage), effects, calendar: loadCalendar(dataFolder), rules: loadCareRules(dataFolder), now, newId });

/** Where nobody can be waiting or booked yet. */
export const noEffects: BookingEffects = { seatsRaised: () => Promise.resolve(), cancelBand: () => Promise.resolve(0) };

/** Gives the event loop to whoever waits. */
const rest = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Binds the template commands. */
export function makeSlotTemplates(deps: TemplateDeps): SlotTemplates {
  const plan = (jurisdiction: JurisdictionCode, host: HostRef) => planHost(deps, { account: 'system', jurisdiction, host });
  return {
    timetable: (jurisdiction, host) => deps.store.read(jurisdiction, host, deps.now()),
    report: (jurisdiction, host) => reportHost(deps, { jurisdiction, host }),
    preview: (actor, pattern, edited) => previewTemplate(deps, actor, pattern, edited),
    previewException: (actor, pattern) => previewException(deps, actor, pattern),
    save: (actor, pattern, edited, options) => saveTemplate(deps, actor, pattern, edited, options),
    end: (actor, ended, options) => endTemplate(deps, actor, ended, options),
    addException: (actor, pattern, options) => addException(deps, actor, pattern, options),
    removeException: (actor, id) => removeException(deps, actor, id),
    decide: (actor, slot, choice) => decideSlot(deps, actor, slot, choice),
    closeBand: (actor, closed) => closeBand(deps, actor, closed),
    sequences: (jurisdiction, first, last) => deps.store.sequences(jurisdiction, instantAt(first, '00:00'), instantAt(addDays(last, 1), '00:00')),
    calledOff: (jurisdiction, first, last) => deps.store.calledOff(jurisdiction, instantAt(first, '00:00'), instantAt(addDays(last, 1), '00:00')),
    plan,
    planAll: async (jurisdiction, goesOn = () => true) => {
      const sum = { added: 0, removed: 0 };
      for (const host of await deps.store.hosts(jurisdiction)) {
        if (!goesOn()) break;
        const { added, removed } = await plan(jurisdiction, host);
        sum.added += added;
        sum.removed += removed;
        await rest();
      }
      return sum;
    },
  };
}

/** Keeps open times coming: plans every place soon after the start and each hour; a fault is reported and tried again the next hour. */
export function keepPlanning(templates: Pick<SlotTemplates, 'planAll'>, jurisdictions: readonly Pick<Jurisdiction, 'code'>[], report: (fault: unknown) => void): { readonly stop: () => Promise<void> } {
  let stopped = false;
  const planPlaces = async (): Promise<void> => {
    for (const { code } of jurisdictions) {
      if (stopped) return;
      await templates.planAll(code, () => !stopped).catch(report);
    }
  };
  let running: Promise<void> = Promise.resolve();
  const next = (): void => { running = running.then(planPlaces); };
  // Whoever opens a page right after the start comes first.
  const [soon, hourly] = [setTimeout(next, firstMs), setInterval(next, hourMs)];
  soon.unref();
  hourly.unref();
  return { stop: async () => { stopped = true; clearTimeout(soon); clearInterval(hourly); await running; } };
}
