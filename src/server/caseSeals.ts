import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { CaseSeals } from '#domain/complaints/ports.ts';
import { complaintReceipt } from '#domain/complaints/views.ts';
import { makeQueryCode, makeReference } from '#domain/shared/codes.ts';
import { sameHash, SealError, type Keyring } from '#server/crypto.ts';
import { newId } from '#storage/ids.ts';

const mark = 1;

/** Seals bytes under a case's own key (AES-256-GCM): version, nonce, tag, body; `context` is bound to them. */
function sealBytes(key: string, context: string, bytes: Uint8Array): Uint8Array {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([Buffer.of(mark), iv, cipher.getAuthTag(), body]);
}

function openBytes(key: string, context: string, sealed: Uint8Array): Uint8Array {
  const bytes = Buffer.from(sealed);
  if (bytes.length < 29 || bytes.readUInt8(0) !== mark) throw new SealError('not a sealed text of a known version');
  try {
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), bytes.subarray(1, 13)).setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(13, 29));
    return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]);
  } catch {
    throw new SealError('a sealed text does not open with this key and context');
  }
}

// The same request whatever the order of its fields.
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1))) : part);

/** Chance and keys for complaints: each case has two keys of its own, wrapped under the master key; what is sealed under one is lost with it. */
export const caseSeals = (keys: Keyring): CaseSeals => ({
  newId,
  newReference: () => makeReference('T', randomBytes(8)),
  newQueryCode: () => makeQueryCode(randomBytes(8)),
  newKey: () => randomBytes(32).toString('base64url'),
  newBlobName: () => randomBytes(16).toString('hex'),
  hashQueryCode: (reference, code) => keys.mac('complaint-query-code', `${reference}|${code}`),
  sameHash,
  hashKey: (idempotencyKey) => keys.mac('idempotency-key', idempotencyKey),
  // The request holds what must not be guessed at, so its fingerprint is keyed too.
  hashRequest: (request) => keys.mac('idempotency-request', createHash('sha256').update(canonical(request)).digest('base64url')),
  sealAnswer: (idempotencyKey, answer) => keys.sealUnder(idempotencyKey, 'idempotent-answer', JSON.stringify(answer)),
  openAnswer: (idempotencyKey, sealed) => complaintReceipt.parse(JSON.parse(keys.openUnder(idempotencyKey, 'idempotent-answer', sealed))),
  wrap: (complaint, part, key) => keys.seal('case-key', `${complaint}|${part}`, key),
  unwrap: (complaint, part, wrapped) => keys.open('case-key', `${complaint}|${part}`, wrapped),
  seal: (key, context, text) => Buffer.from(sealBytes(key, context, Buffer.from(text))).toString('base64url'),
  open: (key, context, sealed) => Buffer.from(openBytes(key, context, Buffer.from(sealed, 'base64url'))).toString('utf8'),
  sealBytes, openBytes,
  sealNotice: (id, body) => keys.seal('outbox', id, JSON.stringify(body)),
});
