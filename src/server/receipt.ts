import { bookingReceipt, type BookingReceipt } from '#domain/booking/views.ts';
import { isSealError, type Keyring } from '#server/crypto.ts';

const minutes = 10;
const cookieName = '__Host-receipt';

/** The sealed ten-minute cookie that carries a receipt to the page that shows it. */
export const receiptCookie = (keys: Keyring, slug: string, receipt: BookingReceipt, realNow: number): string =>
  `${cookieName}=${keys.seal('receipt', slug, JSON.stringify({ receipt, until: realNow + minutes * 60_000 }))}; Path=/; Max-Age=${String(minutes * 60)}; Secure; HttpOnly; SameSite=Lax`;

/** The receipt a request carries for this place; undefined when there is none, or its ten minutes are over. */
export function readReceipt(keys: Keyring, slug: string, cookieHeader: string | null, realNow: number): BookingReceipt | undefined {
  const sealed = (cookieHeader ?? '').split(';').map((part) => part.trim()).find((part) => part.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
  if (!sealed) return undefined;
  try {
    const kept: unknown = JSON.parse(keys.open('receipt', slug, sealed));
    if (typeof kept !== 'object' || kept === null || !('until' in kept) || !('receipt' in kept) || typeof kept.until !== 'number' || kept.until < realNow) return undefined;
    return bookingReceipt.parse(kept.receipt);
  } catch (fault) {
    if (isSealError(fault)) return undefined; // another place's receipt, an old key, or somebody's invention
    throw fault;
  }
}
