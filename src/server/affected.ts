import { z } from 'zod';
import { openingKinds } from '#domain/audit/model.ts';
import type { CaseKeyStore, CaseSeals } from '#domain/complaints/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';
import type { Keyring } from '#server/crypto.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';

/** Somebody whose data was there: what of them, under which number, and where to tell them. `phone` null: none was given, or only its owner's code opens it. */
export type AffectedPerson = { readonly what: 'booking' | 'demand' | 'complaint' | 'correction' | 'account'; readonly jurisdiction: string; readonly id: string; readonly reference: string; readonly phone: string | null };

/** What is asked: data that stood at any moment from `from` to before `to`; of one place or all; all of it, or what one account opened meanwhile. */
export type AffectedAsked = { readonly from: Instant; readonly to: Instant; readonly jurisdiction: string | null; readonly account: string | null };

/** Who was affected, and how much had been forgotten since and can be told to nobody. */
export type Affected = { readonly people: readonly AffectedPerson[]; readonly forgottenSince: number; readonly searches: number };

type Given = { readonly storage: Storage; readonly keys: Keyring; readonly caseKeys: Pick<CaseKeyStore, 'get'>; readonly caseSeals: Pick<CaseSeals, 'open' | 'unwrap'>; readonly now: () => Instant };

const withPhone = z.object({ phone: z.string().nullable().optional() });
const phoneIn = (text: string): string | null => withPhone.parse(JSON.parse(text)).phone ?? null;
const notice = z.object({ booking: z.string().optional(), demand: z.string().optional() });

/** The ids an account opened in the window: bookings, registrations, reports and cases, through the list of calls too; and how often it searched bookings. */
async function openedBy({ storage: { read }, keys }: Given, { from, to, account }: AffectedAsked): Promise<{ readonly ids: ReadonlySet<string>; readonly searches: number }> {
  const events = await read.selectFrom('audit_event').select(['kind', 'object_id']).where('actor', '=', account ?? '').where('kind', 'in', openingKinds).where('at', '>=', from).where('at', '<', to).execute();
  const ids = new Set(events.map(({ object_id }) => object_id));
  const calls = events.filter(({ kind }) => kind === 'call-opened').map(({ object_id }) => object_id);
  for (const row of calls.length === 0 ? [] : await read.selectFrom('call_row').select(['id', 'sealed']).where('id', 'in', calls).execute()) {
    const { booking, demand } = notice.parse(JSON.parse(keys.open('outbox', row.id, row.sealed)));
    for (const id of [booking, demand]) if (id !== undefined) ids.add(id);
  }
  return { ids, searches: events.filter(({ kind }) => kind === 'bookings-searched').length };
}

async function complaintPeople({ storage: { read }, caseKeys, caseSeals }: Given, to: Instant): Promise<readonly AffectedPerson[]> {
  const people: AffectedPerson[] = [];
  for (const row of await read.selectFrom('complaint').select(['id', 'jurisdiction_code', 'reference', 'sealed_identity']).where('received_at', '<', to).where('sealed_story', '!=', '').execute()) {
    const wrapped = row.sealed_identity === null ? undefined : await caseKeys.get(row.id, 'identity');
    const phone = wrapped === undefined || row.sealed_identity === null ? null : phoneIn(caseSeals.open(caseSeals.unwrap(row.id, 'identity', wrapped), `${row.id}|identity`, row.sealed_identity));
    people.push({ what: 'complaint', jurisdiction: row.jurisdiction_code, id: row.id, reference: row.reference, phone });
  }
  return people;
}

async function everybody(given: Given, { to }: AffectedAsked): Promise<readonly AffectedPerson[]> {
  const { storage: { read }, keys } = given;
  const bookings = await read.selectFrom('booking').select(['id', 'jurisdiction_code', 'reference', 'sealed_contact']).where('created_at', '<', to).where('sealed_contact', '!=', '').execute();
  const demands = await read.selectFrom('demand').select(['id', 'jurisdiction_code', 'reference', 'sealed']).where('made_at', '<', to).where('sealed', '!=', '').execute();
  const corrections = [...await read.selectFrom('correction_report').select(['id', 'jurisdiction_code', 'reference', 'sealed_phone', 'created_at']).execute(), ...await read.selectFrom('health_point_report').select(['id', 'jurisdiction_code', 'reference', 'sealed_phone', 'created_at']).execute()];
  const accounts = await read.selectFrom('account').select(['id', 'jurisdiction_code', 'login']).where('created_at', '<', to).where('state', '!=', 'disabled').execute();
  return [
    ...bookings.map((row): AffectedPerson => ({ what: 'booking', jurisdiction: row.jurisdiction_code, id: row.id, reference: row.reference, phone: phoneIn(keys.open('booking-contact', row.id, row.sealed_contact)) })),
    ...demands.map((row): AffectedPerson => ({ what: 'demand', jurisdiction: row.jurisdiction_code, id: row.id, reference: row.reference, phone: phoneIn(keys.open('demand', row.id, row.sealed)) })),
    ...await complaintPeople(given, to),
    ...corrections.filter(({ sealed_phone, created_at }) => sealed_phone !== null && created_at < to).map((row): AffectedPerson => ({ what: 'correction', jurisdiction: row.jurisdiction_code, id: row.id, reference: row.reference, phone: keys.open('report-phone', row.id, row.sealed_phone ?? '') })),
    ...accounts.map((row): AffectedPerson => ({ what: 'account', jurisdiction: row.jurisdiction_code, id: row.id, reference: row.login, phone: null })),
  ];
}

const purged = z.object({ bookings: z.number().optional(), demands: z.number().optional() });

/** 受影响的人: whose data a stranger could have read, or one account opened, in a window of time. Writes an event to each place's record before it answers. */
export async function findAffected(given: Given, asked: AffectedAsked): Promise<Affected> {
  const { storage: { read, write }, now } = given;
  const mine = (jurisdiction: string): boolean => asked.jurisdiction === null || asked.jurisdiction === jurisdiction;
  const opened = asked.account === null ? undefined : await openedBy(given, asked);
  const people = (await everybody(given, asked)).filter(({ id, jurisdiction }) => mine(jurisdiction) && (opened === undefined || opened.ids.has(id)));
  const forgotten = await read.selectFrom('audit_event').select(['detail', 'jurisdiction_code']).where('kind', '=', 'personal-data-purged').where('at', '>=', asked.from).execute();
  await write(async (tx) => {
    for (const place of new Set(people.map(({ jurisdiction }) => jurisdiction))) {
      const here = people.filter(({ jurisdiction }) => jurisdiction === place);
      await appendAudit(tx, { id: newId(), jurisdiction: jurisdictionCode.parse(place), at: now(), kind: 'affected-listed', actor: 'operator', objectKind: 'incident', objectId: place, detail: { people: here.length, withPhone: here.filter(({ phone }) => phone !== null).length, account: asked.account } });
    }
  });
  return {
    people, searches: opened?.searches ?? 0,
    forgottenSince: forgotten.filter(({ jurisdiction_code }) => mine(jurisdiction_code)).reduce((sum, { detail }) => { const { bookings = 0, demands = 0 } = purged.parse(JSON.parse(detail)); return sum + bookings + demands; }, 0),
  };
}
