/** 数据清单: whose data a table holds. */
export const dataOwners = ['child', 'family', 'staff', 'institution', 'nobody'] as const;
export type DataOwner = (typeof dataOwners)[number];
/** On what it is kept: a guardian's consent, a duty by law, one's own account, the record of what was done, or because the program needs it. */
export const dataBases = ['consent', 'duty', 'account', 'record', 'technical'] as const;
export type DataBasis = (typeof dataBases)[number];
/** How long. What each means in days stands with what forgets it: retention of bookings, of demands, of reports, of cases, of sessions. */
export const dataTerms = ['visit90', 'unlinked90', 'codes', 'demand', 'report90', 'caseTerms', 'days', 'session', 'account', 'inUse', 'forever'] as const;
export type DataTerm = (typeof dataTerms)[number];
/** How a column is guarded beyond rights: encrypted, encrypted under a key of its case, only a hash, a keyed one-way value, or linked to the event before. */
export const dataGuards = ['sealed', 'sealedByCase', 'hashed', 'keyed', 'chained'] as const;
export type DataGuard = (typeof dataGuards)[number];

/** One table of the data map: its plain columns by name, and the guarded ones with how. */
type Entry = { readonly whose: DataOwner; readonly basis: DataBasis; readonly keep: DataTerm; readonly columns: string; readonly guarded: Readonly<Record<string, DataGuard>> };

/** 数据清单: every table and column of the database, and of the one that keeps the keys of cases. A column without its place here fails `tests/unit/audit/dataMap.test.ts`: say whose it is before it is written. */
export const dataMap = {
  schema_version: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'version applied_at', guarded: {} },
  jurisdiction_revision: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'jurisdiction_code revision', guarded: {} },
  audit_head: { whose: 'nobody', basis: 'record', keep: 'forever', columns: 'jurisdiction_code seq', guarded: { hash: 'chained' } },
  audit_event: { whose: 'staff', basis: 'record', keep: 'forever', columns: 'jurisdiction_code seq id at kind actor object_kind object_id detail', guarded: { hash: 'chained', previous_hash: 'chained' } },
  outbox: { whose: 'family', basis: 'consent', keep: 'visit90', columns: 'id jurisdiction_code kind created_at due_at sent_at attempts lease_until dedup_key dead_at outcome fault', guarded: { sealed: 'sealed' } },
  call_row: { whose: 'family', basis: 'consent', keep: 'visit90', columns: 'id jurisdiction_code kind institution_id subdistrict_code needed due_at office_at state version tries worked_by worked_at', guarded: { sealed: 'sealed' } },
  institution: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code county_code subdistrict_code name kind ownership nature credit_code address phone lng lat crs admission fees_from opens_in_school_holidays extended_until meals_provided open_to_neighbours accepts_allergy accepts_medicine accepts_special_needs confirmed_on source_title source_url source_read_on missing_since planned sample origin row_key row_hash pinyin next_fees pauses', guarded: {} },
  institution_alias: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id ordinal alias', guarded: {} },
  credential: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id kind state number receipted_on authority since decision_number', guarded: {} },
  service_mode: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id mode', guarded: {} },
  band_offer: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id band places free confirmed_on available_from', guarded: {} },
  recognition: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id ordinal authority document_number from_day until_day price_ceiling audience', guarded: {} },
  recognised_places: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id ordinal band places', guarded: {} },
  fee: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id ordinal item mode band amount per required note', guarded: {} },
  opening_hours: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id ordinal weekday opens closes', guarded: {} },
  import_run: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code origin file_name file_hash rows added changed missing returned at', guarded: {} },
  team: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code subdistrict_code name verify_phone sample', guarded: {} },
  slot: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id team_id kind title details template_id starts_at ends_at capacity taken waiting queue_last state bands sequence', guarded: {} },
  timetable: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'host_id jurisdiction_code version', guarded: {} },
  slot_template: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id team_id kind version valid_from valid_until pattern caps', guarded: {} },
  slot_exception: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id team_id template_id kind from_day until_day pattern', guarded: {} },
  slot_decision: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'slot_id choice at', guarded: {} },
  booking_terms: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'scope kind opens_days_ahead opens_at closes_hours_before cancel_hours_before confirmation monthly_hours waiting_list version', guarded: {} },
  enrolment_code: { whose: 'child', basis: 'consent', keep: 'codes', columns: 'id jurisdiction_code institution_id issued_on valid_until seen_on state version', guarded: { code_hash: 'hashed' } },
  child_hours: { whose: 'child', basis: 'consent', keep: 'codes', columns: 'institution_id month minutes', guarded: { child_key: 'keyed' } },
  visit_signal: { whose: 'family', basis: 'consent', keep: 'unlinked90', columns: 'id booking_id jurisdiction_code institution_id visited_on info_matched asked_to_pay enrolled at', guarded: {} },
  booking: { whose: 'child', basis: 'consent', keep: 'visit90', columns: 'id jurisdiction_code reference slot_id state seats version acting_as rules_version created_at ended_by reason queue_number offer_ends_at enrolment_id', guarded: { sealed_contact: 'sealed', query_code_hash: 'hashed' } },
  booking_child: { whose: 'child', basis: 'consent', keep: 'visit90', columns: 'booking_id ordinal slot_id institution_id day holds', guarded: { child_key: 'keyed' } },
  booking_move: { whose: 'child', basis: 'consent', keep: 'visit90', columns: 'booking_id ordinal at kind', guarded: {} },
  search_place: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'jurisdiction_code code name words', guarded: {} },
  search_state: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'jurisdiction_code hash', guarded: {} },
  search_document: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'id institution_id jurisdiction_code county_code subdistrict_code name credential kind ownership modes bands lng lat sample address everything aliases sounds', guarded: {} },
  search_whole: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'document_id whole', guarded: {} },
  search_terms: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'document_id grams', guarded: {} },
  demand: { whose: 'child', basis: 'consent', keep: 'demand', columns: 'id jurisdiction_code reference subdistrict_code band start_month modes max_fee reach institutions shown state version round phone_ordinal rules_version made_at lapses_on', guarded: { sealed: 'sealed', phone_key: 'keyed', query_code_hash: 'hashed' } },
  demand_notice: { whose: 'child', basis: 'consent', keep: 'demand', columns: 'demand_id round institution_id message_id at', guarded: {} },
  helpful_count: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'jurisdiction_code article month tally times', guarded: {} },
  idempotency: { whose: 'family', basis: 'consent', keep: 'days', columns: 'jurisdiction_code expires_at', guarded: { sealed_answer: 'sealed', key_hash: 'hashed', request_hash: 'hashed' } },
  account: { whose: 'staff', basis: 'account', keep: 'account', columns: 'id jurisdiction_code login title institution_id department_key subdistrict_code state last_step version sample created_at password_set_at', guarded: { password_hash: 'hashed', sealed_totp: 'sealed' } },
  identity_link: { whose: 'staff', basis: 'account', keep: 'account', columns: 'account_id linked_by linked_at', guarded: { subject_key: 'keyed' } },
  account_role: { whose: 'staff', basis: 'account', keep: 'account', columns: 'account_id role', guarded: {} },
  account_activation: { whose: 'staff', basis: 'account', keep: 'account', columns: 'account_id replaces_id expires_at', guarded: { code_hash: 'hashed' } },
  recovery_code: { whose: 'staff', basis: 'account', keep: 'account', columns: 'account_id used_at', guarded: { code_hash: 'hashed' } },
  session: { whose: 'staff', basis: 'account', keep: 'session', columns: 'id account_id opened_at seen_at proved_at device warned', guarded: { token_hash: 'hashed' } },
  known_device: { whose: 'staff', basis: 'account', keep: 'session', columns: 'account_id first_at seen_at', guarded: { token_hash: 'hashed' } },
  sign_in_failures: { whose: 'staff', basis: 'account', keep: 'session', columns: 'account_id times last_at', guarded: {} },
  sign_in_notice: { whose: 'staff', basis: 'account', keep: 'session', columns: 'id account_id jurisdiction_code kind at device times answer answered_at', guarded: {} },
  export_request: { whose: 'staff', basis: 'record', keep: 'forever', columns: 'id jurisdiction_code kind from_day until_day reason state asked_by asked_at decided_by decided_at answer downloads version', guarded: {} },
  listing: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id jurisdiction_code version words published_at source_hash', guarded: {} },
  listing_photo: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id institution_id jurisdiction_code ordinal file caption illustration taken_on width height said_by as_of cleared_by cleared_on', guarded: {} },
  listing_draft: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id state version base base_version proposal said_by made_by changed_at submitted_by submitted_at decided_by decided_at reason reason_words approved', guarded: {} },
  assessment: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id institution_id jurisdiction_code grade standard body assessed_on valid_until document_number note year version', guarded: {} },
  decision: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id institution_id jurisdiction_code kind number body decided_on until_day about withdrawn_on withdrawn_note reply replied_on withdrawn_kind version', guarded: {} },
  duty_record: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id duty year state done_on note said_by account_id version at', guarded: {} },
  staff_check: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id kind done not_done checked_by checked_on next_due said_by account_id version at', guarded: {} },
  supervision_amendment: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id kind entry_id act at said_by account_id reason before', guarded: {} },
  institution_change: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id institution_id jurisdiction_code on_day kind parts said_by', guarded: {} },
  banner: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id scope kind words link from_at until_at version written_by changed_at', guarded: {} },
  read_only: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'scope since until_at version set_by', guarded: {} },
  publication: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'institution_id jurisdiction_code name digest listed_at changed_at withdrawn_at', guarded: {} },
  health_point: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code kind name phone whole missing_since sample', guarded: {} },
  health_point_report: { whose: 'family', basis: 'duty', keep: 'report90', columns: 'id jurisdiction_code point_id reference topic state version created_at', guarded: { sealed_words: 'sealed', sealed_phone: 'sealed' } },
  registration: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code credit_code name nature scope address state authority on_day origin handled handled_on note version received_at', guarded: {} },
  registration_event: { whose: 'nobody', basis: 'technical', keep: 'days', columns: 'jurisdiction_code event_id registration_id at', guarded: { body_hash: 'hashed' } },
  push_signature: { whose: 'nobody', basis: 'technical', keep: 'days', columns: 'expires_at', guarded: { signature_hash: 'hashed' } },
  filing_move: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id ordinal from_state to_state on_day decision_number reason number before bookings booking_count by_account at second due_on settled settled_by settled_at', guarded: {} },
  complaint: { whose: 'family', basis: 'duty', keep: 'caseTerms', columns: 'id jurisdiction_code reference kind subject topic institution_id subdistrict_code identity staff_witness channel external_number external_deadline state version received_at closed_at lead_key assignment clock_basis confirm_by answer_by due_on waiting_since extended_from keep_until handler satisfaction reopened_at master_id is_mass legal_hold entered_by', guarded: { sealed_story: 'sealedByCase', sealed_identity: 'sealedByCase', query_code_hash: 'hashed' } },
  case_move: { whose: 'family', basis: 'duty', keep: 'caseTerms', columns: 'complaint_id ordinal at move state actor reason department', guarded: {} },
  case_message: { whose: 'family', basis: 'duty', keep: 'caseTerms', columns: 'id complaint_id at kind by_whom', guarded: { sealed: 'sealedByCase' } },
  case_task: { whose: 'family', basis: 'duty', keep: 'caseTerms', columns: 'id complaint_id kind state department created_at due_on document_number reason asked_by received_on basis done_at', guarded: { sealed_result: 'sealedByCase' } },
  case_forward: { whose: 'family', basis: 'duty', keep: 'caseTerms', columns: 'id complaint_id jurisdiction_code institution_id at reply_by replied_at version', guarded: { sealed_text: 'sealedByCase', sealed_reply: 'sealedByCase' } },
  case_file: { whose: 'family', basis: 'duty', keep: 'caseTerms', columns: 'id complaint_id message_id type size', guarded: { blob: 'sealedByCase' } },
  case_key: { whose: 'family', basis: 'duty', keep: 'caseTerms', columns: 'complaint_id part owner made_at', guarded: { wrapped: 'sealed' } },
  case_key_owner: { whose: 'nobody', basis: 'technical', keep: 'inUse', columns: 'single id', guarded: {} },
  lead: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code name name_key subdistrict_code address seen children found_on source times state institution_id version created_at', guarded: {} },
  lead_move: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'lead_id version at state actor reason', guarded: {} },
  inspection: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id inspected_on at account_id said_by answers words outcome due_on recheck_on', guarded: {} },
  inspection_photo: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id inspection_id ordinal file width height', guarded: {} },
  rectification: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code inspection_id institution_id finding demand ordered_on due_on done_on done_words rechecked_on passed recheck_note version', guarded: {} },
  monthly_count: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code institution_id month said said_by account_id version reported_at', guarded: {} },
  import_draft: { whose: 'institution', basis: 'duty', keep: 'inUse', columns: 'id jurisdiction_code file_name file_hash content accept_missing added changed missing returned prepared_by prepared_at settled settled_by settled_at', guarded: {} },
  correction_report: { whose: 'family', basis: 'duty', keep: 'report90', columns: 'id jurisdiction_code institution_id reference topic state version created_at note handled_at', guarded: { sealed_words: 'sealed', sealed_phone: 'sealed' } },
} as const satisfies Readonly<Record<string, Entry>>;
export type MappedTable = keyof typeof dataMap;

/** One column with everything an audit asks of it. */
export type MappedColumn = { readonly table: MappedTable; readonly column: string; readonly whose: DataOwner; readonly basis: DataBasis; readonly keep: DataTerm; readonly guard: DataGuard | null };

const isTable = (name: string): name is MappedTable => Object.hasOwn(dataMap, name);

/** The data map column by column, in the order of its tables. */
export const mappedColumns = (): readonly MappedColumn[] => Object.entries<Entry>(dataMap).flatMap(([table, { whose, basis, keep, columns, guarded }]) => {
  if (!isTable(table)) return [];
  const names = [...columns.split(' ').map((column) => ({ column, guard: null })), ...Object.entries(guarded).map(([column, guard]) => ({ column, guard }))];
  return names.map(({ column, guard }) => ({ table, column, whose, basis, keep, guard }));
});
