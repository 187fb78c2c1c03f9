import { z } from 'zod';
import { subdistrictCode, type JurisdictionCode, type SubdistrictCode } from '#domain/shared/codes.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';

/** 线索状态: found, seen on the spot, told how to register, handed to law enforcement; then settled as no care at all or as registered. */
export const leadStates = ['found', 'visited', 'guided', 'handedOver', 'notCare', 'registered'] as const;
export type LeadState = (typeof leadStates)[number];
/** States in which somebody still has to do something. */
export const openLeadStates = ['found', 'visited', 'guided', 'handedOver'] as const satisfies readonly LeadState[];

/** 线索来源: seen by a street or an office, or named in a complaint about a place that the directory does not hold. */
export const leadSources = ['street', 'clerk', 'complaint'] as const;
export type LeadSource = (typeof leadSources)[number];

// A run of 11–18 digits is a telephone or an identity number, which a lead must not hold.
const withoutNumbers = (text: string): boolean => !/\d{11,18}/.test(text.normalize('NFKC').replace(/[\s-]/g, ''));
const words = (min: number, max: number) => z.string().trim().min(min, min === 1 ? 'required' : 'too-short').max(max, 'too-long').regex(/^[^\p{Cc}\p{Cf}]*$/u, 'format').refine(withoutNumbers, 'format');
const lines = (min: number, max: number) => z.string().trim().min(min, min === 1 ? 'required' : 'too-short').max(max, 'too-long').regex(/^[^\u0000-\u0009\u000B-\u001F\p{Cf}]*$/u, 'format').refine(withoutNumbers, 'format');

/** 摸排线索 as somebody writes it down. No name of a person: what the place is called and where it is. */
export const leadTyped = z.strictObject({
  name: words(2, 60), subdistrict: subdistrictCode.nullable(), address: words(0, 120),
  /** What was seen there. */
  seen: lines(2, 500),
  /** About how many children; null where nobody knows. */
  children: z.int('format').min(0, 'range').max(500, 'range').nullable(),
  foundOn: isoDate,
});
export type LeadTyped = z.infer<typeof leadTyped>;

/** A move of a lead: where to, why, and the institution it has become. */
export const leadMoveTyped = z.strictObject({ to: z.enum(leadStates, 'required').exclude(['found']), reason: lines(2, 300), institution: z.uuid('required').nullable() });
export type LeadMoveTyped = z.infer<typeof leadMoveTyped>;

/** 摸排线索: a place found caring without registration. Never public. */
export type Lead = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly name: string; readonly subdistrict: SubdistrictCode | null; readonly address: string | null;
  readonly seen: string | null; readonly children: number | null; readonly foundOn: IsoDate; readonly source: LeadSource;
  /** How often it was named; complaints about the same place join one lead. */
  readonly times: number;
  readonly state: LeadState; readonly institution: string | null; readonly version: number; readonly createdAt: Instant;
};

/** One step of a lead. */
export type LeadMove = { readonly at: Instant; readonly state: LeadState; readonly actor: string; readonly reason: string | null };

/** Who acts: an office for its whole place, a street for what lies in it. */
export type LeadActor = { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly subdistrict: SubdistrictCode | null };

/** 线索 named in a complaint: only what the place is called and in which street; no word and no number of the case. */
export type NamedPlace = { readonly id: string; readonly name: string; readonly key: string; readonly subdistrict: SubdistrictCode | null; readonly foundOn: IsoDate };

/** 同一处: a name without blanks, brackets, case and width; two complaints that name the place alike join one lead. */
export const leadKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[\s()（）「」『』《》"'·.,，。、-]/g, '');

/** A name as a complaint may hand it on: one line, without runs of digits that could be a telephone or an identity number; null where nothing is left. */
export function placeNamed(typed: string | null | undefined): string | null {
  const name = (typed ?? '').normalize('NFKC').replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/\d[\d\s-]{5,}\d/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 60);
  return leadKey(name).length >= 2 ? name : null;
}
