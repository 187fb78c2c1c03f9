import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { accountEvent, type AccountDeps } from '#domain/accounts/commands.ts';
import { needsTotp, roles, type Role } from '#domain/accounts/model.ts';
import type { AccountProof } from '#domain/accounts/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { instant } from '#domain/shared/dates.ts';
import { findSampleToWorkFor } from '#storage/institutionNames.ts';
import type { Storage } from '#storage/schema.ts';

const demoAccount = z.strictObject({
  role: z.enum(roles), jurisdiction: z.string(), institution: z.string().optional(), login: z.string(), password: z.string(), totpSecret: z.string().optional(),
});
type DemoAccount = z.infer<typeof demoAccount>;

const fileName = 'demo-accounts.json';

const keptIn = (file: string): readonly DemoAccount[] => {
  if (!existsSync(file)) return [];
  try {
    return z.array(demoAccount).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return []; // half-written or of an older form: made anew below
  }
};

/** Writes whole or not at all, readable by its owner alone. */
const keep = (file: string, accounts: readonly DemoAccount[]): void => {
  writeFileSync(`${file}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

type Asked = { readonly place: Jurisdiction; readonly role: Role; readonly login: string; readonly institution: string | undefined };

/** Gives an account its password and second step, as a person would by activating it. */
async function makeUsable(deps: AccountDeps, { account }: AccountProof, { password, totpSecret }: DemoAccount): Promise<void> {
  const hash = await deps.seals.hashPassword(password);
  if (hash === 'busy') throw new Error('demonstration accounts: too many passwords wait to be hashed');
  const code = deps.seals.newActivationCode();
  const codeHash = deps.seals.hashActivationCode(code);
  const event = (kind: string) => accountEvent(deps, kind, 'system', account);
  await deps.store.invite({ codeHash, account: account.id, replaces: null, expiresAt: instant.parse(deps.realNow() + 60_000) }, event('account-invited'));
  await deps.store.activate(codeHash, hash, deps.realNow(), [event('account-activated')]);
  if (totpSecret === undefined) return;
  const fresh = await deps.store.findById(account.id);
  if (fresh) await deps.store.setTotp(fresh.account, deps.seals.sealTotp(account.id, totpSecret), 0, deps.seals.newRecoveryCodes(account.id).map((one) => one.hash), event('totp-set'));
}

async function makeOne(deps: AccountDeps, { place, role, login, institution }: Asked): Promise<DemoAccount> {
  const asked = {
    jurisdiction: place.code, login, title: null, roles: [role], institution: institution ?? null,
    department: role === 'department' ? place.departments[0]?.key ?? null : null, subdistrict: role === 'street' ? place.subdistricts[0]?.code ?? null : null,
  };
  const demo: DemoAccount = {
    role, jurisdiction: place.code, ...(institution === undefined ? {} : { institution }), login, password: randomBytes(15).toString('base64url'),
    ...(needsTotp(asked) ? { totpSecret: deps.seals.newTotpSecret() } : {}),
  };
  const account = { ...asked, id: deps.seals.newId(), sample: true, createdAt: deps.realNow() };
  await deps.store.create(account, null, accountEvent(deps, 'account-created', 'system', account, { roles: role, handOver: false }));
  const proof = await deps.store.findByLogin(login);
  if (proof) await makeUsable(deps, proof, demo);
  return demo;
}

/** 演示账号: one of every role for each place, with chance passwords, in `DATA_DIR/demo-accounts.json` (0600); those that are there already stay. DEMO only. */
export async function makeDemoAccounts(deps: AccountDeps, storage: Storage, jurisdictions: readonly Jurisdiction[], dataDir: string): Promise<void> {
  const file = join(dataDir, fileName);
  const kept = new Map(keptIn(file).map((one) => [one.login, one]));
  const asked: Asked[] = [];
  for (const place of jurisdictions) {
    const institution = await findSampleToWorkFor(storage.read, place.code);
    for (const role of roles) if (role !== 'institution' || institution !== undefined) asked.push({ place, role, login: `${place.slug}-${role.toLowerCase()}`, institution: role === 'institution' ? institution : undefined });
  }
  const made: DemoAccount[] = [];
  // Two at a time: as many as hash at once.
  for (let at = 0; at < asked.length; at += 2) {
    made.push(...await Promise.all(asked.slice(at, at + 2).map(async (one) => {
      const [known, found] = [kept.get(one.login), await deps.store.findByLogin(one.login)];
      return known && found?.account.state === 'active' ? known : makeOne(deps, one);
    })));
  }
  keep(file, made);
}
