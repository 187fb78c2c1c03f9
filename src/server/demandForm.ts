import { demandRequest, demandRulesVersion, mostInstitutions, type DemandRequest } from '#domain/demand/model.ts';
import { startMonthsAhead } from '#domain/demand/rules.ts';
import { readPageQuery } from '#domain/directory/readQuery.ts';
import { addMonths, monthOf, type IsoDate } from '#domain/shared/dates.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import { readForm } from '#server/forms.ts';
import { demandFieldText } from '#text/demand.ts';
import { fieldCodeText } from '#text/problems.ts';

/** A field of the form and the sentence beside it. */
export type DemandFormError = { readonly field: string; readonly message: string };

/** What stands in the form: as typed, or filled in from the list's address. */
export type DemandTyped = {
  readonly key: string; readonly subdistrict: string; readonly year1: string; readonly month1: string; readonly modes: readonly string[]; readonly start: string; readonly reach: string;
  readonly maxFee: string; readonly from: string; readonly until: string; readonly institutions: readonly string[]; readonly phone: string; readonly actingAs: string; readonly consent: string;
};

/** The sentence for a field's fault: what is wrong and how to mend it. */
export const demandSentence = (name: string, code: string): string => demandFieldText[name]?.[code] ?? fieldCodeText[code] ?? '请检查填写的内容。';

/** Reads what a form sent, every value of a field that may have several; an unreadable body reads as an empty form. */
export async function readDemandTyped(request: Request): Promise<DemandTyped> {
  const form = await readForm(request);
  const one = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const many = (name: string): readonly string[] => [...new Set(form.getAll(name).flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : [])))];
  return {
    key: one('key'), subdistrict: one('subdistrict'), year1: one('year1'), month1: one('month1'), modes: many('modes'), start: one('start'), reach: one('reach'), maxFee: one('maxFee'),
    from: one('from'), until: one('until'), institutions: many('institutions').slice(0, 50), phone: one('phone'), actingAs: one('actingAs'), consent: one('consent'),
  };
}

/** Years a birth or expected month can have: next year down to four years ago. */
export const demandYears = (today: IsoDate): readonly number[] => Array.from({ length: 6 }, (_, index) => Number(today.slice(0, 4)) + 1 - index);

/** Months in which care can begin. */
export const demandStarts = (today: IsoDate): readonly string[] => Array.from({ length: startMonthsAhead + 1 }, (_, ahead) => addMonths(monthOf(today), ahead));

const named = (parameters: URLSearchParams): readonly string[] =>
  [...new Set([...parameters.getAll('institution'), ...parameters.getAll('ids').flatMap((text) => text.split(','))].filter((id) => /^[0-9a-f-]{36}$/.test(id)))].slice(0, mostInstitutions);

/** The form as the list's address fills it in: street, months of age, modes, beginning, ceiling and named institutions. */
export function prefilledDemand(place: Jurisdiction, parameters: URLSearchParams, today: IsoDate, key: string): { readonly typed: DemandTyped; readonly guessedMonths: number | null } {
  const query = readPageQuery(parameters);
  const streets = place.subdistricts.filter(({ code, otherCodes }) => query.subdistrict.some((asked) => asked === code || otherCodes.some((other) => other === asked)));
  const now = monthOf(today);
  const begins = query.start !== null && query.start >= now ? query.start : now;
  // A child expected counts from now; any other is as old as asked in the month it begins.
  const birth = query.months === null ? null : addMonths(query.months < 0 ? now : begins, -query.months);
  const onlyStreet = streets.length === 1 || place.subdistricts.length === 1 ? streets[0] ?? place.subdistricts[0] : undefined;
  return {
    guessedMonths: query.months,
    typed: {
      key, subdistrict: onlyStreet?.code ?? '', year1: birth?.slice(0, 4) ?? '', month1: birth === null ? '' : String(Number(birth.slice(5, 7))),
      modes: query.mode, start: query.start === null ? '' : begins, reach: 'nearby', maxFee: query.maxFee === null ? '' : String(query.maxFee),
      from: '', until: '', institutions: named(parameters), phone: '', actingAs: '', consent: '',
    },
  };
}

const feeTyped = (text: string): number | undefined => {
  const plain = text.normalize('NFKC').replace(/[\s,元¥￥]/g, '');
  return plain === '' ? undefined : /^\d{1,9}$/.test(plain) ? Number(plain) : Number.NaN;
};

const fields = ['subdistrict', 'year1', 'modes', 'start', 'reach', 'phone', 'maxFee', 'from', 'institutions', 'actingAs', 'consent'] as const;
const fieldOf = (path: string): string => {
  if (path.startsWith('birthMonth')) return 'year1';
  if (path.startsWith('hours')) return 'from';
  if (path.startsWith('consent')) return path.endsWith('actingAs') ? 'actingAs' : 'consent';
  return path.split('.')[0] ?? path;
};

/** Puts the faults of a request in the order of the form, one sentence a field. */
export const demandFormErrors = (faults: readonly { readonly field: string; readonly code: string }[]): readonly DemandFormError[] => {
  const errors = faults.map(({ field, code }): DemandFormError => {
    const name = fieldOf(field);
    const words = name === 'year1' ? 'birthMonth' : name === 'from' ? 'hours' : name;
    return { field: name, message: demandSentence(words, words === 'actingAs' && code === 'unknown-value' ? 'required' : code) };
  });
  return fields.flatMap((field) => errors.find((error) => error.field === field) ?? []);
};

/** Reads the form: the same request the API takes, or an error for each field. */
export function readDemandForm(typed: DemandTyped): { readonly ok: true; readonly value: DemandRequest } | { readonly ok: false; readonly errors: readonly DemandFormError[] } {
  const birth = typed.year1 === '' && typed.month1 === '' ? undefined : `${typed.year1}-${typed.month1.padStart(2, '0')}`;
  const read = demandRequest.safeParse({
    subdistrict: typed.subdistrict === '' ? undefined : typed.subdistrict, birthMonth: birth, modes: typed.modes, start: typed.start === '' ? undefined : typed.start,
    ...(typed.reach === '' ? {} : { reach: typed.reach }),
    ...(feeTyped(typed.maxFee) === undefined ? {} : { maxFee: feeTyped(typed.maxFee) }),
    ...(typed.from === '' && typed.until === '' ? {} : { hours: { from: typed.from || undefined, until: typed.until || undefined } }),
    ...(typed.institutions.length === 0 ? {} : { institutions: typed.institutions }),
    ...(typed.phone.trim() === '' ? {} : { phone: typed.phone }),
    consent: { rulesVersion: typed.consent, actingAs: typed.actingAs },
  });
  return read.success ? { ok: true, value: read.data } : { ok: false, errors: demandFormErrors(fieldErrors(read.error, (_name, code) => code)) };
}

/** The rules a ticked box agrees to. */
export const demandConsent = demandRulesVersion;
