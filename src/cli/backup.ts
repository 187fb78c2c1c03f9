import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { newBackupKey } from '#server/backup/archive.ts';
import { BackupRefused, makeBackup } from '#server/backup/make.ts';
import { ConfigError, readConfig } from '#server/config.ts';
import { isBusy } from '#storage/faults.ts';

const usage = `usage: npm run backup -- <file>              writes <file>, and tuoyu-keys.age beside it, encrypted to BACKUP_RECIPIENT; the server may run meanwhile
       npm run backup -- --new-key <file>    makes a key for backups: the file stays off this machine, the line printed goes into BACKUP_RECIPIENT`;
const exitCodes = { done: 0, badInput: 1, refused: 2, busy: 3 } as const;
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

async function makeKey(file: string): Promise<number> {
  if (existsSync(file)) {
    process.stderr.write(`${file} is there already, and is not overwritten: a lost key cannot be made again.\n`);
    return exitCodes.refused;
  }
  const { identity, recipient } = await newBackupKey();
  writeFileSync(file, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flush: true });
  say(`BACKUP_RECIPIENT=${recipient}`);
  say(`The private key is in ${file}. Keep it, and a second copy of it, away from the server: without it no backup opens, and who has it reads them all.`);
  return exitCodes.done;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { 'new-key': { type: 'string' } }, strict: true, allowPositionals: true });
  const newKey = values['new-key'];
  if (newKey !== undefined && positionals.length === 0) return await makeKey(resolve(newKey));
  const [file] = positionals;
  if (file === undefined || positionals.length > 1 || newKey !== undefined) {
    process.stderr.write(`${usage}\n`);
    return exitCodes.badInput;
  }
  const { manifest, keys, sha256 } = await makeBackup(readConfig(process.env), resolve(file), Date.now());
  const rows = Object.values(manifest.facts.counts).reduce((sum, count) => sum + count, 0);
  say(`${resolve(file)}: ${String(rows)} rows in ${String(Object.keys(manifest.facts.counts).length)} tables, ${String(manifest.files.length)} files, audit chains whole; SHA-256 ${sha256}`);
  say(`${keys}: the keys, always the newest. Keep it apart from the records.`);
  return exitCodes.done;
}

try {
  process.exitCode = await run();
} catch (fault) {
  if (fault instanceof BackupRefused) {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = exitCodes.refused;
  } else if (fault instanceof ConfigError || (fault instanceof TypeError && String(Reflect.get(fault, 'code')).startsWith('ERR_PARSE_ARGS'))) {
    process.stderr.write(`${fault.message}\n${usage}\n`);
    process.exitCode = exitCodes.badInput;
  } else if (isBusy(fault)) {
    process.stderr.write('The database is busy; nothing was written. Try again in a moment.\n');
    process.exitCode = exitCodes.busy;
  } else throw fault;
}
