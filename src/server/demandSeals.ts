import { createHash, randomBytes } from 'node:crypto';
import { demandReceipt, demandSecret } from '#domain/demand/model.ts';
import type { DemandSeals } from '#domain/demand/ports.ts';
import { makeQueryCode, makeReference } from '#domain/shared/codes.ts';
import { sameHash, type Keyring } from '#server/crypto.ts';
import { newId } from '#storage/ids.ts';

// The same request whatever the order of its fields.
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1))) : part);

/** Chance and keys for registrations: month of birth, hours and phone sealed under the registration's id, codes and phones kept as HMAC. */
export const demandSeals = (keys: Keyring): DemandSeals => ({
  newId,
  newReference: () => makeReference('D', randomBytes(8)),
  newQueryCode: () => makeQueryCode(randomBytes(8)),
  hashQueryCode: (reference, code) => keys.mac('demand-query-code', `${reference}|${code}`),
  sameHash,
  phoneKey: (phone) => keys.mac('demand-phone', phone),
  seal: (demandId, secret) => keys.seal('demand', demandId, JSON.stringify(secret)),
  open: (demandId, sealed) => demandSecret.parse(JSON.parse(keys.open('demand', demandId, sealed))),
  sealMessage: (messageId, message) => keys.seal('outbox', messageId, JSON.stringify(message)),
  hashKey: (idempotencyKey) => keys.mac('idempotency-key', idempotencyKey),
  // The request holds a phone number and a month of birth, so its fingerprint is keyed too.
  hashRequest: (request) => keys.mac('idempotency-request', createHash('sha256').update(canonical(request)).digest('base64url')),
  sealAnswer: (idempotencyKey, answer) => keys.sealUnder(idempotencyKey, 'idempotent-answer', JSON.stringify(answer)),
  openAnswer: (idempotencyKey, sealed) => demandReceipt.parse(JSON.parse(keys.openUnder(idempotencyKey, 'idempotent-answer', sealed))),
});
