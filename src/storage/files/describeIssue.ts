import type { z } from 'zod';

const expectations: Readonly<Record<string, string>> = {
  'iso-date': 'a real day YYYY-MM-DD',
  'year-month': 'a month YYYY-MM',
  'jurisdiction-code': 'six digits',
  'subdistrict-code': 'nine digits',
  'credit-code': '18 characters with a right check digit',
  'rules-key': 'a key such as cn-2019',
  'whole-number': 'a whole number',
  'filled': 'some text',
  'yes-no': 'yes or no',
};

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value);

const show = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : value === undefined ? 'nothing' : JSON.stringify(value));

const expected = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return `a ${issue.expected}`;
  if (issue.code === 'too_small') return `${issue.origin === 'string' ? 'length' : 'a value'} of at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `${issue.origin === 'string' ? 'length' : 'a value'} of at most ${issue.maximum}`;
  if (issue.code === 'invalid_format' && issue.format === 'regex' && expectations[issue.message] === undefined) return `text like ${issue.pattern ?? issue.message}`;
  return expectations[issue.message] ?? issue.message;
};

/** The sentences for one zod issue: `<place>, <key word> <path>: expected …, got …`; unknown keys are named one by one. */
export const describeIssue = (where: string, keyWord: 'key' | 'column', issue: z.core.$ZodIssue, whole: unknown): readonly string[] => {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${where}, ${keyWord} ${path === '' ? key : `${path}.${key}`}: unknown ${keyWord}`);
  return [`${where}, ${keyWord} ${path}: expected ${expected(issue)}, got ${show(at(whole, issue.path))}`];
};
