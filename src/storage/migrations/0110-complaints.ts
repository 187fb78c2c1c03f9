import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;
const states = ['received', 'accepted', 'notAccepted', 'transferred', 'investigating', 'answered', 'closed', 'withdrawn', 'merged'];

/** 诉求: cases, their steps, words, tasks, files and what was forwarded. Story, words and identity lie sealed under keys that another database holds. */
export const complaintTables: Migration = {
  version: 110,
  statements: ({ int, strict }) => [
    `CREATE TABLE complaint (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, reference text NOT NULL, query_code_hash text NOT NULL, kind text NOT NULL ${oneOf('kind', ['complaint', 'tipOff', 'suggestion'])},
      subject text NOT NULL, topic text, institution_id text, subdistrict_code text, identity text NOT NULL ${oneOf('identity', ['anonymous', 'confidential', 'named'])},
      staff_witness ${int} NOT NULL CHECK (staff_witness IN (0, 1)),
      channel text NOT NULL ${oneOf('channel', ['site', 'telephone', 'visit', '12345', '12315', 'petition', 'superior', 'street', 'inspector'])}, external_number text, external_deadline text,
      state text NOT NULL ${oneOf('state', states)}, version ${int} NOT NULL CHECK (version >= 1), received_at ${int} NOT NULL, closed_at ${int},
      lead_key text, assignment text NOT NULL, clock_basis text NOT NULL ${oneOf('clock_basis', ['law', 'site'])}, confirm_by text, answer_by text, due_on text NOT NULL,
      waiting_since ${int}, extended_from text, keep_until text, handler text, satisfaction ${int} CHECK (satisfaction BETWEEN 1 AND 5), reopened_at ${int},
      master_id text REFERENCES complaint (id), is_mass ${int} NOT NULL CHECK (is_mass IN (0, 1)), legal_hold text ${oneOf('legal_hold', ['administrativeReview', 'court', 'investigation'])},
      entered_by text, sealed_story text NOT NULL, sealed_identity text,
      CHECK ((state = 'merged') = (master_id IS NOT NULL)), CHECK (master_id <> id))${strict}`,
    `CREATE UNIQUE INDEX complaint_reference ON complaint (jurisdiction_code, reference)`,
    `CREATE INDEX complaint_open_by_due ON complaint (jurisdiction_code, due_on, received_at, id) WHERE state IN ('received', 'accepted', 'transferred', 'investigating', 'answered')`,
    `CREATE INDEX complaint_by_receipt ON complaint (jurisdiction_code, received_at)`,
    `CREATE INDEX complaint_by_master ON complaint (master_id) WHERE master_id IS NOT NULL`,
    `CREATE INDEX complaint_by_closing ON complaint (closed_at) WHERE closed_at IS NOT NULL`,
    `CREATE TABLE case_move (
      complaint_id text NOT NULL REFERENCES complaint (id), ordinal ${int} NOT NULL CHECK (ordinal >= 1), at ${int} NOT NULL, move text NOT NULL, state text NOT NULL ${oneOf('state', states)},
      actor text NOT NULL, reason text, department text, PRIMARY KEY (complaint_id, ordinal))${strict}`,
    `CREATE TABLE case_message (
      id text PRIMARY KEY, complaint_id text NOT NULL REFERENCES complaint (id), at ${int} NOT NULL,
      kind text NOT NULL ${oneOf('kind', ['addition', 'question', 'reply', 'answer', 'notice', 'note', 'departmentReply', 'institutionReply', 'reopening'])}, by_whom text NOT NULL, sealed text NOT NULL)${strict}`,
    `CREATE INDEX case_message_of_case ON case_message (complaint_id, at, id)`,
    `CREATE TABLE case_task (
      id text PRIMARY KEY, complaint_id text NOT NULL REFERENCES complaint (id), kind text NOT NULL ${oneOf('kind', ['secureEvidence', 'policeReport', 'handover', 'joint', 'extension', 'callBack'])},
      state text NOT NULL ${oneOf('state', ['open', 'done', 'returned', 'dropped'])}, department text, created_at ${int} NOT NULL, due_on text, document_number text, reason text, asked_by text NOT NULL,
      received_on text, basis text NOT NULL ${oneOf('basis', ['law', 'site'])}, done_at ${int}, sealed_result text)${strict}`,
    `CREATE INDEX case_task_of_case ON case_task (complaint_id, created_at, id)`,
    `CREATE INDEX case_task_of_department ON case_task (department, complaint_id) WHERE state = 'open' AND department IS NOT NULL`,
    `CREATE TABLE case_forward (
      id text PRIMARY KEY, complaint_id text NOT NULL REFERENCES complaint (id), jurisdiction_code text NOT NULL, institution_id text NOT NULL, at ${int} NOT NULL, reply_by text,
      sealed_text text NOT NULL, sealed_reply text, replied_at ${int}, version ${int} NOT NULL CHECK (version >= 1))${strict}`,
    `CREATE INDEX case_forward_of_case ON case_forward (complaint_id)`,
    `CREATE INDEX case_forward_to ON case_forward (jurisdiction_code, institution_id, at)`,
    `CREATE TABLE case_file (
      id text PRIMARY KEY, complaint_id text NOT NULL REFERENCES complaint (id), message_id text REFERENCES case_message (id), blob text NOT NULL UNIQUE,
      type text NOT NULL ${oneOf('type', ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'])}, size ${int} NOT NULL CHECK (size > 0))${strict}`,
    `CREATE INDEX case_file_of_case ON case_file (complaint_id)`,
    `CREATE TABLE case_key_owner (single ${int} PRIMARY KEY CHECK (single = 1), id text NOT NULL)${strict}`,
  ],
};
