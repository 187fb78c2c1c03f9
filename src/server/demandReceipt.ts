import { demandReceipt, type DemandReceipt } from '#domain/demand/model.ts';
import { SealError, type Keyring } from '#server/crypto.ts';

const minutes = 10;
const cookieName = '__Host-receipt';
const context = (slug: string): string => `demand|${slug}`;

/** The sealed ten-minute cookie that carries a registration's receipt to the page that shows it; the same cookie as a booking's, under its own context. */
export const demandReceiptCookie = (keys: Keyring, slug: string, receipt: DemandReceipt, realNow: number): string =>
  `${cookieName}=${keys.seal('receipt', context(slug), JSON.stringify({ receipt, until: realNow + minutes * 60_000 }))}; Path=/; Max-Age=${String(minutes * 60)}; Secure; HttpOnly; SameSite=Lax`;

/** The receipt a request carries for this place; undefined when there is none, it is a booking's, or its ten minutes are over. */
export function readDemandReceipt(keys: Keyring, slug: string, cookieHeader: string | null, realNow: number): DemandReceipt | undefined {
  const sealed = (cookieHeader ?? '').split(';').map((part) => part.trim()).find((part) => part.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
  if (!sealed) return undefined;
  try {
    const kept: unknown = JSON.parse(keys.open('receipt', context(slug), sealed));
    if (typeof kept !== 'object' || kept === null || !('until' in kept) || !('receipt' in kept) || typeof kept.until !== 'number' || kept.until < realNow) return undefined;
    return demandReceipt.parse(kept.receipt);
  } catch (fault) {
    if (fault instanceof SealError) return undefined;
    throw fault;
  }
}
