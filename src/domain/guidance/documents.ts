import { z } from 'zod';
import { confidences } from '#domain/jurisdiction/model.ts';

/** 文件: a document that more than one page rests on, as every page has to cite it. */
export const documentRow = z.strictObject({
  title: z.string().min(2),
  /** 文号 or standard number; null where none was seen. */
  number: z.string().min(2).nullable(),
  issuer: z.string().min(2),
  year: z.number().int().min(1990).max(2100).nullable(),
  confidence: z.enum(confidences),
});
export type DocumentRow = z.infer<typeof documentRow>;

/** A source as some file cites it. */
export type CitedSource = DocumentRow & { readonly file: string };

/** What tells a document from another: its title without marks of quotation, the name of the state, and anything in brackets. */
export const documentKey = (title: string): string => title.replace(/[《》\s]/g, '').replace(/[（(][^）)]*[）)]/g, '').replace(/^(?:中华人民共和国|国务院)/, '').replace(/^关于/, '');

const written = ({ title, number, issuer, year, confidence }: DocumentRow): string => [title, number ?? 'no number', issuer, year ?? 'no year', confidence].join(' | ');

/** Where files cite a document otherwise than the register has it, or cite in two files what it lacks; each with what to write. */
export const sourceFaults = (register: readonly DocumentRow[], cited: readonly CitedSource[]): readonly string[] => {
  const known = new Set(register.map(written));
  const titles = new Set(register.map(({ title }) => title));
  const numbers = new Map(register.flatMap((row) => (row.number === null ? [] : [[row.number, row] as const])));
  const keys = new Map(register.map((row) => [documentKey(row.title), row]));
  const strangers = cited.filter(({ title, number }) => !titles.has(title) && !keys.has(documentKey(title)) && (number === null || !numbers.has(number)));
  return [
    ...register.map(({ title }) => title).filter((title, at, all) => all.indexOf(title) !== at).map((title) => `the register has ${title} twice`),
    ...cited.filter((source) => !strangers.includes(source) && !known.has(written(source))).map((source) => {
      const row = register.find(({ title }) => title === source.title) ?? (source.number === null ? undefined : numbers.get(source.number)) ?? keys.get(documentKey(source.title));
      return `${source.file} cites “${written(source)}”; the register has “${row ? written(row) : ''}”`;
    }),
    ...[...Map.groupBy(strangers, ({ title }) => documentKey(title)).values()].filter((group) => new Set(group.map(({ file }) => file)).size > 1).map((group) => `${group.map(({ file }) => file).join(', ')} cite “${group[0]?.title ?? ''}”, which the register lacks; add it to data/reference/documents.json`),
  ];
};
