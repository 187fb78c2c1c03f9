import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;
const hosted = `institution_id text REFERENCES institution (id), team_id text REFERENCES team (id)`;
const oneHost = `CHECK ((institution_id IS NULL) <> (team_id IS NULL))`;

/** 排期模板: weekly patterns, exceptions, what the desk decided about booked slots that no longer fit; a slot's SEQUENCE in calendars. */
export const slotTemplateTables: Migration = {
  version: 90,
  statements: ({ int, strict }) => [
    // The row whose lock keeps two changes of one host apart.
    `CREATE TABLE timetable (host_id text PRIMARY KEY, jurisdiction_code text NOT NULL, version ${int} NOT NULL CHECK (version >= 1))${strict}`,
    `CREATE TABLE slot_template (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, ${hosted}, kind text NOT NULL ${oneOf('kind', ['visit', 'care', 'class', 'homeVisit'])}, version ${int} NOT NULL CHECK (version >= 1),
      valid_from text NOT NULL CHECK (length(valid_from) = 10), valid_until text CHECK (length(valid_until) = 10), pattern text NOT NULL, caps text NOT NULL,
      ${oneHost}, CHECK ((kind = 'homeVisit') = (team_id IS NOT NULL)), CHECK (valid_until IS NULL OR valid_until >= valid_from))${strict}`,
    `CREATE INDEX slot_template_by_institution ON slot_template (institution_id) WHERE institution_id IS NOT NULL`,
    `CREATE INDEX slot_template_by_team ON slot_template (team_id) WHERE team_id IS NOT NULL`,
    `CREATE INDEX slot_template_by_place ON slot_template (jurisdiction_code)`,
    `CREATE TABLE slot_exception (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, ${hosted}, template_id text REFERENCES slot_template (id), kind text NOT NULL ${oneOf('kind', ['closed', 'schoolHoliday', 'times', 'closedBand'])},
      from_day text NOT NULL CHECK (length(from_day) = 10), until_day text NOT NULL CHECK (length(until_day) = 10), pattern text NOT NULL, ${oneHost}, CHECK (until_day >= from_day))${strict}`,
    `CREATE INDEX slot_exception_by_institution ON slot_exception (institution_id, until_day) WHERE institution_id IS NOT NULL`,
    `CREATE INDEX slot_exception_by_team ON slot_exception (team_id, until_day) WHERE team_id IS NOT NULL`,
    `CREATE TABLE slot_decision (slot_id text PRIMARY KEY REFERENCES slot (id), choice text NOT NULL ${oneOf('choice', ['keep', 'stop'])}, at ${int} NOT NULL)${strict}`,
    `ALTER TABLE slot ADD COLUMN sequence ${int} NOT NULL DEFAULT 0 CHECK (sequence >= 0)`,
  ],
};
