import type { Migration } from '#storage/migrate.ts';

/** One 入户指导队 a street: two colleagues who set it up at once make one. */
export const oneTeamAStreet: Migration = {
  version: 145,
  statements: () => [`CREATE UNIQUE INDEX team_of_subdistrict ON team (jurisdiction_code, subdistrict_code)`, `DROP INDEX team_by_jurisdiction`],
};
