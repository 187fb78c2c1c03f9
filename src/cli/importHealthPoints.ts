import { isSuspicious } from '#domain/directory/importDiff.ts';
import type { HealthPointDiff } from '#domain/healthPoints/ports.ts';
import { diffPoints } from '#domain/healthPoints/rules.ts';
import { readHealthPoints } from '#storage/files/healthPoints.ts';
import { importHealthPoints, type HealthPointImport } from '#storage/healthPoints.ts';

/** How the run ended: 0 done, 1 faults in the list, 2 refused. */
type Ending = 0 | 1 | 2;
export type HealthPointRun = Omit<HealthPointImport, 'reading' | 'rules'> & { readonly print: (line: string) => void; readonly complain: (line: string) => void };

const shownRows = 5;
const linesOf = (title: string, names: readonly string[]): readonly string[] =>
  [`${title}: ${String(names.length)}`, ...names.slice(0, shownRows).map((name) => `  ${name}`), ...(names.length > shownRows ? [`  … and ${String(names.length - shownRows)} more`] : [])];

const diffLines = (diff: HealthPointDiff): readonly string[] => [
  ...linesOf('New', diff.added.map(({ name }) => name)), ...linesOf('Changed', diff.changed.map(({ after, fields }) => `${after.name}: ${fields.join(', ')}`)),
  ...linesOf('Missing', diff.missing.map(({ name }) => name)), ...linesOf('Returned', diff.returned.map(({ name }) => name)), `Same: ${String(diff.same.length)}`,
];

/** Runs `npm run import -- <file> --kind health-points`: says every fault, else what the list does, and writes it only with `--commit`. */
export async function runHealthPointImport(run: HealthPointRun): Promise<Ending> {
  const reading = await readHealthPoints(run);
  if (reading.problems.count > 0) {
    for (const sentence of reading.problems.sentences) run.complain(sentence);
    run.complain(`${String(reading.problems.count)} ${reading.problems.count === 1 ? 'fault' : 'faults'}; nothing was written.`);
    return 1;
  }
  const { kind, diff } = await importHealthPoints({ ...run, reading, rules: { diff: diffPoints, isSuspicious } });
  run.print(`Read ${String(reading.rows.length)} rows (health points).`);
  for (const line of diffLines(diff)) run.print(line);
  if (kind === 'refused') {
    run.complain(run.acceptMissing === undefined
      ? `Refused: ${String(diff.missing.length)} of ${String(diff.present)} points are missing from this list. Nothing was written. If that is right, add --accept-missing ${String(diff.missing.length)}.`
      : `Refused: --accept-missing names ${String(run.acceptMissing)}, but ${String(diff.missing.length)} of ${String(diff.present)} points are missing. Nothing was written.`);
    return 2;
  }
  run.print(kind === 'committed' ? 'Written.' : 'Dry run: nothing was written. Add --commit to write.');
  return 0;
}
