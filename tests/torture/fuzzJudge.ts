// What an answer to nonsense may look like: never a fault, never the program's own words, never what was sent as markup.
import { mark } from '#tests/torture/naughty.ts';
import type { Raw } from '#tests/torture/wireRequest.ts';

/** Longer than that, three times over, is a request that hangs. */
export const hangMs = 2_000;

const programsWords = /\n\s+at \S.*:\d+:\d+|\b(?:Sqlite|Zod|Type|Range|Reference|Syntax|Database)Error\b|node_modules|node:internal|\[object Object\]|SQLITE_[A-Z]+|\bENOENT\b/;
const english = /(?:\b[A-Za-z]{2,} ){4}[A-Za-z]{2,}/;
const chinese = /[\u4e00-\u9fff]{3}/;

/** What a reader of a page sees, and a little more. */
const seen = (html: string): string => html.replace(/<(script|style|code|svg)\b[\s\S]*?<\/\1>/gi, ' ').replace(/="[^"]*"/g, '=""').replace(/<[^>]*>/g, '\n');

/** Complaints about one answer. `wordless`: the request was so broken that closing without a word is an answer; `desk`: officials may meet codes that parents may not. */
export function complaintsAbout({ status, head, text, ms, late }: Raw, { wordless = false, desk = false } = {}): readonly string[] {
  if (late) return [`no end after ${Math.round(ms)} ms`];
  if (status === undefined) return wordless ? [] : ['closed without a word'];
  const found: string[] = [];
  if (status >= 500) found.push(`answered ${status}`);
  const type = /^content-type: ([^;\r\n]*)/im.exec(head)?.[1] ?? '';
  const isPage = type === 'text/html';
  // What was packed, because a spoilt header asked for it, is not unpacked here.
  if (/^content-encoding:/im.test(head)) return found;
  if (isPage || type.includes('json')) {
    if (programsWords.test(text)) found.push(`speaks as a program: ${programsWords.exec(text)?.[0].trim().slice(0, 60) ?? ''}`);
    if (status >= 400 && text !== '' && !chinese.test(text)) found.push(`answered ${status} without a Chinese sentence`);
  } else if (status >= 400 && text !== '') found.push(`answered ${status} as ${type || 'nothing'}`);
  if (isPage) {
    if (text.replace(/="[^"]*"/g, '=""').includes(mark)) found.push('gives back what was sent as markup');
    const words = english.exec(seen(text))?.[0];
    if (words !== undefined && !desk) found.push(`speaks English: ${words}`);
  }
  if (/^set-cookie: a=b/im.test(head)) found.push('let a header in');
  return found;
}
