import { setTimeout as sleep } from 'node:timers/promises';
import type { Keyring } from '#server/crypto.ts';
import type { Limits } from '#server/limits.ts';

/** How long one more try waits, in milliseconds, once many wrong codes have come for its reference from anywhere. */
const slowMs = 1_000;

type Result = { readonly ok: boolean; readonly reason?: string };
type TooMany = { readonly ok: false; readonly reason: 'too-many'; readonly seconds: number };

/**
 * Runs what a reference and its code open. Five wrong codes for one reference, known or not, from one address, then that
 * address waits, with the right code too; from anywhere together they only slow the next try, so that nobody can keep out
 * the one who holds the code. A right code costs nothing.
 */
export async function guardCode<Given extends Result>(limits: Limits, keys: Keyring, reference: string, from: string, open: () => Promise<Given>): Promise<Given | TooMany> {
  const named = keys.mac('limit', reference);
  const seconds = Math.max(await limits.wait('wrongCode', named, from), await limits.take('find', from));
  if (seconds > 0) return { ok: false, reason: 'too-many', seconds };
  if (await limits.wait('wrongCodePace', named) > 0) await sleep(slowMs);
  const result = await open();
  if (!result.ok && result.reason === 'not-found') await Promise.all([limits.take('wrongCode', named, from), limits.take('wrongCodePace', named)]);
  return result;
}
