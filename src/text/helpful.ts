import type { HelpfulTally } from '#domain/guidance/helpful.ts';

/** 有没有帮助: words of the question at the end of an article and of its thanks. */
export const helpfulText = {
  title: '这一篇有没有帮助？',
  yes: '有帮助',
  no: '没帮上忙',
  kept: '只记个数，不记是谁。',
  thanks: '谢谢，记下了。',
  whyTitle: '哪里没帮上忙？',
  whyLede: (article: string): string => `谢谢，已经记下。关于《${article}》，愿意的话再点一个原因，我们好改。`,
  reasons: { unclear: '看不懂', missing: '没有我要的', wrong: '内容可能有误' } satisfies Record<Exclude<HelpfulTally, 'yes' | 'no'>, string>,
  back: '不选了，回到文章',
  ill: '孩子不舒服，不要等我们改文章，请直接问医生。情况急，打 120。',
  tooManyTitle: '今天已经收到好几次了',
  tooMany: '您这边今天已经回答过多次，这一次没有记。明天可以再答。',
  unread: '没有看懂是哪一篇文章，这一次没有记。请回到文章，再点一次。',
  toLibrary: '回到学育儿',
} as const;
