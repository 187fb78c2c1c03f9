import { bookingFieldText } from '#text/booking.ts';
import { fieldCodeText } from '#text/problems.ts';

/** The sentence for a field's fault in booking forms and bodies: what is wrong and how to mend it. */
export const bookingSentence = (name: string, code: string): string => bookingFieldText[name]?.[code] ?? fieldCodeText[code] ?? '请检查填写的内容。';
