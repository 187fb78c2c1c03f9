import { createHmac, randomBytes } from 'node:crypto';

/** Keeps one key for a day, shared by every process: the one that stands, or `fresh` when there is none; keys of other days are deleted. */
export type DayKeys = (day: string, fresh: string) => Promise<string>;

/** Names an address for one day of the machine's clock by a key that is thrown away when the day is over: afterwards nobody can tell whose it was. */
export function makeAddressNames(keyOf: DayKeys, realNow: () => number): (address: string) => Promise<string> {
  let kept: { readonly day: string; readonly key: Promise<string> } | undefined;
  return async (address) => {
    const day = new Date(realNow()).toISOString().slice(0, 10);
    if (kept?.day !== day) {
      const key = keyOf(day, randomBytes(32).toString('base64url'));
      kept = { day, key };
      // A store that failed once is asked again.
      key.catch(() => { kept = undefined; });
    }
    return createHmac('sha256', await kept.key).update(address).digest('base64url').slice(0, 22);
  };
}
