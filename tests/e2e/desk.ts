// The institution's side of a journey: the desk's commands on the same records, at an hour of the test's choosing.
import type { Desk } from '#domain/booking/staff.ts';
import type { SlotView } from '#domain/booking/views.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { createApp, type App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { databaseOf } from '#tests/e2e/pair.ts';
import { clock } from '#tests/e2e/site.ts';

/** Opens the site's records as the desk of its institutions; `now` is what its clock says. The caller closes it. */
export const openDesk = async (dataDir: string, now: string = clock): Promise<App> => createApp(readConfig({ DATA_DIR: dataDir, DATABASE_URL: await databaseOf(dataDir), RATE_LIMITS: 'off', DEMO: '1', NOW: now }));

/** The desk of the host of a slot. */
export function deskFor(app: App, slot: Pick<SlotView, 'host' | 'kind'>): Desk {
  const place = app.findJurisdiction('hebei');
  if (!place) throw new Error('No such place.');
  return { actor: 'account-of-a-test', jurisdiction: place.code, host: { kind: slot.kind === 'homeVisit' ? 'team' : 'institution', id: slot.host.id } };
}

/** The booking of that number as the desk of its host sees it. */
export async function rowOf(app: App, desk: Desk, day: IsoDate, reference: string): Promise<{ readonly booking: string; readonly version: number }> {
  const row = (await app.desk.queue(desk, day, day)).find((one) => one.reference === reference);
  if (!row) throw new Error(`No booking ${reference} on ${day}.`);
  return { booking: row.id, version: row.version };
}
