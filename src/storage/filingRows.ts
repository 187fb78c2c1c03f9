import { z } from 'zod';
import type { Selectable } from 'kysely';
import { credentialStates, registrationNatures } from '#domain/directory/model.ts';
import { bookingEffects, handlings, keptCredential, registrationStates, settlements, type FilingMove, type Registration } from '#domain/filing/model.ts';
import { creditCode, jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import type { Database, ReadDb } from '#storage/schema.ts';

const [stateOf, effectOf, secondOf] = [z.enum(credentialStates), z.enum(bookingEffects), z.enum(['none', 'before', 'after'])];

/** 登记 as a row holds it. */
export const readRegistration = (row: Selectable<Database['registration']>): Registration => ({
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), creditCode: creditCode.nullable().parse(row.credit_code), name: row.name, nature: z.enum(registrationNatures).nullable().parse(row.nature),
  scope: row.scope, address: row.address, state: z.enum(registrationStates).parse(row.state), authority: row.authority, on: isoDate.parse(row.on_day), origin: z.enum(['push', 'clerk']).parse(row.origin),
  handled: z.enum(handlings).nullable().parse(row.handled), handledOn: isoDate.nullable().parse(row.handled_on), note: row.note, version: row.version,
});

const readMove = (row: Selectable<Database['filing_move']>): FilingMove => ({
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), institution: row.institution_id, from: stateOf.parse(row.from_state), to: stateOf.parse(row.to_state), on: isoDate.parse(row.on_day),
  decisionNumber: row.decision_number, reason: row.reason, number: row.number, before: keptCredential.parse(JSON.parse(row.before)), bookings: effectOf.parse(row.bookings), bookingCount: row.booking_count,
  by: row.by_account, at: instant.parse(row.at), second: secondOf.parse(row.second), dueOn: isoDate.nullable().parse(row.due_on),
  settled: row.settled === null || row.settled_by === null ? null : { how: z.enum(settlements).parse(row.settled), by: row.settled_by, at: instant.parse(row.settled_at) },
});

/** 状态变动 of an institution, newest first. */
export const movesOf = async (db: ReadDb, jurisdiction: string, institution: string): Promise<readonly FilingMove[]> =>
  (await db.selectFrom('filing_move').selectAll().where('institution_id', '=', institution).where('jurisdiction_code', '=', jurisdiction).orderBy('ordinal', 'desc').execute()).map(readMove);

/** Moves of a place that wait for a second person, the earliest due first. */
export const pendingMoves = async (db: ReadDb, jurisdiction: string): Promise<readonly FilingMove[]> =>
  (await db.selectFrom('filing_move').selectAll().where('jurisdiction_code', '=', jurisdiction).where('second', '!=', 'none').where('settled', 'is', null).orderBy('due_on').orderBy('at').limit(500).execute()).map(readMove);
