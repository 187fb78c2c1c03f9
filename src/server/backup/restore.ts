import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openArchive, WrongKeyError } from '#server/backup/archive.ts';
import type { BackupConfig } from '#server/backup/make.ts';
import { caseKeysFile } from '#server/caseKeysFile.ts';
import { differingFiles, hashFiles, inside, readManifest, type Manifest } from '#server/backup/manifest.ts';
import { runProgram } from '#server/backup/program.ts';
import { differencesOf, factsOf } from '#storage/backupFacts.ts';
import { migrations } from '#storage/migrate.ts';
import { isEmptyPostgres } from '#storage/postgres.ts';
import { isSqliteAlone, openSqliteCopy } from '#storage/sqlite.ts';

/** Nothing was changed; the message says why and what to do. `busy`: a server still has the records open. */
export class RestoreRefused extends Error {
  override name = 'RestoreRefused';
  readonly busy: boolean;
  constructor(message: string, busy = false) {
    super(message);
    this.busy = busy;
  }
}

/** What to restore: the sealed records, the identity that opens them (AGE-SECRET-KEY-…), and the sealed keys where this machine has none. */
export type RestoreRequest = { readonly file: string; readonly identity: string; readonly keys: string | undefined };
export type Restored = { readonly manifest: Manifest; readonly putAside: string | undefined; readonly keysRestored: boolean };

async function unpack(file: string, identity: string, folder: string): Promise<void> {
  mkdirSync(folder, { mode: 0o700 });
  try {
    await openArchive(file, identity, folder);
  } catch (fault) {
    if (fault instanceof WrongKeyError) throw new RestoreRefused(`${file} does not open with this key. Take the key whose age1… was BACKUP_RECIPIENT when it was made.`);
    throw fault;
  }
}

/** Everything that can be known wrong before anything is touched. */
async function checkUnpacked(folder: string, config: BackupConfig): Promise<Manifest> {
  const manifest = readManifest(folder);
  if (typeof manifest === 'string') throw new RestoreRefused(`${manifest[0]?.toUpperCase() ?? ''}${manifest.slice(1)}.`);
  const newest = migrations.at(-1)?.version ?? 0;
  if (manifest.facts.schemaVersion > newest) throw new RestoreRefused(`The backup is of schema version ${String(manifest.facts.schemaVersion)}, this program knows versions up to ${String(newest)}. Restore it with the program that made it, or a newer one.`);
  if (manifest.engine !== config.database.kind) throw new RestoreRefused(`The backup holds ${manifest.engine === 'sqlite' ? 'a SQLite file' : 'a PostgreSQL dump'}, but DATABASE_URL names ${config.database.kind === 'sqlite' ? 'a SQLite file' : 'a PostgreSQL server'}.`);
  const problems = [...differingFiles(manifest.files, await hashFiles(folder, [inside.photos, inside.blobs])), ...await recordProblems(folder, manifest)];
  if (problems.length > 0) throw new RestoreRefused(`The backup is not what its own list says, and nothing was restored: ${problems.slice(0, 5).join('; ')}.`);
  return manifest;
}

async function recordProblems(folder: string, { engine, facts }: Manifest): Promise<readonly string[]> {
  if (engine === 'postgres') {
    await runProgram('pg_restore', ['--list', join(folder, inside.postgres)]);
    return [];
  }
  const copy = openSqliteCopy(join(folder, inside.sqlite));
  try {
    const found = await factsOf(copy.read, copy.tables());
    return [...copy.problems(), ...found.broken, ...differencesOf(facts, found.facts)];
  } finally {
    await copy.close();
  }
}

const sameBytes = (one: string, other: string): boolean => readFileSync(one).equals(readFileSync(other));

/** The master key must be the one the records were sealed with; keys of cases that are here already are never replaced by older ones. */
function placeKeys(unpacked: string, config: BackupConfig): boolean {
  const master = join(unpacked, 'master');
  if (!existsSync(master)) throw new RestoreRefused('The file of keys holds no master key.');
  if (existsSync(config.keyFile) && !sameBytes(config.keyFile, master)) throw new RestoreRefused(`Another master key is at ${config.keyFile}. Move it away first if this machine is to take over the restored records.`);
  const changes: (() => void)[] = [];
  if (!existsSync(config.keyFile)) changes.push(() => { mkdirSync(dirname(config.keyFile), { recursive: true, mode: 0o700 }); copyFileSync(master, config.keyFile); });
  const [held, here] = [join(unpacked, 'cases.sqlite'), caseKeysFile(config)];
  if (existsSync(held) && !existsSync(here)) changes.push(() => { mkdirSync(dirname(here), { recursive: true, mode: 0o700 }); copyFileSync(held, here); });
  for (const change of changes) change();
  return changes.length > 0;
}

/** Puts what is there aside and the restored in its place; each by one rename on the same disk. */
function exchange(folder: string, config: BackupConfig, database: string, at: number): string | undefined {
  const aside = join(config.dataDir, `replaced-${new Date(at).toISOString().replace(/[:.]/g, '-')}`);
  const swaps = [[database, join(folder, inside.sqlite)], [join(config.dataDir, 'photos'), join(folder, inside.photos)], [config.blobDir, join(folder, inside.blobs)]] as const;
  let moved = false;
  for (const [place, restored] of swaps) {
    for (const [from, suffix] of [[place, ''], [`${place}-wal`, '-wal'], [`${place}-shm`, '-shm']] as const) {
      if (!existsSync(from)) continue;
      mkdirSync(aside, { recursive: true, mode: 0o700 });
      renameSync(from, join(aside, `${restored.slice(folder.length + 1)}${suffix}`));
      moved = true;
    }
    if (existsSync(restored)) renameSync(restored, place);
  }
  return moved ? aside : undefined;
}

/**
 * 恢复: decrypts, checks everything against the backup's own list, then puts it in place; what was there is put aside, never deleted.
 * Throws RestoreRefused, having changed nothing, for a wrong key, a newer schema, another engine, an unsound copy, or while a server runs.
 */
export async function restoreBackup(config: BackupConfig, request: RestoreRequest, at: number): Promise<Restored> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const { database } = config;
  if (database.kind === 'sqlite' && existsSync(database.file) && !isSqliteAlone(database.file)) throw new RestoreRefused('A server still has the records open. Stop it first.', true);
  const stage = mkdtempSync(join(config.dataDir, '.restore-'));
  try {
    const folder = join(stage, 'records');
    await unpack(request.file, request.identity, folder);
    const manifest = await checkUnpacked(folder, config);
    if (request.keys === undefined && !existsSync(config.keyFile)) throw new RestoreRefused(`There is no master key at ${config.keyFile}, and without it names and telephone numbers stay closed. Add --keys <tuoyu-keys.age>.`);
    if (database.kind === 'postgres' && !await isEmptyPostgres(database.url)) throw new RestoreRefused('The PostgreSQL database is not empty. Make a new one and name it in DATABASE_URL.');
    let keysRestored = false;
    if (request.keys !== undefined) {
      const keys = join(stage, 'keys');
      await unpack(request.keys, request.identity, keys);
      keysRestored = placeKeys(keys, config);
    }
    if (database.kind === 'postgres') await runProgram('pg_restore', ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction', `--dbname=${database.url}`, join(folder, inside.postgres)]);
    const putAside = exchange(folder, config, database.kind === 'sqlite' ? database.file : join(stage, 'none'), at);
    return { manifest, putAside, keysRestored };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
