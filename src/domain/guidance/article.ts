import { z } from 'zod';
import { isoDate } from '#domain/shared/dates.ts';

/** 主题: what an article of the guidance is about, in the order parents meet them. */
export const articleTopics = [
  'feeding', 'sleep', 'growth', 'movement', 'language', 'cognition', 'social', 'mind', 'habits', 'play',
  'vaccination', 'checkups', 'illness', 'infection', 'injury', 'carer', 'starting', 'choosing', 'work',
] as const;
export type ArticleTopic = (typeof articleTopics)[number];

/** Topics whose articles must say 何时就医 and who reviewed them. */
export const healthTopics: readonly ArticleTopic[] = ['feeding', 'sleep', 'growth', 'movement', 'language', 'cognition', 'social', 'mind', 'vaccination', 'checkups', 'illness', 'infection', 'injury', 'carer'];

/** How sure the project is of a source: A read in the original, B in a full copy, C in several transcriptions. */
export const sourceConfidences = ['A', 'B', 'C'] as const;

/** 来源: a published document an article rests on; nothing is cited that no source gives. */
export const articleSource = z.strictObject({
  title: z.string().min(2),
  /** 文号 or standard number. */
  number: z.string().nullable(),
  issuer: z.string().min(2),
  /** Year of publication. */
  year: z.number().int().min(1990).max(2100).nullable(),
  /** Chapter or article relied on. */
  part: z.string().nullable(),
  confidence: z.enum(sourceConfidences),
});
export type ArticleSource = z.infer<typeof articleSource>;

const step = z.strictObject({ role: z.string().min(2), on: isoDate });

/** Front matter of `content/guidance/<topic>/<slug>.md`; strict, so that a misspelt key stops the build. */
export const articleHead = z.strictObject({
  title: z.string().min(4).max(28),
  /** One or two sentences for lists and sharing. */
  summary: z.string().min(12).max(90),
  topic: z.enum(articleTopics),
  /** Whole months of age the article is for, both included; 0–0 newborn, 0–36 all. */
  months: z.strictObject({ from: z.number().int().min(0).max(36), to: z.number().int().min(0).max(36) }).refine(({ from, to }) => from <= to, 'months.from must not be above months.to'),
  sources: z.array(articleSource).min(1),
  /** The day an editor last compared the article with its sources. */
  editorCheckedOn: isoDate,
  nextCheckOn: isoDate,
  /** Review by a health professional; null: the page says 尚未经医务人员审核，请以医生意见为准. Never invented. */
  expertReview: z.strictObject({ unit: z.string().min(2), role: z.string().min(2), date: isoDate }).nullable(),
  /** 三审三校: who (by role) reviewed and proofread, and when; empty until it was done. */
  reviews: z.array(step).max(3),
  proofs: z.array(step).max(3),
  /** Signs that need help at once; shown first. `call` is an emergency number. */
  emergency: z.strictObject({ signs: z.array(z.string().min(2)).min(1), call: z.enum(['120', '110', '119']) }).nullable(),
  /** Further words parents search for. */
  keywords: z.array(z.string().min(1).max(12)).max(12),
  /** Slugs of articles to read next. */
  related: z.array(z.string().regex(/^[a-z0-9-]+$/)).max(5),
});
export type ArticleHead = z.infer<typeof articleHead>;
