import { z } from 'zod';
import { credential, credentialStates, registrationNatures, type Credential, type CredentialState } from '#domain/directory/model.ts';
import { creditCode, type CreditCode, type JurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';

/** 登记状态 as the registering body says it; `none`: found caring without any registration. */
export const registrationStates = ['registered', 'changed', 'cancelled', 'none'] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** What became of a registration that asked for work: filing begun, the change noted, put in order (规范), closed down (取缔), no childcare after all. */
export const handlings = ['filing', 'noted', 'rectified', 'closedDown', 'notCare'] as const;
export type Handling = (typeof handlings)[number];

const digitsRun = /\d{11,18}/;
const clean = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
/** A line of words without control characters and without anything like a phone or ID number. */
const words = (most: number) => z.string().trim().min(2, 'too-short').max(most, 'too-long').refine((text) => !clean.test(text) && !digitsRun.test(text.normalize('NFKC').replace(/[\s-]/g, '')), 'format');

/** What a registering body pushes, signed: one registration, new, changed or cancelled. `eventId` is its own, the same when it is sent again. */
export const registrationPush = z.strictObject({
  eventId: z.string().regex(/^[A-Za-z0-9._:-]{8,64}$/, 'format'),
  kind: z.enum(['new', 'changed', 'cancelled'], { error: 'unknown-value' }),
  creditCode: creditCode,
  name: words(100),
  nature: z.enum(registrationNatures, { error: 'unknown-value' }).nullable(),
  /** 业务范围 or 经营范围, as registered. */
  scope: z.string().trim().max(5_000, 'too-long').nullable(),
  address: z.string().trim().max(200, 'too-long').nullable(),
  /** Full name of the registering body. */
  authority: words(60),
  /** The day of the registration, change or cancellation. */
  on: isoDate,
});
export type RegistrationPush = z.infer<typeof registrationPush>;

/** 登记 of a place, as pushed or as a clerk took it down; joined to an institution by its credit code. */
export type Registration = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly creditCode: CreditCode | null; readonly name: string;
  readonly nature: RegistrationPush['nature']; readonly scope: string | null; readonly address: string | null;
  readonly state: RegistrationState; readonly authority: string | null; readonly on: IsoDate; readonly origin: 'push' | 'clerk';
  readonly handled: Handling | null; readonly handledOn: IsoDate | null; readonly note: string | null; readonly version: number;
};

/** What a clerk takes down by hand: a registration nobody pushed, or a place without any. */
export const registrationDraft = z.strictObject({
  id: z.uuid({ error: 'format' }),
  state: z.enum(['registered', 'none'], { error: 'unknown-value' }),
  name: words(100),
  creditCode: z.union([z.literal('').transform(() => null), creditCode]),
  nature: z.union([z.literal('').transform(() => null), z.enum(registrationNatures, { error: 'unknown-value' })]),
  scope: z.string().trim().max(5_000, 'too-long').transform((text) => (text === '' ? null : text)),
  address: z.string().trim().max(200, 'too-long').transform((text) => (text === '' ? null : text)),
  on: isoDate,
}).refine(({ state, creditCode: code }) => state !== 'registered' || code !== null, { message: 'required', path: ['creditCode'] });
export type RegistrationDraft = z.infer<typeof registrationDraft>;

/** How a second person comes in: not at all, before a change takes effect (good news), or after it (what protects takes effect at once). */
export type Second = 'none' | 'before' | 'after';
export const settlements = ['confirmed', 'refused', 'superseded'] as const;
export type SettledHow = (typeof settlements)[number];

/** What a change does to bookings that stand: cancelled by the institution's end, told and kept, nothing. */
export const bookingEffects = ['cancelled', 'told', 'none'] as const;
export type BookingEffect = (typeof bookingEffects)[number];

/** 状态变动 of a credential: from what to what, since when, by which decision and why; with the second person's word where one is needed. */
export type FilingMove = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly institution: string;
  readonly from: CredentialState; readonly to: CredentialState;
  readonly on: IsoDate; readonly decisionNumber: string | null; readonly reason: string;
  /** 备案编号 given with a receipt. */
  readonly number: string | null;
  readonly before: Credential;
  readonly bookings: BookingEffect; readonly bookingCount: number;
  readonly by: string; readonly at: Instant;
  readonly second: Second;
  /** By when the second person is to decide; null where none is needed or the calendar ends. */
  readonly dueOn: IsoDate | null;
  readonly settled: { readonly how: SettledHow; readonly by: string; readonly at: Instant } | null;
};

/** What a clerk types for a change of state. `seen`: the last move the page knew, so that nobody writes over another's. */
export const moveDraft = z.strictObject({
  id: z.uuid({ error: 'format' }),
  seen: z.union([z.literal(''), z.uuid({ error: 'format' })]),
  to: z.enum(credentialStates, { error: 'unknown-value' }),
  on: isoDate,
  decisionNumber: z.string().trim().max(60, 'too-long').transform((text) => (text === '' ? null : text)),
  number: z.string().trim().max(60, 'too-long').transform((text) => (text === '' ? null : text)),
  reason: words(300),
  bookings: z.enum(['cancelled', 'told'], { error: 'unknown-value' }).default('told'),
});
export type MoveDraft = z.infer<typeof moveDraft>;

/** The credential as kept beside a move, to be put back when the second person refuses. */
export const keptCredential = credential;

const quoted = z.strictObject({ line: z.int().positive(), quote: z.string().min(4) });
export type Quoted = z.infer<typeof quoted>;

/** 登记和备案 in one place, by the lines of its document: what is checked, what is passed on, what is done about those without filing. Null: the document does not say. */
export const placeFiling = z.strictObject({
  checks: z.strictObject({ name: quoted.nullable(), scope: quoted.nullable() }),
  push: quoted.nullable(), changes: quoted.nullable(),
  /** 规范或取缔. */
  disposal: quoted.nullable(),
  /** 官方办理入口 of the place; null until the organiser names it. */
  entrance: z.strictObject({ name: z.string().min(2), url: z.url() }).nullable(),
});
export type PlaceFiling = z.infer<typeof placeFiling>;

/** 备案时限: working days for the receipt and for a reasoned refusal, with how sure we are. */
export const filingTerms = z.strictObject({
  key: z.string(), title: z.string().min(2), number: z.string().nullable(),
  receiptWorkdays: z.int().positive(), refusalWorkdays: z.int().positive(), article: z.string().min(2), confidence: z.enum(['A', 'B', 'C', 'G']), standing: z.string().min(4),
  /** The national system filings are made in; its address is in no source we could open. */
  entrance: z.strictObject({ name: z.string().min(2), confidence: z.enum(['A', 'B', 'C', 'G']), article: z.string().min(2) }),
  /** 备案材料: what is filled in and uploaded there. */
  materials: z.array(z.strictObject({ name: z.string().min(2), article: z.string().min(2), confidence: z.enum(['A', 'B', 'C', 'G']) })).min(1),
  source: z.strictObject({ title: z.string().min(2), url: z.string().nullable(), readOn: isoDate }),
});
export type FilingTerms = z.infer<typeof filingTerms>;
