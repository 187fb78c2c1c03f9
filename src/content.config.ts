import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { z } from 'zod';
import { articleHead } from '#domain/guidance/article.ts';
import { guideWords as guideWordsFile } from '#domain/guidance/guideWords.ts';
import { placeNoteHead, policyHead } from '#domain/guidance/policy.ts';

/** 政策: content/policy/<slug>.md. */
const policy = defineCollection({ loader: glob({ base: './content/policy', pattern: '*.md' }), schema: policyHead });
/** What one place adds to a policy page: content/jurisdictions/<code>/<slug>.md. */
const placeNotes = defineCollection({ loader: glob({ base: './content/jurisdictions', pattern: '*/*.md' }), schema: placeNoteHead });

const day = (value: unknown): unknown => value instanceof Date ? value.toISOString().slice(0, 10) : value;
/** The loader's YAML reads an unquoted 2026-11-22 as a Date at midnight UTC; the head wants the day as written. */
const withoutDates = (head: unknown): unknown => typeof head === 'object' && head !== null ? Object.fromEntries(Object.entries(head).map(([key, value]) => [key, day(value)])) : head;

/** 指南: content/guidance/<topic>/<slug>.md; the file's name alone is its address, whatever its topic. */
const guidance = defineCollection({
  loader: glob({ base: './content/guidance', pattern: '*/*.md', generateId: ({ entry }) => entry.replace(/^.*\/|\.md$/g, '') }),
  schema: z.preprocess(withoutDates, articleHead),
});

/** Everyday words of the search: they go into the build, so that pages and the files they name are of one making. */
const guideWords = defineCollection({ loader: file('data/search/guidance.json', { parser: (text) => ({ words: z.record(z.string(), z.unknown()).parse(JSON.parse(text)) }) }), schema: guideWordsFile });

export const collections = { policy, placeNotes, guidance, guideWords };
