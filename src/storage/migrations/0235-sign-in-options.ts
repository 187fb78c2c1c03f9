import type { Migration } from '#storage/migrate.ts';

/** When a password was set (null: before this was written down, then the account's own beginning counts), and 统一身份认证: who an account is at the provider, as a keyed one-way value. */
export const signInOptions: Migration = {
  version: 235,
  statements: ({ int, strict }) => [
    `ALTER TABLE account ADD COLUMN password_set_at ${int}`,
    `CREATE TABLE identity_link (
      subject_key text PRIMARY KEY, account_id text NOT NULL UNIQUE REFERENCES account (id), linked_by text NOT NULL, linked_at ${int} NOT NULL)${strict}`,
  ],
};
