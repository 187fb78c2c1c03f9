import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { caseKeysFile } from '#server/caseKeysFile.ts';
import { ConfigError, readConfig } from '#server/config.ts';
import { makeProgress } from '#cli/progress.ts';
import { openKeysPostgres, openPostgres } from '#storage/postgres.ts';
import { isSqliteAlone, openKeysSqlite, openSqlite, openSqliteCopy } from '#storage/sqlite.ts';
import { transferRecords, TransferRefused } from '#storage/transfer.ts';

const usage = `usage: npm run move-to-postgres -- --to postgres://user@host/tuoyu [--keys-to postgres://user@host/keys]
  writes the records of the SQLite file that DATABASE_URL names into an empty PostgreSQL database; the server must be stopped, the SQLite file stays as it is`;
const exitCodes = { done: 0, badInput: 1, refused: 2, busy: 3 } as const;
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

class InputError extends Error {}

/** Keys of cases that are not there yet; how many. */
async function moveKeys(file: string, url: string): Promise<number> {
  const [from, to] = [openKeysSqlite(file), await openKeysPostgres(url)];
  try {
    const keys = await from.db.selectFrom('case_key').selectAll().execute();
    await to.db.transaction().execute(async (tx) => {
      for (const key of keys) await tx.insertInto('case_key').values(key).onConflict((clash) => clash.doNothing()).execute();
    });
    return keys.length;
  } finally {
    await from.close();
    await to.close();
  }
}

async function run(): Promise<number> {
  const { values } = parseArgs({ options: { to: { type: 'string' }, 'keys-to': { type: 'string' } }, strict: true });
  const { to: url, 'keys-to': keysUrl } = values;
  if (url === undefined) throw new InputError(usage);
  const config = readConfig(process.env);
  if (config.database.kind !== 'sqlite') throw new InputError('DATABASE_URL: expected the SQLite file to move from, or nothing');
  const { file } = config.database;
  if (!existsSync(file)) throw new InputError(`There are no records at ${file}.`);
  if (!isSqliteAlone(file)) {
    process.stderr.write('A server still has the records open. Stop it first.\n');
    return exitCodes.busy;
  }
  await (await openSqlite(file, Date.now())).close(); // brings the file to this program's schema
  isSqliteAlone(file); // folds its journal in: a copy is read without one
  const progress = makeProgress(process.stderr);
  const [from, to] = [openSqliteCopy(file), await openPostgres(url, Date.now())];
  try {
    const moved = await transferRecords(from, to, (table, done, total) => { progress.show(table, done, total); });
    progress.clear();
    say(`${String(moved.reduce((sum, { rows }) => sum + rows, 0))} rows in ${String(moved.length)} tables, counts and hashes equal on both sides.`);
  } finally {
    progress.clear();
    await from.close();
    await to.close();
  }
  const keyFile = caseKeysFile(config);
  if (keysUrl !== undefined && existsSync(keyFile)) say(`${String(await moveKeys(keyFile, keysUrl))} keys of cases moved; set KEYS_URL.`);
  say(`Set DATABASE_URL to the new address and start the server; photographs, sealed files and keys stay in ${config.dataDir}. ${file} was not changed.`);
  return exitCodes.done;
}

try {
  process.exitCode = await run();
} catch (fault) {
  if (fault instanceof TransferRefused) {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = exitCodes.refused;
  } else if (fault instanceof InputError || fault instanceof ConfigError || (fault instanceof TypeError && String(Reflect.get(fault, 'code')).startsWith('ERR_PARSE_ARGS'))) {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = exitCodes.badInput;
  } else throw fault;
}
