import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { takeReport, type ListingDeps } from '#domain/listing/commands.ts';
import type { CorrectionReport, HomeSiteRule, Listing, TakenReport } from '#domain/listing/model.ts';
import type { ReportSeals } from '#domain/listing/ports.ts';
import { publicListing } from '#domain/listing/rules.ts';
import type { CareRules } from '#domain/jurisdiction/model.ts';
import { makeReference, readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';
import { loadHomeSiteRule } from '#storage/files/homeSiteRule.ts';
import { loadCareRules } from '#storage/files/rules.ts';
import { newId } from '#storage/ids.ts';
import { listingStore } from '#storage/listing.ts';
import { photoFolder, type PhotoFiles } from '#storage/photoFiles.ts';
import type { Storage } from '#storage/schema.ts';
import type { Config } from '#server/config.ts';
import type { Keyring } from '#server/crypto.ts';

/** Listings as pages and API use them. */
export type Listings = {
  /** What the public may see today; empty words where nothing was published. */
  readonly find: (jurisdiction: JurisdictionCode, institution: string) => Promise<Listing>;
  /** The bytes of a photo that may be shown; undefined for one that is not there or not cleared. */
  readonly photo: (jurisdiction: JurisdictionCode, institution: string, photo: string) => Promise<Uint8Array | undefined>;
  readonly takeReport: (jurisdiction: JurisdictionCode, institution: string, report: CorrectionReport) => Promise<TakenReport>;
  readonly findReport: (jurisdiction: JurisdictionCode, institution: string, reference: string) => Promise<TakenReport | undefined>;
  /** National class sizes and ratios, and what holds for family sites. */
  readonly careRules: CareRules;
  readonly homeSiteRule: HomeSiteRule;
};

/** Where photos lie. */
export const photoFilesOf = (config: Pick<Config, 'dataDir'>): PhotoFiles => photoFolder(join(config.dataDir, 'photos'));

/** Keys and chance for reports: what was written and the phone sealed apart, each under the report's id. */
export const reportSeals = (keys: Keyring): ReportSeals => ({
  newId,
  newReference: () => makeReference('X', randomBytes(8)),
  sealWords: (reportId, words) => keys.seal('report-words', reportId, JSON.stringify(words)),
  sealPhone: (reportId, phone) => keys.seal('report-phone', reportId, phone),
  sealMessage: (messageId, message) => keys.seal('outbox', messageId, JSON.stringify(message)),
});

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Binds the listing commands to their store, files, keys and clock. */
export function makeListings(storage: Storage, config: Pick<Config, 'dataDir'>, keys: Keyring, now: () => Instant, dataFolder: string): Listings {
  const deps: ListingDeps = { store: listingStore(storage), seals: reportSeals(keys), now };
  const files = photoFilesOf(config);
  return {
    find: async (jurisdiction, institution) => publicListing(await deps.store.find(jurisdiction, institution), dayOf(now())),
    photo: async (jurisdiction, institution, id) => {
      if (!isId(id)) return undefined;
      const held = await deps.store.findPhoto(jurisdiction, institution, id);
      return held && held.cleared !== null ? files.find(held.file) : undefined;
    },
    takeReport: (jurisdiction, institution, report) => takeReport(deps, jurisdiction, institution, report),
    findReport: async (jurisdiction, institution, typed) => {
      const reference = readReference('X', typed);
      return reference === undefined ? undefined : deps.store.findReport(jurisdiction, institution, reference);
    },
    careRules: loadCareRules(dataFolder), homeSiteRule: loadHomeSiteRule(dataFolder),
  };
}
