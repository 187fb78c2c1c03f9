import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { caseKeysFile } from '#server/caseKeysFile.ts';
import type { Config } from '#server/config.ts';
import { sealFolder } from '#server/backup/archive.ts';
import { backupFormat, hashFiles, inside, type Manifest } from '#server/backup/manifest.ts';
import { runProgram } from '#server/backup/program.ts';
import { factsOf, type RecordFacts } from '#storage/backupFacts.ts';
import { snapshotPostgres } from '#storage/postgres.ts';
import { copySqlite, openSqliteCopy } from '#storage/sqlite.ts';

/** Nothing was written; the message says why and what to do. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
}

/** A copy made, checked and sealed. */
export type MadeBackup = { readonly file: string; readonly keys: string; readonly sha256: string; readonly manifest: Manifest };

export type BackupConfig = Pick<Config, 'dataDir' | 'database' | 'keyFile' | 'keysUrl' | 'blobDir' | 'backupRecipient'>;

/** 钥匙副本: one beside the backups, always the newest, so that a key destroyed today is in no older file. */
export const keysBeside = (file: string): string => join(dirname(file), 'tuoyu-keys.age');

/** Links every file of a folder (copies where the disk differs); a file that is gone meanwhile is not missed: the records no longer speak of it. */
function takeFiles(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.part')) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, source.slice(from.length + 1));
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    try {
      linkSync(source, target);
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault) || fault.code === 'ENOENT') continue;
      copyFileSync(source, target);
    }
  }
}

async function copyRecords({ database }: BackupConfig, folder: string): Promise<RecordFacts> {
  if (database.kind === 'postgres') {
    return await snapshotPostgres(database.url, (snapshot) =>
      runProgram('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${snapshot}`, `--file=${join(folder, inside.postgres)}`, `--dbname=${database.url}`]));
  }
  const file = join(folder, inside.sqlite);
  await copySqlite(database.file, file);
  const copy = openSqliteCopy(file);
  try {
    const { facts, broken } = await factsOf(copy.read, copy.tables());
    const problems = [...copy.problems(), ...broken];
    if (problems.length > 0) throw new BackupRefused(`The copy is not sound, and was not kept: ${problems.slice(0, 5).join('; ')}. Look at the records with "npm run verify-audit".`);
    return facts;
  } finally {
    await copy.close();
  }
}

/** Seals the master key and the keys of cases, replacing the copy before. */
async function sealKeys(config: BackupConfig, recipient: string, target: string, stage: string): Promise<void> {
  const folder = join(stage, 'keys');
  mkdirSync(folder, { mode: 0o700 });
  copyFileSync(config.keyFile, join(folder, 'master'));
  const caseKeys = caseKeysFile(config);
  if (config.keysUrl !== undefined) await runProgram('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--file=${join(folder, 'cases.pgdump')}`, `--dbname=${config.keysUrl}`]);
  else if (existsSync(caseKeys)) await copySqlite(caseKeys, join(folder, 'cases.sqlite'));
  await sealFolder(folder, recipient, target);
}

/**
 * 备份 while serving: records as of one moment, photographs and sealed files; counted, walked, hashed, encrypted to BACKUP_RECIPIENT and read back.
 * Keys go into a file of their own. Throws BackupRefused without a recipient, or when the copy is not sound.
 */
export async function makeBackup(config: BackupConfig, file: string, at: number): Promise<MadeBackup> {
  const { backupRecipient: recipient } = config;
  if (recipient === undefined) throw new BackupRefused('BACKUP_RECIPIENT is not set: a backup is only written encrypted. Make a key with "npm run backup -- --new-key <file>" on another machine and set BACKUP_RECIPIENT to the age1… it prints.');
  if (config.database.kind === 'sqlite' && !existsSync(config.database.file)) throw new BackupRefused(`There are no records yet at ${config.database.file}.`);
  if (!existsSync(config.keyFile)) throw new BackupRefused(`There is no master key at ${config.keyFile}, and without it what is sealed in the records could never be read.`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const stage = mkdtempSync(join(config.dataDir, '.backup-'));
  try {
    const folder = join(stage, 'records');
    mkdirSync(folder, { mode: 0o700 });
    const facts = await copyRecords(config, folder);
    takeFiles(join(config.dataDir, 'photos'), join(folder, inside.photos));
    takeFiles(config.blobDir, join(folder, inside.blobs));
    const manifest: Manifest = { format: backupFormat, madeAt: at, engine: config.database.kind, facts: { ...facts, counts: { ...facts.counts } }, files: await hashFiles(folder, [inside.photos, inside.blobs]) };
    writeFileSync(join(folder, inside.manifest), JSON.stringify(manifest, null, 1), { mode: 0o600 });
    // Keys first: records whose keys are in no copy could not be read.
    const keys = keysBeside(file);
    if (basename(file) === basename(keys)) throw new BackupRefused(`${basename(keys)} is the name of the keys' own copy; choose another for the records.`);
    await sealKeys(config, recipient, keys, stage);
    return { file, keys, sha256: await sealFolder(folder, recipient, file), manifest };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
