import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { articleHead, type ArticleHead } from '#domain/guidance/article.ts';
import { checkSources } from '#cli/citedSources.ts';
import { bodyFaults, measureBody, type ArticleFault, type BodyMeasure } from '#domain/guidance/articleRules.ts';

type Article = { readonly file: string; readonly slug: string; readonly head: ArticleHead; readonly measure: BodyMeasure };
type Read = { readonly article: Article | undefined; readonly faults: readonly ArticleFault[] };
/** What a check of the guidance found: sentences that stop, and sentences for the operator. */
export type ContentReport = { readonly problems: readonly string[]; readonly warnings: readonly string[]; readonly articles: number; readonly characters: number; readonly sources: number; readonly overdue: number; readonly mean: number };

const parseHead = (yaml: string): unknown => {
  try {
    return parse(yaml);
  } catch (error) {
    if (error instanceof YAMLParseError) return error;
    throw error;
  }
};

const lineOf = (text: string, key: string): number => Math.max(1, text.split('\n').findIndex((line) => line.trimStart().startsWith(`${key}:`)) + 1);

const readArticle = (file: string, text: string): Read => {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  if (!parts) return { article: undefined, faults: [{ line: 1, fix: 'begin the file with front matter between two lines of ---' }] };
  const [, yaml = '', body = ''] = parts;
  const value = parseHead(yaml);
  if (value instanceof YAMLParseError) return { article: undefined, faults: [{ line: (value.linePos?.[0].line ?? 0) + 1, fix: value.message.split('\n')[0] ?? 'mend the YAML' }] };
  const head = articleHead.safeParse(value);
  if (!head.success) return { article: undefined, faults: head.error.issues.map(({ path, message }) => ({ line: lineOf(text, String(path[0] ?? '---')), fix: `${path.join('.')}: ${message}` })) };
  const folder = basename(dirname(file));
  const misplaced = folder === head.data.topic ? [] : [{ line: lineOf(text, 'topic'), fix: `topic is ${head.data.topic}, the folder ${folder}; make them the same` }];
  return { article: { file, slug: basename(file, '.md'), head: head.data, measure: measureBody(body) }, faults: [...misplaced, ...bodyFaults(head.data, body, yaml.split('\n').length + 3)] };
};

/** Checks every article below `folder` as of `today` (ISO date); problems name file, line and what to do. */
export const checkContent = (folder: string, today: string): ContentReport => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).toSorted();
  const read = files.map((name) => ({ file: name, text: readFileSync(join(folder, name), 'utf8') })).map(({ file, text }) => ({ file, text, ...readArticle(file, text) }));
  const articles = read.flatMap(({ article }) => article ? [article] : []);
  const slugs = files.map((name) => basename(name, '.md'));
  const problems = read.flatMap(({ file, text, article, faults }) => [
    ...faults.map(({ line, fix }) => `${file}:${String(line)} ${fix}`),
    ...(slugs.filter((slug) => slug === basename(file, '.md')).length > 1 ? [`${file}:1 another topic has an article of this name; rename one`] : []),
    ...(article?.head.related ?? []).filter((slug) => slug === article?.slug || !slugs.includes(slug)).map((slug) => `${file}:${String(lineOf(text, 'related'))} related names ${slug}, which is ${slug === article?.slug ? 'this article' : 'no article'}; take it out`),
  ]);
  const overdue = articles.filter(({ head }) => head.nextCheckOn < today);
  const unsigned = articles.filter(({ head }) => head.reviews.length < 3 || head.proofs.length < 3);
  const long = articles.filter(({ measure }) => measure.mean > 25 || measure.longest > 40);
  const sentences = articles.reduce((sum, { measure }) => sum + measure.sentences, 0);
  return {
    problems: [...problems, ...overdue.map(({ file, head }) => `${file}:1 the check was due on ${head.nextCheckOn}; compare with the sources and set editorCheckedOn and nextCheckOn`)],
    warnings: [
      ...long.map(({ file, measure }) => `${file}: sentences of ${measure.mean.toFixed(1)} characters on average, the longest ${String(measure.longest)}`),
      ...(unsigned.length === 0 ? [] : [`三审三校 not recorded in full: ${unsigned.map(({ slug }) => slug).join(', ')}`]),
    ],
    articles: articles.length, overdue: overdue.length,
    characters: articles.reduce((sum, { measure }) => sum + measure.characters, 0),
    sources: articles.reduce((sum, { head }) => sum + head.sources.length, 0),
    mean: sentences === 0 ? 0 : articles.reduce((sum, { measure }) => sum + measure.mean * measure.sentences, 0) / sentences,
  };
};

if (import.meta.main) {
  const folder = resolve(import.meta.dirname, '../../content/guidance');
  if (!existsSync(folder)) {
    process.stderr.write(`There is no folder ${relative(process.cwd(), folder)}.\n`);
    process.exit(1);
  }
  const { problems, warnings, articles, characters, sources, overdue, mean } = checkContent(folder, new Date().toISOString().slice(0, 10));
  process.stdout.write(`${String(articles)} articles, ${String(characters)} Chinese characters, ${(sources / Math.max(1, articles)).toFixed(1)} sources an article, ${mean.toFixed(1)} characters a sentence, ${String(overdue)} overdue.\n`);
  for (const warning of warnings) process.stdout.write(`Note: ${warning}\n`);
  for (const problem of problems) process.stderr.write(`content/guidance/${problem}\n`);
  const sourceProblems = checkSources(resolve(folder, '../..'));
  for (const problem of sourceProblems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length + sourceProblems.length > 0 ? 1 : 0;
}
