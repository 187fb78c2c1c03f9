import type { OpenRecord } from '#domain/directory/openRecord.ts';
import { openFieldText } from '#text/openData.ts';

const isField = (name: string): name is keyof OpenRecord => name in openFieldText;

/** The columns of the open data in the order of the dictionary. */
export const openFieldKeys: readonly (keyof OpenRecord)[] = Object.keys(openFieldText).filter(isField);
