import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RestoreRefused, restoreBackup } from '#server/backup/restore.ts';
import { ConfigError, readConfig } from '#server/config.ts';

const usage = 'usage: npm run restore -- <file> --identity <file with AGE-SECRET-KEY-…> [--keys <tuoyu-keys.age>]    the server must be stopped';
const exitCodes = { done: 0, badInput: 1, refused: 2, busy: 3 } as const;
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

class InputError extends Error {}

/** The identity in a file as age-keygen or --new-key writes it. */
function identityIn(file: string): string {
  const line = readFileSync(file, 'utf8').split('\n').map((each) => each.trim()).find((each) => each.startsWith('AGE-SECRET-KEY-'));
  if (line === undefined) throw new InputError(`${file} holds no line that begins with AGE-SECRET-KEY-.`);
  return line;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { identity: { type: 'string' }, keys: { type: 'string' } }, strict: true, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1 || values.identity === undefined) throw new InputError(usage);
  const config = readConfig(process.env);
  const keys = values.keys === undefined ? undefined : resolve(values.keys);
  const { manifest, putAside, keysRestored } = await restoreBackup(config, { file: resolve(file), identity: identityIn(resolve(values.identity)), keys }, Date.now());
  const rows = Object.values(manifest.facts.counts).reduce((sum, count) => sum + count, 0);
  say(`Restored the records of ${new Date(manifest.madeAt).toISOString()}: ${String(rows)} rows, ${String(manifest.files.length)} files, counts and audit chains as they were.`);
  if (keysRestored) say('Keys that were not here were restored.');
  if (putAside !== undefined) say(`What was here before lies in ${putAside}; delete it when the restored records have proved right.`);
  return exitCodes.done;
}

try {
  process.exitCode = await run();
} catch (fault) {
  if (fault instanceof RestoreRefused) {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = fault.busy ? exitCodes.busy : exitCodes.refused;
  } else if (fault instanceof InputError || fault instanceof ConfigError || (fault instanceof TypeError && String(Reflect.get(fault, 'code')).startsWith('ERR_PARSE_ARGS'))
    || (fault instanceof Error && ['ENOENT', 'EACCES', 'EISDIR'].includes(String(Reflect.get(fault, 'code'))))) {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = exitCodes.badInput;
  } else throw fault;
}
