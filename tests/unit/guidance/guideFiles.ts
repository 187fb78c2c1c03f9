import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { articleHead } from '#domain/guidance/article.ts';
import { guideWords } from '#domain/guidance/guideWords.ts';
import { placeNoteHead, policyHead } from '#domain/guidance/policy.ts';
import type { GuideSources } from '#server/guides.ts';
import { content, noteFolders, pagesIn, readPage } from '#tests/unit/guidance/policyFiles.ts';

/** The repository's own content, read as the content collections read it. */
export const guideSources = (): GuideSources => ({
  articles: readdirSync(join(content, 'guidance')).flatMap((topic) => pagesIn(`guidance/${topic}`).map((id) => {
    const { head, body } = readPage(`guidance/${topic}/${id}.md`);
    return { id, data: articleHead.parse(head), body };
  })),
  policy: pagesIn('policy').map((id) => {
    const { head, body } = readPage(`policy/${id}.md`);
    return { id, data: policyHead.parse(head), body };
  }),
  notes: noteFolders().flatMap((code) => pagesIn(`jurisdictions/${code}`).map((slug) => {
    const { head, body } = readPage(`jurisdictions/${code}/${slug}.md`);
    return { id: `${code}/${slug}`, data: placeNoteHead.parse(head), body };
  })),
  words: [{ data: guideWords.parse(JSON.parse(readFileSync(join(content, '../data/search/guidance.json'), 'utf8'))) }],
});
