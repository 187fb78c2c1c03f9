import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { createApp } from '#server/app.ts';
import { makeBackup } from '#server/backup/make.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { readConfig } from '#server/config.ts';
import { newId } from '#storage/ids.ts';

const hebei = jurisdictionCode.parse('120105');
const [words, phone] = ['孩子回家后一直哭，说金丝雀七号老师拉他的胳膊。', '13812345678'];
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'tuoyu-erase-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

/** The programme as of a day, its records in a folder of the test. */
const envOf = (name: string, now: string) => ({ DATA_DIR: join(folder, name), DEMO: '0', RATE_LIMITS: 'off', NOW: now });
const appOn = (name: string, now: string) => createApp(readConfig(envOf(name, now)));

/** Files under a folder whose bytes hold one of the words. */
const holding = (name: string, ...canaries: readonly string[]): readonly string[] =>
  readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => canaries.some((one) => readFileSync(file).includes(one)));

test('after a case was forgotten, yesterday’s backup with the newest keys says nothing of it; with yesterday’s keys it would', async () => {
  const identity = await generateX25519Identity();
  const config = { ...readConfig(envOf('live', '2026-03-02T10:00:00+08:00')), backupRecipient: await identityToRecipient(identity) };
  const app = await appOn('live', '2026-03-02T10:00:00+08:00');
  const made = await app.complaints.submit(hebei, newId(), { kind: 'complaint', subject: 'abuse', happened: words, identity: 'named', contactName: '金丝雀女士', phone }, '127.0.0.1');
  if (!made.ok) throw new Error('not received');
  const { reference, queryCode } = made.value.receipt;
  const claim = { reference, queryCode };
  expect(await app.complaints.withdraw(hebei, claim, '127.0.0.1')).toMatchObject({ ok: true });
  await app.close();
  expect(holding('live', '金丝雀', phone), 'in clear nowhere, before either').toEqual([]);

  const yesterday = join(folder, 'copies', 'yesterday.age');
  const { keys } = await makeBackup(config, yesterday, Date.now());
  const oldKeys = join(folder, 'copies', 'kept-against-the-rules.age');
  copyFileSync(keys, oldKeys);

  const said = execFileSync(process.execPath, [join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'purge.ts'), '--commit'], { env: { PATH: process.env['PATH'], ...envOf('live', '2030-01-02T10:00:00+08:00') }, encoding: 'utf8' });
  expect(said).toContain(reference);
  await makeBackup(config, join(folder, 'copies', 'today.age'), Date.now());

  for (const [name, with_, readable] of [['restored', keys, false], ['restored-with-old-keys', oldKeys, true]] as const) {
    await restoreBackup(readConfig(envOf(name, '2026-03-03T10:00:00+08:00')), { file: yesterday, identity, keys: with_ }, Date.now());
    const back = await appOn(name, '2026-03-03T10:00:00+08:00');
    const found = await back.complaints.find(hebei, claim, '127.0.0.1');
    await back.close();
    expect(found.ok, 'the number and code still find the case').toBe(true);
    expect(holding(name, '金丝雀', phone)).toEqual([]);
    const opened = execFileSync(process.execPath, ['-e', `
      const { DatabaseSync } = require('node:sqlite');
      const keys = new DatabaseSync(process.argv[1], { readOnly: true });
      console.log(keys.prepare('SELECT count(*) AS total FROM case_key').get().total);`, join(folder, name, 'keys.sqlite')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(Number(opened), 'keys of the case').toBe(readable ? 2 : 0);
  }
}, 60_000);
