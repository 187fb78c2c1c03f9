import type { ReadDb } from '#storage/schema.ts';

/** Of what, from when until when (half-open), and how many rows at most. Columns are named one by one: nothing sealed, no contact, no query code can come along. */
type Asked = { readonly jurisdiction: string; readonly from: number; readonly until: number; readonly limit: number };

/** 预约 by the start of their time: what was booked and what became of it, without reference, contact and children. */
export const bookingRowsOf = (db: ReadDb, { jurisdiction, from, until, limit }: Asked) =>
  db.selectFrom('booking').innerJoin('slot', 'slot.id', 'booking.slot_id').leftJoin('institution', 'institution.id', 'slot.institution_id').leftJoin('team', 'team.id', 'slot.team_id')
    .select(['slot.starts_at', 'slot.kind', 'institution.name as institution', 'team.name as team', 'booking.state', 'booking.seats', 'booking.created_at', 'booking.ended_by'])
    .where('booking.jurisdiction_code', '=', jurisdiction).where('slot.starts_at', '>=', from).where('slot.starts_at', '<', until).orderBy('slot.starts_at').orderBy('booking.id').limit(limit).execute();

/** 诉求 by the day they came in: their course, without who complained and without what was written. */
export const complaintRowsOf = (db: ReadDb, { jurisdiction, from, until, limit }: Asked) =>
  db.selectFrom('complaint').leftJoin('institution', 'institution.id', 'complaint.institution_id')
    .select(['complaint.reference', 'complaint.kind', 'complaint.subject', 'complaint.channel', 'complaint.state', 'complaint.subdistrict_code', 'institution.name as institution', 'complaint.received_at', 'complaint.due_on', 'complaint.closed_at', 'complaint.satisfaction', 'complaint.assignment'])
    .where('complaint.jurisdiction_code', '=', jurisdiction).where('complaint.received_at', '>=', from).where('complaint.received_at', '<', until).orderBy('complaint.received_at').orderBy('complaint.id').limit(limit).execute();

/** 摸排线索 by the day they were found (civil days, both included). */
export const leadRowsOf = (db: ReadDb, { jurisdiction, first, last, limit }: { readonly jurisdiction: string; readonly first: string; readonly last: string; readonly limit: number }) =>
  db.selectFrom('lead').select(['found_on', 'subdistrict_code', 'name', 'address', 'source', 'children', 'times', 'state'])
    .where('jurisdiction_code', '=', jurisdiction).where('found_on', '>=', first).where('found_on', '<=', last).orderBy('found_on').orderBy('id').limit(limit).execute();

/** 月报在托人数 of the months from one to another (both included). */
export const countRowsOf = (db: ReadDb, { jurisdiction, first, last, limit }: { readonly jurisdiction: string; readonly first: string; readonly last: string; readonly limit: number }) =>
  db.selectFrom('monthly_count').innerJoin('institution', 'institution.id', 'monthly_count.institution_id').select(['month', 'institution.name as institution', 'institution.subdistrict_code', 'said', 'said_by', 'reported_at'])
    .where('monthly_count.jurisdiction_code', '=', jurisdiction).where('month', '>=', first).where('month', '<=', last).orderBy('month').orderBy('institution.name').orderBy('monthly_count.id').limit(limit).execute();

/** 备案变动 by the day they count from (both included). */
export const filingRowsOf = (db: ReadDb, { jurisdiction, first, last, limit }: { readonly jurisdiction: string; readonly first: string; readonly last: string; readonly limit: number }) =>
  db.selectFrom('filing_move').innerJoin('institution', 'institution.id', 'filing_move.institution_id')
    .select(['on_day', 'institution.name as institution', 'from_state', 'to_state', 'decision_number', 'reason', 'booking_count', 'due_on', 'settled'])
    .where('filing_move.jurisdiction_code', '=', jurisdiction).where('on_day', '>=', first).where('on_day', '<=', last).orderBy('on_day').orderBy('filing_move.id').limit(limit).execute();
