import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAccount, disableAccount, handOver, inviteAgain, resetTotp, type AccountDeps, type Invitation } from '#domain/accounts/commands.ts';
import { linkIdentity, unlinkIdentity } from '#domain/accounts/identity.ts';
import { login as loginForm, role as roleForm, type Role } from '#domain/accounts/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { instant, writeInstant } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { accountDeps } from '#server/accounts.ts';
import { ConfigError, readConfig, type Config } from '#server/config.ts';
import { loadKeyring } from '#server/crypto.ts';
import { activationLink, lettersPage, type Letter } from '#server/letters.ts';
import { isBusy } from '#storage/faults.ts';
import { readAccountList } from '#storage/files/accountList.ts';
import { DataError } from '#storage/files/dataError.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { findInstitutionName, listInstitutionNames } from '#storage/institutionNames.ts';
import { openPostgres } from '#storage/postgres.ts';
import type { Storage } from '#storage/schema.ts';
import { openSqlite } from '#storage/sqlite.ts';

const usage = `usage: npm run account -- <command>
  create --role <role>[,<role>] --login <name> [--jurisdiction <code or slug>] [--institution <id>] [--department <key>] [--subdistrict <code>] [--title <post>]
  list [--jurisdiction <code or slug>]
  invite --login <name>                     a fresh activation link; the earlier one ends
  hand-over --from <name> --login <name>    a new account that ends the old one once it is activated
  disable --login <name>
  reset-totp --login <name>
  link-identity --login <name> --subject <value>    统一身份认证: whom the provider calls so signs in to this account
  unlink-identity --login <name>
  letters --csv <file> --jurisdiction <code or slug> --out <file.html>    an account and a letter for each institution of a list`;
const exitCodes = { done: 0, badInput: 1, refused: 2, busy: 3 } as const;

/** What the person who runs this must change; printed as it is. */
class InputError extends Error {}

const options = {
  role: { type: 'string' }, login: { type: 'string' }, from: { type: 'string' }, jurisdiction: { type: 'string' }, institution: { type: 'string' }, department: { type: 'string' },
  subdistrict: { type: 'string' }, title: { type: 'string' }, csv: { type: 'string' }, out: { type: 'string' }, subject: { type: 'string' },
} as const;
type Given = Readonly<Partial<Record<keyof typeof options, string>>>;
type Office = { readonly deps: AccountDeps; readonly storage: Storage; readonly places: readonly Jurisdiction[]; readonly origin: string };

const say = (line: string): void => { process.stdout.write(`${line}\n`); };
const needed = (given: Given, name: keyof typeof options): string => {
  const value = given[name];
  if (value === undefined || value.trim() === '') throw new InputError(`--${name}: expected a value\n${usage}`);
  return value;
};
const loginOf = (typed: string): string => {
  const read = loginForm.safeParse(typed);
  if (!read.success) throw new InputError(`login: expected 3 to 40 of a–z, 0–9, dot, dash, underline, got "${typed}"`);
  return read.data;
};
const rolesOf = (typed: string): readonly Role[] => typed.split(',').map((one) => {
  const read = roleForm.safeParse(one.trim());
  if (!read.success) throw new InputError(`--role: expected some of ${roleForm.options.join(', ')}, got "${one}"`);
  return read.data;
});
const placeOf = ({ places }: Office, asked: string | undefined): Jurisdiction => {
  const place = asked === undefined ? (places.length === 1 ? places[0] : undefined) : places.find(({ code, slug }) => code === asked || slug === asked);
  if (!place) throw new InputError(`--jurisdiction: expected one of ${places.map(({ code, slug }) => `${slug} (${code})`).join(', ')}, got ${asked === undefined ? 'none' : `"${asked}"`}`);
  return place;
};

const refuse = (reason: string): number => {
  process.stderr.write(`Refused: ${reason}. Nothing was written.\n`);
  return exitCodes.refused;
};
const invited = ({ origin }: Office, outcome: Outcome<Invitation, string>): number => {
  if (!outcome.ok) return refuse(outcome.reason);
  say(`Activation link for ${outcome.value.login}, once, until ${writeInstant(outcome.value.expiresAt)}:\n${activationLink(origin, outcome.value.code)}`);
  return exitCodes.done;
};

async function create(office: Office, given: Given): Promise<number> {
  const held = rolesOf(needed(given, 'role'));
  const found = given.jurisdiction === undefined && given.institution !== undefined
    ? (await Promise.all(office.places.map(async (one) => ((await findInstitutionName(office.storage.read, one.code, given.institution ?? '')) === undefined ? [] : [one])))).flat()[0] : undefined;
  const place = found ?? placeOf(office, given.jurisdiction);
  if (given.institution !== undefined && (await findInstitutionName(office.storage.read, place.code, given.institution)) === undefined) throw new InputError(`--institution: no institution "${given.institution}" in ${place.slug}`);
  if (given.department !== undefined && !place.departments.some(({ key }) => key === given.department)) throw new InputError(`--department: expected one of ${place.departments.map(({ key }) => key).join(', ')}, got "${given.department}"`);
  const street = place.subdistricts.find(({ code }) => code === given.subdistrict);
  if (given.subdistrict !== undefined && !street) throw new InputError(`--subdistrict: expected one of ${place.subdistricts.map(({ code, name }) => `${code} ${name}`).join(', ')}, got "${given.subdistrict}"`);
  return invited(office, await createAccount(office.deps, {
    jurisdiction: place.code, login: loginOf(needed(given, 'login')), title: given.title?.slice(0, 60) ?? null, roles: held,
    institution: given.institution ?? null, department: given.department ?? null, subdistrict: street?.code ?? null,
  }, 'operator'));
}

async function list(office: Office, given: Given): Promise<number> {
  const accounts = await office.deps.store.list(given.jurisdiction === undefined ? null : placeOf(office, given.jurisdiction).code);
  for (const one of accounts) say([one.jurisdiction, one.login, one.roles.join(','), one.state, one.hasTotp ? 'totp' : '-', one.institution ?? one.department ?? one.subdistrict ?? '-'].join('\t'));
  say(`${String(accounts.length)} ${accounts.length === 1 ? 'account' : 'accounts'}.`);
  return exitCodes.done;
}

async function letters(office: Office, given: Given): Promise<number> {
  const place = placeOf(office, needed(given, 'jurisdiction'));
  const out = needed(given, 'out');
  const { rows, problems } = readAccountList(readFileSync(needed(given, 'csv')));
  const known = await listInstitutionNames(office.storage.read, place.code);
  const meant = rows.map((row) => ({ row, found: known.filter(({ id, name, credit_code }) => [id, name, credit_code].includes(row.institution)) }));
  const all = [...problems, ...meant.flatMap(({ row, found }) => (found.length === 1 ? [] : [`line ${String(row.line)}: expected one institution by id, 统一社会信用代码 or name, found ${String(found.length)} for "${row.institution}"`]))];
  if (all.length > 0) throw new InputError(`${all.join('\n')}\nNothing was written.`);
  // The file is made first: codes that could not be written down would be lost.
  writeFileSync(out, '', { mode: 0o600, flag: 'wx' });
  const written: Letter[] = [];
  for (const { row, found } of meant) {
    const institution = found[0];
    if (!institution) continue;
    const login = row.login === null ? `${place.slug}-${institution.id.replaceAll('-', '').slice(-8)}` : loginOf(row.login);
    const made = await createAccount(office.deps, { jurisdiction: place.code, login, title: row.title, roles: ['institution'], institution: institution.id, department: null, subdistrict: null }, 'operator');
    if (made.ok) written.push({ to: institution.name, place: place.shortName, login, code: made.value.code, expiresAt: made.value.expiresAt });
    else process.stderr.write(`line ${String(row.line)}: ${made.reason}, no letter\n`);
  }
  writeFileSync(out, lettersPage(written, office.origin));
  say(`${String(written.length)} of ${String(rows.length)} letters in ${out}. Print them, then delete the file.`);
  return written.length === rows.length ? exitCodes.done : exitCodes.refused;
}

async function run(office: Office, command: string | undefined, given: Given): Promise<number> {
  switch (command) {
    case 'create': return create(office, given);
    case 'list': return list(office, given);
    case 'letters': return letters(office, given);
    case 'invite': return invited(office, await inviteAgain(office.deps, loginOf(needed(given, 'login')), 'operator'));
    case 'hand-over': return invited(office, await handOver(office.deps, loginOf(needed(given, 'from')), { login: loginOf(needed(given, 'login')), title: given.title?.slice(0, 60) ?? null }, 'operator'));
    case 'disable': case 'reset-totp': {
      const login = loginOf(needed(given, 'login'));
      const outcome = await (command === 'disable' ? disableAccount : resetTotp)(office.deps, login, 'operator');
      if (!outcome.ok) return refuse(outcome.reason);
      say(command === 'disable' ? `${login} is disabled; its sessions have ended.` : `${login} sets up a new one-time code at the next sign-in; its sessions have ended.`);
      return exitCodes.done;
    }
    case 'link-identity': case 'unlink-identity': {
      const login = loginOf(needed(given, 'login'));
      const outcome = command === 'link-identity' ? await linkIdentity(office.deps, login, needed(given, 'subject'), 'operator') : await unlinkIdentity(office.deps, login, 'operator');
      if (!outcome.ok) return refuse(outcome.reason);
      say(command === 'link-identity' ? `${login} is linked; only a one-way value of the subject is kept.` : `${login} is no longer linked; its sessions have ended.`);
      return exitCodes.done;
    }
    default: throw new InputError(`expected a command\n${usage}`);
  }
}

async function open(config: Config): Promise<Office> {
  const places = loadJurisdictions(join(import.meta.dirname, '..', '..', 'data'));
  const storage = config.database.kind === 'sqlite' ? await openSqlite(config.database.file, Date.now()) : await openPostgres(config.database.url, Date.now());
  const realNow = () => instant.parse(Date.now());
  const deps = accountDeps({ storage, jurisdictions: places, keys: loadKeyring(config.keyFile), realNow, now: () => instant.parse(config.now ?? Date.now()), passwordPolicy: config.passwordPolicy });
  return { deps, storage, places, origin: config.siteOrigin ?? `http://localhost:${String(config.port)}` };
}

try {
  const { values, positionals } = parseArgs({ options, strict: true, allowPositionals: true });
  const office = await open(readConfig(process.env));
  try {
    process.exitCode = await run(office, positionals[0], values);
  } finally {
    await office.storage.close();
  }
} catch (fault) {
  const isInput = fault instanceof InputError || fault instanceof ConfigError || fault instanceof DataError || (fault instanceof TypeError && String(Reflect.get(fault, 'code')).startsWith('ERR_PARSE_ARGS'))
    || (fault instanceof Error && ['ENOENT', 'EEXIST', 'EACCES'].includes(String(Reflect.get(fault, 'code'))));
  if (isInput) {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = exitCodes.badInput;
  } else if (isBusy(fault)) {
    process.stderr.write('The database is busy; nothing was written. Try again in a moment.\n');
    process.exitCode = exitCodes.busy;
  } else throw fault;
}
