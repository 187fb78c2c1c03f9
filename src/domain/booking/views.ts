import { z } from 'zod';
import { classBands } from '#domain/directory/model.ts';
import { writeInstant, yearMonth, type Instant } from '#domain/shared/dates.ts';
import { bookingEnders, bookingKinds, bookingMoves, bookingStates, enrolmentMaterials, slotDetails, slotFee, staffReasons, type Booking, type BookingContact, type Slot, type SlotFee } from '#domain/booking/model.ts';
import { adviceFor, bookableUntil, cancelUntil, openSeats, opensAt } from '#domain/booking/rules.ts';

/** Who holds a slot, as the public view knows it. `listed` is false once the credential is no longer in force. */
export type SlotHost = { readonly id: string; readonly name: string; readonly listed: boolean };

/** 预约时段 as the contract writes it; what a kind says of itself is given for every kind but a visit, which has nothing to say. */
export const slotView = z.object({
  id: z.uuid(), kind: z.enum(bookingKinds), host: z.object({ id: z.string(), name: z.string() }),
  startsAt: z.string(), endsAt: z.string(), capacity: z.number().int(), open: z.number().int(), bands: z.array(z.enum(classBands)).readonly(), bookableUntil: z.string(),
  title: z.string().nullable().optional(), fee: slotFee.nullable().optional(), details: slotDetails.optional(),
  /** 候补: whether a full slot takes a queue, and how many families stand in it. */
  waitingList: z.boolean().optional(), waiting: z.number().int().optional(),
  /** When booking opens, while it has not. */
  opensAt: z.string().optional(),
}).readonly();
export type SlotView = z.infer<typeof slotView>;

const childAdvice = z.object({ birthMonth: yearMonth, band: z.enum(classBands).nullable(), fit: z.enum(['fits', 'check', 'expected', 'too-young', 'too-old']) }).readonly();

const answerShape = {
  reference: z.string(), state: z.enum(bookingStates), slot: slotView, advice: z.array(childAdvice).readonly(), cancelUntil: z.string(),
  /** 候补位置, from 1, while it waits. */
  position: z.number().int().optional(),
  /** Until when an offered seat is held. */
  offerEndsAt: z.string().optional(),
  /** 首次建档材料, while care waits for the institution. */
  materials: z.array(z.enum(enrolmentMaterials)).readonly().optional(),
  /** Whether the enrolment code still held; `expired` fell back to a request. */
  enrolment: z.enum(['accepted', 'expired']).optional(),
};
/** 预约回执: what a parent gets once; the query code is kept nowhere else in clear. */
export const bookingReceipt = z.object({ ...answerShape, queryCode: z.string() }).readonly();
export type BookingReceipt = z.infer<typeof bookingReceipt>;
/** 预约进度: what reference and code open later. */
export const bookingProgress = z.object({
  ...answerShape, endedBy: z.enum(bookingEnders).optional(), reason: z.enum(staffReasons).optional(),
  history: z.array(z.object({ at: z.string(), event: z.enum(bookingMoves) }).readonly()).readonly(),
  /** SEQUENCE of its calendar entry: rises with every change. */
  sequence: z.number().int(),
  /** Whether the three questions after the visit were answered; what, nobody is told here. */
  answered: z.boolean().optional(),
}).readonly();
export type BookingProgress = z.infer<typeof bookingProgress>;
export type BookingAnswer = Omit<BookingReceipt, 'queryCode'>;

const feeOf = ({ details }: Slot): SlotFee | null => (details.kind === 'care' || details.kind === 'class' ? details.fee : null);

/** 预约时段 as the public sees it at `now`. */
export const viewSlot = (slot: Slot, host: { readonly id: string; readonly name: string }, now: Instant): SlotView => ({
  id: slot.id, kind: slot.kind, host: { id: host.id, name: host.name }, startsAt: writeInstant(slot.startsAt), endsAt: writeInstant(slot.endsAt),
  capacity: slot.capacity, open: openSeats(slot, now), bands: slot.bands, bookableUntil: writeInstant(bookableUntil(slot)),
  ...(now < opensAt(slot) ? { opensAt: writeInstant(opensAt(slot)) } : {}),
  ...(slot.kind === 'visit' ? {} : { title: slot.title, fee: feeOf(slot), details: slot.details, waitingList: slot.terms.waitingList, waiting: slot.waiting }),
});

/** What a booking's family is told, at reserving and later. */
export const answerOf = (booking: Pick<Booking, 'reference' | 'state' | 'slot'>, host: SlotHost, contact: Pick<BookingContact, 'children' | 'plannedStart'>, now: Instant): BookingAnswer => ({
  reference: booking.reference, state: booking.state, slot: viewSlot(booking.slot, host, now), advice: contact.children.map(({ birthMonth }) => adviceFor(birthMonth, booking.slot, contact.plannedStart)),
  cancelUntil: writeInstant(cancelUntil(booking.slot)),
  ...(booking.slot.kind === 'care' && booking.state === 'requested' ? { materials: enrolmentMaterials } : {}),
});
