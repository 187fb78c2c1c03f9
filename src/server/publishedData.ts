import { join } from 'node:path';
import { countMonthOf } from '#domain/counts/rules.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addMonths, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { handInSampleDrafts } from '#server/sampleDrafts.ts';
import { topUpSampleSlots } from '#server/sampleSlots.ts';
import { noEffects, templateDeps } from '#server/slotTemplates.ts';
import { publishSampleCounts } from '#storage/countSamples.ts';
import { newId } from '#storage/ids.ts';
import { loadPlannedSites } from '#storage/files/plannedSites.ts';
import { readPinyinOverrides } from '#storage/files/pinyin.ts';
import { makePinyinFor } from '#storage/files/recordPinyin.ts';
import { readSampleListings } from '#storage/files/sampleListings.ts';
import { sampleInstitutions } from '#storage/files/samples.ts';
import { publishSampleLeads } from '#storage/leadSamples.ts';
import { publishSampleListings } from '#storage/listingSamples.ts';
import { publishSampleSupervision } from '#storage/supervisionSamples.ts';
import { loadAnnualDuties } from '#storage/files/annualDuties.ts';
import { sampleHealthPoints } from '#storage/files/sampleHealthPoints.ts';
import { publishSamplePoints } from '#storage/healthPoints.ts';
import type { PhotoFiles } from '#storage/photoFiles.ts';
import { hasSamples, publishRecords, recordOf } from '#storage/published.ts';
import type { Storage } from '#storage/schema.ts';

/** The database holds invented institutions and DEMO is off: serving them to the public is refused. */
export class SamplesError extends Error {
  override name = 'SamplesError';
}

type Loading = {
  readonly storage: Storage; readonly jurisdictions: readonly Jurisdiction[]; readonly demo: boolean; readonly dataFolder: string; readonly photoFiles: PhotoFiles;
  readonly today: () => IsoDate; readonly now: () => Instant;
};

/** Brings the shipped facts (planned sites; under DEMO invented institutions and their open times) into the database; the planner keeps open times coming. */
export async function loadPublishedData({ storage, jurisdictions, demo, dataFolder, photoFiles, today, now }: Loading): Promise<void> {
  if (!demo && await hasSamples(storage.read)) throw new SamplesError('the database holds invented institutions (示例…); start with DEMO=1, or name another database in DATABASE_URL');
  const overrides = await readPinyinOverrides(join(dataFolder, 'search', 'pinyin-overrides.csv'));
  const event = (place: Jurisdiction, kind: string) => (changed: number) =>
    ({ id: newId(), jurisdiction: place.code, at: now(), kind, actor: 'system', objectKind: 'directory', objectId: place.code, detail: { changed } });

  for (const place of jurisdictions) {
    const pinyinFor = makePinyinFor(place, overrides);
    const planned = loadPlannedSites(dataFolder, place);
    await publishRecords(storage, place.code, planned.map((site) => recordOf(site, 'planned', pinyinFor(site))), event(place, 'planned-sites-loaded'));
    if (demo) {
      const samples = sampleInstitutions(place, today());
      await publishRecords(storage, place.code, samples.map((sample) => recordOf(sample, 'sample', pinyinFor(sample))), event(place, 'samples-loaded'));
      await publishSamplePoints(storage, place.code, sampleHealthPoints(place, today()), event(place, 'sample-health-points-loaded'));
      await publishSampleListings(storage, place.code, readSampleListings(dataFolder, samples, today()), photoFiles, now(), event(place, 'sample-listings-loaded'));
      const last = countMonthOf(today());
      await publishSampleCounts(storage, place.code, samples, [addMonths(last, -1), last], now(), event(place, 'sample-counts-loaded'));
      await publishSampleLeads(storage, place, today(), now(), event(place, 'sample-leads-loaded'));
      await publishSampleSupervision(storage, samples, { jurisdiction: place.code, rules: loadAnnualDuties(dataFolder), today: today(), at: now() }, event(place, 'sample-supervision-loaded'));
    }
  }
  if (!demo) return;
  const deps = templateDeps(storage, dataFolder, now, noEffects);
  for (const place of jurisdictions) {
    const samples = sampleInstitutions(place, today());
    await topUpSampleSlots(storage, deps, place.code, samples, today());
    await handInSampleDrafts(storage, place, samples, today());
  }
}
