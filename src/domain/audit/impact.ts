import { dataMap, mappedColumns, type DataBasis, type DataOwner, type DataTerm, type MappedColumn, type MappedTable } from '#domain/audit/dataMap.ts';

/** 处理活动: what personal data is worked with for, each with the tables of the data map it lives in. A personal table without its place here fails `tests/unit/audit/impact.test.ts`. */
export const processings = {
  visits: ['booking', 'booking_child', 'booking_move', 'visit_signal', 'enrolment_code', 'child_hours', 'idempotency'],
  demand: ['demand', 'demand_notice'],
  notices: ['outbox', 'call_row'],
  complaints: ['complaint', 'case_move', 'case_message', 'case_task', 'case_forward', 'case_file', 'case_key'],
  reports: ['correction_report', 'health_point_report'],
  accounts: ['account', 'account_role', 'account_activation', 'recovery_code', 'session', 'known_device', 'sign_in_failures', 'sign_in_notice', 'identity_link'],
  record: ['audit_event', 'export_request'],
} as const satisfies Readonly<Record<string, readonly MappedTable[]>>;
export type Processing = keyof typeof processings;
const processingNames: readonly Processing[] = ['visits', 'demand', 'notices', 'complaints', 'reports', 'accounts', 'record'];

const personal: readonly DataOwner[] = ['child', 'family', 'staff'];

/** One kind of processing with all the data map says of it; every list in the map's order, without repeats. */
export type Impact = {
  readonly processing: Processing; readonly columns: readonly MappedColumn[];
  readonly owners: readonly DataOwner[]; readonly bases: readonly DataBasis[]; readonly terms: readonly DataTerm[];
};

const once = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

/** 个人信息保护影响评估, as far as the data map can say it. */
export function impactOf(): readonly Impact[] {
  const all = mappedColumns().filter(({ whose }) => personal.includes(whose));
  return processingNames.map((processing) => {
    const tables: readonly MappedTable[] = processings[processing];
    const held = tables.map((table) => dataMap[table]);
    return {
      processing, columns: tables.flatMap((table) => all.filter((column) => column.table === table)),
      owners: once(held.map(({ whose }) => whose)), bases: once(held.map(({ basis }) => basis)), terms: once(held.map(({ keep }) => keep)),
    };
  });
}
