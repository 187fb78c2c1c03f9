import { z } from 'zod';
import { findDemand, registerDemand, renewDemand, tellFreePlaces, withdrawDemand, type DemandClaim, type DemandDeps, type DemandProgress, type RegisterOutcome } from '#domain/demand/commands.ts';
import type { ClosedNotice, DemandNotice, DemandRequest } from '#domain/demand/model.ts';
import type { DemandDirectory, DemandSeals } from '#domain/demand/ports.ts';
import { hideSmall, type DemandTotal } from '#domain/demand/totals.ts';
import { classBands, type ClassBand } from '#domain/directory/model.ts';
import { defaultTerms } from '#domain/booking/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { jurisdictionCode, readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { demandStore, openCareSeats, placesWaiting } from '#storage/demand.ts';
import type { Storage } from '#storage/schema.ts';
import { guardCode } from '#server/codeGuard.ts';
import type { Keyring } from '#server/crypto.ts';
import { candidatesOf } from '#server/demandCandidates.ts';
import { demandSeals } from '#server/demandSeals.ts';
import type { Directory } from '#server/directory.ts';
import type { Limits } from '#server/limits.ts';

type TooMany = { readonly ok: false; readonly reason: 'too-many'; readonly seconds: number };
type Opened = Outcome<DemandProgress, 'not-found'> | TooMany;

/** What a call or a message needs of the family it is for. */
export type NoticeContact = { readonly phone: string; readonly reference: string; readonly institution: string };

/** 入托需求登记 as pages, API and whoever sends notices use it: the domain's commands behind the limits. `from` is the client's address. */
export type Demands = {
  readonly register: (jurisdiction: JurisdictionCode, key: string, request: DemandRequest, from: string) => Promise<RegisterOutcome | TooMany>;
  readonly find: (jurisdiction: JurisdictionCode, claim: DemandClaim, from: string) => Promise<Opened>;
  readonly withdraw: (jurisdiction: JurisdictionCode, claim: DemandClaim, from: string) => Promise<Opened>;
  readonly renew: (jurisdiction: JurisdictionCode, claim: DemandClaim, from: string) => Promise<Opened>;
  /** 需求汇总 of today's registrations: street × age band × month of beginning with their sums, small counts hidden. */
  readonly totals: (jurisdiction: JurisdictionCode) => Promise<readonly DemandTotal[]>;
  /** Writes the notices that are due now; answers how many. */
  readonly tellNow: (jurisdiction: JurisdictionCode) => Promise<number>;
  /** Places where somebody waits to be told: those alone need to be watched. */
  readonly placesWaiting: () => Promise<readonly JurisdictionCode[]>;
  /** Changes whenever free places may have: revision, day, open seats for care. */
  readonly signOf: (jurisdiction: JurisdictionCode) => Promise<string>;
  /** Opens the phone for a notice; undefined when the family has withdrawn, looks anew or the registration is over. */
  readonly contactFor: (jurisdiction: JurisdictionCode, notice: DemandNotice) => Promise<NoticeContact | undefined>;
  /** The same for what concerns a registration as long as it stands, whether or not a free place has been told. */
  readonly contactWhileStanding: (jurisdiction: JurisdictionCode, notice: ClosedNotice) => Promise<NoticeContact | undefined>;
};

type Deps = {
  readonly storage: Storage; readonly jurisdictions: readonly Jurisdiction[]; readonly directory: Directory; readonly limits: Limits; readonly keys: Keyring;
  readonly now: () => Instant; readonly realNow: () => Instant;
};

const hourMs = 3_600_000;
const slotBands = z.array(z.enum(classBands));

function directoryFor({ storage, jurisdictions, directory, now }: Deps): DemandDirectory & { readonly careSeats: (jurisdiction: JurisdictionCode) => Promise<ReadonlyMap<string, readonly ClassBand[]>> } {
  const byCode = new Map(jurisdictions.map((place) => [place.code, place]));
  const streets = (jurisdiction: JurisdictionCode) => byCode.get(jurisdiction)?.subdistricts ?? [];
  const careSeats = async (jurisdiction: JurisdictionCode): Promise<ReadonlyMap<string, readonly ClassBand[]>> => {
    const [from, to] = [now() + defaultTerms.closesHoursBefore * hourMs, now() + defaultTerms.opensDaysAhead * 24 * hourMs];
    const seats = new Map<string, readonly ClassBand[]>();
    for (const { institution_id, bands } of await openCareSeats(storage.read, jurisdiction, from, to).execute()) {
      const named = slotBands.parse(JSON.parse(bands));
      seats.set(institution_id, [...new Set([...seats.get(institution_id) ?? [], ...(named.length > 0 ? named : classBands)])]);
    }
    return seats;
  };
  return {
    streetOf: (jurisdiction, code) => streets(jurisdiction).find((street) => street.code === code || street.otherCodes.some((other) => other === code))?.code,
    countyOf: (jurisdiction, subdistrict) => ((byCode.get(jurisdiction)?.counties.length ?? 0) === 0 ? null : streets(jurisdiction).find(({ code }) => code === subdistrict)?.county ?? null),
    candidates: async (jurisdiction) => {
      const [all, seats] = [candidatesOf(await directory.snapshot(jurisdiction)), await careSeats(jurisdiction)];
      return seats.size === 0 ? all : all.map((candidate) => ({ ...candidate, careBands: seats.get(candidate.id) ?? [] }));
    },
    careSeats,
  };
}

const guarded = (limits: Limits, keys: Keyring, claim: DemandClaim, from: string, open: () => Promise<Outcome<DemandProgress, 'not-found'>>): Promise<Opened> => guardCode(limits, keys, readReference('D', claim.reference) ?? claim.reference, from, open);

const contactOf = async (deps: DemandDeps, seals: DemandSeals, jurisdiction: JurisdictionCode, notice: DemandNotice): Promise<NoticeContact | undefined> => {
  const found = await deps.store.findById(jurisdiction, notice.demand);
  if (found?.demand.state !== 'told' || found.demand.round !== notice.round || found.demand.lapsesOn < dayOf(deps.now())) return undefined;
  const { phone } = seals.open(notice.demand, found.sealed);
  return phone === null ? undefined : { phone, reference: found.demand.reference, institution: notice.institution };
};

// 登记还在: looking or told, and not over.
const contactStanding = async (deps: DemandDeps, seals: DemandSeals, jurisdiction: JurisdictionCode, notice: ClosedNotice): Promise<NoticeContact | undefined> => {
  const found = await deps.store.findById(jurisdiction, notice.demand);
  if (!found || (found.demand.state !== 'looking' && found.demand.state !== 'told') || found.demand.lapsesOn < dayOf(deps.now())) return undefined;
  const { phone } = seals.open(notice.demand, found.sealed);
  return phone === null ? undefined : { phone, reference: found.demand.reference, institution: notice.institution };
};

/** Binds the demand commands to their store, directory, keys, clock and limits. */
export function makeDemands(given: Deps): Demands {
  const { storage, limits, keys, now, realNow } = given;
  const directory = directoryFor(given);
  const seals = demandSeals(keys);
  const deps: DemandDeps = { store: demandStore(storage), seals, directory, now, realNow, rest: () => new Promise((resolve) => { setImmediate(resolve); }) };
  return {
    register: async (jurisdiction, key, request, from) => {
      const waits = [await limits.take('demand', from), request.phone === undefined ? 0 : await limits.take('demandPhone', seals.phoneKey(request.phone))];
      const seconds = Math.max(...waits);
      return seconds > 0 ? { ok: false, reason: 'too-many', seconds } : registerDemand(deps, jurisdiction, key, request);
    },
    find: (jurisdiction, claim, from) => guarded(limits, keys, claim, from, () => findDemand(deps, jurisdiction, claim)),
    withdraw: (jurisdiction, claim, from) => guarded(limits, keys, claim, from, () => withdrawDemand(deps, jurisdiction, claim)),
    renew: (jurisdiction, claim, from) => guarded(limits, keys, claim, from, () => renewDemand(deps, jurisdiction, claim)),
    totals: async (jurisdiction) => hideSmall(await deps.store.countDemand(jurisdiction, dayOf(now()))),
    tellNow: (jurisdiction) => tellFreePlaces(deps, jurisdiction),
    placesWaiting: async () => (await placesWaiting(storage.read).execute()).map((row) => jurisdictionCode.parse(row.jurisdiction_code)),
    signOf: async (jurisdiction) => JSON.stringify([await storage.revision(jurisdiction), dayOf(now()), [...await directory.careSeats(jurisdiction)]]),
    contactFor: (jurisdiction, notice) => contactOf(deps, seals, jurisdiction, notice),
    contactWhileStanding: (jurisdiction, notice) => contactStanding(deps, seals, jurisdiction, notice),
  };
}
