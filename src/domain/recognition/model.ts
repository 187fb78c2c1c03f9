import { z } from 'zod';
import { classBands, recognition, type BandOffer, type Institution, type Recognition } from '#domain/directory/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';

const clean = /[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const words = (least: number, most: number) => z.string().trim().min(least, 'too-short').max(most, 'too-long').refine((text) => !clean.test(text), 'format');
const orNone = (most: number) => words(0, most).transform((text) => (text === '' ? null : text));

/** 普惠认定 as the office enters it from the document it rests on. */
export const recognitionDraft = z.strictObject({
  authority: words(2, 60), documentNumber: orNone(60), from: isoDate, until: z.union([z.literal('').transform(() => null), isoDate]),
  places: z.array(z.strictObject({ band: z.enum(classBands), places: z.int().min(1).max(2_000) })).min(1, 'required'),
  priceCeiling: recognition.shape.priceCeiling, audience: orNone(60),
});
export type RecognitionDraft = z.infer<typeof recognitionDraft>;

/** Who enters and ends recognitions: somebody of the office, for its place. */
export type RecognitionActor = { readonly account: string; readonly jurisdiction: JurisdictionCode };

export type RecognitionRefusal = 'not-found' | 'ends-before' | 'too-many' | 'overlap' | 'not-running' | 'changed-meanwhile';

/** How a recognition stands on a day. */
export type RecognitionStanding = 'ahead' | 'inForce' | 'ended';

/** How a recognition stands on a day: it holds from its first to its last day, both included. */
export const standingOf = ({ from, until }: Pick<Recognition, 'from' | 'until'>, today: IsoDate): RecognitionStanding => (from > today ? 'ahead' : until !== null && until < today ? 'ended' : 'inForce');

/** A text that is another once any recognition is. */
export const seenOf = ({ recognitions }: Pick<Institution, 'recognitions'>): string => JSON.stringify(recognitions);

/** Bands in which more would be recognised than there are places; a band whose places are not known takes any number. */
export const overfull = (bands: readonly Pick<BandOffer, 'band' | 'places'>[], { places }: Pick<RecognitionDraft, 'places'>): boolean =>
  places.some((part) => { const offer = bands.find(({ band }) => band === part.band); return offer !== undefined && offer.places !== null && part.places > offer.places; });

/** Whether two recognitions speak of one band on one day: their places would be counted twice. */
export const overlaps = (one: Pick<Recognition, 'from' | 'until' | 'places'>, other: Pick<Recognition, 'from' | 'until' | 'places'>): boolean =>
  (one.until === null || other.from <= one.until) && (other.until === null || one.from <= other.until) && one.places.some(({ band }) => other.places.some((part) => part.band === band));
