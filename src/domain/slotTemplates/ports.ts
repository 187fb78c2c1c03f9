import type { AuditDraft } from '#domain/audit/model.ts';
import type { HostRef } from '#domain/booking/model.ts';
import type { ClassBand } from '#domain/directory/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant, IsoDate } from '#domain/shared/dates.ts';
import type { CalledOff, ClosureReason, SlotChanges, SlotDecision, SlotException, SlotTemplate, Timetable } from '#domain/slotTemplates/model.ts';

/** Who changes the timetable of which host; `account` is an account id or 'system'. */
export type TimetableActor = { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly host: HostRef };

/** What one command writes, with everything that stands or falls with it. */
export type TimetableChange = {
  readonly template?: SlotTemplate;
  readonly addException?: SlotException;
  readonly removeException?: string;
  readonly decision?: { readonly slot: string; readonly choice: SlotDecision | null };
  readonly slots: SlotChanges;
  /** Booked slots that take no more bookings from now on, because the actor said so. */
  readonly stop: readonly string[];
  readonly event: AuditDraft;
};

/** What templates need of storage. */
export interface SlotTemplateStore {
  /** All that decides a host's slots after an instant; undefined where the jurisdiction has no such host. */
  read(jurisdiction: JurisdictionCode, host: HostRef, after: Instant): Promise<Timetable | undefined>;
  /** Reads the timetable, decides, and writes what was decided, in one transaction that no other change of the same host can enter; nothing is written where `change` is null. */
  change<Answer>(actor: TimetableActor, after: Instant, decide: (timetable: Timetable | undefined) => { readonly change: TimetableChange | null; readonly answer: Answer }): Promise<Answer>;
  /** Hosts of a jurisdiction that have templates. */
  hosts(jurisdiction: JurisdictionCode): Promise<readonly HostRef[]>;
  /** SEQUENCE of the open classes of a jurisdiction that begin in `[from, to)`, by slot; one that is not named has never changed. */
  sequences(jurisdiction: JurisdictionCode, from: Instant, to: Instant): Promise<ReadonlyMap<string, number>>;
  /** Classes of a jurisdiction that would have begun in `[from, to)`, are closed and have nobody in them. */
  calledOff(jurisdiction: JurisdictionCode, from: Instant, to: Instant): Promise<readonly CalledOff[]>;
}

/** What booking does for the timetable. */
export interface BookingEffects {
  /** Seats were added to these slots: whoever waits is asked. */
  seatsRaised(jurisdiction: JurisdictionCode, slots: readonly string[]): Promise<void>;
  /** 停班: cancels the host's care bookings of these bands on these days, by the institution and without penalty, each with its message; answers how many. */
  cancelBand(actor: TimetableActor, closed: { readonly bands: readonly ClassBand[]; readonly from: IsoDate; readonly until: IsoDate; readonly reason: ClosureReason }): Promise<number>;
}
