import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '#server/config.ts';
import { checkAuditChains, type BrokenLink } from '#storage/auditChain.ts';
import { isBusy } from '#storage/faults.ts';
import { openPostgres } from '#storage/postgres.ts';
import { openSqlite } from '#storage/sqlite.ts';

const usage = 'usage: npm run verify-audit   walks the record of what was done; names the first event that is not what was written, and ends with 1';
const faults: Readonly<Record<BrokenLink['fault'], string>> = {
  missing: 'is missing', altered: 'was altered', 'not-linked': 'does not follow the one before it', 'head-differs': 'differs from the head of the chain',
};
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

async function run(): Promise<number> {
  parseArgs({ options: {}, strict: true, allowPositionals: false });
  const config = readConfig(process.env);
  const storage = config.database.kind === 'sqlite' ? await openSqlite(config.database.file, Date.now()) : await openPostgres(config.database.url, Date.now());
  try {
    const reports = await checkAuditChains(storage.read);
    for (const { jurisdiction, events, head, broken } of reports) {
      say(broken === null ? `${jurisdiction}: ${String(events)} events, whole; head ${head}` : `${jurisdiction}: BROKEN. Event ${String(broken.seq)}${broken.id === null ? '' : ` (${broken.id})`} ${faults[broken.fault]}; the ${String(events)} before it are whole.`);
    }
    if (reports.length === 0) say('No events yet.');
    return reports.some(({ broken }) => broken !== null) ? 1 : 0;
  } finally {
    await storage.close();
  }
}

try {
  process.exitCode = await run();
} catch (fault) {
  if (fault instanceof ConfigError || (fault instanceof TypeError && String(Reflect.get(fault, 'code')).startsWith('ERR_PARSE_ARGS'))) {
    process.stderr.write(`${fault.message}\n${usage}\n`);
    process.exitCode = 2;
  } else if (isBusy(fault)) {
    process.stderr.write('The database is busy; nothing was checked. Try again in a moment.\n');
    process.exitCode = 3;
  } else throw fault;
}
