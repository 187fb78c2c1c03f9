import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { csvText } from '#domain/shared/csv.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { findAffected, type AffectedPerson } from '#server/affected.ts';
import { caseSeals } from '#server/caseSeals.ts';
import { openCaseKeys } from '#server/caseWiring.ts';
import { ConfigError, readConfig } from '#server/config.ts';
import { KeyFileError, loadKeyring } from '#server/crypto.ts';
import { caseKeyStore } from '#storage/caseKeys.ts';
import { isBusy } from '#storage/faults.ts';
import { openPostgres } from '#storage/postgres.ts';
import { openSqlite } from '#storage/sqlite.ts';

const usage = 'usage: npm run affected -- --from 2026-11-01T00:00+08:00 --to 2026-11-02T00:00+08:00 [--jurisdiction <code>] [--account <login>] [--phones <new file>]';
const say = (line: string): void => { process.stdout.write(`${line}\n`); };
/** What was asked cannot be answered as it was written. */
class AskedWrongly extends Error {}

function momentOf(name: string, text: string | undefined): Instant {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(Date.parse(text))) throw new AskedWrongly(`--${name} must be a day and a time with its zone, such as 2026-11-01T00:00+08:00`);
  return instant.parse(Date.parse(text));
}

const words: Readonly<Record<AffectedPerson['what'], string>> = { booking: 'bookings', demand: 'registrations of demand', complaint: 'complaints', correction: 'reports of wrong information with a number', account: 'staff accounts' };

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' }, jurisdiction: { type: 'string' }, account: { type: 'string' }, phones: { type: 'string' } }, strict: true, allowPositionals: false });
  const [from, to] = [momentOf('from', values.from), momentOf('to', values.to)];
  if (from >= to) throw new AskedWrongly('--from must lie before --to');
  const config = readConfig(process.env);
  const keys = loadKeyring(config.keyFile);
  const storage = config.database.kind === 'sqlite' ? await openSqlite(config.database.file, Date.now()) : await openPostgres(config.database.url, Date.now());
  const opened = await openCaseKeys(config);
  try {
    const account = values.account === undefined ? null : (await storage.read.selectFrom('account').select('id').where('login', '=', values.account).executeTakeFirst())?.id;
    if (account === undefined) throw new AskedWrongly(`There is no account ${values.account ?? ''}`);
    const asked = { from, to, jurisdiction: values.jurisdiction ?? null, account };
    const { people, forgottenSince, searches } = await findAffected({ storage, keys, caseKeys: caseKeyStore(opened.db, opened.settle), caseSeals: caseSeals(keys), now: () => instant.parse(Date.now()) }, asked);
    for (const [what, word] of Object.entries(words)) {
      const these = people.filter((one) => one.what === what);
      say(`${word}: ${String(these.length)}, with a number to call ${String(these.filter(({ phone }) => phone !== null).length)}`);
    }
    if (account !== null) say(`bookings were searched ${String(searches)} times: who was found is not on record, so look at all bookings of the account's institution as well`);
    if (forgottenSince > 0) say(`${String(forgottenSince)} bookings and registrations have been forgotten since; nobody can be told of them`);
    if (values.phones === undefined) return;
    writeFileSync(values.phones, csvText([['区划代码', '种类', '编号', '电话'], ...people.map(({ jurisdiction, what, reference, phone }) => [jurisdiction, what, reference, phone ?? ''])]), { flag: 'wx', mode: 0o600 });
    say(`Written to ${values.phones} (0600). Delete it when everybody has been told.`);
  } finally {
    await opened.close();
    await storage.close();
  }
}

try {
  await run();
} catch (fault) {
  const code = fault instanceof Error ? String(Reflect.get(fault, 'code')) : '';
  if (fault instanceof ConfigError || fault instanceof KeyFileError || fault instanceof AskedWrongly || (fault instanceof TypeError && code.startsWith('ERR_PARSE_ARGS'))) {
    process.stderr.write(`${fault.message}\n${usage}\n`);
    process.exitCode = 1;
  } else if (code === 'EEXIST') {
    process.stderr.write('The file for the numbers is there already. Name a new one.\n');
    process.exitCode = 2;
  } else if (isBusy(fault)) {
    process.stderr.write('The database is busy; try again in a moment.\n');
    process.exitCode = 3;
  } else throw fault;
}
