import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;
const states = ['planned', 'submitted', 'returned', 'receipted', 'changed', 'suspended', 'withdrawn'];

/** 登记 as pushed or taken down, pushes taken and signatures seen, and 状态变动 of credentials with the second person's word. */
export const filingTables: Migration = {
  version: 130,
  statements: ({ int, strict }) => [
    `CREATE TABLE registration (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, credit_code text, name text NOT NULL, nature text ${oneOf('nature', ['publicInstitution', 'socialService', 'forProfit'])},
      scope text, address text, state text NOT NULL ${oneOf('state', ['registered', 'changed', 'cancelled', 'none'])}, authority text, on_day text NOT NULL,
      origin text NOT NULL ${oneOf('origin', ['push', 'clerk'])}, handled text ${oneOf('handled', ['filing', 'noted', 'rectified', 'closedDown', 'notCare'])},
      handled_on text, note text, version ${int} NOT NULL CHECK (version >= 1), received_at ${int} NOT NULL,
      CHECK ((handled IS NULL) = (handled_on IS NULL)), CHECK (state = 'none' OR credit_code IS NOT NULL))${strict}`,
    `CREATE UNIQUE INDEX registration_of_code ON registration (jurisdiction_code, credit_code) WHERE credit_code IS NOT NULL`,
    `CREATE INDEX registration_of_place ON registration (jurisdiction_code, on_day)`,
    `CREATE TABLE registration_event (
      jurisdiction_code text NOT NULL, event_id text NOT NULL, body_hash text NOT NULL, registration_id text NOT NULL REFERENCES registration (id), at ${int} NOT NULL, PRIMARY KEY (jurisdiction_code, event_id))${strict}`,
    `CREATE TABLE push_signature (signature_hash text PRIMARY KEY, expires_at ${int} NOT NULL)${strict}`,
    `CREATE TABLE filing_move (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), ordinal ${int} NOT NULL CHECK (ordinal >= 1),
      from_state text NOT NULL ${oneOf('from_state', states)}, to_state text NOT NULL ${oneOf('to_state', states)}, on_day text NOT NULL, decision_number text, reason text NOT NULL, number text,
      before text NOT NULL, bookings text NOT NULL ${oneOf('bookings', ['cancelled', 'told', 'none'])}, booking_count ${int} NOT NULL CHECK (booking_count >= 0),
      by_account text NOT NULL, at ${int} NOT NULL, second text NOT NULL ${oneOf('second', ['none', 'before', 'after'])}, due_on text,
      settled text ${oneOf('settled', ['confirmed', 'refused', 'superseded'])}, settled_by text, settled_at ${int},
      UNIQUE (institution_id, ordinal), CHECK ((settled IS NULL) = (settled_by IS NULL)), CHECK (settled <> 'confirmed' OR settled_by <> by_account))${strict}`,
    `CREATE INDEX filing_move_open ON filing_move (jurisdiction_code, due_on) WHERE second <> 'none' AND settled IS NULL`,
  ],
};
