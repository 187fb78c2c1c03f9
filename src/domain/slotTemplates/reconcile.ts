import { slotKey } from '#domain/slotTemplates/plan.ts';
import type { ConflictReason, PlannedSlot, SlotChanges, SlotConflict, SlotDecision, SlotUpdate, StandingSlot } from '#domain/slotTemplates/model.ts';

const isBooked = ({ taken, waiting }: StandingSlot): boolean => taken > 0 || waiting > 0;
const sameDetails = (one: PlannedSlot['details'], other: PlannedSlot['details']): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Why a booked slot cannot quietly become what is planned; empty where it can. */
const reasonsAgainst = (slot: StandingSlot, planned: PlannedSlot): readonly ConflictReason[] => [
  ...(slot.endsAt === planned.endsAt ? [] : ['other-end' as const]),
  ...(planned.capacity >= slot.taken ? [] : ['too-few-seats' as const]),
  ...(sameDetails(slot.details, planned.details) ? [] : ['other-details' as const]),
];

function updateOf(slot: StandingSlot, planned: PlannedSlot): SlotUpdate | undefined {
  const visible = slot.endsAt !== planned.endsAt || slot.state === 'closed' || !sameDetails(slot.details, planned.details);
  if (!visible && slot.capacity === planned.capacity && slot.template === planned.template) return undefined;
  return { id: slot.id, template: planned.template, endsAt: planned.endsAt, capacity: planned.capacity, details: planned.details, booked: isBooked(slot), visible };
}

const liesAcross = (planned: PlannedSlot, { slot }: SlotConflict): boolean =>
  slot.kind === planned.kind && slot.startsAt < planned.endsAt && planned.startsAt < slot.endsAt && (slot.template === planned.template)
  && (slot.bands.length === 0 || planned.bands.length === 0 || slot.bands.some((band) => planned.bands.includes(band)));

/** 对账: brings the slots that stand (all of one host, from now on) to a plan. What nobody has booked follows the plan; a booked slot that no longer fits is a conflict and is not touched; doing it twice changes nothing more. */
export function reconcile(planned: readonly PlannedSlot[], standing: readonly StandingSlot[], decisions: ReadonlyMap<string, SlotDecision>): SlotChanges {
  const wanted = new Map(planned.map((slot) => [slotKey(slot), slot]));
  const update: SlotUpdate[] = [];
  const remove: StandingSlot[] = [];
  const raised: string[] = [];
  const unfit: SlotConflict[] = [];
  for (const slot of standing) {
    const plan = wanted.get(slotKey(slot));
    const booked = isBooked(slot);
    if (plan === undefined) {
      if (slot.template === null) continue; // not made by a template: not ours to take away
      if (booked) unfit.push({ slot, reasons: ['not-planned'], planned: null });
      else if (slot.state === 'open') remove.push(slot);
      continue;
    }
    wanted.delete(slotKey(slot));
    if (decisions.get(slot.id) === 'stop') continue;
    const reasons = booked ? reasonsAgainst(slot, plan) : [];
    if (reasons.length > 0) {
      unfit.push({ slot, reasons, planned: plan });
      continue;
    }
    const change = updateOf(slot, plan);
    if (change) update.push(change);
    if (plan.capacity > slot.capacity) raised.push(slot.id);
  }
  const left = [...wanted.values()];
  const heldBack = left.filter((slot) => unfit.some((conflict) => liesAcross(slot, conflict)));
  return { insert: left.filter((slot) => !heldBack.includes(slot)), update, remove, conflicts: unfit.filter(({ slot }) => !decisions.has(slot.id)), heldBack, raised };
}
