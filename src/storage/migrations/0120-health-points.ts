import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;

/** 接种门诊, 儿保, 体检点, 母婴室: the points as a place's list gives them (`whole` is JSON), and reports that one of them is wrong. */
export const healthPointTables: Migration = {
  version: 120,
  statements: ({ int, strict }) => [
    `CREATE TABLE health_point (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, kind text NOT NULL ${oneOf('kind', ['vaccination', 'childHealth', 'entryCheck', 'postpartumMind', 'nursingRoom'])},
      name text NOT NULL, phone text, whole text NOT NULL, missing_since text, sample ${int} NOT NULL CHECK (sample IN (0, 1)))${strict}`,
    `CREATE INDEX health_point_of_place ON health_point (jurisdiction_code, kind, name)`,
    `CREATE TABLE health_point_report (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, point_id text NOT NULL REFERENCES health_point (id), reference text NOT NULL,
      topic text NOT NULL ${oneOf('topic', ['contact', 'hours', 'closed', 'other'])},
      state text NOT NULL ${oneOf('state', ['received', 'checked', 'corrected', 'declined'])}, version ${int} NOT NULL CHECK (version >= 1),
      sealed_words text NOT NULL, sealed_phone text, created_at ${int} NOT NULL)${strict}`,
    `CREATE UNIQUE INDEX health_point_report_reference ON health_point_report (jurisdiction_code, reference)`,
    `CREATE INDEX health_point_report_by_age ON health_point_report (created_at)`,
  ],
};
