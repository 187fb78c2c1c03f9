import { z } from 'zod';

/** 辖区: six-digit division code. */
export const jurisdictionCode = z.string().regex(/^\d{6}$/, 'jurisdiction-code').brand<'JurisdictionCode'>();
export type JurisdictionCode = z.infer<typeof jurisdictionCode>;

/** 街道 / 乡镇: nine-digit division code, text. */
export const subdistrictCode = z.string().regex(/^\d{9}$/, 'subdistrict-code').brand<'SubdistrictCode'>();
export type SubdistrictCode = z.infer<typeof subdistrictCode>;

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** 统一社会信用代码 check digit (GB 32100-2015, mod 31): whether 18 characters carry the right one. */
export const hasCreditCheckDigit = (code: string): boolean => {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = creditWeights.reduce((total, weight, index) => total + weight * creditAlphabet.indexOf(code.charAt(index)), 0);
  return creditAlphabet.charAt((31 - (sum % 31)) % 31) === code.charAt(17);
};
export const creditCode = z.string().refine(hasCreditCheckDigit, 'credit-code').brand<'CreditCode'>();
export type CreditCode = z.infer<typeof creditCode>;

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a reference stands for: 预约号, 受理编号, 信息更正编号. */
export type ReferenceLetter = 'Y' | 'T' | 'X' | 'D';

/** 预约号 / 受理编号 / 更正编号: `Y-`, `T-` or `X-` and eight Crockford characters made from at least five random bytes. */
export const makeReference = (letter: ReferenceLetter, random: Uint8Array): string => {
  let value = random.slice(0, 5).reduce((total, byte) => total * 256n + BigInt(byte), 0n);
  let text = '';
  for (let index = 0; index < 8; index += 1) {
    text = crockford.charAt(Number(value % 32n)) + text;
    value /= 32n;
  }
  return `${letter}-${text}`;
};

/** Reads a reference as typed: any case, full width, O as 0, I and L as 1, blanks and a missing dash forgiven. */
export const readReference = (letter: ReferenceLetter, typed: string): string | undefined => {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  if (plain.charAt(0) !== letter) return undefined;
  const body = plain.slice(1).replace(/O/g, '0').replace(/[IL]/g, '1');
  return body.length === 8 && [...body].every((character) => crockford.includes(character)) ? `${letter}-${body}` : undefined;
};

/** 查询码: 16 digits, the last two an ISO 7064 MOD 97-10 check; made from at least eight random bytes. */
export const makeQueryCode = (random: Uint8Array): string => {
  const value = random.slice(0, 8).reduce((total, byte) => total * 256n + BigInt(byte), 0n) % 100_000_000_000_000n;
  const body = value.toString().padStart(14, '0');
  const check = 98n - ((BigInt(body) * 100n) % 97n);
  return body + check.toString().padStart(2, '0');
};

/** Reads a query code as typed (blanks, dashes and full-width digits forgiven); undefined when the check digits are wrong. */
export const readQueryCode = (typed: string): string | undefined => {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{16}$/.test(digits) && BigInt(digits) % 97n === 1n ? digits : undefined;
};

/** 建档码: three groups of four Crockford characters made from at least eight random bytes; 60 bits, so that it cannot be guessed. */
export const makeEnrolmentCode = (random: Uint8Array): string => {
  let value = random.slice(0, 8).reduce((total, byte) => total * 256n + BigInt(byte), 0n);
  let text = '';
  for (let index = 0; index < 12; index += 1) {
    text = crockford.charAt(Number(value % 32n)) + text;
    value /= 32n;
  }
  return text.replace(/(.{4})(?=.)/g, '$1-');
};

/** Reads an enrolment code as typed: any case, full width, O as 0, I and L as 1, blanks and dashes forgiven. */
export const readEnrolmentCode = (typed: string): string | undefined => {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return plain.length === 12 && [...plain].every((character) => crockford.includes(character)) ? plain.replace(/(.{4})(?=.)/g, '$1-') : undefined;
};
