import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;

/** 账号: who signs in, in which roles, and the sessions, activations and recovery codes of each; of tokens and codes only hashes. */
export const accounts: Migration = {
  version: 70,
  statements: ({ int, strict }) => [
    `CREATE TABLE account (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, login text NOT NULL CHECK (length(login) BETWEEN 3 AND 40), title text CHECK (length(title) <= 60),
      institution_id text REFERENCES institution (id), department_key text, subdistrict_code text,
      state text NOT NULL ${oneOf('state', ['invited', 'active', 'disabled'])}, password_hash text, sealed_totp text, last_step ${int} NOT NULL DEFAULT 0,
      version ${int} NOT NULL CHECK (version >= 1), sample ${int} NOT NULL ${oneOf('sample', ['0', '1']).replaceAll("'", '')}, created_at ${int} NOT NULL,
      CHECK (state <> 'active' OR password_hash IS NOT NULL),
      CHECK (state <> 'disabled' OR (password_hash IS NULL AND sealed_totp IS NULL)))${strict}`,
    `CREATE UNIQUE INDEX account_login ON account (login)`,
    `CREATE INDEX account_of_place ON account (jurisdiction_code, login)`,
    `CREATE TABLE account_role (
      account_id text NOT NULL REFERENCES account (id),
      role text NOT NULL ${oneOf('role', ['institution', 'clerk', 'reviewer', 'department', 'street', 'systemAdmin', 'securityAdmin', 'auditor'])},
      PRIMARY KEY (account_id, role))${strict}`,
    `CREATE TABLE account_activation (
      code_hash text PRIMARY KEY, account_id text NOT NULL UNIQUE REFERENCES account (id), replaces_id text REFERENCES account (id), expires_at ${int} NOT NULL)${strict}`,
    `CREATE TABLE recovery_code (
      account_id text NOT NULL REFERENCES account (id), code_hash text NOT NULL, used_at ${int}, PRIMARY KEY (account_id, code_hash))${strict}`,
    `CREATE TABLE session (
      id text PRIMARY KEY, token_hash text NOT NULL UNIQUE, account_id text NOT NULL REFERENCES account (id), opened_at ${int} NOT NULL, seen_at ${int} NOT NULL,
      proved_at ${int} NOT NULL, device text NOT NULL CHECK (length(device) <= 60))${strict}`,
    `CREATE INDEX session_of_account ON session (account_id, seen_at)`,
    `CREATE INDEX session_by_age ON session (seen_at)`,
  ],
};
