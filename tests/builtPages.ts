// The prerendered pages of the build, for the tests and judges that look at all of them.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate, type RuleConfig } from 'html-validate';

/** What the build holds for browsers. */
export const builtFolder = join(import.meta.dirname, '..', 'dist', 'client');

/** Every prerendered page, the 长辈版 twins among them, as paths within the build; throws when nothing was built. */
export function builtPages(): readonly string[] {
  if (!existsSync(builtFolder)) throw new Error('There is no build in dist/. Run `npm run build` first.');
  return globSync('**/*.html', { cwd: builtFolder }).toSorted();
}

/** Twins differ in one attribute only, so one of the two says enough where looking takes long. */
export const isTwin = (page: string): boolean => page.endsWith('.elder.html');

const textOf = (file: string): string => readFileSync(join(builtFolder, file), 'utf8');

/** What a browser without anything kept has to fetch to read a page. */
export interface Weight {
  readonly page: string;
  /** Bytes of the page and of its style sheets as they are sent, in brotli. */
  readonly bytes: number;
  /** Scripts in the page or asked for by it. */
  readonly scripts: readonly string[];
}

/** The weight of a built page without pictures; a file the build did not compress counts in full. */
export function weigh(page: string): Weight {
  const html = textOf(page);
  const sent = (file: string): number => statSync(join(builtFolder, existsSync(join(builtFolder, `${file}.br`)) ? `${file}.br` : file)).size;
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="\/([^"]+)"/g)].map(([, file = '']) => file);
  const scripts = [...html.matchAll(/<script\b[^>]*>|<link[^>]*rel="?(?:modulepreload|preload)[^>]*as="?script[^>]*>|<link[^>]*rel="?modulepreload[^>]*>|\son[a-z]+="[^"]*"/g)].map(([found]) => found);
  return { page, scripts, bytes: [page, ...sheets].reduce((sum, file) => sum + sent(file), 0) };
}

/** Roles on tables that style sheets lay out as lists stay: readers of the screen would lose the table otherwise. */
const rules: RuleConfig = { 'no-redundant-role': 'off' };
const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'], rules });

/** What html-validate objects to in a text, a line each; empty for a sound one. */
export function htmlFaults(html: string, name: string): readonly string[] {
  const { results } = validator.validateStringSync(html, name);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, selector }) => `${name} ${ruleId}: ${message} ${selector ?? ''}`));
}

/** What html-validate objects to in a built page. */
export const faultsOf = (page: string): readonly string[] => htmlFaults(textOf(page), page);
