import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissions, type Permission, type Role } from '#domain/accounts/model.ts';
import type { CaseDeps, CaseDesk } from '#domain/complaints/deps.ts';
import { complaintRequest, type ComplaintRequest } from '#domain/complaints/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { caseSeals } from '#server/caseSeals.ts';
import { complaintRules } from '#server/complaintRules.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { caseBlobFolder } from '#storage/caseBlobs.ts';
import { caseKeyOwner, caseKeyStore } from '#storage/caseKeys.ts';
import { complaintStore } from '#storage/complaints.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { openKeysSqlite } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';
import { testKeys } from '#tests/builders/demand.ts';

/** A complaint as a form gives it: anonymous, about safety, no institution. */
export const aComplaint = (given: object = {}): ComplaintRequest =>
  complaintRequest.parse({ kind: 'complaint', subject: 'safety', happened: '午睡时门没有关好，孩子自己走到了走廊上。', identity: 'anonymous', ...given });

const places = new Map(loadJurisdictions(findDataFolder()).map((place) => [place.code, place]));
const calendar = loadCalendar(findDataFolder());
export const hebei = jurisdictionCode.parse('120105');

/** What complaint commands need, on one storage, with a clock that a test moves. */
export async function complaintDeps(storage: Storage, at: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-cases-'));
  const keys = openKeysSqlite(join(folder, 'keys.sqlite'));
  const clock: { now: Instant } = { now: instant.parse(Date.parse(at)) };
  const deps: CaseDeps = {
    store: complaintStore(storage), keys: caseKeyStore(keys.db, keys.settle), blobs: caseBlobFolder(join(folder, 'cases')), seals: caseSeals(testKeys), now: () => clock.now,
    realNow: () => clock.now, owner: await caseKeyOwner(storage), rules: complaintRules(calendar), mayHandle: async (_jurisdiction, account) => account === 'clerk-2',
    placeOf: (code) => {
      const place = places.get(code);
      if (!place) throw new Error(`no place ${code}`);
      return place;
    },
  };
  return { deps, clock, folder, keysDb: keys.db, close: () => keys.close() };
}

/** A desk of somebody with one or more roles. */
export function aDesk(roles: readonly Role[], given: Partial<CaseDesk> = {}): CaseDesk {
  const may = (permission: Permission): boolean => { const allowed: readonly Role[] = permissions[permission]; return roles.some((role) => allowed.includes(role)); };
  return { actor: `${roles.join('-')}-1`, jurisdiction: hebei, may, profile: 'small', department: null, subdistrict: null, institution: null, ...given };
}
export const aStreet = subdistrictCode.parse('120105001');
