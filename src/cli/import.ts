import { readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runHealthPointImport } from '#cli/importHealthPoints.ts';
import { makeProgress } from '#cli/progress.ts';
import { importRules } from '#domain/directory/importDiff.ts';
import type { ImportDiff } from '#domain/directory/ports.ts';
import { dayOf, instant } from '#domain/shared/dates.ts';
import { ConfigError, readConfig, type Config } from '#server/config.ts';
import type { DirectoryRecord } from '#storage/directory.ts';
import { isBusy } from '#storage/faults.ts';
import { DataError } from '#storage/files/dataError.ts';
import type { ProblemList } from '#storage/files/importProblems.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { readPinyinOverrides } from '#storage/files/pinyin.ts';
import { makePinyinFor } from '#storage/files/recordPinyin.ts';
import { tableLimits } from '#storage/files/readTable.ts';
import { newId } from '#storage/ids.ts';
import { runImport, type ImportResult } from '#storage/imports.ts';
import { openPostgres } from '#storage/postgres.ts';
import { openSqlite } from '#storage/sqlite.ts';

const usage = 'usage: npm run import -- <file.csv|file.xlsx> --jurisdiction <code or slug> [--kind institutions|health-points] [--commit] [--accept-missing <count>]';
const exitCodes = { done: 0, badInput: 1, refused: 2, busy: 3 } as const;
const dataFolder = join(import.meta.dirname, '..', '..', 'data');

/** What the person who runs this must change; printed as it is. */
class InputError extends Error {}

type Asked = { readonly file: string; readonly place: string; readonly kind: 'institutions' | 'health-points'; readonly commit: boolean; readonly acceptMissing: number | undefined };

const readArguments = (): Asked => {
  try {
    const { values, positionals } = parseArgs({
      options: { jurisdiction: { type: 'string' }, kind: { type: 'string' }, commit: { type: 'boolean' }, 'accept-missing': { type: 'string' } }, strict: true, allowPositionals: true,
    });
    const [file, ...rest] = positionals;
    const accepted = values['accept-missing'];
    if (file === undefined || rest.length > 0) throw new InputError('expected one file');
    if (values.jurisdiction === undefined) throw new InputError('--jurisdiction: expected the code or slug of a place');
    if (accepted !== undefined && !/^\d{1,6}$/.test(accepted)) throw new InputError(`--accept-missing: expected a whole number, got "${accepted}"`);
    const { kind = 'institutions' } = values;
    if (kind !== 'institutions' && kind !== 'health-points') throw new InputError(`--kind: expected institutions or health-points, got "${kind}"`);
    return { file, place: values.jurisdiction, kind, commit: values.commit ?? false, acceptMissing: accepted === undefined ? undefined : Number(accepted) };
  } catch (fault) {
    throw new InputError(`${fault instanceof Error ? fault.message : String(fault)}\n${usage}`, { cause: fault });
  }
};

const readFile = (file: string): Buffer => {
  const path = resolve(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new InputError(`${file}: expected a file, found none`);
  if (found.size > tableLimits.fileBytes) throw new InputError(`${file}: expected at most ${tableLimits.fileBytes / 1_000_000} MB, got ${Math.ceil(found.size / 1_000_000)} MB`);
  return readFileSync(path);
};

const printList = (problems: ProblemList, what: string, print: (line: string) => void): void => {
  for (const sentence of problems.sentences) print(sentence);
  if (problems.count > problems.sentences.length) print(`… and ${problems.count - problems.sentences.length} more ${what}.`);
};

const shownRows = 5;
const printGroup = (title: string, lines: readonly string[]): void => {
  console.log(`${title}: ${lines.length}`);
  for (const line of lines.slice(0, shownRows)) console.log(`  ${line}`);
  if (lines.length > shownRows) console.log(`  … and ${lines.length - shownRows} more`);
};

const printDiff = (diff: ImportDiff<DirectoryRecord>): void => {
  printGroup('New', diff.added.map(({ line, institution }) => `${institution.name} (line ${line})`));
  printGroup('Changed', diff.changed.map(({ after, fields }) => `${after.institution.name}: ${fields.join(', ')}`));
  printGroup('Missing', diff.missing.map(({ institution }) => institution.name));
  printGroup('Returned', diff.returned.map(({ after }) => after.institution.name));
  console.log(`Same: ${diff.same.length}`);
};

const report = (result: ImportResult, asked: Asked): number => {
  if (result.kind === 'changed-meanwhile') {
    console.error('The directory was changed meanwhile; nothing was written. Run the import again.');
    return exitCodes.busy;
  }
  printList(result.warnings, 'warnings', (line) => { console.warn(`warning: ${line}`); });
  if (result.kind === 'invalid') {
    printList(result.problems, 'faults', (line) => { console.error(line); });
    console.error(`${result.problems.count} ${result.problems.count === 1 ? 'fault' : 'faults'}; nothing was written.`);
    return exitCodes.badInput;
  }
  console.log(`Read ${result.rowCount} rows (${result.format === 'registry' ? 'national filing registry' : 'full list'}).`);
  printDiff(result.diff);
  if (result.kind === 'refused') {
    const { missing, present } = result.diff;
    console.error(asked.acceptMissing === undefined
      ? `Refused: ${missing.length} of ${present} institutions are missing from this list. Nothing was written. If that is right, add --accept-missing ${missing.length}.`
      : `Refused: --accept-missing names ${asked.acceptMissing}, but ${missing.length} of ${present} institutions are missing. Nothing was written.`);
    return exitCodes.refused;
  }
  console.log(result.kind === 'committed' ? 'Written.' : 'Dry run: nothing was written. Add --commit to write.');
  return exitCodes.done;
};

async function importList(asked: Asked, config: Config): Promise<number> {
  const places = loadJurisdictions(dataFolder);
  const place = places.find(({ code, slug }) => code === asked.place || slug === asked.place);
  if (!place) throw new InputError(`--jurisdiction: expected one of ${places.map(({ code, slug }) => `${slug} (${code})`).join(', ')}, got "${asked.place}"`);
  const bytes = readFile(asked.file);
  const pinyinFor = makePinyinFor(place, await readPinyinOverrides(join(dataFolder, 'search', 'pinyin-overrides.csv')));
  const now = instant.parse(config.now ?? Date.now());
  const storage = config.database.kind === 'sqlite' ? await openSqlite(config.database.file, Date.now()) : await openPostgres(config.database.url, Date.now());
  const progress = makeProgress(process.stderr);
  try {
    const of = { storage, jurisdiction: place, fileName: basename(asked.file), bytes, commit: asked.commit, today: dayOf(now), now, newId, acceptMissing: asked.acceptMissing };
    if (asked.kind === 'health-points') return await runHealthPointImport({ ...of, print: (line) => { console.log(line); }, complain: (line) => { console.error(line); } });
    const result = await runImport({ ...of, rules: importRules, pinyinFor, onProgress: progress.show });
    progress.clear();
    return report(result, asked);
  } finally {
    progress.clear();
    await storage.close();
  }
}

// A list of 60,000 rows is mostly short-lived objects; a young generation that does not grow keeps the import well below 500 MB.
setFlagsFromString('--semi-space-growth-factor=1');

try {
  process.exitCode = await importList(readArguments(), readConfig(process.env));
} catch (fault) {
  if (fault instanceof InputError || fault instanceof ConfigError || fault instanceof DataError) {
    console.error(fault.message);
    process.exitCode = exitCodes.badInput;
  } else if (isBusy(fault)) {
    console.error('The database is busy; nothing was written. Try again in a moment.');
    process.exitCode = exitCodes.busy;
  } else throw fault;
}
