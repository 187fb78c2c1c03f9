import { findCounted, reportCount, type CountDeps } from '#domain/counts/commands.ts';
import type { CountActor, CountedInstitution, CountSaid, CountTerms, MonthlyCount } from '#domain/counts/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant, YearMonth } from '#domain/shared/dates.ts';
import type { SignedIn } from '#server/guard.ts';
import { countStore } from '#storage/counts.ts';
import { loadCountTerms } from '#storage/files/countTerms.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';

/** 月报在托人数 as portal and office use it. */
export type Counts = {
  readonly terms: CountTerms;
  /** Of whom a count is asked, those of one street where it is named. */
  readonly institutions: (jurisdiction: JurisdictionCode, subdistrict: string | null) => Promise<readonly CountedInstitution[]>;
  readonly ofMonth: (jurisdiction: JurisdictionCode, month: YearMonth) => Promise<readonly MonthlyCount[]>;
  readonly ofInstitution: (jurisdiction: JurisdictionCode, institution: string) => Promise<readonly MonthlyCount[]>;
  readonly find: (actor: CountActor, institution: string) => Promise<CountedInstitution | undefined>;
  readonly report: (actor: CountActor, institution: string, month: YearMonth, version: number, said: CountSaid) => ReturnType<typeof reportCount>;
};

/** Binds monthly counts to storage, data and clock. */
export function makeCounts(storage: Storage, dataFolder: string, now: () => Instant): Counts {
  const deps: CountDeps = { store: countStore(storage), terms: loadCountTerms(dataFolder), newId, now };
  return {
    terms: deps.terms,
    institutions: async (jurisdiction, subdistrict) => (await deps.store.institutions(jurisdiction)).filter((one) => subdistrict === null || one.subdistrict === subdistrict),
    ofMonth: (jurisdiction, month) => deps.store.ofMonth(jurisdiction, month), ofInstitution: (jurisdiction, institution) => deps.store.ofInstitution(jurisdiction, institution),
    find: (actor, institution) => findCounted(deps, actor, institution),
    report: (actor, institution, month, version, said) => reportCount(deps, actor, institution, month, version, said),
  };
}

/** Who reports, by the account: an institution for itself, a street for its own; undefined for everyone else. */
export function countActorOf({ account, place, may }: Pick<SignedIn, 'account' | 'place' | 'may'>): CountActor | undefined {
  const whose = { account: account.id, jurisdiction: place.code };
  if (may('portal')) return account.institution === null ? undefined : { ...whose, side: 'institution', institution: account.institution };
  return account.subdistrict === null ? undefined : { ...whose, side: 'street', subdistrict: account.subdistrict };
}
