import { z } from 'zod';
import type { AuditDraft } from '#domain/audit/model.ts';
import { classBands, serviceModes } from '#domain/directory/model.ts';
import { readQueryCode, readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, instant, isoDate, writeInstant, yearMonth, type Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { careHours, demandReaches, demandRulesVersion, demandStates, noticeKind, type Candidate, type Demand, type DemandMatch, type DemandNotice, type DemandReceipt, type DemandRefusal, type DemandRequest, type OpenDemand } from '#domain/demand/model.ts';
import type { DemandDirectory, DemandSeals, DemandStore, FoundDemand } from '#domain/demand/ports.ts';
import { demandBandOf, demandMonthFaults, lapsesOnFrom, matchesOf, nextWakingInstant, orderMatches, type DemandFault } from '#domain/demand/rules.ts';

/** What demand commands need. `now` is the domain's day and time (may be fixed by `NOW`), `realNow` the machine's clock. */
export type DemandDeps = {
  readonly store: DemandStore;
  readonly seals: DemandSeals;
  readonly directory: DemandDirectory;
  readonly now: () => Instant;
  readonly realNow: () => Instant;
  /** Lets others have their turn during long work. */
  readonly rest: () => Promise<void>;
};

/** Reference and code as typed. */
export type DemandClaim = { readonly reference: string; readonly queryCode: string };

const matchView = z.object({ institution: z.uuid(), name: z.string(), bands: z.array(z.enum(classBands)).readonly(), chosen: z.boolean(), sameStreet: z.boolean() }).readonly();
/** 登记进度: what reference and code open later, with what fits at this moment. A withdrawn registration has forgotten the child. */
export const demandProgress = z.object({
  reference: z.string(), state: z.enum(demandStates), subdistrict: z.string(), birthMonth: yearMonth.nullable(), modes: z.array(z.enum(serviceModes)).readonly(), start: yearMonth,
  maxFee: z.number().int().nullable(), hours: careHours.nullable(), reach: z.enum(demandReaches), institutions: z.array(z.uuid()).readonly(), phone: z.boolean(),
  madeAt: z.string(), lapsesOn: isoDate, matches: z.array(matchView).readonly(),
}).readonly();
export type DemandProgress = z.infer<typeof demandProgress>;

const event = (deps: DemandDeps, demand: Pick<Demand, 'id' | 'jurisdiction'>, kind: string, actor: string, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.seals.newId(), jurisdiction: demand.jurisdiction, at: deps.now(), kind, actor, objectKind: 'demand', objectId: demand.id, detail });

/** 合适的空位 for one family, best first. */
async function findMatches(deps: DemandDeps, demand: OpenDemand): Promise<readonly DemandMatch[]> {
  const [candidates, today] = [await deps.directory.candidates(demand.jurisdiction), dayOf(deps.now())];
  const countyOf = (street: string): string | null => deps.directory.countyOf(demand.jurisdiction, street);
  return orderMatches(candidates.flatMap((candidate) => matchesOf(demand, candidate, today, countyOf) ?? []));
}

const idempotencyMs = 86_400_000;

export type RegisterRefusal = DemandRefusal | 'idempotency-key-reused';
export type RegisterOutcome = Outcome<{ readonly receipt: DemandReceipt; readonly replayed: boolean }, RegisterRefusal> | { readonly ok: false; readonly reason: 'fields'; readonly faults: readonly DemandFault[] };

/** 登记入托需求: writes registration, audit event and sealed answer in one transaction; the same key and body answer alike. */
export async function registerDemand(deps: DemandDeps, jurisdiction: JurisdictionCode, idempotencyKey: string, request: DemandRequest): Promise<RegisterOutcome> {
  const { store, seals, directory } = deps;
  const keyHash = seals.hashKey(idempotencyKey);
  const requestHash = seals.hashRequest({ call: 'demand', ...request });
  const replay = (answer: { readonly requestHash: string; readonly sealedAnswer: string }): RegisterOutcome =>
    answer.requestHash === requestHash ? done({ receipt: seals.openAnswer(idempotencyKey, answer.sealedAnswer), replayed: true }) : refused('idempotency-key-reused');
  const earlier = await store.findAnswer(jurisdiction, keyHash, deps.realNow());
  if (earlier) return replay(earlier);

  const now = deps.now();
  const street = directory.streetOf(jurisdiction, request.subdistrict);
  const institutions = request.institutions ?? [];
  const known = new Set(institutions.length === 0 ? [] : (await directory.candidates(jurisdiction)).map(({ id }) => id));
  const faults: readonly DemandFault[] = [
    ...(street === undefined ? [{ field: 'subdistrict', code: 'unknown-value' } as const] : []), ...demandMonthFaults(request, dayOf(now)),
    ...(institutions.every((id) => known.has(id)) ? [] : [{ field: 'institutions', code: 'unknown-value' } as const]),
  ];
  if (street === undefined || faults.length > 0) return { ok: false, reason: 'fields', faults };
  if (request.consent.rulesVersion !== demandRulesVersion) return refused('rules-changed');

  const lapsesOn = lapsesOnFrom(dayOf(now));
  const secret = { birthMonth: request.birthMonth, phone: request.phone ?? null, hours: request.hours ?? null, actingAs: request.consent.actingAs };
  const fresh: Omit<Demand, 'id' | 'reference' | 'shown'> = {
    jurisdiction, subdistrict: street, modes: request.modes, start: request.start, maxFee: request.maxFee ?? null, reach: request.reach ?? 'nearby',
    institutions, state: 'looking', version: 1, round: 1, madeAt: now, lapsesOn,
  };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const [id, reference, queryCode] = [seals.newId(), seals.newReference(), seals.newQueryCode()];
    const unseen: OpenDemand = { ...fresh, id, reference, shown: [], birthMonth: secret.birthMonth, hours: secret.hours };
    // What is free already is shown with the receipt; a notice is for what comes after.
    const shown = (await findMatches(deps, unseen)).map(({ institution }) => institution);
    const receipt: DemandReceipt = { reference, queryCode, lapsesOn };
    const result = await store.register({
      demand: { ...fresh, id, reference, shown }, band: demandBandOf(request.birthMonth, request.start), queryCodeHash: seals.hashQueryCode(reference, queryCode),
      sealed: seals.seal(id, secret), phoneKey: secret.phone === null ? null : seals.phoneKey(secret.phone), rulesVersion: request.consent.rulesVersion,
      idempotency: { keyHash, requestHash, sealedAnswer: seals.sealAnswer(idempotencyKey, receipt), expiresAt: instant.parse(deps.realNow() + idempotencyMs), now: deps.realNow() },
      event: event(deps, { id, jurisdiction }, 'demand-registered', 'parent', { withPhone: secret.phone !== null }),
    });
    if (result.kind === 'registered') return done({ receipt, replayed: false });
    if (result.kind === 'replay') return replay(result.answer);
    if (result.kind === 'too-many-for-phone') return refused('too-many-for-phone');
  }
  throw new Error('no free demand reference in five draws');
}

const nobody = 'D-00000000';

async function openClaim(deps: DemandDeps, jurisdiction: JurisdictionCode, typed: DemandClaim): Promise<FoundDemand | undefined> {
  const reference = readReference('D', typed.reference) ?? nobody;
  const code = readQueryCode(typed.queryCode) ?? '0000000000000000';
  const found = await deps.store.findByReference(jurisdiction, reference);
  // An unknown reference costs the same hash and comparison as a known one.
  const same = deps.seals.sameHash(deps.seals.hashQueryCode(reference, code), found?.queryCodeHash ?? deps.seals.hashQueryCode(nobody, 'none'));
  return found && same ? found : undefined;
}

const stateOn = (demand: Demand, now: Instant): Demand['state'] =>
  ((demand.state === 'looking' || demand.state === 'told') && demand.lapsesOn < dayOf(now) ? 'lapsed' : demand.state);

const openedOf = (deps: DemandDeps, found: FoundDemand): OpenDemand | undefined => {
  if (found.sealed === '') return undefined;
  const { birthMonth, hours } = deps.seals.open(found.demand.id, found.sealed);
  return { ...found.demand, birthMonth, hours };
};

async function progressOf(deps: DemandDeps, found: FoundDemand): Promise<DemandProgress> {
  const { demand } = found;
  const opened = openedOf(deps, found);
  const state = stateOn(demand, deps.now());
  return {
    reference: demand.reference, state, subdistrict: demand.subdistrict, birthMonth: opened?.birthMonth ?? null, modes: demand.modes, start: demand.start, maxFee: demand.maxFee,
    hours: opened?.hours ?? null, reach: demand.reach, institutions: demand.institutions, phone: found.hasPhone, madeAt: writeInstant(demand.madeAt), lapsesOn: demand.lapsesOn,
    matches: opened && (state === 'looking' || state === 'told') ? await findMatches(deps, opened) : [],
  };
}

/** 查登记: by reference and code, with what fits now; unknown, wrong and malformed answer alike. */
export async function findDemand(deps: DemandDeps, jurisdiction: JurisdictionCode, typed: DemandClaim): Promise<Outcome<DemandProgress, 'not-found'>> {
  const found = await openClaim(deps, jurisdiction, typed);
  return found ? done(await progressOf(deps, found)) : refused('not-found');
}

/** Does a move on a registration that may be changing at the same time; three tries. */
async function moving(deps: DemandDeps, jurisdiction: JurisdictionCode, typed: DemandClaim, move: (found: FoundDemand) => Promise<'saved' | 'changed-meanwhile' | 'nothing-to-do'>): Promise<Outcome<DemandProgress, 'not-found'>> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const found = await openClaim(deps, jurisdiction, typed);
    if (!found) return refused('not-found');
    if (await move(found) !== 'changed-meanwhile') return findDemand(deps, jurisdiction, typed);
  }
  throw new Error('a demand changed three times while being moved');
}

/** 撤回登记: forgets the child, the hours and the phone at once; again the same. */
export const withdrawDemand = (deps: DemandDeps, jurisdiction: JurisdictionCode, typed: DemandClaim): Promise<Outcome<DemandProgress, 'not-found'>> =>
  moving(deps, jurisdiction, typed, async ({ demand }) =>
    (demand.state === 'withdrawn' ? 'nothing-to-do' : deps.store.withdraw(demand, event(deps, demand, 'demand-withdrawn', 'parent', {}))));

/** 还在找: begins a new round of six months; what fits now is shown, and is no news later. Does nothing to one withdrawn. */
export const renewDemand = (deps: DemandDeps, jurisdiction: JurisdictionCode, typed: DemandClaim): Promise<Outcome<DemandProgress, 'not-found'>> =>
  moving(deps, jurisdiction, typed, async (found) => {
    const opened = openedOf(deps, found);
    if (!opened || found.demand.state === 'withdrawn') return 'nothing-to-do';
    const shown = (await findMatches(deps, opened)).map(({ institution }) => institution);
    return deps.store.renew(found.demand, lapsesOnFrom(dayOf(deps.now())), shown, event(deps, found.demand, 'demand-renewed', 'parent', { round: found.demand.round + 1 }));
  });

const sameSet = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((id) => other.includes(id));

const hasAnyFree = ({ freeIn, careBands }: Candidate): boolean => careBands.length > 0 || classBands.some((band) => freeIn[band]);
const restEvery = 20;

async function tellOne(deps: DemandDeps, found: FoundDemand, matchesFor: (demand: OpenDemand) => readonly DemandMatch[]): Promise<boolean> {
  const opened = openedOf(deps, found);
  if (!opened) return false;
  const matches = matchesFor(opened);
  const shown = matches.map(({ institution }) => institution);
  const news = matches.find(({ institution }) => !opened.shown.includes(institution));
  if (!news) {
    if (!sameSet(shown, opened.shown)) await deps.store.remember(found.demand, shown);
    return false;
  }
  const [id, at] = [deps.seals.newId(), deps.now()];
  const notice: DemandNotice = { demand: opened.id, round: opened.round, institution: news.institution, bands: [...news.bands], decidedAt: at };
  const saved = await deps.store.tell({
    demand: found.demand, institution: news.institution, shown, message: { id, kind: noticeKind, sealed: deps.seals.sealMessage(id, notice) }, at, dueAt: nextWakingInstant(at),
    event: event(deps, found.demand, 'demand-told', 'system', { institution: news.institution, round: opened.round }),
  });
  return saved === 'saved';
}

/**
 * 有空位就告诉: looks through the waiting registrations of a place and writes at most one notice for each. Answers how many were written;
 * a fault with one registration is thrown after the others have been looked at.
 */
export async function tellFreePlaces(deps: DemandDeps, jurisdiction: JurisdictionCode): Promise<number> {
  const today = dayOf(deps.now());
  const waiting = await deps.store.findWaiting(jurisdiction, today);
  const candidates = waiting.length === 0 ? [] : (await deps.directory.candidates(jurisdiction)).filter(hasAnyFree);
  const countyOf = (street: string): string | null => deps.directory.countyOf(jurisdiction, street);
  const matchesFor = (demand: OpenDemand): readonly DemandMatch[] => orderMatches(candidates.flatMap((candidate) => matchesOf(demand, candidate, today, countyOf) ?? []));
  const faults: unknown[] = [];
  let told = 0;
  for (const [index, found] of waiting.entries()) {
    if (index % restEvery === 0) await deps.rest();
    try {
      if (await tellOne(deps, found, matchesFor)) told += 1;
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw faults[0];
  return told;
}
