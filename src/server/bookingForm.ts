import { bookingRequest, rulesVersion, type BookingKind, type BookingRequest } from '#domain/booking/model.ts';
import { bookingSentence } from '#server/bookingSentence.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import type { Typed } from '#server/forms.ts';

/** A field of the form and the sentence beside it. */
export type FormError = { readonly field: string; readonly message: string };

/** Most children in one booking. */
export const mostChildren = 4;
export const childRows = [1, 2, 3, 4] as const;

/** Fields that are typed and must never be lost between steps. */
export const keptFields = ['slotId', 'key', 'contactName', 'phone', 'actingAs', 'consent', 'note', 'plannedStart', 'enrolmentCode', 'community', 'waiting', ...childRows.flatMap((row) => [`year${String(row)}`, `month${String(row)}`])] as const;

/** The month chosen in a row of the form, `YYYY-MM`, or empty where none is. */
export const monthTyped = (typed: Typed, row: number): string => {
  const [year, month] = [typed[`year${String(row)}`] ?? '', typed[`month${String(row)}`] ?? ''];
  return year === '' && month === '' ? '' : `${year}-${month.padStart(2, '0')}`;
};

/** Rows of the form in which a child is named; the first is always asked. */
export const rowsTyped = (typed: Typed): readonly number[] => childRows.filter((row) => row === 1 || monthTyped(typed, row) !== '');

const fieldOf = (path: string, rows: readonly number[]): { readonly field: string; readonly name: string } => {
  const child = /^children\.(\d)/.exec(path);
  if (child) return { field: `year${String(rows[Number(child[1])] ?? 1)}`, name: 'birthMonth' };
  if (path.startsWith('consent.actingAs')) return { field: 'actingAs', name: 'actingAs' };
  return path.startsWith('consent') ? { field: 'consent', name: 'consent' } : { field: path, name: path };
};

const filled = (typed: Typed, name: string): Readonly<Record<string, string>> => ((typed[name] ?? '').trim() === '' ? {} : { [name]: typed[name] ?? '' });

/** Fields that only one kind of booking asks. */
const ownFields = (typed: Typed, kind: BookingKind): Readonly<Record<string, string | boolean>> => {
  const waits = typed['waiting'] === '1' ? { waiting: true } : {};
  if (kind === 'visit') return filled(typed, 'plannedStart');
  if (kind === 'care') return { ...filled(typed, 'enrolmentCode'), ...waits };
  return kind === 'class' ? waits : filled(typed, 'community');
};

/** Fields in the order of the form. */
const order = [...childRows.map((row) => `year${String(row)}`), 'plannedStart', 'enrolmentCode', 'community', 'contactName', 'phone', 'actingAs', 'note', 'consent'];
const inOrder = (errors: readonly FormError[]): readonly FormError[] =>
  errors.filter((error, index) => errors.findIndex(({ field }) => field === error.field) === index).toSorted((one, other) => order.indexOf(one.field) - order.indexOf(other.field));

/** Reads the booking form: the same request the API takes, or an error for each field. */
export function readBookingForm(typed: Typed, kind: BookingKind = 'visit'): { readonly ok: true; readonly value: BookingRequest } | { readonly ok: false; readonly errors: readonly FormError[] } {
  const rows = rowsTyped(typed);
  const read = bookingRequest.safeParse({
    slotId: typed['slotId'], contactName: typed['contactName'] ?? '', phone: typed['phone'] ?? '',
    children: rows.map((row) => ({ birthMonth: monthTyped(typed, row) || undefined })),
    consent: { rulesVersion: typed['consent'] ?? '', actingAs: typed['actingAs'] },
    ...filled(typed, 'note'), ...ownFields(typed, kind),
  });
  const communityMissing = kind === 'homeVisit' && (typed['community'] ?? '').trim() === '';
  const missing = communityMissing ? [{ field: 'community', message: bookingSentence('community', 'required') }] : [];
  if (read.success && communityMissing) return { ok: false, errors: missing };
  if (read.success) return { ok: true, value: read.data };
  const errors = fieldErrors(read.error, (_name, code) => code).map((error): FormError => {
    const { field, name } = fieldOf(error.field, rows);
    const code = (typed['phone'] ?? '').trim() === '' && name === 'phone' ? 'required' : error.code === 'unknown-value' && name === 'actingAs' ? 'required' : error.code;
    return { field, message: bookingSentence(name, code) };
  });
  return { ok: false, errors: inOrder([...missing, ...errors]) };
}

/** The rules a ticked box agrees to. */
export const consentValue = rulesVersion;
