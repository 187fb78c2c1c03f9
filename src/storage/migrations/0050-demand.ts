import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;

/** 入托需求登记: registrations without a name, and the one notice of each round. What is over holds no family's data: the schema says so. */
export const demand: Migration = {
  version: 50,
  statements: ({ int, strict }) => [
    `CREATE TABLE demand (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, reference text NOT NULL, query_code_hash text NOT NULL, subdistrict_code text NOT NULL,
      band text NOT NULL ${oneOf('band', ['underSixMonths', 'infant', 'toddler', 'older', 'overThree'])}, start_month text NOT NULL CHECK (length(start_month) = 7),
      modes text NOT NULL, max_fee ${int} CHECK (max_fee BETWEEN 0 AND 1000000), reach text NOT NULL ${oneOf('reach', ['street', 'nearby'])},
      institutions text NOT NULL, shown text NOT NULL, state text NOT NULL ${oneOf('state', ['looking', 'told', 'withdrawn', 'lapsed'])},
      version ${int} NOT NULL CHECK (version >= 1), round ${int} NOT NULL CHECK (round >= 1), sealed text NOT NULL,
      phone_key text, phone_ordinal ${int} CHECK (phone_ordinal BETWEEN 1 AND 3), rules_version text NOT NULL, made_at ${int} NOT NULL, lapses_on text NOT NULL CHECK (length(lapses_on) = 10),
      CHECK ((phone_key IS NULL) = (phone_ordinal IS NULL)),
      CHECK (state <> 'told' OR phone_key IS NOT NULL),
      CHECK ((state IN ('looking', 'told')) = (sealed <> '')),
      CHECK (state IN ('looking', 'told') OR phone_key IS NULL))${strict}`,
    `CREATE UNIQUE INDEX demand_reference ON demand (jurisdiction_code, reference)`,
    `CREATE UNIQUE INDEX demand_per_phone ON demand (jurisdiction_code, phone_key, phone_ordinal) WHERE phone_key IS NOT NULL`,
    `CREATE INDEX demand_waiting ON demand (jurisdiction_code, made_at) WHERE state = 'looking' AND phone_key IS NOT NULL`,
    `CREATE INDEX demand_by_end ON demand (lapses_on) WHERE query_code_hash <> ''`,
    `CREATE INDEX demand_counted ON demand (jurisdiction_code, subdistrict_code, band, start_month, state, lapses_on)`,
    `CREATE TABLE demand_notice (
      demand_id text NOT NULL REFERENCES demand (id), round ${int} NOT NULL CHECK (round >= 1), institution_id text NOT NULL REFERENCES institution (id),
      message_id text NOT NULL UNIQUE, at ${int} NOT NULL, PRIMARY KEY (demand_id, round))${strict}`,
  ],
};
