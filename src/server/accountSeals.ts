import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { normalPassword } from '#domain/accounts/password.ts';
import type { AccountSeals, Pending } from '#domain/accounts/ports.ts';
import { isSealError, type Keyring } from '#server/crypto.ts';
import type { Passwords } from '#server/passwords.ts';
import { newId } from '#storage/ids.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const characters = (count: number): string => Array.from(randomBytes(count), (byte) => crockford.charAt(byte % 32)).join('');
const grouped = (text: string, size: number): string => text.match(new RegExp(`.{1,${String(size)}}`, 'g'))?.join('-') ?? text;
/** A code as typed: case, width, blanks and dashes forgiven, O for 0, I and L for 1. */
const readCode = (typed: string): string => typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1').slice(0, 60);

const recoveryCodes = 10;
const pendingForm: z.ZodType<Pending> = z.strictObject({ account: z.string(), version: z.number(), until: z.number(), secret: z.string().nullable() });

/** RFC 6238 as every authenticator app reads it: SHA-1, six digits, thirty seconds. */
const codesOf = (secret: string, login = '', issuer = ''): TOTP => new TOTP({ secret: Secret.fromBase32(secret), label: login, issuer, algorithm: 'SHA1', digits: 6, period: 30 });

/** Keys, chance and slow hashes for accounts: tokens as SHA-256, codes as HMAC under our key, TOTP secrets sealed under the account's id. */
export const accountSeals = (keys: Keyring, passwords: Passwords): AccountSeals => ({
  newId,
  newToken: () => randomBytes(32).toString('base64url'),
  hashToken: (token) => createHash('sha256').update(token).digest('base64url'),
  newActivationCode: () => grouped(characters(24), 4),
  hashActivationCode: (typed) => keys.mac('activation-code', readCode(typed)),
  subjectKey: (subject) => keys.mac('identity-subject', subject),
  newRecoveryCodes: (account) => Array.from({ length: recoveryCodes }, () => {
    const code = characters(10);
    return { code: grouped(code, 5), hash: keys.mac('recovery-code', `${account}|${code}`) };
  }),
  hashRecoveryCode: (account, typed) => keys.mac('recovery-code', `${account}|${readCode(typed)}`),
  hashPassword: (password) => passwords.hash(normalPassword(password)),
  verifyPassword: (password, hash) => passwords.verify(normalPassword(password), hash),
  newTotpSecret: () => new Secret({ size: 20 }).base32,
  totpAddress: (secret, login, issuer) => codesOf(secret, login, issuer).toString(),
  totpStep: (secret, code, realNow) => {
    const delta = codesOf(secret).validate({ token: code, timestamp: realNow, window: 1 });
    return delta === null ? undefined : Math.floor(realNow / 30_000) + delta;
  },
  sealTotp: (account, secret) => keys.seal('totp', account, secret),
  openTotp: (account, sealed) => keys.open('totp', account, sealed),
  sealPending: (pending) => keys.seal('sign-in', 'pending', JSON.stringify(pending)),
  openPending: (sealed) => {
    try {
      return pendingForm.parse(JSON.parse(keys.open('sign-in', 'pending', sealed)));
    } catch (fault) {
      if (isSealError(fault)) return undefined;
      throw fault;
    }
  },
});
