import { z } from 'zod';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { defaultTermsOf, type BookingKind, type BookingTerms } from '#domain/booking/model.ts';
import type { DeskDeps } from '#domain/booking/deps.ts';
import type { Desk } from '#domain/booking/staff.ts';

/** 预约规则 as typed. What a kind cannot have is refused: monthly hours belong to care, a waiting list to care and classes. */
export const termsTyped = z.strictObject({
  opensDaysAhead: z.int('format').min(1, 'range').max(92, 'range'), opensAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'format'),
  closesHoursBefore: z.int('format').min(0, 'range').max(168, 'range'), cancelHoursBefore: z.int('format').min(0, 'range').max(168, 'range'),
  confirmation: z.enum(['instant', 'onRequest']), monthlyHours: z.int('format').min(1, 'range').max(400, 'range').nullable(), waitingList: z.boolean(),
});

/** 预约规则 of the desk's host for a kind, and whether they are its own; version 0 where it has set none. */
export async function termsOf(deps: DeskDeps, desk: Desk, kind: BookingKind): Promise<{ readonly terms: BookingTerms; readonly version: number }> {
  return await deps.desk.findTerms(desk.host.id, kind) ?? { terms: (await deps.desk.findTerms(desk.jurisdiction, kind))?.terms ?? defaultTermsOf(kind), version: 0 };
}

const isOfKind = (kind: BookingKind, { monthlyHours, waitingList }: BookingTerms): boolean => (monthlyHours === null || kind === 'care') && (!waitingList || kind === 'care' || kind === 'class');

/** 全区预约规则 of a kind: what holds for hosts that have set none of their own; version 0 where the place has set none. */
export async function placeTermsOf(deps: DeskDeps, jurisdiction: JurisdictionCode, kind: BookingKind): Promise<{ readonly terms: BookingTerms; readonly version: number }> {
  return await deps.desk.findTerms(jurisdiction, kind) ?? { terms: defaultTermsOf(kind), version: 0 };
}

/** 保存全区预约规则: for hosts without terms of their own, from now on; bookings made stand. */
export async function savePlaceTerms(deps: DeskDeps, { actor, jurisdiction }: Pick<Desk, 'actor' | 'jurisdiction'>, kind: BookingKind, terms: BookingTerms, version: number): Promise<Outcome<{ readonly version: number }, 'changed-meanwhile' | 'not-of-this-kind'>> {
  if (!isOfKind(kind, terms)) return refused('not-of-this-kind');
  const saved = await deps.desk.saveTerms(jurisdiction, kind, terms, version,
    { id: deps.seals.newId(), jurisdiction, at: deps.now(), kind: 'booking-terms-saved', actor, objectKind: 'jurisdiction', objectId: jurisdiction, detail: { kind, ...terms } });
  return saved === 'saved' ? done({ version: version + 1 }) : refused('changed-meanwhile');
}

/** 保存预约规则: they hold for every slot of the host and kind from now on; bookings made stand. */
export async function saveTerms(deps: DeskDeps, desk: Desk, kind: BookingKind, terms: BookingTerms, version: number): Promise<Outcome<{ readonly version: number }, 'changed-meanwhile' | 'not-of-this-kind'>> {
  if (!isOfKind(kind, terms)) return refused('not-of-this-kind');
  const saved = await deps.desk.saveTerms(desk.host.id, kind, terms, version,
    { id: deps.seals.newId(), jurisdiction: desk.jurisdiction, at: deps.now(), kind: 'booking-terms-saved', actor: desk.actor, objectKind: desk.host.kind, objectId: desk.host.id, detail: { kind, ...terms } });
  return saved === 'saved' ? done({ version: version + 1 }) : refused('changed-meanwhile');
}
