import { z } from 'zod';
import { complaintKinds, identities } from '#domain/complaints/model.ts';
import { complaintReceipt } from '#domain/complaints/views.ts';
import { subjects } from '#domain/jurisdiction/model.ts';
import { isSealError, type Keyring } from '#server/crypto.ts';

const minutes = 10;
const cookieName = '__Host-receipt';
const context = (slug: string): string => `complaint|${slug}`;

const keptReceipt = z.object({ receipt: complaintReceipt, kind: z.enum(complaintKinds), subject: z.enum(subjects), identity: z.enum(identities), until: z.number() });
/** A receipt and what it is about, without content. */
export type KeptComplaint = Omit<z.infer<typeof keptReceipt>, 'until'>;

/** The sealed ten-minute cookie that carries a complaint's receipt to the page that shows it; the same cookie as a booking's, under its own context. */
export const complaintReceiptCookie = (keys: Keyring, slug: string, kept: KeptComplaint, realNow: number): string =>
  `${cookieName}=${keys.seal('receipt', context(slug), JSON.stringify({ ...kept, until: realNow + minutes * 60_000 }))}; Path=/; Max-Age=${String(minutes * 60)}; Secure; HttpOnly; SameSite=Lax`;

/** The receipt a request carries for this place; undefined when there is none, it is another's, or its ten minutes are over. */
export function readComplaintReceipt(keys: Keyring, slug: string, cookieHeader: string | null, realNow: number): KeptComplaint | undefined {
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
