import type { Account } from '#domain/accounts/model.ts';
import type { AccountProof, AccountStore, Activation, NewAccount, Saved } from '#domain/accounts/ports.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import { readAccount, rolesOf, type AccountRow } from '#storage/accountRows.ts';
import { appendAudit } from '#storage/commit.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import { identityLinkStore } from '#storage/identityLinks.ts';
import { noticeStore } from '#storage/signInNotices.ts';
import { sessionStore } from '#storage/sessions.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const proofOf = async (db: ReadDb, row: AccountRow | undefined): Promise<AccountProof | undefined> =>
  row && { account: readAccount(row, await rolesOf(db, row.id)), passwordHash: row.password_hash, sealedTotp: row.sealed_totp, lastStep: row.last_step };

async function invite(tx: WriteTx, { codeHash, account, replaces, expiresAt }: Activation): Promise<void> {
  await tx.deleteFrom('account_activation').where('account_id', '=', account).execute();
  await tx.insertInto('account_activation').values({ code_hash: codeHash, account_id: account, replaces_id: replaces, expires_at: expiresAt }).execute();
}

async function create(tx: WriteTx, account: NewAccount, activation: Activation | null, event: AuditDraft): Promise<void> {
  await tx.insertInto('account').values({
    id: account.id, jurisdiction_code: account.jurisdiction, login: account.login, title: account.title, institution_id: account.institution, department_key: account.department,
    subdistrict_code: account.subdistrict, state: 'invited', password_hash: null, sealed_totp: null, version: 1, sample: account.sample ? 1 : 0, created_at: account.createdAt, password_set_at: null,
  }).execute();
  await tx.insertInto('account_role').values(account.roles.map((one) => ({ account_id: account.id, role: one }))).execute();
  if (activation) await invite(tx, activation);
  await appendAudit(tx, event);
}

class Undo extends Error {}

type Change = Partial<Pick<AccountRow, 'state' | 'password_hash' | 'password_set_at' | 'sealed_totp' | 'last_step'>>;

/** Moves an account on by one version; throws when it has moved already or was disabled. */
async function move(tx: WriteTx, account: Pick<Account, 'id' | 'version'>, change: Change): Promise<void> {
  const moved = await tx.updateTable('account').set({ ...change, version: account.version + 1 }).where('id', '=', account.id).where('version', '=', account.version)
    .where('state', '<>', 'disabled').executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Undo();
}

const endSessions = (tx: WriteTx, account: string, except: string | null) =>
  tx.deleteFrom('session').where('account_id', '=', account).where('id', '<>', except ?? '').execute();

async function setRecoveryCodes(tx: WriteTx, account: string, hashes: readonly string[]): Promise<void> {
  await tx.deleteFrom('recovery_code').where('account_id', '=', account).execute();
  if (hashes.length > 0) await tx.insertInto('recovery_code').values(hashes.map((hash) => ({ account_id: account, code_hash: hash, used_at: null }))).execute();
}

async function disable(tx: WriteTx, account: Pick<Account, 'id' | 'version'>): Promise<void> {
  await move(tx, account, { state: 'disabled', password_hash: null, sealed_totp: null });
  await endSessions(tx, account.id, null);
  await setRecoveryCodes(tx, account.id, []);
  await tx.deleteFrom('account_activation').where('account_id', '=', account.id).execute();
  await tx.deleteFrom('identity_link').where('account_id', '=', account.id).execute();
}

async function activate(tx: WriteTx, codeHash: string, passwordHash: string, realNow: number, events: readonly AuditDraft[]): Promise<void> {
  const used = await tx.deleteFrom('account_activation').where('code_hash', '=', codeHash).where('expires_at', '>', realNow).returning(['account_id', 'replaces_id']).executeTakeFirst();
  if (!used) throw new Undo();
  const account = await tx.selectFrom('account').select(['id', 'version']).where('id', '=', used.account_id).executeTakeFirstOrThrow();
  await move(tx, account, { state: 'active', password_hash: passwordHash, password_set_at: realNow });
  await endSessions(tx, account.id, null);
  if (used.replaces_id !== null) {
    const replaced = await tx.selectFrom('account').select(['id', 'version']).where('id', '=', used.replaces_id).where('state', '<>', 'disabled').executeTakeFirst();
    if (replaced) await disable(tx, replaced);
  }
  for (const event of events) await appendAudit(tx, event);
}

/** 账号: the account store on either engine. */
export function accountStore(storage: Storage): AccountStore {
  const { read, write } = storage;
  const orChanged = async (work: (tx: WriteTx) => Promise<void>): Promise<Saved> => {
    try {
      await write(work);
      return 'saved';
    } catch (fault) {
      if (fault instanceof Undo) return 'changed-meanwhile';
      throw fault;
    }
  };
  const orTaken = async (work: (tx: WriteTx) => Promise<void>): Promise<'saved' | 'login-taken'> => {
    try {
      await write(work);
      return 'saved';
    } catch (fault) {
      if (isUniqueViolation(fault)) return 'login-taken';
      throw fault;
    }
  };
  const moveWith = (account: Pick<Account, 'id' | 'version'>, change: Change, event: AuditDraft, also: (tx: WriteTx) => Promise<unknown>): Promise<Saved> => orChanged(async (tx) => {
    await move(tx, account, change);
    await also(tx);
    await appendAudit(tx, event);
  });
  return {
    ...sessionStore(storage), ...noticeStore(storage), ...identityLinkStore(storage),
    create: (account, activation, event) => orTaken((tx) => create(tx, account, activation, event)),
    createAll: (made) => orTaken(async (tx) => { for (const { account, activation, event } of made) await create(tx, account, activation, event); }),
    invite: (activation, event) => write(async (tx) => {
      await invite(tx, activation);
      await appendAudit(tx, event);
    }),
    findByLogin: async (login) => proofOf(read, await read.selectFrom('account').selectAll().where('login', '=', login).executeTakeFirst()),
    findByIdentity: async (subjectKey) =>
      proofOf(read, await read.selectFrom('identity_link').innerJoin('account', 'account.id', 'identity_link.account_id').selectAll('account').where('subject_key', '=', subjectKey).executeTakeFirst()),
    findById: async (id) => proofOf(read, await read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()),
    list: async (jurisdiction) => {
      const asked = read.selectFrom('account').selectAll().orderBy('jurisdiction_code').orderBy('login');
      const rows = await (jurisdiction === null ? asked : asked.where('jurisdiction_code', '=', jurisdiction)).execute();
      const held = Map.groupBy(await read.selectFrom('account_role').selectAll().orderBy('role').execute(), ({ account_id }) => account_id);
      return rows.map((row) => readAccount(row, (held.get(row.id) ?? []).map((one) => one.role)));
    },
    findActivation: async (codeHash, realNow) => {
      const row = await read.selectFrom('account_activation').innerJoin('account', 'account.id', 'account_activation.account_id').selectAll('account').select('replaces_id')
        .where('code_hash', '=', codeHash).where('expires_at', '>', realNow).where('state', '<>', 'disabled').executeTakeFirst();
      return row && { account: readAccount(row, await rolesOf(read, row.id)), replaces: row.replaces_id };
    },
    activate: async (codeHash, passwordHash, realNow, events) =>
      (await orChanged((tx) => activate(tx, codeHash, passwordHash, realNow, events))) === 'saved' ? 'saved' : 'gone',
    setPassword: (account, passwordHash, realNow, except, event) => moveWith(account, { password_hash: passwordHash, password_set_at: realNow }, event, (tx) => endSessions(tx, account.id, except)),
    setTotp: (account, sealedTotp, step, hashes, event) => moveWith(account, { sealed_totp: sealedTotp, last_step: step }, event, (tx) => setRecoveryCodes(tx, account.id, hashes)),
    setRecoveryCodes: (account, hashes, event) => moveWith(account, {}, event, (tx) => setRecoveryCodes(tx, account.id, hashes)),
    resetTotp: (account, event) => moveWith(account, { sealed_totp: null }, event, async (tx) => {
      await setRecoveryCodes(tx, account.id, []);
      await endSessions(tx, account.id, null);
    }),
    disable: (account, event) => orChanged(async (tx) => {
      await disable(tx, account);
      await appendAudit(tx, event);
    }),
  };
}
