import { z } from 'zod';
import { accountStates, role, type Account } from '#domain/accounts/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import type { Database, ReadDb } from '#storage/schema.ts';

/** A row of `account` as it is read. */
export type AccountRow = { readonly [Column in keyof Database['account']]: Column extends 'last_step' ? number : Database['account'][Column] };

const stateOf = z.enum(accountStates);

/** An account as the domain knows it. */
export const readAccount = (row: Omit<AccountRow, 'password_hash' | 'last_step' | 'sample'>, held: readonly string[]): Account => ({
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), login: row.login, title: row.title, roles: held.map((one) => role.parse(one)),
  institution: row.institution_id, department: row.department_key, subdistrict: row.subdistrict_code === null ? null : subdistrictCode.parse(row.subdistrict_code),
  state: stateOf.parse(row.state), hasTotp: row.sealed_totp !== null, version: row.version, createdAt: instant.parse(row.created_at), passwordSetAt: row.password_set_at === null ? null : instant.parse(row.password_set_at),
});

/** Roles an account holds, in the order of their names. */
export const rolesOf = async (db: ReadDb, account: string): Promise<readonly string[]> =>
  (await db.selectFrom('account_role').select('role').where('account_id', '=', account).orderBy('role').execute()).map((one) => one.role);
