import { nextWaking } from '#domain/notices/rules.ts';
import type { PlannedNotice } from '#domain/notices/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, dayOf, isoDate, monthOf, type Instant } from '#domain/shared/dates.ts';
import { staleFreePlaces } from '#storage/freePlaces.ts';
import { newId } from '#storage/ids.ts';
import { outboxStore } from '#storage/notices.ts';
import type { Storage } from '#storage/schema.ts';
import type { Keyring } from '#server/crypto.ts';

/** Days after which an institution is asked to look at its numbers again: two before they fade, so that there is time. */
const nudgeAfterDays = 28;
const everyMs = 3_600_000;

type Given = { readonly storage: Storage; readonly keys: Keyring; readonly jurisdictions: readonly Pick<Jurisdiction, 'code'>[]; readonly now: () => Instant };

/** 每月提醒核对空位: writes a notice for each institution whose numbers are four weeks old, once a calendar month, however often it is asked and by how many. Answers how many were new. */
export async function planNudges({ storage, keys, jurisdictions, now }: Given): Promise<number> {
  const [at, outbox] = [now(), outboxStore(storage)];
  const today = dayOf(at);
  const month = monthOf(today);
  // Confirmed in this month: nothing to ask before the next.
  const before = [addDays(today, -nudgeAfterDays + 1), isoDate.parse(`${month}-01`)].toSorted()[0] ?? today;
  let planned = 0;
  for (const { code } of jurisdictions) {
    const notices = (await staleFreePlaces(storage.read, code, before)).map((institution): PlannedNotice => {
      const id = newId();
      return { id, jurisdiction: code, kind: 'free-places-due', sealed: keys.seal('outbox', id, JSON.stringify({ institution, month })), dedupKey: `free-places-due:${institution}:${month}`, at, dueAt: nextWaking(at) };
    });
    planned += notices.length === 0 ? 0 : await outbox.plan(notices);
  }
  return planned;
}

/** Plans them at start and every hour; a fault is reported and tried again. */
export function keepNudging(given: Given, report: (fault: unknown) => void): { readonly stop: () => Promise<void> } {
  const look = (): Promise<void> => planNudges(given).then(() => undefined, report);
  let running = look();
  const timer = setInterval(() => { running = running.then(look); }, everyMs);
  timer.unref();
  return { stop: async () => { clearInterval(timer); await running; } };
}
