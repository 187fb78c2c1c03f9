import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { assurances, type IdentityProvider } from '#domain/accounts/identity.ts';
import { instant } from '#domain/shared/dates.ts';
import type { Config } from '#server/config.ts';
import { sameHash } from '#server/crypto.ts';

const assertion = z.strictObject({ subject: z.string(), assurance: z.enum(assurances), at: z.int().min(1_000_000_000).max(99_999_999_999), state: z.string(), id: z.string().min(16).max(100) });

/** The signature of an assertion: HMAC-SHA-256, in hex, over its base64url text. */
export const signIdentity = (secret: string, identity: string): string => createHmac('sha256', secret).update(identity).digest('hex');

const read = (identity: string): z.infer<typeof assertion> | undefined => {
  try {
    return assertion.safeParse(JSON.parse(Buffer.from(identity, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined; // signed by who holds the secret, and still no JSON: an adapter in the making
  }
};

/**
 * 统一身份认证 over a bridge of the operator's, which speaks to the provider in its own way. The browser is sent to IDENTITY_URL with `state` and `return`, and comes back to
 * `/sign-in/?identity=…&signature=…`: base64url of JSON `{"subject","assurance","at","state","id"}` and its HMAC under the password of IDENTITY_URL. See src/deploy/ports.md.
 */
export function identityBridge({ identityUrl, identityName }: Pick<Config, 'identityUrl' | 'identityName'>): IdentityProvider | null {
  if (identityUrl === undefined) return null;
  const url = new URL(identityUrl);
  const secret = decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  return {
    name: identityName,
    begin: (state, returnTo) => {
      const to = new URL(url);
      to.searchParams.set('state', state);
      to.searchParams.set('return', returnTo);
      return to.href;
    },
    finish: (answer, state) => {
      const [identity, signature] = [answer.get('identity') ?? '', answer.get('signature') ?? ''];
      if (identity.length > 2_000 || !/^[0-9a-f]{64}$/.test(signature) || !sameHash(signature, signIdentity(secret, identity))) return Promise.resolve('refused');
      const said = read(identity);
      if (said === undefined || state === '' || said.state !== state) return Promise.resolve('refused');
      return Promise.resolve({ subject: said.subject, assurance: said.assurance, verifiedAt: instant.parse(said.at * 1_000), once: said.id });
    },
  };
}
