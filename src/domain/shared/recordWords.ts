import { z } from 'zod';

const unclean = /[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const identityRun = /\d(?:[\s\-‐-―.·]?\d){13,16}(?:[\s\-‐-―.·]?[\dX])?/u;
const writtenDay = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/gu;

/** Whether a text holds a run of digits as long as an identity number (15 to 18, full width and spaced ones too; written days aside): no person may be named by one. */
export const holdsIdentityRun = (text: string): boolean => (text.normalize('NFKC').toUpperCase().replace(writtenDay, '、').match(new RegExp(identityRun, 'gu')) ?? []).some((run) => run.replace(/[^\dX]/gu, '').length >= 15);

/** A text of the record: its length, nothing that hides, no run of digits as long as an identity number. */
export const recordWords = (least: number, most: number) =>
  z.string().trim().min(least, 'too-short').max(most, 'too-long').refine((text) => !unclean.test(text), 'format').refine((text) => !holdsIdentityRun(text), 'identity-number');

const mobile = /(?<!\d)1[3-9]\d(?:[\s\-‐-―.·]?\d){8}(?!\d)/u;
/** Words that the public reads: besides, no mobile number of anybody. */
export const publicWords = (least: number, most: number) => recordWords(least, most).refine((text) => !mobile.test(text.normalize('NFKC')), 'phone-number');
