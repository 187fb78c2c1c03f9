import { z } from 'zod';
import type { Permission } from '#domain/accounts/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';

/** 批量导出: what may leave the office as a whole, each without contacts, identities and stories; and the permission without which nobody may ask for it. */
export const exportKinds = ['bookings', 'complaints', 'leads', 'counts', 'filings', 'accounts'] as const;
export type ExportKind = (typeof exportKinds)[number];
export const exportPermission = {
  bookings: 'supervision.write', complaints: 'complaint.assign', leads: 'supervision.write', counts: 'supervision.write', filings: 'filing.write', accounts: 'account.read',
} as const satisfies Readonly<Record<ExportKind, Permission>>;

/** 导出申请: asked, then approved or refused by somebody else, or taken back by who asked. */
export const exportStates = ['asked', 'approved', 'refused', 'withdrawn'] as const;
export type ExportState = (typeof exportStates)[number];

/** How long an approval stands, how often it may be used, how long a request waits, the longest period, the most rows: bounds of this site, not of a rule. */
export const exportBounds = { hours: 24, downloads: 3, waitingDays: 7, longestDays: 366, rows: 20_000 } as const;

// A reason stays in the record; a run of 11–18 digits is a telephone or an identity number, which the record must not hold.
const withoutNumbers = (text: string): boolean => !/\d{11,18}/.test(text.normalize('NFKC').replace(/[\s-]/g, ''));
export const exportReason = z.string().trim().min(4, 'too-short').max(200, 'too-long').regex(/^[^\p{Cc}\p{Cf}]*$/u, 'format').refine(withoutNumbers, 'format');

/** 导出申请 as typed. What is kept by day needs its period; the accounts are a list of today. */
export const exportTyped = z.strictObject({ kind: z.enum(exportKinds, 'required'), from: isoDate, until: isoDate, reason: exportReason });
export type ExportTyped = z.infer<typeof exportTyped>;

/** 导出申请 with who asked, who decided, and how often it was used. */
export type ExportRequest = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly kind: ExportKind; readonly from: IsoDate; readonly until: IsoDate; readonly reason: string; readonly state: ExportState;
  readonly askedBy: string; readonly askedAt: Instant; readonly decidedBy: string | null; readonly decidedAt: Instant | null; readonly answer: string | null; readonly downloads: number; readonly version: number;
};

/** Who acts, with what the account may do at this moment. */
export type ExportActor = { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly may: (permission: Permission) => boolean };

/** 导出的内容: rows of text and numbers in the order of their kind's columns. */
export type ExportRows = readonly (readonly (string | number | null)[])[];
