// 等保对照表: src/deploy/dengbao.md is written from dengbao.json by `node tests/assurance/dengbao.ts`; a test holds both to each other and to the tests they name.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const document = join(root, 'src', 'deploy', 'dengbao.md');

const sentence = z.string().min(2);
const item = z.strictObject({ asks: sentence, site: sentence.nullable(), tests: z.array(z.strictObject({ file: z.string(), title: z.string().min(10) })), operator: sentence, unmet: sentence.nullable() });
const checklist = z.strictObject({ standard: sentence, sources: z.array(sentence).min(1), points: z.array(z.strictObject({ id: z.string(), name: sentence, items: z.array(item).min(1) })) });
export type Checklist = z.infer<typeof checklist>;

/** The checklist as data. */
export const readChecklist = (): Checklist => checklist.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'dengbao.json'), 'utf8')));

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** The checklist as an assessor reads it. */
export function checklistText({ standard, sources, points }: Checklist): string {
  const items = points.flatMap((point) => point.items);
  const bySite = items.filter(({ site }) => site !== null);
  return [
    '# 网络安全等级保护对照表（第二级、第三级）', '',
    `对照标准：${standard}。按第三级的控制点编号；第二级要求少一些，同名控制点在第 7.1 节，逐点编号待官方核对。`, '',
    ...sources.map((line) => `- ${line}`), '',
    `共 ${String(points.length)} 个控制点（类）、${String(items.length)} 项：${String(bySite.length)} 项程序自己做了工作，每项写明由哪个测试证明；${String(items.filter(({ unmet }) => unmet !== null).length)} 项写明没有满足或没有全部满足的地方。`,
    '定级、备案和测评由主办单位办理：定级结果、备案编号、测评机构和结论，待主办单位填写。', '',
    ...points.flatMap(({ id, name, items: own }) => [
      `## ${id} ${name}`, '', row(['要看什么', '程序自己做的', '主办、运维单位要做的', '没有满足的']), row(['---', '---', '---', '---']),
      ...own.map(({ asks, site, operator, unmet }) => row([asks, site ?? '不在程序范围内', operator, unmet ?? '无'])), '',
      ...own.flatMap(({ asks, tests }) => (tests.length === 0 ? [] : [`证明“${asks}”的测试：`, '', ...tests.map(({ file, title }) => `- \`${file}\`：${title}`), ''])),
    ]),
  ].join('\n');
}

/** What is wrong with the checklist, given how the text of a named test file is read; undefined when there is no such file. */
export function checklistFaults({ points }: Checklist, read: (file: string) => string | undefined): readonly string[] {
  return points.flatMap(({ id, items }) => items.flatMap(({ asks, site, tests, unmet }) => [
    ...(site !== null && tests.length === 0 ? [`${id} ${asks}: the site claims something that no test is named for`] : []),
    ...(site === null && unmet !== null ? [`${id} ${asks}: something is not met that is not the site's to do`] : []),
    ...tests.flatMap(({ file, title }) => {
      const text = read(file)?.replaceAll("\\'", "'");
      if (text === undefined) return [`${id} ${asks}: there is no ${file}`];
      return text.split('\n').some((line) => /\b(?:test|it)(?:\.\w+)*\b/.test(line) && line.includes(title)) ? [] : [`${id} ${asks}: ${file} has no test "${title}"`];
    }),
  ]));
}

/** The document as it stands. */
export const writtenChecklist = (): string => readFileSync(document, 'utf8');

if (process.argv[1] === import.meta.filename) writeFileSync(document, checklistText(readChecklist()));
