import type { z } from 'zod';

export type FieldCode = 'required' | 'unknown-field' | 'too-long' | 'too-short' | 'format' | 'range' | 'unknown-value';
export type FieldError = { readonly field: string; readonly code: FieldCode; readonly message: string };

const known: readonly string[] = ['required', 'unknown-field', 'too-long', 'too-short', 'format', 'range', 'unknown-value'];
const isFieldCode = (text: string): text is FieldCode => known.includes(text);

type Issue = z.core.$ZodIssue;

function codeOf(issue: Issue): FieldCode {
  if (isFieldCode(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined && issue.message.includes('undefined') ? 'required' : 'format';
    case 'unrecognized_keys': return 'unknown-field';
    case 'too_big': return issue.origin === 'string' ? 'too-long' : 'range';
    case 'too_small': return issue.origin === 'string' ? (issue.minimum === 1 ? 'required' : 'too-short') : 'range';
    case 'invalid_value': case 'invalid_union': return 'unknown-value';
    default: return 'format';
  }
}

/** zod's issues as the contract's field errors: a path, a stable code, a sentence. `sentence` finds the words by last name in the path and code. */
export function fieldErrors(error: z.ZodError, sentence: (name: string, code: FieldCode) => string): readonly FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: [...path, key].join('.'), code: 'unknown-field' as const, message: sentence(key, 'unknown-field') }));
    const code = codeOf(issue);
    const name = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
    return [{ field: path.join('.'), code, message: sentence(name, code) }];
  });
}
