import type { Migration } from '#storage/migrate.ts';

const states = `('found', 'visited', 'guided', 'handedOver', 'notCare', 'registered')`;

/** 摸排线索 and their steps. A lead that a complaint named says nothing of the complaint. */
export const leadTables: Migration = {
  version: 160,
  statements: ({ int, strict }) => [
    `CREATE TABLE lead (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, name text NOT NULL CHECK (length(name) >= 2), name_key text NOT NULL CHECK (length(name_key) >= 1), subdistrict_code text, address text, seen text,
      children ${int} CHECK (children BETWEEN 0 AND 500), found_on text NOT NULL, source text NOT NULL CHECK (source IN ('street', 'clerk', 'complaint')), times ${int} NOT NULL CHECK (times >= 1),
      state text NOT NULL CHECK (state IN ${states}), institution_id text REFERENCES institution (id), version ${int} NOT NULL CHECK (version >= 1), created_at ${int} NOT NULL,
      CHECK ((state = 'registered') = (institution_id IS NOT NULL)))${strict}`,
    `CREATE UNIQUE INDEX lead_open_by_name ON lead (jurisdiction_code, name_key, coalesce(subdistrict_code, '')) WHERE state IN ('found', 'visited', 'guided', 'handedOver')`,
    `CREATE INDEX lead_of_place ON lead (jurisdiction_code, found_on)`,
    `CREATE TABLE lead_move (lead_id text NOT NULL REFERENCES lead (id), version ${int} NOT NULL, at ${int} NOT NULL, state text NOT NULL CHECK (state IN ${states}), actor text NOT NULL, reason text, PRIMARY KEY (lead_id, version))${strict}`,
  ],
};
