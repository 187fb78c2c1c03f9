import { healthTopics, type ArticleHead } from './article.ts';

/** A fault in an article: its line in the file (1 is the first), and what to do. */
export type ArticleFault = { readonly line: number; readonly fix: string };
/** What is measured of a body: Chinese characters, and of its sentences the count, the mean length and the longest. */
export type BodyMeasure = { readonly characters: number; readonly sentences: number; readonly mean: number; readonly longest: number };

/** The least Chinese characters of a body. */
export const leastCharacters = 600;

/** Words that promise, blame, leave carers out or name a filing wrongly; house wording. */
const forbiddenWords: readonly (readonly [word: RegExp, instead: string])[] = [
  [/宝妈|妈妈们|奶爸/, '家长、照护人'], [/老人版/, '长辈版'], [/官方推荐|放心机构|正规机构/, '已备案，并写明机关和日期'], [/黑托育|未备案机构/, '本目录未查到备案信息'],
  [/撤销备案|吊销/, '已注销或停止托育服务'], [/入托成功|占位成功|托位已保留/, '参观预约已确认（不代表取得托位）'], [/绝对安全|保证治好|包治/, '不作承诺'], [/免费托育|补贴到手/, '符合条件可申领'], [/留守|贫困户|困难户/, '减免政策'],
];

const han = (text: string): number => text.match(/\p{Script=Han}/gu)?.length ?? 0;

const sentencesOf = (body: string): readonly string[] => body.split('\n').filter((line) => !line.startsWith('#'))
  .flatMap((line) => line.split(/[。！？；]/)).map((sentence) => sentence.trim()).filter((sentence) => han(sentence) > 0);

/** Chinese characters and sentence lengths of a body; a sentence ends at 。！？； or with its line. */
export const measureBody = (body: string): BodyMeasure => {
  const lengths = sentencesOf(body).map(han);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return { characters: han(body), sentences: lengths.length, mean: lengths.length === 0 ? 0 : total / lengths.length, longest: Math.max(0, ...lengths) };
};

const lineFaults = (line: string, before: string): readonly string[] => [
  ...forbiddenWords.flatMap(([word, instead]) => {
    const found = word.exec(line);
    return found ? [`“${found[0]}” is not used here; write: ${instead}`] : [];
  }),
  ...(/!\[\s*\]/.test(line) ? ['the picture has no alternative text; describe it between the brackets'] : []),
  ...(/\]\(https?:|https?:\/\//.test(line) ? ['a link leads outside the site; name the document under sources instead'] : []),
  ...(/^\p{Script=Han}/u.test(line) && /^\p{Script=Han}/u.test(before) ? ['a paragraph goes on from the line above; keep it on one line or leave an empty line'] : []),
];

/** Faults of an article's text; `firstLine` is the line of the file on which its body begins. */
export const bodyFaults = (head: Pick<ArticleHead, 'topic' | 'emergency'>, body: string, firstLine: number): readonly ArticleFault[] => {
  const lines = body.split('\n');
  const faults = lines.flatMap((line, at) => lineFaults(line, lines[at - 1] ?? '').map((fix) => ({ line: firstLine + at, fix })));
  const whole = (fix: string): ArticleFault => ({ line: firstLine, fix });
  const has = (title: string): boolean => lines.some((line) => line.trim() === `## ${title}`);
  const { characters } = measureBody(body);
  if (characters < leastCharacters) faults.push(whole(`the body has ${String(characters)} Chinese characters; write at least ${String(leastCharacters)}`));
  if (healthTopics.includes(head.topic) && !has('何时就医')) faults.push(whole('a health topic needs a section "## 何时就医" with concrete signs'));
  if (head.topic === 'injury' && !has('现在就做')) faults.push(whole('an injury needs a section "## 现在就做" with the first steps'));
  if (head.topic === 'injury' && head.emergency === null) faults.push({ line: 1, fix: 'an injury names its emergency signs and number in the head' });
  return faults;
};
