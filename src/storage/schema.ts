import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';

/** A column that may be left out when a row is written, and is then null. */
type Later<Value> = ColumnType<Value | null, Value | null | undefined, Value | null>;

/** Integer milliseconds, counts and 0/1; text elsewhere; JSON as text parsed by zod. */
export type Database = {
  schema_version: { version: number; applied_at: number };
  jurisdiction_revision: { jurisdiction_code: string; revision: number };
  audit_head: { jurisdiction_code: string; seq: number; hash: string };
  audit_event: { jurisdiction_code: string; seq: number; id: string; at: number; kind: string; actor: string; object_kind: string; object_id: string; detail: string; previous_hash: string; hash: string };
  outbox: {
    id: string; jurisdiction_code: string; kind: string; sealed: string; created_at: number; due_at: number; sent_at: number | null; attempts: number; lease_until: number | null;
    dedup_key: Later<string>; dead_at: Later<number>; outcome: Later<string>; fault: Later<string>;
  };
  call_row: {
    id: string; jurisdiction_code: string; kind: string; sealed: string; institution_id: string | null; subdistrict_code: string | null; needed: number; due_at: number; office_at: number;
    state: string; version: number; tries: number; worked_by: string | null; worked_at: number | null;
  };
  institution: {
    id: string; jurisdiction_code: string; county_code: string | null; subdistrict_code: string | null; name: string; kind: string | null; ownership: string | null;
    nature: string | null; credit_code: string | null; address: string | null; phone: string | null; lng: number | null; lat: number | null; crs: string | null;
    admission: string | null; fees_from: string | null; opens_in_school_holidays: number | null; extended_until: string | null; meals_provided: number | null;
    open_to_neighbours: number | null; accepts_allergy: number | null; accepts_medicine: number | null; accepts_special_needs: number | null; confirmed_on: string | null; source_title: string; source_url: string | null; source_read_on: string;
    missing_since: string | null; planned: string | null; sample: number; origin: string; row_key: string; row_hash: string; pinyin: string; next_fees: string | null; pauses: string | null;
  };
  institution_alias: { institution_id: string; ordinal: number; alias: string };
  credential: { institution_id: string; kind: string; state: string; number: string | null; receipted_on: string | null; authority: string | null; since: string | null; decision_number: string | null };
  service_mode: { institution_id: string; mode: string };
  band_offer: { institution_id: string; band: string; places: number | null; free: number | null; confirmed_on: string | null; available_from: string | null };
  recognition: { institution_id: string; ordinal: number; authority: string; document_number: string | null; from_day: string; until_day: string | null; price_ceiling: number | null; audience: string | null };
  recognised_places: { institution_id: string; ordinal: number; band: string; places: number };
  fee: { institution_id: string; ordinal: number; item: string; mode: string | null; band: string | null; amount: number | null; per: string; required: number; note: string | null };
  opening_hours: { institution_id: string; ordinal: number; weekday: number; opens: string; closes: string };
  import_run: { id: string; jurisdiction_code: string; origin: string; file_name: string; file_hash: string; rows: number; added: number; changed: number; missing: number; returned: number; at: number };
  team: { id: string; jurisdiction_code: string; subdistrict_code: string; name: string; verify_phone: string | null; sample: number };
  slot: {
    id: string; jurisdiction_code: string; institution_id: string | null; team_id: Later<string>; kind: string;
    title: Later<string>; details: Generated<string>; template_id: Later<string>;
    starts_at: number; ends_at: number; capacity: number; taken: number; waiting: Generated<number>; queue_last: Generated<number>; state: string; bands: string; sequence: Generated<number>;
  };
  timetable: { host_id: string; jurisdiction_code: string; version: number };
  slot_template: {
    id: string; jurisdiction_code: string; institution_id: string | null; team_id: string | null; kind: string; version: number; valid_from: string; valid_until: string | null; pattern: string; caps: string;
  };
  slot_exception: { id: string; jurisdiction_code: string; institution_id: string | null; team_id: string | null; template_id: string | null; kind: string; from_day: string; until_day: string; pattern: string };
  slot_decision: { slot_id: string; choice: string; at: number };
  booking_terms: {
    scope: string; kind: string; opens_days_ahead: number; opens_at: string; closes_hours_before: number; cancel_hours_before: number; confirmation: string; monthly_hours: number | null;
    waiting_list: number; version: number;
  };
  enrolment_code: { id: string; jurisdiction_code: string; institution_id: string; code_hash: string; issued_on: string; valid_until: string; seen_on: string; state: string; version: number };
  child_hours: { institution_id: string; child_key: string; month: string; minutes: number };
  visit_signal: {
    id: string; booking_id: string | null; jurisdiction_code: string; institution_id: string; visited_on: string; info_matched: string; asked_to_pay: string; enrolled: string; at: number;
  };
  booking: {
    id: string; jurisdiction_code: string; reference: string; query_code_hash: string; slot_id: string; state: string; seats: number; version: number;
    sealed_contact: string; acting_as: string; rules_version: string; created_at: number;
    ended_by: Later<string>; reason: Later<string>; queue_number: Later<number>; offer_ends_at: Later<number>; enrolment_id: Later<string>;
  };
  booking_child: { booking_id: string; ordinal: number; child_key: string; slot_id: string; institution_id: string; day: string; holds: number };
  booking_move: { booking_id: string; ordinal: number; at: number; kind: string };
  search_place: { jurisdiction_code: string; code: string; name: string; words: string };
  search_state: { jurisdiction_code: string; hash: string };
  search_document: {
    id: Generated<number>; institution_id: string; jurisdiction_code: string; county_code: string | null; subdistrict_code: string | null; name: string; credential: string;
    kind: string | null; ownership: string | null; modes: number; bands: number; lng: number | null; lat: number | null; sample: number; address: string | null;
    everything: string; aliases: number; sounds: string;
  };
  search_whole: { document_id: number; whole: string };
  search_terms: { document_id: number; grams: string };
  demand: {
    id: string; jurisdiction_code: string; reference: string; query_code_hash: string; subdistrict_code: string; band: string; start_month: string; modes: string; max_fee: number | null;
    reach: string; institutions: string; shown: string; state: string; version: number; round: number; sealed: string; phone_key: string | null; phone_ordinal: number | null;
    rules_version: string; made_at: number; lapses_on: string;
  };
  demand_notice: { demand_id: string; round: number; institution_id: string; message_id: string; at: number };
  helpful_count: { jurisdiction_code: string; article: string; month: string; tally: string; times: number };
  idempotency: { jurisdiction_code: string; key_hash: string; request_hash: string; sealed_answer: string; expires_at: number };
  account: {
    id: string; jurisdiction_code: string; login: string; title: string | null; institution_id: string | null; department_key: string | null; subdistrict_code: string | null; state: string;
    password_hash: string | null; sealed_totp: string | null; last_step: Generated<number>; version: number; sample: number; created_at: number; password_set_at: number | null;
  };
  identity_link: { subject_key: string; account_id: string; linked_by: string; linked_at: number };
  account_role: { account_id: string; role: string };
  account_activation: { code_hash: string; account_id: string; replaces_id: string | null; expires_at: number };
  recovery_code: { account_id: string; code_hash: string; used_at: number | null };
  session: { id: string; token_hash: string; account_id: string; opened_at: number; seen_at: number; proved_at: number; device: string; warned: Generated<number> };
  known_device: { account_id: string; token_hash: string; first_at: number; seen_at: number };
  sign_in_failures: { account_id: string; times: number; last_at: number };
  sign_in_notice: { id: string; account_id: string; jurisdiction_code: string; kind: string; at: number; device: string; times: number; answer: string | null; answered_at: number | null };
  export_request: {
    id: string; jurisdiction_code: string; kind: string; from_day: string; until_day: string; reason: string; state: string; asked_by: string; asked_at: number; decided_by: string | null; decided_at: number | null;
    answer: string | null; downloads: number; version: number;
  };
  listing: { institution_id: string; jurisdiction_code: string; version: number; words: string; published_at: number; source_hash: string | null };
  listing_photo: {
    id: string; institution_id: string; jurisdiction_code: string; ordinal: number; file: string; caption: string; illustration: number; taken_on: string | null;
    width: number; height: number; said_by: string; as_of: string; cleared_by: string | null; cleared_on: string | null;
  };
  listing_draft: {
    id: string; jurisdiction_code: string; institution_id: string; state: string; version: number; base: string; base_version: number; proposal: string; said_by: string; made_by: string; changed_at: number;
    submitted_by: string | null; submitted_at: number | null; decided_by: string | null; decided_at: number | null; reason: string | null; reason_words: string | null; approved: string | null;
  };
  assessment: { id: string; institution_id: string; jurisdiction_code: string; grade: string; standard: string; body: string; assessed_on: string; valid_until: string | null; document_number: string | null; note: string | null; year: Later<number>; version: Generated<number> };
  decision: {
    id: string; institution_id: string; jurisdiction_code: string; kind: string; number: string; body: string; decided_on: string; until_day: string | null; about: string;
    withdrawn_on: string | null; withdrawn_note: string | null; reply: string | null; replied_on: string | null; withdrawn_kind: Later<string>; version: Generated<number>;
  };
  duty_record: {
    id: string; jurisdiction_code: string; institution_id: string; duty: string; year: number; state: string; done_on: string | null; note: string | null; said_by: string; account_id: string; version: number; at: number;
  };
  staff_check: {
    id: string; jurisdiction_code: string; institution_id: string; kind: string; done: number; not_done: number; checked_by: string; checked_on: string; next_due: string; said_by: string; account_id: string; version: number; at: number;
  };
  supervision_amendment: {
    id: string; jurisdiction_code: string; institution_id: string; kind: string; entry_id: string; act: string; at: number; said_by: string; account_id: string; reason: string | null; before: string;
  };
  institution_change: { id: string; institution_id: string; jurisdiction_code: string; on_day: string; kind: string; parts: string; said_by: string };
  banner: { id: string; scope: string; kind: string; words: string; link: string | null; from_at: number; until_at: number; version: number; written_by: string; changed_at: number };
  read_only: { scope: string; since: number; until_at: number; version: number; set_by: string };
  publication: { institution_id: string; jurisdiction_code: string; name: string; digest: string; listed_at: number; changed_at: number; withdrawn_at: number | null };
  health_point: { id: string; jurisdiction_code: string; kind: string; name: string; phone: string | null; whole: string; missing_since: string | null; sample: number };
  health_point_report: {
    id: string; jurisdiction_code: string; point_id: string; reference: string; topic: string; state: string; version: number; sealed_words: string; sealed_phone: string | null; created_at: number;
  };
  registration: {
    id: string; jurisdiction_code: string; credit_code: string | null; name: string; nature: string | null; scope: string | null; address: string | null; state: string; authority: string | null; on_day: string;
    origin: string; handled: string | null; handled_on: string | null; note: string | null; version: number; received_at: number;
  };
  registration_event: { jurisdiction_code: string; event_id: string; body_hash: string; registration_id: string; at: number };
  push_signature: { signature_hash: string; expires_at: number };
  filing_move: {
    id: string; jurisdiction_code: string; institution_id: string; ordinal: number; from_state: string; to_state: string; on_day: string; decision_number: string | null; reason: string; number: string | null; before: string;
    bookings: string; booking_count: number; by_account: string; at: number; second: string; due_on: string | null; settled: string | null; settled_by: string | null; settled_at: number | null;
  };
  complaint: {
    id: string; jurisdiction_code: string; reference: string; query_code_hash: string; kind: string; subject: string; topic: string | null; institution_id: string | null; subdistrict_code: string | null;
    identity: string; staff_witness: number; channel: string; external_number: string | null; external_deadline: string | null; state: string; version: number; received_at: number; closed_at: number | null;
    lead_key: string | null; assignment: string; clock_basis: string; confirm_by: string | null; answer_by: string | null; due_on: string; waiting_since: number | null; extended_from: string | null;
    keep_until: string | null; handler: string | null; satisfaction: number | null; reopened_at: number | null; master_id: string | null; is_mass: number; legal_hold: string | null;
    entered_by: string | null; sealed_story: string; sealed_identity: string | null;
  };
  case_move: { complaint_id: string; ordinal: number; at: number; move: string; state: string; actor: string; reason: string | null; department: string | null };
  case_message: { id: string; complaint_id: string; at: number; kind: string; by_whom: string; sealed: string };
  case_task: {
    id: string; complaint_id: string; kind: string; state: string; department: string | null; created_at: number; due_on: string | null; document_number: string | null; reason: string | null; asked_by: string;
    received_on: string | null; basis: string; done_at: number | null; sealed_result: string | null;
  };
  case_forward: {
    id: string; complaint_id: string; jurisdiction_code: string; institution_id: string; at: number; reply_by: string | null; sealed_text: string; sealed_reply: string | null; replied_at: number | null; version: number;
  };
  case_file: { id: string; complaint_id: string; message_id: string | null; blob: string; type: string; size: number };
  case_key_owner: { single: number; id: string };
  lead: {
    id: string; jurisdiction_code: string; name: string; name_key: string; subdistrict_code: string | null; address: string | null; seen: string | null; children: number | null; found_on: string; source: string; times: number;
    state: string; institution_id: string | null; version: number; created_at: number;
  };
  lead_move: { lead_id: string; version: number; at: number; state: string; actor: string; reason: string | null };
  inspection: { id: string; jurisdiction_code: string; institution_id: string; inspected_on: string; at: number; account_id: string; said_by: string; answers: string; words: string; outcome: string; due_on: string | null; recheck_on: string | null };
  inspection_photo: { id: string; inspection_id: string; ordinal: number; file: string; width: number; height: number };
  rectification: {
    id: string; jurisdiction_code: string; inspection_id: string; institution_id: string; finding: string; demand: string; ordered_on: string; due_on: string; done_on: string | null; done_words: string | null;
    rechecked_on: string | null; passed: number | null; recheck_note: string | null; version: number;
  };
  monthly_count: { id: string; jurisdiction_code: string; institution_id: string; month: string; said: string; said_by: string; account_id: string; version: number; reported_at: number };
  import_draft: {
    id: string; jurisdiction_code: string; file_name: string; file_hash: string; content: string | null; accept_missing: number | null; added: number; changed: number; missing: number; returned: number;
    prepared_by: string; prepared_at: number; settled: string | null; settled_by: string | null; settled_at: number | null;
  };
  correction_report: {
    id: string; jurisdiction_code: string; institution_id: string; reference: string; topic: string; state: string; version: number; sealed_words: string; sealed_phone: string | null; created_at: number; note: Later<string>; handled_at: Later<number>;
  };
};

/** The keys of cases, wrapped, in a database of their own. */
/** Counters of requests, apart from the records; `forget` takes away what ended before an instant, in a table that the limiter has made. */
export type Counters = {
  readonly client: object;
  readonly dayKey: (day: string, fresh: string) => Promise<string>;
  readonly forget: (table: string, endedBefore: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type KeyDatabase = { case_key: { complaint_id: string; part: string; owner: string; wrapped: string; made_at: number } };

/** The read-only handle: public pages and queries. */
export type ReadDb = Kysely<Database> | Transaction<Database>;
/** Only inside a transaction can anything be written. */
export type WriteTx = Transaction<Database>;

export type Engine = 'sqlite' | 'postgres';

/** What the composition root holds of storage. */
export type Storage = {
  readonly engine: Engine;
  readonly read: Kysely<Database>;
  /** Runs one transaction (BEGIN IMMEDIATE on SQLite); serialisation failures are tried again up to five times. */
  readonly write: <Result>(work: (tx: WriteTx) => Promise<Result>) => Promise<Result>;
  /** 修订号 of a jurisdiction's public view; synchronous on SQLite. */
  readonly revision: (jurisdiction: string) => number | Promise<number>;
  /** The revisions of all jurisdictions together: another number once any of them has changed. */
  readonly revisionOfAll: () => number | Promise<number>;
  /** Another number once anything at all was committed, by any process; undefined where the engine does not tell (PostgreSQL). */
  readonly dataVersion: () => number | undefined;
  readonly ready: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};
