import { z } from 'zod';
import { demandReceipt, type DemandReceipt, type DemandRequest } from '#domain/demand/model.ts';
import { isSealError, type Keyring } from '#server/crypto.ts';

const minutes = 10;
const cookieName = '__Host-receipt';
const context = (slug: string): string => `demand|${slug}`;

const keptReceipt = z.object({ receipt: demandReceipt, answers: z.string(), until: z.number() });

/** A receipt and a keyed fingerprint of the answers it was given for. */
export type KeptReceipt = { readonly receipt: DemandReceipt; readonly answers: string };

/** A keyed fingerprint of a form's answers: the same again, from the back button, is the same registration. */
export const answersOf = (keys: Keyring, request: DemandRequest): string => keys.mac('demand-answers', JSON.stringify(request));

/** The sealed ten-minute cookie that carries a registration's receipt to the page that shows it; the same cookie as a booking's, under its own context. */
export const demandReceiptCookie = (keys: Keyring, slug: string, { receipt, answers }: KeptReceipt, realNow: number): string =>
  `${cookieName}=${keys.seal('receipt', context(slug), JSON.stringify({ receipt, answers, until: realNow + minutes * 60_000 }))}; Path=/; Max-Age=${String(minutes * 60)}; Secure; HttpOnly; SameSite=Lax`;

/** The receipt a request carries for this place; undefined when there is none, it is a booking's, or its ten minutes are over. */
export function readDemandReceipt(keys: Keyring, slug: string, cookieHeader: string | null, realNow: number): KeptReceipt | undefined {
  const sealed = (cookieHeader ?? '').split(';').map((part) => part.trim()).find((part) => part.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
  if (!sealed) return undefined;
  try {
    const kept = keptReceipt.safeParse(JSON.parse(keys.open('receipt', context(slug), sealed)));
    return kept.success && kept.data.until >= realNow ? kept.data : undefined;
  } catch (fault) {
    if (isSealError(fault)) return undefined;
    throw fault;
  }
}
