import type { DemandDeps } from '#domain/demand/commands.ts';
import { demandRequest, demandRulesVersion, type Candidate, type DemandRequest, type OpenDemand } from '#domain/demand/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant, isoDate, yearMonth, type Instant } from '#domain/shared/dates.ts';
import { keyringOf } from '#server/crypto.ts';
import { demandSeals } from '#server/demandSeals.ts';
import { demandStore } from '#storage/demand.ts';
import type { Storage } from '#storage/schema.ts';
import { sundayMorning } from '#tests/builders/booking.ts';

const none = { infant: false, toddler: false, older: false, mixed: false };

/** A whole valid registration as sent; a test states only what matters. */
export const aDemandRequest = (change: Partial<Record<keyof DemandRequest, unknown>> = {}): DemandRequest => demandRequest.parse({
  subdistrict: '120105001', birthMonth: '2025-03', modes: ['fullDay'], start: '2026-12', consent: { rulesVersion: demandRulesVersion, actingAs: 'guardian' }, ...change,
});

/** A family that looks for full days from December for a child born in March 2025. */
export const aDemand = (change: Partial<OpenDemand> = {}): OpenDemand => ({
  id: '0190b000-0000-7000-8000-000000000001', jurisdiction: jurisdictionCode.parse('120105'), reference: 'D-00000001', subdistrict: subdistrictCode.parse('120105001'), modes: ['fullDay'],
  start: yearMonth.parse('2026-12'), maxFee: null, reach: 'nearby', institutions: [], shown: [], state: 'looking', version: 1, round: 1, madeAt: sundayMorning, lapsesOn: isoDate.parse('2027-05-22'),
  birthMonth: yearMonth.parse('2025-03'), hours: null, ...change,
});

/** An institution of the same street with a free place for children of 12 to 24 months. */
export const aCandidate = (change: Partial<Candidate> = {}): Candidate => ({
  id: '0190a000-0000-7000-8000-000000000001', name: '示例·小森林托育园', subdistrict: '120105001', county: null, modes: ['fullDay'],
  bandsFor: (months) => (months >= 12 && months < 24 ? ['toddler'] : []), freeIn: { ...none, toddler: true }, feeIn: { infant: null, toddler: null, older: null, mixed: null }, hours: null, careBands: [], ...change,
});

/** One keyring for every command of a test: registrations of one must open to another. */
export const testKeys = keyringOf(Buffer.alloc(32, 7));

/** Commands over a real store, with a clock that stands still and institutions that can be changed. */
export const demandDeps = (storage: Storage, candidates: () => readonly Candidate[], now: () => Instant = () => sundayMorning): DemandDeps => ({
  store: demandStore(storage), seals: demandSeals(testKeys), now, realNow: () => instant.parse(Date.now()), rest: async () => undefined,
  directory: { streetOf: (_place, code) => (/^1201050\d\d$/.test(code) ? subdistrictCode.parse(code) : undefined), countyOf: () => null, candidates: async () => candidates() },
});
