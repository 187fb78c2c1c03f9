import { createHash, createHmac } from 'node:crypto';
import { sameHash } from '#server/crypto.ts';

/** Names of the headers that carry a push's time (seconds) and signature. */
export const pushHeaders = { time: 'x-push-timestamp', signature: 'x-push-signature' } as const;
const windowMs = 5 * 60_000;

/** The signature of a push: HMAC-SHA-256, in hex, over its time in seconds, its place and its body, a line each. */
export const signPush = (secret: string, time: string, place: string, body: string): string =>
  createHmac('sha256', secret).update(`${time}\n${place}\n${body}`).digest('hex');

/** SHA-256 of a text, base64url: what is kept of a body or a signature. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** What a push's headers are worth at a real instant: good until an instant, out of its five minutes, or not signed by who holds the secret. */
export function checkPush(secret: string, headers: { readonly time: string | undefined; readonly signature: string | undefined }, place: string, body: string, realNow: number):
  { readonly kind: 'good'; readonly ends: number } | { readonly kind: 'bad' | 'old' } {
  const { time = '', signature = '' } = headers;
  if (!/^\d{10}$/.test(time) || !/^sha256=[0-9a-f]{64}$/.test(signature)) return { kind: 'bad' };
  // The signature first: who cannot sign learns nothing about the clock.
  if (!sameHash(signature, `sha256=${signPush(secret, time, place, body)}`)) return { kind: 'bad' };
  const at = Number(time) * 1_000;
  return Math.abs(realNow - at) > windowMs ? { kind: 'old' } : { kind: 'good', ends: at + windowMs + 1_000 };
}
