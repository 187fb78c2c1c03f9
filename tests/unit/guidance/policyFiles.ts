import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { bodyOf } from '#cli/policyQuotes.ts';

/** The repository's own content. */
export const content = resolve(import.meta.dirname, '../../../content');

/** One Markdown file below `content`: its front matter as read, and its text. */
export const readPage = (path: string): { readonly head: unknown; readonly body: string } => {
  const file = readFileSync(join(content, path), 'utf8');
  const head: unknown = parse(/^---\n([\s\S]*?)\n---\n/.exec(file)?.[1] ?? '');
  return { head, body: bodyOf(file) };
};

/** The names of the Markdown files of one folder, without their ending. */
export const pagesIn = (folder: string): readonly string[] => readdirSync(join(content, folder)).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3)).sort();

/** The places that have notes, by code. */
export const noteFolders = (): readonly string[] => readdirSync(join(content, 'jurisdictions')).sort();
