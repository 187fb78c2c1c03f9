import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { describeIssue } from '#storage/files/describeIssue.ts';

/** What reading one file gave: the value when it is sound, else the sentences that say why not. */
export type FileReading<Value> = { readonly value: Value | undefined; readonly problems: readonly string[] };

/** Reads one JSON file against a strict schema; `label` is how the sentences name the file. */
export const readJson = <Schema extends z.ZodType>(file: string, label: string, schema: Schema): FileReading<z.infer<Schema>> => {
  if (!existsSync(file)) return { value: undefined, problems: [`${label}: the file is missing`] };
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return { value: undefined, problems: [`${label}: no valid JSON (${error instanceof Error ? error.message : String(error)})`] };
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { value: parsed.data, problems: [] };
  return { value: undefined, problems: parsed.error.issues.flatMap((issue) => describeIssue(label, 'key', issue, raw)) };
};
