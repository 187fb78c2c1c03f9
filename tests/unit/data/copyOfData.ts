import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { DataError } from '#storage/files/dataError.ts';

/** The repository's own data folder. */
export const realData = resolve(import.meta.dirname, '../../../data');

/** A copy of the data that a test may spoil; removed when the test ends. Its folder is called `data`. */
export const copyOfData = (): string => {
  const parent = mkdtempSync(join(tmpdir(), 'tuoyu-data-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const copy = join(parent, 'data');
  cpSync(realData, copy, { recursive: true });
  return copy;
};

/** Replaces the first `from` in one file of a copy; a test that replaces nothing must fail. */
export const spoil = (dataDir: string, file: string, from: string, to: string): void => {
  const path = join(dataDir, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain "${from}"`);
  writeFileSync(path, text.replace(from, () => to));
};

/** The sentences of the DataError a call throws. */
export const problemsOf = (call: () => unknown): readonly string[] => {
  try {
    call();
  } catch (error) {
    if (error instanceof DataError) return error.problems;
    throw error;
  }
  return [];
};
