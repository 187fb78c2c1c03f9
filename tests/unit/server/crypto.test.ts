import { mkdtempSync, statSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyringOf, loadMasterKeys, sameHash, SealError } from '#server/crypto.ts';
import { newId } from '#storage/ids.ts';
import { readReceipt, receiptCookie } from '#server/receipt.ts';

const keys = keyringOf(Buffer.alloc(32, 7));

test('a sealed text opens only for its purpose, its context and its key, and only untouched', () => {
  const sealed = keys.seal('booking-contact', 'one', '称呼：王奶奶');
  expect(keys.open('booking-contact', 'one', sealed)).toBe('称呼：王奶奶');
  expect(() => keys.open('booking-contact', 'two', sealed)).toThrow(SealError);
  expect(() => keys.open('outbox', 'one', sealed)).toThrow(SealError);
  expect(() => keyringOf(Buffer.alloc(32, 8)).open('booking-contact', 'one', sealed)).toThrow(SealError);
  const last = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect(() => keys.open('booking-contact', 'one', last)).toThrow(SealError);
  expect(keys.seal('booking-contact', 'one', '同一句话')).not.toBe(keys.seal('booking-contact', 'one', '同一句话'));
});

test('a text sealed under a secret opens only with that secret', () => {
  const sealed = keys.sealUnder('key-of-the-caller', 'answer', 'code');
  expect(keys.openUnder('key-of-the-caller', 'answer', sealed)).toBe('code');
  expect(() => keys.openUnder('another-key', 'answer', sealed)).toThrow(SealError);
});

test('the master key is made once, for its owner alone, and refused when others can read it', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'keys', 'master');
  const made = loadMasterKeys(file);
  expect(loadMasterKeys(file)).toEqual(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  expect(() => loadMasterKeys(file)).toThrow('set its mode to 0600');
});

test('hashes of different length are different, and ids sort by time', () => {
  expect([sameHash('abc', 'abc'), sameHash('abc', 'abd'), sameHash('abc', 'ab')]).toEqual([true, false, false]);
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a receipt is readable for ten minutes, in its own place only, and its cookie says nothing', () => {
  const receipt = {
    reference: 'Y-7K3M9P2Q', queryCode: '1234567890123456', state: 'confirmed' as const, advice: [], cancelUntil: '2026-12-01T08:00:00+08:00',
    slot: { id: newId(), kind: 'visit' as const, host: { id: newId(), name: '示例' }, startsAt: '2026-12-01T10:00:00+08:00', endsAt: '2026-12-01T11:00:00+08:00', capacity: 3, open: 2, bands: [], bookableUntil: '2026-12-01T08:00:00+08:00' },
  };
  const cookie = receiptCookie(keys, 'somewhere', receipt, 1_000);
  expect(cookie).toMatch(/^__Host-receipt=[\w.-]+; Path=\/; Max-Age=600; Secure; HttpOnly; SameSite=Lax$/);
  expect(cookie).not.toContain(receipt.queryCode);
  const sent = cookie.split(';')[0] ?? '';
  expect(readReceipt(keys, 'somewhere', `mode=elder; ${sent}`, 2_000)).toEqual(receipt);
  expect(readReceipt(keys, 'somewhere', sent, 1_000 + 600_001)).toBeUndefined();
  expect(readReceipt(keys, 'elsewhere', sent, 2_000)).toBeUndefined();
  expect(readReceipt(keys, 'somewhere', '__Host-receipt=v1.nonsense', 2_000)).toBeUndefined();
  expect(readReceipt(keys, 'somewhere', null, 2_000)).toBeUndefined();
});
