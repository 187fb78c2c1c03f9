import type { Migration } from '#storage/migrate.ts';

/** 公告 over the pages of a place ('*': all), 只读 while an incident lasts, 停办 of an institution, and when each institution's published facts changed. */
export const bannerTables: Migration = {
  version: 210,
  statements: ({ int, strict }) => [
    `CREATE TABLE banner (
      id text PRIMARY KEY, scope text NOT NULL, kind text NOT NULL CHECK (kind IN ('outbreak', 'closure', 'weather', 'other')), words text NOT NULL, link text,
      from_at ${int} NOT NULL, until_at ${int} NOT NULL, version ${int} NOT NULL CHECK (version >= 1), written_by text NOT NULL, changed_at ${int} NOT NULL, CHECK (until_at > from_at))${strict}`,
    `CREATE INDEX banner_by_end ON banner (scope, until_at)`,
    `CREATE TABLE read_only (scope text PRIMARY KEY, since ${int} NOT NULL, until_at ${int} NOT NULL, version ${int} NOT NULL CHECK (version >= 1), set_by text NOT NULL)${strict}`,
    `CREATE TABLE publication (
      institution_id text PRIMARY KEY, jurisdiction_code text NOT NULL, name text NOT NULL, digest text NOT NULL, listed_at ${int} NOT NULL, changed_at ${int} NOT NULL, withdrawn_at ${int})${strict}`,
    `CREATE INDEX publication_of_place ON publication (jurisdiction_code, changed_at)`,
  ],
};
