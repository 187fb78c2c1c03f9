import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;

/** 通知: what became of a row of the outbox, the key under which a planned one is written once, and 电话通知清单. No phone and no name is in any of it. */
export const notices: Migration = {
  version: 100,
  statements: ({ int, strict }) => [
    `ALTER TABLE outbox ADD COLUMN dedup_key text`,
    `ALTER TABLE outbox ADD COLUMN dead_at ${int} CHECK (dead_at IS NULL OR sent_at IS NULL)`,
    `ALTER TABLE outbox ADD COLUMN outcome text ${oneOf('outcome', ['sent', 'listed', 'void', 'desk', 'dead'])}`,
    `ALTER TABLE outbox ADD COLUMN fault text CHECK (length(fault) <= 40)`,
    `CREATE UNIQUE INDEX outbox_once ON outbox (dedup_key) WHERE dedup_key IS NOT NULL`,
    `CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND dead_at IS NULL`,
    `CREATE INDEX outbox_dead ON outbox (jurisdiction_code, dead_at) WHERE dead_at IS NOT NULL`,
    `CREATE TABLE call_row (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, kind text NOT NULL, sealed text NOT NULL, institution_id text, subdistrict_code text,
      needed ${int} NOT NULL CHECK (needed IN (0, 1)), due_at ${int} NOT NULL, office_at ${int} NOT NULL CHECK (office_at >= due_at OR institution_id IS NULL),
      state text NOT NULL ${oneOf('state', ['open', 'told', 'notReached', 'changed', 'void'])}, version ${int} NOT NULL CHECK (version >= 1),
      tries ${int} NOT NULL CHECK (tries >= 0), worked_by text, worked_at ${int}, CHECK ((worked_by IS NULL) = (worked_at IS NULL)), CHECK ((state = 'open') = (worked_by IS NULL)))${strict}`,
    `CREATE INDEX call_row_of_institution ON call_row (institution_id, due_at) WHERE state IN ('open', 'notReached')`,
    `CREATE INDEX call_row_of_place ON call_row (jurisdiction_code, due_at)`,
  ],
};
