import { join } from 'node:path';
import { may } from '#domain/accounts/model.ts';
import type { CaseDeps } from '#domain/complaints/deps.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import type { Accounts } from '#server/accounts.ts';
import { purgeCases } from '#server/caseRetention.ts';
import { caseSeals } from '#server/caseSeals.ts';
import { makeCases, type Cases } from '#server/cases.ts';
import { complaintRules } from '#server/complaintRules.ts';
import { makeComplaints, type Complaints } from '#server/complaints.ts';
import { caseKeysFile } from '#server/caseKeysFile.ts';
import type { Config } from '#server/config.ts';
import type { Keyring } from '#server/crypto.ts';
import type { Limits } from '#server/limits.ts';
import { caseBlobFolder } from '#storage/caseBlobs.ts';
import { caseKeyOwner, caseKeyStore, sweepCaseKeys } from '#storage/caseKeys.ts';
import { complaintStore } from '#storage/complaints.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { loadCaseTerms } from '#storage/files/complaintData.ts';
import { openKeysPostgres } from '#storage/postgres.ts';
import { openKeysSqlite } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';

const hourMs = 3_600_000;

type Given = {
  readonly config: Config; readonly storage: Storage; readonly jurisdictions: readonly Jurisdiction[]; readonly dataFolder: string; readonly limits: Limits; readonly keys: Keyring;
  readonly accounts: Accounts; readonly now: () => Instant; readonly realNow: () => Instant;
};

export const openCaseKeys = async (config: Pick<Config, 'database' | 'dataDir' | 'keysUrl'>) => (config.keysUrl === undefined ? openKeysSqlite(caseKeysFile(config)) : await openKeysPostgres(config.keysUrl));

/** Sealed files of cases lie here. */
export const caseBlobsOf = ({ blobDir }: Pick<Config, 'blobDir'>) => caseBlobFolder(join(blobDir, 'cases'));

/** What complaints and cases have open; swept every hour of keys whose case was never written and of cases that are to be forgotten. */
export type ComplaintSide = { readonly complaints: Complaints; readonly cases: Cases; readonly deps: CaseDeps; readonly close: () => Promise<void> };

/** Opens the keys and binds both sides of complaints to their stores, clock and limits. */
export async function openComplaints({ config, storage, jurisdictions, dataFolder, limits, keys, accounts, now, realNow }: Given, report: (fault: unknown) => void): Promise<ComplaintSide> {
  const opened = await openCaseKeys(config);
  const byCode = new Map(jurisdictions.map((place) => [place.code, place]));
  const keyStore = caseKeyStore(opened.db, opened.settle);
  const owner = await caseKeyOwner(storage);
  const deps: CaseDeps = {
    store: complaintStore(storage), keys: keyStore, blobs: caseBlobsOf(config), seals: caseSeals(keys), now, realNow, owner, rules: complaintRules(loadCalendar(dataFolder)),
    placeOf: (code) => {
      const place = byCode.get(code);
      if (!place) throw new Error(`no jurisdiction ${code}`);
      return place;
    },
    mayHandle: async (jurisdiction, id) => {
      const found = await accounts.deps.store.findById(id);
      return found !== undefined && found.account.jurisdiction === jurisdiction && may(found.account, 'complaint.handle', accounts.deps.profileOf(jurisdiction));
    },
  };
  let sweeping: Promise<unknown> = Promise.resolve();
  const retention = { storage, keys: keyStore, blobs: deps.blobs, keep: loadCaseTerms(dataFolder).keep, now };
  const sweep = (): void => { sweeping = sweepCaseKeys(storage, keyStore, owner, instant.parse(realNow() - hourMs)).then(() => purgeCases(retention)).catch(report); };
  const timer = setInterval(sweep, hourMs);
  timer.unref();
  sweep();
  return {
    complaints: makeComplaints(deps, limits, keys), cases: makeCases(deps), deps,
    close: async () => {
      clearInterval(timer);
      await sweeping;
      await opened.close();
    },
  };
}
