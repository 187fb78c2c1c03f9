import type { Institution } from '#domain/directory/model.ts';
import type { TemplateDeps } from '#domain/slotTemplates/commands.ts';
import { planHost } from '#domain/slotTemplates/commands.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { putSampleTimetables } from '#storage/samples.ts';
import type { Storage } from '#storage/schema.ts';

/** Open times of a place's invented institutions and team, made from invented templates the way all are; what stands already (and is perhaps booked) is left alone. */
export async function topUpSampleSlots(storage: Storage, deps: TemplateDeps, jurisdiction: JurisdictionCode, samples: readonly Institution[], today: IsoDate): Promise<void> {
  if (samples.length === 0) return;
  const hosts = await storage.write((tx) => putSampleTimetables(tx, samples, today));
  for (const host of hosts) await planHost(deps, { account: 'system', jurisdiction, host });
}
