import { findGuides } from '#domain/guidance/searchIndex.ts';
import { makeGuideSearch } from '#server/guides.ts';
import { guideSources } from '#tests/unit/guidance/guideFiles.ts';
import { questions, type JudgedQuestion } from '#tests/judged/questions.ts';

const depth = 10;
const gainOf = (grade: number): number => 2 ** grade - 1;
const sumUp = (grades: readonly number[]): number => grades.slice(0, depth).reduce((sum, grade, at) => sum + gainOf(grade) / Math.log2(at + 2), 0);

const search = await makeGuideSearch(guideSources());
const { index } = search;
const keyOf = ({ kind, key }: (typeof index.guides)[number]): string => (kind === 'article' ? key : `${kind}/${key}`);
const keys = new Set(index.guides.map(keyOf));

/** Grades by key, as a judgement writes them down; unknown keys are refused. */
export const gradesOf = ([, typed, wanted]: JudgedQuestion): ReadonlyMap<string, number> => {
  const grades = new Map<string, number>();
  for (const part of wanted.split(' ').filter((one) => one !== '')) {
    const [grade = '', named = ''] = part.split(':');
    for (const key of named.split(',')) {
      if (!keys.has(key) || grades.has(key) || !['1', '2', '3'].includes(grade)) throw new Error(`${typed}: ${part}: ${key}`);
      grades.set(key, Number(grade));
    }
  }
  return grades;
};

/** How one question was answered. */
export type Answered = { readonly question: JudgedQuestion; readonly nDCG: number; readonly found: readonly string[]; readonly missed: readonly string[] };

/** The order in which the product's own search answers. */
export const searched = (typed: string): readonly string[] => findGuides(index, typed).found.map(({ guide }) => keyOf(guide));

/** nDCG@10 of one question: gain 2^grade − 1, discount log2(rank + 1); where nothing is wanted, 1 for nothing found and 0 otherwise. */
export const answer = (question: JudgedQuestion, order = searched): Answered => {
  const grades = gradesOf(question);
  const found = order(question[1]);
  const nDCG = grades.size === 0 ? Number(found.length === 0) : sumUp(found.map((key) => grades.get(key) ?? 0)) / sumUp([...grades.values()].sort((one, other) => other - one));
  return { question, nDCG, found, missed: [...grades].filter(([key, grade]) => grade > 2 && !found.slice(0, depth).includes(key)).map(([key]) => key) };
};

/** All judged questions, answered. */
export const answerAll = (order = searched): readonly Answered[] => questions.map((question) => answer(question, order));
