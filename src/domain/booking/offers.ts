import { addDays, dayOf, instant, instantAt, type Instant } from '#domain/shared/dates.ts';
import { bookableUntil } from '#domain/booking/rules.ts';
import type { Slot } from '#domain/booking/model.ts';
import type { Waiting } from '#domain/booking/ports.ts';

const [wakes, sleeps] = ['08:00', '21:00'] as const;
const hourMs = 3_600_000;
const usualMs = 4 * hourMs;
/** An offer shorter than this would be no offer. */
const shortestMs = hourMs / 2;

/** Waking time (8:00–21:00, Asia/Shanghai) from one instant to another, milliseconds. */
export function wakingBetween(from: Instant, to: Instant): number {
  let total = 0;
  for (let day = dayOf(from); instantAt(day, wakes) < to; day = addDays(day, 1)) {
    total += Math.max(0, Math.min(to, instantAt(day, sleeps)) - Math.max(from, instantAt(day, wakes)));
  }
  return total;
}

/** The instant at which so much waking time has passed since `from`. */
export function afterWaking(from: Instant, milliseconds: number): Instant {
  let left = milliseconds;
  for (let day = dayOf(from); ; day = addDays(day, 1)) {
    const begins = Math.max(from, instantAt(day, wakes));
    const room = Math.max(0, instantAt(day, sleeps) - begins);
    if (left <= room) return instant.parse(begins + left);
    left -= room;
  }
}

/** Whether it is too late to offer seats of this slot: less than half a waking hour before booking closes. The queue ends then. */
export const queueIsOver = (slot: Slot, now: Instant): boolean => slot.state !== 'open' || wakingBetween(now, bookableUntil(slot)) < shortestMs;

/** 候补保留到: four waking hours; where booking closes sooner, half of what is left, and never under half an hour. Undefined when it is too late. */
export function offerEnd(slot: Slot, now: Instant): Instant | undefined {
  if (queueIsOver(slot, now)) return undefined;
  return afterWaking(now, Math.min(usualMs, Math.max(shortestMs, Math.floor(wakingBetween(now, bookableUntil(slot)) / 2))));
}

/** Who is offered the free seats: the oldest that fits, then the next. `queue` is in order of joining. */
export function chooseOffers(free: number, queue: readonly Waiting[]): readonly Waiting[] {
  const chosen: Waiting[] = [];
  let left = free;
  for (const waiting of queue) {
    if (waiting.seats > left) continue;
    chosen.push(waiting);
    left -= waiting.seats;
  }
  return chosen;
}
