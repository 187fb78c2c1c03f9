import { z } from 'zod';
import { bookingStates } from '#domain/booking/model.ts';
import { bookingKinds } from '#domain/booking/model.ts';
import { channels, complaintKinds, complaintStates } from '#domain/complaints/model.ts';
import { countSaid } from '#domain/counts/model.ts';
import { childrenIn } from '#domain/counts/rules.ts';
import { classBands, credentialStates } from '#domain/directory/model.ts';
import { exportBounds, type ExportRequest, type ExportRows } from '#domain/exports/model.ts';
import { subjects, type Jurisdiction } from '#domain/jurisdiction/model.ts';
import { leadSources, leadStates } from '#domain/leads/model.ts';
import { addDays, dayOf, instant, instantAt, timeOf } from '#domain/shared/dates.ts';
import type { AccountStore } from '#domain/accounts/ports.ts';
import { bookingRowsOf, complaintRowsOf, countRowsOf, filingRowsOf, leadRowsOf } from '#storage/exportRows.ts';
import { listInstitutionNames } from '#storage/institutionNames.ts';
import type { ReadDb } from '#storage/schema.ts';
import { accountStateText } from '#text/accounts.ts';
import { deskKindText, deskStateText } from '#text/bookingDeskPages.ts';
import { caseKindText, caseStateText, channelText } from '#text/cases.ts';
import { roleText } from '#text/desk.ts';
import { credentialStateText } from '#text/directory.ts';
import { exportsText as words } from '#text/exports.ts';
import { leadSourceText, leadStateText } from '#text/leads.ts';
import { subjectText } from '#text/policy.ts';

/** What a table is made from. */
export type ExportSource = { readonly read: ReadDb; readonly accounts: Pick<AccountStore, 'list'>; readonly place: Jurisdiction };

const dayIn = (at: number | null): string => (at === null ? '' : dayOf(instant.parse(Number(at))));
const streetIn = ({ place }: ExportSource, code: string | null): string => place.subdistricts.find((one) => one.code === code)?.name ?? '';
const limit = exportBounds.rows + 1;
const instantsOf = ({ from, until, jurisdiction }: ExportRequest) => ({ jurisdiction, from: instantAt(from, '00:00'), until: instantAt(addDays(until, 1), '00:00'), limit });
const daysOf = ({ from, until, jurisdiction }: ExportRequest) => ({ jurisdiction, first: from, last: until, limit });
const leadOf = z.looseObject({ lead: z.string().nullable() });

async function bookingTable({ read }: ExportSource, request: ExportRequest): Promise<ExportRows> {
  return (await bookingRowsOf(read, instantsOf(request))).map((row) => [
    dayIn(row.starts_at), timeOf(instant.parse(Number(row.starts_at))), row.institution ?? row.team ?? '', deskKindText[z.enum(bookingKinds).parse(row.kind)], deskStateText[z.enum(bookingStates).parse(row.state)], row.seats, dayIn(row.created_at), words.endedBy(row.ended_by),
  ]);
}

async function complaintTable(source: ExportSource, request: ExportRequest): Promise<ExportRows> {
  const departments = new Map<string, string>(source.place.departments.map(({ key, name }) => [key, name]));
  return (await complaintRowsOf(source.read, instantsOf(request))).map((row) => {
    const lead = leadOf.safeParse(JSON.parse(row.assignment)).data?.lead ?? null;
    return [
      row.reference, dayIn(row.received_at), caseKindText[z.enum(complaintKinds).parse(row.kind)], subjectText[z.enum(subjects).parse(row.subject)], channelText[z.enum(channels).parse(row.channel)], row.institution ?? '', streetIn(source, row.subdistrict_code),
      lead === null ? '' : departments.get(lead) ?? lead, caseStateText[z.enum(complaintStates).parse(row.state)], row.due_on, dayIn(row.closed_at), row.satisfaction,
    ];
  });
}

async function leadTable(source: ExportSource, request: ExportRequest): Promise<ExportRows> {
  return (await leadRowsOf(source.read, daysOf(request))).map((row) => [
    row.found_on, streetIn(source, row.subdistrict_code), row.name, row.address ?? '', leadSourceText[z.enum(leadSources).parse(row.source)], row.times, row.children, leadStateText[z.enum(leadStates).parse(row.state)],
  ]);
}

async function countTable(source: ExportSource, request: ExportRequest): Promise<ExportRows> {
  const { first, last, ...rest } = daysOf(request);
  return (await countRowsOf(source.read, { ...rest, first: first.slice(0, 7), last: last.slice(0, 7) })).map((row) => {
    const said = countSaid.parse(JSON.parse(row.said));
    return [row.month, row.institution, streetIn(source, row.subdistrict_code), childrenIn(said), ...classBands.map((band) => childrenIn(said, band)), said.affordable, said.migrant, said.careWorkers, row.said_by === 'street' ? words.byStreet : words.byOwn, dayIn(row.reported_at)];
  });
}

async function filingTable({ read }: ExportSource, request: ExportRequest): Promise<ExportRows> {
  const state = z.enum(credentialStates);
  return (await filingRowsOf(read, daysOf(request))).map((row) => [
    row.on_day, row.institution, credentialStateText[state.parse(row.from_state)], credentialStateText[state.parse(row.to_state)], row.decision_number ?? '', row.reason, row.booking_count, row.due_on ?? '', words.settled(row.settled),
  ]);
}

async function accountTable({ read, accounts, place }: ExportSource): Promise<ExportRows> {
  const names = new Map((await listInstitutionNames(read, place.code)).map(({ id, name }) => [id, name]));
  return (await accounts.list(place.code)).map((one) => [
    one.login, one.title ?? '', one.roles.map((role) => roleText[role]).join('、'), one.institution === null ? '' : names.get(one.institution) ?? '', place.departments.find(({ key }) => key === one.department)?.name ?? '',
    place.subdistricts.find(({ code }) => code === one.subdistrict)?.name ?? '', accountStateText[one.state], one.hasTotp ? words.yes : words.no, dayIn(one.createdAt),
  ]);
}

const tables: Readonly<Record<ExportRequest['kind'], (source: ExportSource, request: ExportRequest) => Promise<ExportRows>>> = {
  bookings: bookingTable, complaints: complaintTable, leads: leadTable, counts: countTable, filings: filingTable, accounts: accountTable,
};

/** The rows of a request as they stand now, without heading; 'too-many' beyond the bound. */
export async function exportRowsOf(source: ExportSource, request: ExportRequest): Promise<ExportRows | 'too-many'> {
  const rows = await tables[request.kind](source, request);
  return rows.length > exportBounds.rows ? 'too-many' : rows;
}
