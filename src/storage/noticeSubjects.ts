import { z } from 'zod';
import { bookingKinds, bookingStates, staffReasons } from '#domain/booking/model.ts';
import type { BookingSubject, ListingSubject, NoticeHost, ReportSubject } from '#domain/notices/model.ts';
import { dayOf, instant } from '#domain/shared/dates.ts';
import type { ReadDb } from '#storage/schema.ts';

const [kindOf, stateOf, reasonOf] = [z.enum(bookingKinds), z.enum(bookingStates), z.enum(staffReasons).nullable()];

/** The institution a notice speaks of. */
export const noticeHost = async (db: ReadDb, jurisdiction: string, id: string): Promise<NoticeHost | undefined> => {
  const row = await db.selectFrom('institution').select(['id', 'name', 'phone', 'subdistrict_code']).where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
  return row && { kind: 'institution', id: row.id, name: row.name, phone: row.phone, subdistrict: row.subdistrict_code };
};

/** The same as long as its filing has ended: a second person may have taken that back. */
export const closedHost = async (db: ReadDb, jurisdiction: string, id: string): Promise<NoticeHost | undefined> => {
  const ended = await db.selectFrom('credential').select('state').where('institution_id', '=', id).where('state', '=', 'withdrawn').executeTakeFirst();
  return ended && noticeHost(db, jurisdiction, id);
};

/** The same as long as its free places have not been confirmed in that month (`YYYY-MM`). */
export const hostWithStalePlaces = async (db: ReadDb, jurisdiction: string, id: string, month: string): Promise<NoticeHost | undefined> => {
  const fresh = await db.selectFrom('band_offer').select('band').where('institution_id', '=', id).where('confirmed_on', '>=', `${month}-01`).limit(1).executeTakeFirst();
  return fresh ? undefined : noticeHost(db, jurisdiction, id);
};

/** A review of an institution's page as long as nothing has been done with the draft since; undefined once it has. */
export async function listingSubject(db: ReadDb, jurisdiction: string, draft: string, version: number): Promise<ListingSubject | undefined> {
  const row = await db.selectFrom('listing_draft').select(['institution_id', 'state', 'decided_at']).where('id', '=', draft).where('jurisdiction_code', '=', jurisdiction).where('version', '=', version).executeTakeFirst();
  const host = row && row.decided_at !== null ? await noticeHost(db, jurisdiction, row.institution_id) : undefined;
  return row && row.decided_at !== null && host ? { about: 'listing', id: draft, reference: dayOf(instant.parse(row.decided_at)), host, isWhole: row.state === 'published' } : undefined;
}

const teamHost = async (db: ReadDb, jurisdiction: string, id: string): Promise<NoticeHost | undefined> => {
  const row = await db.selectFrom('team').select(['id', 'name', 'subdistrict_code']).where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
  return row && { kind: 'team', id: row.id, name: row.name, phone: null, subdistrict: row.subdistrict_code };
};

/** A booking as notices speak of it, with its sealed contact; undefined once its family has been forgotten. */
export async function bookingSubject(db: ReadDb, jurisdiction: string, id: string): Promise<{ readonly subject: BookingSubject; readonly sealedContact: string } | undefined> {
  const row = await db.selectFrom('booking').innerJoin('slot', 'slot.id', 'booking.slot_id')
    .select(['booking.id', 'booking.reference', 'booking.state', 'booking.version', 'booking.reason', 'booking.offer_ends_at', 'booking.sealed_contact',
      'slot.kind', 'slot.title', 'slot.starts_at', 'slot.ends_at', 'slot.institution_id', 'slot.team_id'])
    .where('booking.id', '=', id).where('booking.jurisdiction_code', '=', jurisdiction).where('booking.sealed_contact', '!=', '').executeTakeFirst();
  const host = row && (row.institution_id === null ? await teamHost(db, jurisdiction, row.team_id ?? '') : await noticeHost(db, jurisdiction, row.institution_id));
  if (!host) return undefined;
  return {
    sealedContact: row.sealed_contact,
    subject: {
      about: 'booking', id: row.id, reference: row.reference, host, bookingKind: kindOf.parse(row.kind), title: row.title, startsAt: instant.parse(row.starts_at), endsAt: instant.parse(row.ends_at),
      state: stateOf.parse(row.state), version: row.version, reason: reasonOf.parse(row.reason), offerEndsAt: row.offer_ends_at === null ? null : instant.parse(row.offer_ends_at),
    },
  };
}

/** The same for a health point, which has no desk of its own. */
async function pointReportSubject(db: ReadDb, jurisdiction: string, id: string): Promise<ReportSubject | undefined> {
  const row = await db.selectFrom('health_point_report as report').innerJoin('health_point as point', 'point.id', 'report.point_id').select(['report.id', 'report.reference', 'point.id as point', 'point.name'])
    .where('report.id', '=', id).where('report.jurisdiction_code', '=', jurisdiction).where('report.state', '=', 'received').executeTakeFirst();
  return row && { about: 'report', id: row.id, reference: row.reference, host: { kind: 'institution', id: row.point, name: row.name, phone: null, subdistrict: null } };
}

/** A report of wrong information that is still to be looked at, with the institution it is about. */
export async function reportSubject(db: ReadDb, jurisdiction: string, id: string): Promise<ReportSubject | undefined> {
  const row = await db.selectFrom('correction_report').select(['id', 'reference', 'institution_id', 'state']).where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
  if (!row) return pointReportSubject(db, jurisdiction, id);
  if (row.state !== 'received') return undefined;
  const host = await noticeHost(db, jurisdiction, row.institution_id);
  return host && { about: 'report', id: row.id, reference: row.reference, host };
}
