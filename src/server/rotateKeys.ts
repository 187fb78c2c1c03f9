import { randomBytes } from 'node:crypto';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';
import { isSealError, keyringOf, loadMasterKeys, writeMasterKeys, type Keyring } from '#server/crypto.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import { resealKeys, resealRecords, type SealedColumn } from '#storage/reseal.ts';
import type { Storage } from '#storage/schema.ts';

/** What is sealed under each column's purpose and row; whatever else is sealed lies under a case's own key, or lives for minutes. */
export const sealedUnder: Readonly<Record<SealedColumn, string>> = {
  'booking.sealed_contact': 'booking-contact', 'demand.sealed': 'demand', 'outbox.sealed': 'outbox', 'call_row.sealed': 'outbox', 'account.sealed_totp': 'totp',
  'correction_report.sealed_words': 'report-words', 'correction_report.sealed_phone': 'report-phone', 'health_point_report.sealed_words': 'report-words', 'health_point_report.sealed_phone': 'report-phone',
};

/** How many texts of each column were sealed anew, and how many are sealed under the key in use. */
export type Rotated = { readonly sealedAnew: ReadonlyMap<string, number>; readonly proved: number; readonly keptAs: string | null };
/** Where a text does not open: the column and the row. */
export class UnopenedError extends Error { override name = 'UnopenedError'; }

type Given = { readonly storage: Storage; readonly caseKeys: Parameters<typeof resealKeys>[0]; readonly keyFile: string; readonly now: () => Instant };

const opened = (ring: Keyring, purpose: string, context: string, sealed: string, where: string): string => {
  try {
    return ring.open(purpose, context, sealed);
  } catch (fault) {
    if (isSealError(fault)) throw new UnopenedError(`${where} does not open under any key of the file`);
    throw fault;
  }
};

/** Seals everything under the key in use that is not, in small transactions, and answers how much; may be done again at any time. */
async function sealAnew({ storage, caseKeys }: Given, all: Keyring, current: Keyring): Promise<{ readonly anew: ReadonlyMap<string, number>; readonly seen: number }> {
  const anew = new Map<string, number>();
  let seen = 0;
  const again = (where: string, purpose: string) => (context: string, sealed: string): string | undefined => {
    seen += 1;
    try {
      current.open(purpose, context, sealed);
      return undefined;
    } catch {
      anew.set(where, (anew.get(where) ?? 0) + 1);
      return current.seal(purpose, context, opened(all, purpose, context, sealed, `${where} of ${context}`));
    }
  };
  await resealRecords(storage, (column) => again(column, sealedUnder[column]));
  await resealKeys(caseKeys, again('case_key.wrapped', 'case-key'));
  return { anew, seen };
}

/**
 * 更换主密钥: a new key for all that is sealed from now on, everything sealed before sealed anew, and a proof that all of it opens under the new key alone. The
 * old key stays in the file as `earlier`, for backups made before; a copy of the file as it was is put beside it. Interrupted anywhere, the file opens everything, and
 * the same command goes on: it makes no further key while an earlier one stands. Hashes (query codes, children, phones) keep the key they were made with.
 */
export async function rotateKeys(given: Given): Promise<Rotated> {
  const { storage, keyFile, now } = given;
  const found = loadMasterKeys(keyFile);
  const keptAs = found.earlier.length > 0 ? null : `${keyFile}.before-${new Date(now()).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  if (keptAs !== null) writeMasterKeys(keyFile, { current: randomBytes(32), earlier: [found.current], mac: found.mac }, keptAs);
  const { current, earlier, mac } = loadMasterKeys(keyFile);
  const alone = keyringOf(current, [], mac);
  const { anew } = await sealAnew(given, keyringOf(current, earlier, mac), alone);
  const { anew: left, seen } = await sealAnew(given, alone, alone);
  if (left.size > 0) throw new Error('something was sealed under the old key meanwhile: stop the server and run the command again');
  const places = (await storage.read.selectFrom('audit_head').select('jurisdiction_code').execute()).map(({ jurisdiction_code }) => jurisdictionCode.parse(jurisdiction_code));
  await storage.write(async (tx) => {
    for (const jurisdiction of places) await appendAudit(tx, { id: newId(), jurisdiction, at: now(), kind: 'master-key-changed', actor: 'operator', objectKind: 'keys', objectId: jurisdiction, detail: { sealedAnew: [...anew.values()].reduce((sum, count) => sum + count, 0) } });
  });
  return { sealedAnew: anew, proved: seen, keptAs };
}

/** Takes the earlier keys out of the file, once it is proved again that nothing needs them; answers how many. Throws `UnopenedError` where something does. */
export async function dropEarlierKeys(given: Given): Promise<number> {
  const { current, earlier, mac } = loadMasterKeys(given.keyFile);
  const alone = keyringOf(current, [], mac);
  await sealAnew(given, alone, alone);
  writeMasterKeys(given.keyFile, { current, earlier: [], mac });
  return earlier.length;
}
