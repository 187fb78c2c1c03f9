import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;

/** The foundation: directory records, slots and bookings, audit chains, messages to send. */
export const foundation: Migration = {
  version: 10,
  statements: ({ int, real, strict, appendOnly }) => [
    `CREATE TABLE jurisdiction_revision (jurisdiction_code text PRIMARY KEY, revision ${int} NOT NULL CHECK (revision >= 0))${strict}`,
    `CREATE TABLE audit_head (jurisdiction_code text PRIMARY KEY, seq ${int} NOT NULL CHECK (seq >= 0), hash text NOT NULL)${strict}`,
    `CREATE TABLE audit_event (
      jurisdiction_code text NOT NULL, seq ${int} NOT NULL CHECK (seq > 0), id text NOT NULL UNIQUE, at ${int} NOT NULL, kind text NOT NULL,
      actor text NOT NULL, object_kind text NOT NULL, object_id text NOT NULL, detail text NOT NULL, previous_hash text NOT NULL, hash text NOT NULL UNIQUE,
      PRIMARY KEY (jurisdiction_code, seq))${strict}`,
    ...appendOnly('audit_event'),
    `CREATE TABLE outbox (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, kind text NOT NULL, sealed text NOT NULL, created_at ${int} NOT NULL, due_at ${int} NOT NULL,
      sent_at ${int}, attempts ${int} NOT NULL DEFAULT 0 CHECK (attempts >= 0), lease_until ${int})${strict}`,
    `CREATE INDEX outbox_unsent ON outbox (due_at) WHERE sent_at IS NULL`,
    `CREATE TABLE institution (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, county_code text, subdistrict_code text, name text NOT NULL CHECK (length(name) >= 2),
      kind text ${oneOf('kind', ['independent', 'kindergartenClass', 'homeSite', 'employer', 'community'])},
      ownership text ${oneOf('ownership', ['public', 'publicPrivatelyRun', 'privateNonProfit', 'privateForProfit', 'employer'])},
      nature text ${oneOf('nature', ['publicInstitution', 'socialService', 'forProfit'])},
      credit_code text CHECK (length(credit_code) = 18), address text, phone text, lng ${real}, lat ${real}, crs text ${oneOf('crs', ['wgs84', 'gcj02'])},
      admission text, fees_from text, opens_in_school_holidays ${int} CHECK (opens_in_school_holidays IN (0, 1)), extended_until text,
      meals_provided ${int} CHECK (meals_provided IN (0, 1)), open_to_neighbours ${int} CHECK (open_to_neighbours IN (0, 1)), confirmed_on text,
      source_title text NOT NULL, source_url text, source_read_on text NOT NULL, missing_since text, planned text,
      sample ${int} NOT NULL CHECK (sample IN (0, 1)), origin text NOT NULL ${oneOf('origin', ['registry', 'full', 'planned', 'sample'])},
      row_key text NOT NULL, row_hash text NOT NULL, pinyin text NOT NULL,
      CHECK ((lng IS NULL) = (lat IS NULL) AND (lng IS NULL) = (crs IS NULL)),
      CHECK (sample = 0 OR substr(name, 1, 2) = '示例'))${strict}`,
    `CREATE UNIQUE INDEX institution_credit_code ON institution (jurisdiction_code, credit_code) WHERE credit_code IS NOT NULL`,
    `CREATE INDEX institution_by_jurisdiction ON institution (jurisdiction_code, origin)`,
    `CREATE TABLE institution_alias (institution_id text NOT NULL REFERENCES institution (id), ordinal ${int} NOT NULL, alias text NOT NULL, PRIMARY KEY (institution_id, ordinal))${strict}`,
    `CREATE TABLE credential (
      institution_id text PRIMARY KEY REFERENCES institution (id), kind text NOT NULL ${oneOf('kind', ['filing', 'kindergarten', 'licence'])},
      state text NOT NULL ${oneOf('state', ['planned', 'submitted', 'returned', 'receipted', 'changed', 'suspended', 'withdrawn'])},
      number text, receipted_on text, authority text, since text, decision_number text)${strict}`,
    `CREATE TABLE service_mode (institution_id text NOT NULL REFERENCES institution (id), mode text NOT NULL ${oneOf('mode', ['fullDay', 'halfDay', 'hourly', 'temporary'])}, PRIMARY KEY (institution_id, mode))${strict}`,
    `CREATE TABLE band_offer (
      institution_id text NOT NULL REFERENCES institution (id), band text NOT NULL ${oneOf('band', ['infant', 'toddler', 'older', 'mixed'])},
      places ${int} CHECK (places BETWEEN 0 AND 2000), free ${int} CHECK (free BETWEEN 0 AND 2000), confirmed_on text, available_from text, PRIMARY KEY (institution_id, band))${strict}`,
    `CREATE TABLE recognition (
      institution_id text NOT NULL REFERENCES institution (id), ordinal ${int} NOT NULL, authority text NOT NULL, document_number text, from_day text NOT NULL, until_day text,
      price_ceiling ${int} CHECK (price_ceiling > 0), audience text, PRIMARY KEY (institution_id, ordinal))${strict}`,
    `CREATE TABLE recognised_places (
      institution_id text NOT NULL, ordinal ${int} NOT NULL, band text NOT NULL ${oneOf('band', ['infant', 'toddler', 'older', 'mixed'])}, places ${int} NOT NULL CHECK (places > 0),
      PRIMARY KEY (institution_id, ordinal, band), FOREIGN KEY (institution_id, ordinal) REFERENCES recognition (institution_id, ordinal))${strict}`,
    `CREATE TABLE fee (
      institution_id text NOT NULL REFERENCES institution (id), ordinal ${int} NOT NULL, item text NOT NULL ${oneOf('item', ['care', 'meals', 'extension', 'materials', 'deposit', 'oneOff'])},
      mode text, band text, amount ${int} CHECK (amount >= 0), per text NOT NULL ${oneOf('per', ['month', 'day', 'hour', 'time'])}, required ${int} NOT NULL CHECK (required IN (0, 1)), note text,
      PRIMARY KEY (institution_id, ordinal))${strict}`,
    `CREATE TABLE opening_hours (institution_id text NOT NULL REFERENCES institution (id), ordinal ${int} NOT NULL, weekday ${int} NOT NULL CHECK (weekday BETWEEN 1 AND 7), opens text NOT NULL, closes text NOT NULL, PRIMARY KEY (institution_id, ordinal))${strict}`,
    `CREATE TABLE import_run (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, origin text NOT NULL, file_name text NOT NULL, file_hash text NOT NULL, rows ${int} NOT NULL,
      added ${int} NOT NULL, changed ${int} NOT NULL, missing ${int} NOT NULL, returned ${int} NOT NULL, at ${int} NOT NULL)${strict}`,
    `CREATE TABLE slot (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), kind text NOT NULL ${oneOf('kind', ['visit', 'care', 'class', 'homeVisit'])},
      starts_at ${int} NOT NULL, ends_at ${int} NOT NULL, capacity ${int} NOT NULL CHECK (capacity BETWEEN 1 AND 500), taken ${int} NOT NULL DEFAULT 0,
      state text NOT NULL ${oneOf('state', ['open', 'closed'])}, bands text NOT NULL,
      CHECK (taken BETWEEN 0 AND capacity), CHECK (ends_at > starts_at))${strict}`,
    `CREATE UNIQUE INDEX slot_by_institution ON slot (institution_id, kind, starts_at)`,
    `CREATE INDEX slot_by_jurisdiction ON slot (jurisdiction_code, kind, starts_at)`,
    `CREATE TABLE booking (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, reference text NOT NULL, query_code_hash text NOT NULL, slot_id text NOT NULL REFERENCES slot (id),
      state text NOT NULL ${oneOf('state', ['requested', 'confirmed', 'waiting', 'offered', 'declined', 'cancelled', 'expired', 'attended', 'noShow', 'turnedAway'])},
      seats ${int} NOT NULL CHECK (seats BETWEEN 1 AND 4), version ${int} NOT NULL CHECK (version >= 1), sealed_contact text NOT NULL,
      acting_as text NOT NULL ${oneOf('acting_as', ['guardian', 'entrusted'])}, rules_version text NOT NULL, created_at ${int} NOT NULL)${strict}`,
    `CREATE UNIQUE INDEX booking_reference ON booking (jurisdiction_code, reference)`,
    `CREATE INDEX booking_by_slot ON booking (slot_id)`,
    `CREATE TABLE booking_child (
      booking_id text NOT NULL REFERENCES booking (id), ordinal ${int} NOT NULL CHECK (ordinal BETWEEN 0 AND 3), child_key text NOT NULL, slot_id text NOT NULL REFERENCES slot (id),
      institution_id text NOT NULL, day text NOT NULL, holds ${int} NOT NULL CHECK (holds IN (0, 1)), PRIMARY KEY (booking_id, ordinal))${strict}`,
    `CREATE UNIQUE INDEX booking_child_per_slot ON booking_child (slot_id, child_key) WHERE holds = 1`,
    `CREATE UNIQUE INDEX booking_child_per_day ON booking_child (institution_id, day, child_key) WHERE holds = 1`,
    `CREATE TABLE booking_move (booking_id text NOT NULL REFERENCES booking (id), ordinal ${int} NOT NULL, at ${int} NOT NULL, kind text NOT NULL ${oneOf('kind', ['booked', 'cancelled', 'rescheduled'])}, PRIMARY KEY (booking_id, ordinal))${strict}`,
    `CREATE TABLE idempotency (
      jurisdiction_code text NOT NULL, key_hash text NOT NULL, request_hash text NOT NULL, sealed_answer text NOT NULL, expires_at ${int} NOT NULL, PRIMARY KEY (jurisdiction_code, key_hash))${strict}`,
    `CREATE INDEX idempotency_by_end ON idempotency (expires_at)`,
  ],
};
