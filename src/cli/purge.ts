import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { instant } from '#domain/shared/dates.ts';
import { caseBlobsOf, openCaseKeys } from '#server/caseWiring.ts';
import { plannedCasePurge, purgeCases, type CasePurge } from '#server/caseRetention.ts';
import { ConfigError, readConfig } from '#server/config.ts';
import { endedBefore, purgeNow } from '#server/retention.ts';
import { caseKeyStore } from '#storage/caseKeys.ts';
import { isBusy } from '#storage/faults.ts';
import { loadCaseTerms } from '#storage/files/complaintData.ts';
import { openPostgres } from '#storage/postgres.ts';
import { countDue } from '#storage/retention.ts';
import { openSqlite } from '#storage/sqlite.ts';

const usage = 'usage: npm run purge            says what would be forgotten, changes nothing\n       npm run purge -- --commit   forgets it; what a legal hold keeps stays, and is named';
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

const sayCases = ({ forgotten, held }: CasePurge, verb: string): void => {
  for (const { reference, jurisdiction, part } of forgotten) say(`${jurisdiction} ${reference}: ${part === 'identity' ? 'who complained' : 'everything said, files included'} ${verb}`);
  for (const { reference, jurisdiction, part, heldBy } of held) say(`${jurisdiction} ${reference}: ${part} is due, but kept: legal hold (${heldBy ?? ''})`);
};

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { commit: { type: 'boolean' } }, strict: true, allowPositionals: false });
  const config = readConfig(process.env);
  const now = () => instant.parse(config.now ?? Date.now());
  const storage = config.database.kind === 'sqlite' ? await openSqlite(config.database.file, Date.now()) : await openPostgres(config.database.url, Date.now());
  const opened = await openCaseKeys(config);
  try {
    const { keep } = loadCaseTerms(join(import.meta.dirname, '..', '..', 'data'));
    const retention = { storage, keys: caseKeyStore(opened.db, opened.settle), blobs: caseBlobsOf(config), keep, now };
    const bookings = values.commit === true ? await purgeNow(storage, now) : await countDue(storage.read, endedBefore(now()));
    const cases = values.commit === true ? await purgeCases(retention) : await plannedCasePurge(retention);
    for (const one of bookings) say(`${one.jurisdiction}: ${String(one.bookings)} bookings ${values.commit === true ? 'forgotten' : 'would be forgotten'}`);
    sayCases(cases, values.commit === true ? 'forgotten' : 'would be forgotten');
    say(`${String(cases.forgotten.length)} parts of cases ${values.commit === true ? 'forgotten' : 'due'}, ${String(cases.held.length)} held.${values.commit === true ? '' : ' Nothing was changed; --commit forgets them.'}`);
  } finally {
    await opened.close();
    await storage.close();
  }
}

try {
  await run();
} catch (fault) {
  if (fault instanceof ConfigError || (fault instanceof TypeError && String(Reflect.get(fault, 'code')).startsWith('ERR_PARSE_ARGS'))) {
    process.stderr.write(`${fault.message}\n${usage}\n`);
    process.exitCode = 1;
  } else if (isBusy(fault)) {
    process.stderr.write('The database is busy; try again in a moment. What was forgotten so far stays forgotten.\n');
    process.exitCode = 3;
  } else throw fault;
}
