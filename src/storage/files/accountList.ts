import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** One institution of a list that letters are written for: named by id, 统一社会信用代码 or name. */
export type LetterRow = { readonly line: number; readonly institution: string; readonly login: string | null; readonly title: string | null };

const row = z.strictObject({ '机构': z.string().trim().min(1), '登录名': z.string().trim().optional(), '岗位': z.string().trim().optional() });

/** Reads a CSV with the columns 机构, and if need be 登录名 and 岗位; a fault names its line. */
export function readAccountList(bytes: Buffer): { readonly rows: readonly LetterRow[]; readonly problems: readonly string[] } {
  const records: unknown = parse(bytes, { bom: true, columns: true, skip_empty_lines: true, trim: true, relax_column_count: false });
  const [rows, problems]: [LetterRow[], string[]] = [[], []];
  for (const [index, record] of z.array(z.unknown()).parse(records).entries()) {
    const read = row.safeParse(record);
    const line = index + 2;
    if (read.success) rows.push({ line, institution: read.data['机构'], login: read.data['登录名'] || null, title: read.data['岗位'] || null });
    else problems.push(`line ${String(line)}: expected the columns 机构, 登录名 (optional), 岗位 (optional), got ${read.error.issues.map((issue) => issue.path.join('.') || issue.message).join(', ')}`);
  }
  return { rows, problems };
}
