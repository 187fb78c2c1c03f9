import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planted } from '#tests/assurance/planted.ts';

test.each(planted)('the planted fault “$fault” still fits the source, and its test is there', ({ edits, test: { file, title } }) => {
  for (const edit of edits) {
    expect(readFileSync(edit.file, 'utf8').split(edit.from), edit.file).toHaveLength(2);
    expect(edit.to).not.toBe(edit.from);
  }
  expect(readFileSync(file, 'utf8')).toContain(title);
});
