import { createHash, randomBytes } from 'node:crypto';
import { bookingContact } from '#domain/booking/model.ts';
import { bookingReceipt } from '#domain/booking/views.ts';
import type { BookingSeals } from '#domain/booking/ports.ts';
import { makeEnrolmentCode, makeQueryCode, makeReference } from '#domain/shared/codes.ts';
import { sameHash, type Keyring } from '#server/crypto.ts';
import { newId } from '#storage/ids.ts';

// The same request whatever the order of its fields.
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1))) : part);

/** Chance and keys for bookings: phones sealed, codes and children kept as HMAC under keys outside the database. */
export const bookingSeals = (keys: Keyring): BookingSeals => ({
  newId,
  newReference: () => makeReference('Y', randomBytes(8)),
  newQueryCode: () => makeQueryCode(randomBytes(8)),
  newEnrolmentCode: (key) => makeEnrolmentCode(key === undefined ? randomBytes(8) : Buffer.from(keys.mac('enrolment-code-drawn', key), 'base64url').subarray(0, 8)),
  hashQueryCode: (reference, code) => keys.mac('booking-query-code', `${reference}|${code}`),
  hashEnrolmentCode: (institution, code) => keys.mac('enrolment-code', `${institution}|${code}`),
  sameHash,
  childKey: (phone, birthMonth, ordinal) => keys.mac('child-key', `${phone}|${birthMonth}|${ordinal}`),
  sealContact: (bookingId, contact) => keys.seal('booking-contact', bookingId, JSON.stringify(contact)),
  openContact: (bookingId, sealed) => bookingContact.parse(JSON.parse(keys.open('booking-contact', bookingId, sealed))),
  sealMessage: (messageId, message) => keys.seal('outbox', messageId, JSON.stringify(message)),
  hashKey: (idempotencyKey) => keys.mac('idempotency-key', idempotencyKey),
  // The request holds a phone number, so its fingerprint is keyed too.
  hashRequest: (request) => keys.mac('idempotency-request', createHash('sha256').update(canonical(request)).digest('base64url')),
  sealAnswer: (idempotencyKey, answer) => keys.sealUnder(idempotencyKey, 'idempotent-answer', JSON.stringify(answer)),
  openAnswer: (idempotencyKey, sealed) => bookingReceipt.parse(JSON.parse(keys.openUnder(idempotencyKey, 'idempotent-answer', sealed))),
});
