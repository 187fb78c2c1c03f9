import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepBackingUp } from '#server/backup/keep.ts';
import { makeBackup } from '#server/backup/make.ts';
import { loadMasterKeys } from '#server/crypto.ts';
import { openSqlite } from '#storage/sqlite.ts';

const minute = 60_000;
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'tuoyu-keep-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const configWith = (recipient: string | undefined) => ({
  dataDir: folder, database: { kind: 'sqlite', file: join(folder, 'tuoyu.sqlite') } as const, keyFile: join(folder, 'keys', 'master'), keysUrl: undefined, blobDir: join(folder, 'blobs'), backupRecipient: recipient, backupDir: join(folder, 'copies'),
});
const copies = () => readdirSync(join(folder, 'copies')).filter((name) => /^tuoyu-\d/.test(name));

test('a copy is made at start when the newest is old, none when it is fresh, and the office is told when it is late', async () => {
  const config = configWith(await identityToRecipient(await generateX25519Identity()));
  const storage = await openSqlite(config.database.file, Date.now());
  loadMasterKeys(config.keyFile);
  let now = Date.parse('2026-11-23T10:00:00Z');
  const faults: unknown[] = [];
  const run = () => keepBackingUp(config, (fault) => { faults.push(fault); }, { copy: async (file) => { await makeBackup(config, file, now); }, now: () => now });
  const first = run();
  await first.stop();
  expect(copies()).toEqual(['tuoyu-20261123T100000Z.age']);
  expect(first.standing()).toEqual({ kind: 'on', age: 0, late: false, failed: false });
  now += 10 * minute;
  await run().stop();
  expect(copies()).toHaveLength(1);
  now += 11 * minute;
  expect(first.standing()).toMatchObject({ late: true });
  await run().stop();
  expect(copies()).toHaveLength(2);
  now += 20 * minute;
  rmSync(config.keyFile);
  const last = run();
  await last.stop();
  expect(last.standing()).toMatchObject({ failed: true });
  expect(String(faults[0])).toContain('no master key');
  await storage.close();
});

test('without a recipient nothing is written, and the office is told so', async () => {
  writeFileSync(join(folder, 'x'), '');
  const off = keepBackingUp(configWith(undefined), () => undefined);
  expect(off.standing()).toEqual({ kind: 'off' });
  await off.stop();
  expect(readdirSync(folder)).toEqual(['x']);
});
