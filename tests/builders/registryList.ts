import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { hasCreditCheckDigit } from '#domain/shared/codes.ts';

/** An invented credit code with a right check digit. */
export const aCreditCode = (number: number): string => {
  const body = `9112010${String(number).padStart(10, '0')}`;
  return body + ([...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((digit) => hasCreditCheckDigit(body + digit)) ?? '');
};

export const registryHeading = 'institution_name,institution_other_name,zoning_name,zoning_code,address,institution_type,finished_time,credit_code';

/** Cells of one row of the national registry; a test states only what matters. */
export const registryCells = (place: Jurisdiction, number: number, change: Partial<Record<'name' | 'other' | 'zone' | 'code' | 'address' | 'type' | 'time' | 'credit', string>> = {}): readonly string[] => {
  const subdistrict = place.subdistricts[number % place.subdistricts.length];
  const cells = {
    name: `示例第${number}托育园`, other: '', zone: `${place.name}${subdistrict?.name ?? ''}`, code: `${subdistrict?.code ?? place.code}`, address: `示例路${number}号`,
    type: '营利性', time: '2024-09-28 10:15:00', credit: aCreditCode(number), ...change,
  };
  return [cells.name, cells.other, cells.zone, cells.code, cells.address, cells.type, cells.time, cells.credit];
};

/** A registry list of `count` invented institutions as CSV text. */
export const registryCsv = (place: Jurisdiction, count: number): string =>
  [registryHeading, ...Array.from({ length: count }, (_, index) => registryCells(place, index + 1).join(','))].join('\n');
