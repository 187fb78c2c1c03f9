import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;
const kinds = ['visit', 'care', 'class', 'homeVisit'];
const moves = ['booked', 'cancelled', 'rescheduled', 'joined', 'offered', 'accepted', 'confirmed', 'declined', 'expired', 'attended', 'noShow', 'turnedAway', 'reissued'];
const hosted = `CHECK ((institution_id IS NULL) <> (team_id IS NULL)), CHECK ((kind = 'homeVisit') = (team_id IS NOT NULL)), CHECK (kind <> 'homeVisit' OR details <> '')`;
const queued = `CHECK (waiting >= 0), CHECK (waiting = 0 OR kind IN ('care', 'class')), CHECK (queue_last >= waiting)`;

// SQLite cannot drop NOT NULL: the table is made anew. Bookings point at it, so their foreign keys are judged when the rows stand again.
const slotOnSqlite = (int: string, strict: string): readonly string[] => [
  `PRAGMA defer_foreign_keys = ON`,
  `CREATE TABLE slot_before AS SELECT * FROM slot`,
  `DROP TABLE slot`,
  `CREATE TABLE slot (
    id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text REFERENCES institution (id), team_id text REFERENCES team (id), kind text NOT NULL ${oneOf('kind', kinds)},
    title text CHECK (length(title) BETWEEN 1 AND 60), details text NOT NULL DEFAULT '', template_id text,
    starts_at ${int} NOT NULL, ends_at ${int} NOT NULL, capacity ${int} NOT NULL CHECK (capacity BETWEEN 1 AND 500), taken ${int} NOT NULL DEFAULT 0,
    waiting ${int} NOT NULL DEFAULT 0, queue_last ${int} NOT NULL DEFAULT 0, state text NOT NULL ${oneOf('state', ['open', 'closed'])}, bands text NOT NULL,
    CHECK (taken BETWEEN 0 AND capacity), CHECK (ends_at > starts_at), ${hosted}, ${queued})${strict}`,
  `INSERT INTO slot (id, jurisdiction_code, institution_id, kind, starts_at, ends_at, capacity, taken, state, bands)
    SELECT id, jurisdiction_code, institution_id, kind, starts_at, ends_at, capacity, taken, state, bands FROM slot_before`,
  `DROP TABLE slot_before`,
  `CREATE INDEX slot_by_jurisdiction ON slot (jurisdiction_code, kind, starts_at)`,
];

const slotOnPostgres = (int: string): readonly string[] => [
  `ALTER TABLE slot ALTER COLUMN institution_id DROP NOT NULL`,
  `ALTER TABLE slot ADD COLUMN team_id text REFERENCES team (id), ADD COLUMN title text CHECK (length(title) BETWEEN 1 AND 60), ADD COLUMN details text NOT NULL DEFAULT '', ADD COLUMN template_id text,
    ADD COLUMN waiting ${int} NOT NULL DEFAULT 0, ADD COLUMN queue_last ${int} NOT NULL DEFAULT 0`,
  ...`${hosted}, ${queued}`.split(', CHECK ').map((check) => `ALTER TABLE slot ADD CHECK ${check.replace(/^CHECK /, '')}`),
  `DROP INDEX slot_by_institution`,
];

const movesOnSqlite = (int: string, strict: string): readonly string[] => [
  `CREATE TABLE booking_move_new (booking_id text NOT NULL REFERENCES booking (id), ordinal ${int} NOT NULL, at ${int} NOT NULL, kind text NOT NULL ${oneOf('kind', moves)}, PRIMARY KEY (booking_id, ordinal))${strict}`,
  `INSERT INTO booking_move_new SELECT booking_id, ordinal, at, kind FROM booking_move`,
  `DROP TABLE booking_move`,
  `ALTER TABLE booking_move_new RENAME TO booking_move`,
];
const movesOnPostgres: readonly string[] = [`ALTER TABLE booking_move DROP CONSTRAINT booking_move_kind_check`, `ALTER TABLE booking_move ADD ${oneOf('kind', moves)}`];

/** 预约类型: what each kind says, who holds a slot, terms as data, the queue, enrolment codes, hours of care, and what families answer after a visit. */
export const bookingKindTables: Migration = {
  version: 80,
  statements: ({ engine, int, strict }) => [
    `CREATE TABLE team (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, subdistrict_code text NOT NULL CHECK (length(subdistrict_code) = 9), name text NOT NULL CHECK (length(name) >= 2),
      verify_phone text, sample ${int} NOT NULL CHECK (sample IN (0, 1)), CHECK (sample = 0 OR substr(name, 1, 2) = '示例'))${strict}`,
    `CREATE INDEX team_by_jurisdiction ON team (jurisdiction_code, subdistrict_code)`,
    ...(engine === 'sqlite' ? slotOnSqlite(int, strict) : slotOnPostgres(int)),
    // Care of two bands, and two classes, may begin at the same time.
    `CREATE UNIQUE INDEX slot_by_institution ON slot (institution_id, kind, starts_at, bands, coalesce(title, '')) WHERE institution_id IS NOT NULL`,
    `CREATE UNIQUE INDEX slot_by_team ON slot (team_id, kind, starts_at) WHERE team_id IS NOT NULL`,
    `CREATE INDEX slot_with_queue ON slot (starts_at) WHERE waiting > 0`,
    // Set by the jurisdiction (its code) or by one host (its id); a host's own come first.
    `CREATE TABLE booking_terms (
      scope text NOT NULL, kind text NOT NULL ${oneOf('kind', kinds)}, opens_days_ahead ${int} NOT NULL CHECK (opens_days_ahead BETWEEN 1 AND 92),
      opens_at text NOT NULL CHECK (length(opens_at) = 5), closes_hours_before ${int} NOT NULL CHECK (closes_hours_before BETWEEN 0 AND 168),
      cancel_hours_before ${int} NOT NULL CHECK (cancel_hours_before BETWEEN 0 AND 168), confirmation text NOT NULL ${oneOf('confirmation', ['instant', 'onRequest'])},
      monthly_hours ${int} CHECK (monthly_hours BETWEEN 1 AND 400), waiting_list ${int} NOT NULL CHECK (waiting_list IN (0, 1)), version ${int} NOT NULL CHECK (version >= 1),
      CHECK (monthly_hours IS NULL OR kind = 'care'), CHECK (waiting_list = 0 OR kind IN ('care', 'class')), PRIMARY KEY (scope, kind))${strict}`,
    // No child stands behind a code: an institution knows whom it gave it to, on paper.
    `CREATE TABLE enrolment_code (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), code_hash text NOT NULL UNIQUE,
      issued_on text NOT NULL CHECK (length(issued_on) = 10), valid_until text NOT NULL CHECK (length(valid_until) = 10), seen_on text NOT NULL CHECK (length(seen_on) = 10),
      state text NOT NULL ${oneOf('state', ['active', 'revoked'])}, version ${int} NOT NULL CHECK (version >= 1), CHECK (valid_until >= issued_on))${strict}`,
    `CREATE INDEX enrolment_code_by_institution ON enrolment_code (institution_id, valid_until)`,
    `ALTER TABLE booking ADD COLUMN ended_by text ${oneOf('ended_by', ['parent', 'institution', 'system'])} CHECK (ended_by IS NULL OR state IN ('declined', 'cancelled', 'expired'))`,
    `ALTER TABLE booking ADD COLUMN reason text ${oneOf('reason', ['full', 'materials', 'age', 'staff', 'illness', 'closure', 'weather', 'other'])}`,
    `ALTER TABLE booking ADD COLUMN queue_number ${int} CHECK (queue_number >= 1) CHECK (state <> 'waiting' OR queue_number IS NOT NULL)`,
    `ALTER TABLE booking ADD COLUMN offer_ends_at ${int} CHECK ((state = 'offered') = (offer_ends_at IS NOT NULL))`,
    `ALTER TABLE booking ADD COLUMN enrolment_id text REFERENCES enrolment_code (id)`,
    `CREATE UNIQUE INDEX booking_queue ON booking (slot_id, queue_number) WHERE state = 'waiting'`,
    `CREATE INDEX booking_offer_end ON booking (offer_ends_at) WHERE state = 'offered'`,
    ...(engine === 'sqlite' ? movesOnSqlite(int, strict) : movesOnPostgres),
    // 每月时长: minutes of care held by one child's key at one institution in a month.
    `CREATE TABLE child_hours (
      institution_id text NOT NULL, child_key text NOT NULL, month text NOT NULL CHECK (length(month) = 7), minutes ${int} NOT NULL CHECK (minutes >= 0),
      PRIMARY KEY (institution_id, child_key, month))${strict}`,
    // 参观后的三个问题: private to the regulator; the booking is forgotten with the family's data, the answers stay.
    `CREATE TABLE visit_signal (
      id text PRIMARY KEY, booking_id text UNIQUE REFERENCES booking (id), jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), visited_on text NOT NULL,
      info_matched text NOT NULL ${oneOf('info_matched', ['yes', 'partly', 'no'])}, asked_to_pay text NOT NULL ${oneOf('asked_to_pay', ['yes', 'no'])},
      enrolled text NOT NULL ${oneOf('enrolled', ['yes', 'no', 'undecided'])}, at ${int} NOT NULL)${strict}`,
    `CREATE INDEX visit_signal_by_place ON visit_signal (jurisdiction_code, visited_on)`,
  ],
};
