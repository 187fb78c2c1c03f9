// OWASP ASVS 5.0.0, line by line: tests/assurance/asvs/V*.json as data, what is wrong with it, and the table it makes. `node tests/assurance/asvs.ts` writes .local/asvs.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const folder = join(import.meta.dirname, 'asvs');

const named = z.strictObject({ file: z.string(), title: z.string().min(8) });
const line = z.strictObject({ id: z.string(), level: z.int(), says: z.string().min(12), applies: z.boolean(), tests: z.array(named), reason: z.string().optional() });
const chapter = z.strictObject({ source: z.string(), licence: z.literal('CC BY-SA 4.0'), chapter: z.string(), name: z.string(), lines: z.array(line) });
const official = z.strictObject({ source: z.string(), licence: z.literal('CC BY-SA 4.0'), scope: z.string(), chapters: z.record(z.string(), z.strictObject({ name: z.string(), levels: z.record(z.string(), z.int()) })) });
export type Chapter = z.infer<typeof chapter>;
export type Official = z.infer<typeof official>;
export type Named = z.infer<typeof named>;
const threat = z.strictObject({ id: z.string(), threat: z.string().min(10), control: z.string().min(20), tests: z.array(named).min(1) });

/** The ranked threats, each with its control in a line and the tests that prove it. */
export const readThreats = (): readonly z.infer<typeof threat>[] => z.array(threat).parse(JSON.parse(readFileSync(join(import.meta.dirname, 'threats.json'), 'utf8')));

/** Chapters of the standard that nobody has written yet; every other one must be whole. */
export const notWritten: readonly string[] = [];
/** Share of the applicable lines, in the chapters that are written, that must be tested. */
const leastShare = 0.95;

/** The numbers, levels and names the standard gives: levels 1 and 2, and the chosen lines of level 3. */
export const readOfficial = (): Official => official.parse(JSON.parse(readFileSync(join(folder, 'official.json'), 'utf8')));

/** The chapters as written, in the order of the standard. */
export const readChapters = (list: Official): readonly Chapter[] => Object.keys(list.chapters).map((name) => join(folder, `${name}.json`)).filter((file) => existsSync(file))
  .map((file) => chapter.parse(JSON.parse(readFileSync(file, 'utf8'))));

/** Text of a file of the repository; undefined when it is not there. */
export const readSource = (file: string): string | undefined => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);

/** Whether a file of tests holds one with that title, as it stands in the source: `%s`, `$name` and all. */
export const hasTest = (text: string, title: string): boolean => {
  const plain = text.replaceAll("\\'", "'").replaceAll('\\"', '"');
  return [`('${title}'`, `("${title}"`, `(\`${title}\``].some((start) => plain.includes(start));
};

/** What is wrong with tests that are named somewhere. */
export const namedFaults = (of: string, tests: readonly Named[], read: (file: string) => string | undefined): readonly string[] => tests.flatMap(({ file, title }) => {
  const text = /^tests\/.*\.test\.ts$/.test(file) ? read(file) : undefined;
  if (text === undefined) return [`${of}: there is no file of tests ${file}`];
  return hasTest(text, title) ? [] : [`${of}: ${file} has no test "${title}"`];
});

const isSentence = (text: string): boolean => text.length >= 40 && text.trimEnd().endsWith('.') && text.split(' ').length >= 6;

function lineFaults({ id, level, applies, tests, reason }: Chapter['lines'][number], levels: Readonly<Record<string, number>>, read: (file: string) => string | undefined): readonly string[] {
  return [
    ...(levels[id] === undefined ? [`${id}: the standard has no such line here`] : levels[id] === level ? [] : [`${id}: the standard says level ${String(levels[id])}`]),
    ...(tests.length === 0 && (reason === undefined || !isSentence(reason)) ? [`${id}: ${applies ? 'neither a test nor a reason of a sentence' : 'does not apply, and no sentence says why'}`] : []),
    ...(!applies && tests.length > 0 ? [`${id}: does not apply and is tested all the same`] : []),
    ...namedFaults(id, tests, read),
  ];
}

/** How many lines there are, apply and are tested. */
export function countOf(chapters: readonly Chapter[]): { readonly lines: number; readonly applicable: number; readonly tested: number } {
  const lines = chapters.flatMap((one) => one.lines);
  const applicable = lines.filter(({ applies }) => applies);
  return { lines: lines.length, applicable: applicable.length, tested: applicable.filter(({ tests }) => tests.length > 0).length };
}

/** What is wrong with the chapters against the standard and against the tests they name. */
export function asvsFaults(list: Official, chapters: readonly Chapter[], read: (file: string) => string | undefined, pending: readonly string[] = notWritten): readonly string[] {
  const { applicable, tested } = countOf(chapters);
  const written = new Map(chapters.map((one) => [one.chapter, one]));
  return [
    ...Object.entries(list.chapters).flatMap(([name, { name: title, levels }]) => {
      const one = written.get(name);
      if (one === undefined) return pending.includes(name) ? [] : [`${name}: is not written`];
      const ids = one.lines.map(({ id }) => id);
      return [
        ...(pending.includes(name) ? [`${name}: is written and still said not to be`] : []),
        ...(one.name === title ? [] : [`${name}: the standard calls it ${title}`]),
        ...Object.keys(levels).filter((id) => !ids.includes(id)).map((id) => `${id}: is missing`),
        ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id}: stands twice`),
        ...one.lines.flatMap((each) => lineFaults(each, levels, read)),
      ];
    }),
    ...(tested < leastShare * applicable ? [`${String(tested)} of ${String(applicable)} applicable lines are tested, fewer than ${String(leastShare * 100)} in a hundred`] : []),
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The table as Markdown: every line with its tests or its reason, and the totals. */
export function asvsTable(list: Official, chapters: readonly Chapter[]): string {
  const row = ({ id, level, says, applies, tests, reason }: Chapter['lines'][number]): string => {
    const proof = tests.map(({ file, title }) => `\`${file}\`: ${title}`).join('<br>');
    return `| ${id} | ${String(level)} | ${cell(says)} | ${applies ? (tests.length > 0 ? 'tested' : 'not tested') : 'does not apply'} | ${cell([proof, reason ?? ''].filter(Boolean).join('<br>'))} |`;
  };
  const { lines, applicable, tested } = countOf(chapters);
  const share = applicable === 0 ? 0 : (100 * tested) / applicable;
  return [
    '# OWASP ASVS 5.0.0, levels 1 and 2 and chosen lines of level 3', '', `${list.source}. ${list.licence}. What each line says is our own paraphrase.`, '',
    `${String(lines)} lines: ${String(applicable)} apply, ${String(tested)} of them are tested (${share.toFixed(1)} %), ${String(applicable - tested)} have a reason instead.`,
    '', '## Threats', '', '| | Threat | Control | Tests |', '|---|---|---|---|',
    ...readThreats().map(({ id, threat: what, control, tests }) => `| ${id} | ${cell(what)} | ${cell(control)} | ${cell(tests.map(({ file, title }) => `\`${file}\`: ${title}`).join('<br>'))} |`),
    ...(notWritten.length > 0 ? ['', `Not written yet: ${notWritten.join(', ')}.`] : []), '',
    ...chapters.flatMap((one) => [`## ${one.chapter} ${one.name}`, '', '| Line | Level | Says | State | Tests, reason |', '|---|---|---|---|---|', ...one.lines.map(row), '']),
  ].join('\n');
}

/** Writes the table into .local and answers where. */
export function writeAsvsTable(): string {
  const list = readOfficial();
  mkdirSync(join(root, '.local'), { recursive: true });
  const file = join(root, '.local', 'asvs.md');
  writeFileSync(file, asvsTable(list, readChapters(list)));
  return file;
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${writeAsvsTable()}\n`);
