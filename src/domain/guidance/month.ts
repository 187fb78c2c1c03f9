import type { MonthBand, WarningSign } from '#domain/guidance/monthModel.ts';

/** Which page an address asks for: a month from 0 to 36, before birth, after 36 months, none yet, or something unreadable. */
export type AskedMonth =
  | { readonly kind: 'month'; readonly months: number }
  | { readonly kind: 'expecting' | 'older' | 'none' }
  | { readonly kind: 'unreadable'; readonly typed: string };

/** Reads `months=` of an address; full-width digits are digits, −10 to −1 is before birth, 37 to 120 after. Anything else is unreadable. */
export const readMonths = (values: readonly string[]): AskedMonth => {
  const [typed = ''] = values;
  const text = typed.normalize('NFKC').trim();
  if (values.length > 1) return { kind: 'unreadable', typed: values.join('，').slice(0, 20) };
  if (text === '') return { kind: 'none' };
  const months = /^-?\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (months >= 0 && months <= 36) return { kind: 'month', months };
  if (months >= -10 && months < 0) return { kind: 'expecting' };
  return months > 36 && months <= 120 ? { kind: 'older' } : { kind: 'unreadable', typed: typed.trim().slice(0, 20) };
};

/** The band an age in whole months belongs to. */
export const bandOf = (months: number, bands: readonly MonthBand[]): MonthBand | undefined => bands.find(({ from, to }) => months >= from && months <= to);

/** 预警征象 to look at: those of the last age reached, else those of the first age, which is still ahead. */
export const signsFor = (months: number, signs: readonly WarningSign[]): { readonly ageMonths: number; readonly ahead: boolean; readonly signs: readonly WarningSign[] } | undefined => {
  const ages = [...new Set(signs.map(({ ageMonths }) => ageMonths))].sort((one, other) => one - other);
  const age = ages.findLast((one) => one <= months) ?? ages[0];
  return age === undefined ? undefined : { ageMonths: age, ahead: age > months, signs: signs.filter(({ ageMonths }) => ageMonths === age) };
};
