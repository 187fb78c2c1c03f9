import type { Migration } from '#storage/migrate.ts';

/** 可接收: whether an institution takes children with a food allergy, with regular medicine, with special needs; unknown for every row that stood before. */
export const accepts: Migration = {
  version: 20,
  statements: ({ int }) => ['accepts_allergy', 'accepts_medicine', 'accepts_special_needs']
    .map((column) => `ALTER TABLE institution ADD COLUMN ${column} ${int} CHECK (${column} IN (0, 1))`),
};
