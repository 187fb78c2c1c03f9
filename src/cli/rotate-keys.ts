import { parseArgs } from 'node:util';
import { instant } from '#domain/shared/dates.ts';
import { openCaseKeys } from '#server/caseWiring.ts';
import { ConfigError, readConfig, type Config } from '#server/config.ts';
import { KeyFileError } from '#server/crypto.ts';
import { dropEarlierKeys, rotateKeys, UnopenedError } from '#server/rotateKeys.ts';
import { isBusy } from '#storage/faults.ts';
import { openPostgres } from '#storage/postgres.ts';
import { openSqlite } from '#storage/sqlite.ts';

const usage = 'usage: npm run rotate-keys [-- --drop-earlier]   with the server stopped: a new master key, everything sealed anew and proved; --drop-earlier takes the key before out of KEY_FILE';
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

/** Whether a site answers where this configuration would serve: it would go on sealing under the old key. */
const isServing = (config: Pick<Config, 'port'>): Promise<boolean> => fetch(`http://127.0.0.1:${String(config.port)}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok, () => false);

async function run(): Promise<number> {
  const { values } = parseArgs({ options: { 'drop-earlier': { type: 'boolean', default: false } }, strict: true, allowPositionals: false });
  const config = readConfig(process.env);
  if (await isServing(config)) {
    process.stderr.write(`A site answers on port ${String(config.port)}. Stop it first: what it seals meanwhile would stay under the old key.\n`);
    return 2;
  }
  const storage = config.database.kind === 'sqlite' ? await openSqlite(config.database.file, Date.now()) : await openPostgres(config.database.url, Date.now());
  const caseKeys = await openCaseKeys(config);
  const given = { storage, caseKeys: caseKeys.db, keyFile: config.keyFile, now: () => instant.parse(Date.now()) };
  try {
    if (values['drop-earlier']) {
      say(`${String(await dropEarlierKeys(given))} earlier keys taken out of ${config.keyFile}: backups made before the last change open only with the copy beside it.`);
      return 0;
    }
    const { sealedAnew, proved, keptAs } = await rotateKeys(given);
    caseKeys.settle();
    for (const [where, count] of sealedAnew) say(`${where}: ${String(count)} sealed anew`);
    say(`${String(proved)} texts open under the new key alone.${keptAs === null ? ' No further key was made: an earlier one still stands in the file; take it out with --drop-earlier before the next change.' : ` The file as it was: ${keptAs} (0600).`}`);
    return 0;
  } finally {
    await caseKeys.close();
    await storage.close();
  }
}

try {
  process.exitCode = await run();
} catch (fault) {
  if (fault instanceof ConfigError || fault instanceof KeyFileError || (fault instanceof TypeError && String(Reflect.get(fault, 'code')).startsWith('ERR_PARSE_ARGS'))) {
    process.stderr.write(`${fault.message}\n${usage}\n`);
    process.exitCode = 1;
  } else if (fault instanceof UnopenedError) {
    process.stderr.write(`${fault.message}. Nothing was lost: the file of keys still holds every key.\n`);
    process.exitCode = 2;
  } else if (isBusy(fault)) {
    process.stderr.write('The database is busy. Try again in a moment: what was sealed anew stays so.\n');
    process.exitCode = 3;
  } else throw fault;
}
