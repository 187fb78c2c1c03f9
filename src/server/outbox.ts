import { performance } from 'node:perf_hooks';
import { setImmediate as othersTurn, setTimeout as later } from 'node:timers/promises';
import { planReminders } from '#domain/notices/commands.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import type { LeasedRow } from '#domain/notices/model.ts';
import type { Settlement } from '#domain/notices/ports.ts';
import { deliver, type DeliverDeps } from '#server/deliver.ts';

/**
 * How the worker paces itself, milliseconds; a lease must outlast the patience of every channel. After a full batch it rests `restMs`, after
 * any other `gatherMs`, since a batch costs two commits however small it is; while the process has its hands full, `restTimes` as long as the batch took (at most three seconds): families who book in haste go first.
 */
export type OutboxPace = { readonly everyMs: number; readonly planEveryMs: number; readonly leaseMs: number; readonly batch: number; readonly wakeMs: number; readonly restMs: number; readonly gatherMs: number; readonly restTimes: number };
const usualPace: OutboxPace = { everyMs: 5_000, planEveryMs: 300_000, leaseMs: 120_000, batch: 50, wakeMs: 250, restMs: 20, gatherMs: 500, restTimes: 24 };
const longestRest = 3_000;
/** From this share of the time on the process counts as having its hands full. */
const busyShare = 0.6;

/** The worker that empties the outbox. */
export type Outbox = {
  /** Something may have been committed: look soon. Costs a request nothing. */
  readonly wake: () => void;
  /** Delivers what is due now; answers how many rows were settled. */
  readonly drain: () => Promise<number>;
  /** Finishes the rows in hand and takes no more; what is left stays in the outbox. */
  readonly stop: () => Promise<void>;
};

/** So many rows are settled in one transaction: a family who books meanwhile waits for no more than that. */
const settledAtOnce = 10;

/**
 * Delivers one batch. What went out to somebody is written down at once, so that little is sent twice after a crash; all else (call list,
 * void, later) in few transactions at the end. Rows not reached by `until` are given back: their lease may run out. Requests take turns with
 * the rows: on SQLite nothing here waits for anything, so that a batch would hold the process from beginning to end.
 */
async function settleBatch(deps: DeliverDeps, rows: readonly LeasedRow[], realNow: () => Instant, until: number, report: (fault: unknown) => void, isStopped: () => boolean): Promise<number> {
  const inward: { readonly row: LeasedRow; readonly settlement: Settlement }[] = [];
  let settled = 0;
  for (const row of rows) {
    try {
      const settlement: Settlement = isStopped() || realNow() > until ? { kind: 'later', dueAt: row.dueAt, attempt: false, fault: null } : await deliver(deps, row);
      if (settlement.kind === 'sent') settled += await deps.outbox.settle([{ row, settlement }], deps.now());
      else inward.push({ row, settlement });
    } catch (fault) {
      report(fault); // the lease runs out, and the row is tried again
    }
    await othersTurn();
  }
  for (let first = 0; first < inward.length; first += settledAtOnce) {
    settled += await deps.outbox.settle(inward.slice(first, first + settledAtOnce), deps.now());
    await othersTurn();
  }
  return settled;
}

/** Empties one batch after another until nothing is due; a fault with one row is reported and stops no other. */
async function drainAll(deps: DeliverDeps, realNow: () => Instant, pace: OutboxPace, report: (fault: unknown) => void, stop: AbortSignal): Promise<number> {
  let settled = 0;
  let mark = performance.eventLoopUtilization();
  while (!stop.aborted) {
    const isBusy = performance.eventLoopUtilization(mark).utilization > busyShare;
    const began = performance.now();
    const rows = await deps.outbox.claim(deps.now(), realNow(), pace.leaseMs, pace.batch);
    if (rows.length === 0) return settled;
    settled += await settleBatch(deps, rows, realNow, realNow() + pace.leaseMs / 2, report, () => stop.aborted);
    const rest = isBusy ? Math.min(longestRest, pace.restTimes * (performance.now() - began)) : 0;
    mark = performance.eventLoopUtilization();
    await later(Math.max(rows.length < pace.batch ? pace.gatherMs : pace.restMs, rest), undefined, { signal: stop }).catch(() => undefined); // told to stop, it rests no longer
  }
  return settled;
}

/**
 * Keeps the outbox empty: looks at start, at intervals and after commits, delivers what is due, and plans reminders. At least once:
 * a row whose settling was lost is delivered again with the same key. Several processes may do this on one database.
 */
export function keepDelivering(deps: DeliverDeps, realNow: () => Instant, report: (fault: unknown) => void, given: Partial<OutboxPace> = {}): Outbox {
  const pace = { ...usualPace, ...given };
  const stopping = new AbortController();
  let [plannedAt, soon] = [Number.NEGATIVE_INFINITY, false];
  const look = async (): Promise<number> => {
    if (stopping.signal.aborted) return 0;
    try {
      const real = realNow();
      if (Math.abs(real - plannedAt) >= pace.planEveryMs) { // a clock that jumped back plans too
        await planReminders(deps);
        plannedAt = real;
      }
      return await drainAll(deps, realNow, pace, report, stopping.signal);
    } catch (fault) {
      report(fault); // tried again at the next look
      return 0;
    }
  };
  let running: Promise<number> = Promise.resolve(0);
  const drain = (): Promise<number> => { running = running.then(look); return running; };
  let busy = false;
  const tick = (): void => {
    if (busy) return;
    busy = true;
    void drain().finally(() => { busy = false; });
  };
  const timer = setInterval(tick, pace.everyMs);
  timer.unref();
  tick();
  return {
    wake: () => {
      if (soon || stopping.signal.aborted) return;
      soon = true;
      setTimeout(() => { soon = false; tick(); }, pace.wakeMs).unref();
    },
    drain,
    stop: async () => { stopping.abort(); clearInterval(timer); await running; deps.mail?.close(); },
  };
}

/** The machine's clock as an instant. */
export const machineNow = (): Instant => instant.parse(Date.now());
