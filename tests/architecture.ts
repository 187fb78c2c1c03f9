// Who may import whom, and a few promises every source file keeps. The test beside it plants a violation of each.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, posix, relative } from 'node:path';
import ts from 'typescript';

export interface Imported {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** One source file: `code` is what TypeScript reads, `markup` what is left of an .astro or .tsx file. */
interface Source {
  readonly path: string;
  readonly code: ts.SourceFile;
  readonly markup: string;
}

type Verdict = (target: string, typeOnly: boolean, path: string) => boolean;

const any = (...patterns: readonly RegExp[]): Verdict => (target) => patterns.some((pattern) => pattern.test(target));
const all = (...verdicts: readonly Verdict[]): Verdict => (...asked) => verdicts.some((verdict) => verdict(...asked));
const typesFrom = (...patterns: readonly RegExp[]): Verdict => (target, typeOnly) => typeOnly && patterns.some((pattern) => pattern.test(target));

const zod = /^zod$/;
const node = /^node:/;
const domain = /^src\/domain\//;
const words = /^src\/text\//;
const astro = /^astro(:|$|\/)/;
const stylesheet = /^src\/styles\/.+\.css$/;

const ownModule: Verdict = (target, _typeOnly, path) => {
  const module = /^src\/domain\/[^/]+\//.exec(path)?.[0];
  return module !== undefined && target.startsWith(module);
};
const searchFile: Verdict = (target, _typeOnly, path) =>
  target === 'lunr' && /^src\/domain\/(directory|guidance)\/(searchIndex|browserIndexLunr)\.ts$/.test(path);
const coordinates: Verdict = (target, _typeOnly, path) => target === 'gcoord' && path === 'src/domain/shared/geo.ts';
const tileMap: Verdict = (target, _typeOnly, path) => /^leaflet(\/|$)/.test(target) && path === 'src/islands/TileMap.tsx';
const fileReader: Verdict = (target, _typeOnly, path) =>
  path.startsWith('src/storage/files/') && /^(csv-parse|read-excel-file|pinyin-pro|gcoord)(\/|$)/.test(target);
const engine: Verdict = (target, _typeOnly, path) =>
  (target === 'better-sqlite3' && path === 'src/storage/sqlite.ts') || (target === 'pg' && path === 'src/storage/postgres.ts');
/** The shell loads what the build made, which no compiler can see from here. */
const builtEntry: Verdict = (target, _typeOnly, path) => path === 'src/server/main.ts' && (target === '(computed)' || target.startsWith('dist/'));

/** The table "Who may import whom", first matching folder wins. */
const table: readonly (readonly [RegExp, Verdict])[] = [
  [/^src\/domain\//, all(ownModule, searchFile, coordinates, any(zod, /^src\/domain\/shared\//, /^src\/domain\/[^/]+\/model\.ts$/))],
  [/^src\/storage\//, all(fileReader, engine, any(node, zod, /^kysely(\/|$)/, /^src\/storage\//, /^src\/domain\/shared\//, /^src\/domain\/[^/]+\/(model|monthModel|growthModel|ports|deadlines|questions)\.ts$/))],
  [/^src\/server\//, all(builtEntry, typesFrom(astro), any(node, zod, domain, words, /^src\/storage\//, /^src\/server\//, /^(hono|pino|sirv|rate-limiter-flexible|ical-generator|nodemailer|sharp|uqr|otpauth|age-encryption|prom-client)(\/|$)/, /^@hono\//))],
  [/^src\/(pages\/|middleware\.ts$)/, any(zod, astro, domain, words, stylesheet, /^src\/(server|components|layouts|islands|pages)\//)],
  [/^src\/(components|layouts)\//, all(typesFrom(domain), any(astro, words, stylesheet, /^src\/(components|layouts)\//))],
  [/^src\/islands\//, all(tileMap, any(/^preact(\/|$)/, words, /^src\/islands\/(?!.*\.astro$)/, /^src\/domain\/(shared\/|[^/]+\/(model|rules|tokens|search\w*|browserIndex\w*|suggest|highlight|babyAge|schedule\w*|growth\w*)\.ts$)/))],
  [/^src\/text\//, all(typesFrom(domain), any(words))],
  [/^src\/cli\//, any(node, zod, domain, /^yaml$/, /^src\/(storage|cli)\//, /^src\/server\/(config|crypto|accounts|letters|demoAccounts|caseWiring|caseRetention|caseKeysFile|retention|rotateKeys|affected|caseSeals)\.ts$/, /^src\/server\/backup\//)],
  [/^src\/content\.config\.ts$/, any(zod, astro, domain)],
  [/^src\/env\.d\.ts$/, all(typesFrom(domain, /^src\/server\//), any(astro))],
];

/** Every import of a file, whichever way it is written: static, re-exported, dynamic, `require`, or a type query. */
export function importsOf(code: ts.SourceFile): readonly Imported[] {
  const found: Imported[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isImportDeclaration(at) && ts.isStringLiteral(at.moduleSpecifier)) {
      found.push({ specifier: at.moduleSpecifier.text, typeOnly: onlyTypes(at.importClause) });
    } else if (ts.isExportDeclaration(at) && at.moduleSpecifier !== undefined && ts.isStringLiteral(at.moduleSpecifier)) {
      found.push({ specifier: at.moduleSpecifier.text, typeOnly: at.isTypeOnly });
    } else if (ts.isImportTypeNode(at) && ts.isLiteralTypeNode(at.argument) && ts.isStringLiteral(at.argument.literal)) {
      found.push({ specifier: at.argument.literal.text, typeOnly: true });
    } else if (ts.isCallExpression(at) && (at.expression.kind === ts.SyntaxKind.ImportKeyword || at.expression.getText(code) === 'require')) {
      const asked = at.arguments[0];
      // A computed specifier cannot be checked, so it counts as an import of something unknown.
      found.push({ specifier: asked !== undefined && ts.isStringLiteralLike(asked) ? asked.text : '(computed)', typeOnly: false });
    }
    ts.forEachChild(at, visit);
  };
  visit(code);
  return found;
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return clause.name === undefined && named !== undefined && ts.isNamedImports(named)
    && named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

/** `#domain/x.ts`, `./x.ts` → `src/…`; a package keeps its name. */
function resolve(specifier: string, path: string): string {
  if (specifier.startsWith('#tests/')) return specifier.slice(1);
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  return specifier.startsWith('.') ? posix.normalize(posix.join(dirname(path), specifier)) : specifier;
}

function read(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  if (extname(path) !== '.astro') {
    return { path, code: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true), markup: path.endsWith('.tsx') ? text : '' };
  }
  const front = /^\s*---\r?\n([\s\S]*?)\r?\n---/.exec(text);
  const markup = text.slice(front === null ? 0 : front.index + front[0].length);
  const scripts = [...markup.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
  const dynamic = [...markup.matchAll(/\bimport\(\s*(['"])([^'"]+)\1\s*\)/g)].map((match) => `import('${match[2] ?? ''}');`);
  return { path, code: ts.createSourceFile(`${path}.ts`, [front?.[1] ?? '', ...scripts, ...dynamic].join('\n'), ts.ScriptTarget.Latest, true), markup };
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return ['.ts', '.tsx', '.astro'].includes(extname(entry.name)) ? [path] : [];
  });
}

/** The sentences that say which file breaks which rule; empty when the house is in order. `places` are codes, slugs and names. */
export function findViolations(root: string, places: readonly string[]): readonly string[] {
  return filesUnder(join(root, 'src'))
    .map((path) => relative(root, path))
    .filter((path) => !path.startsWith('src/public/'))
    .flatMap((path) => {
      const source = read(root, path);
      return [...wrongImports(source), ...impure(source), ...unguarded(source), ...unsafeMarkup(source), ...placeFacts(source, places)]
        .map((complaint) => `${path}: ${complaint}`);
    });
}

function wrongImports({ path, code }: Source): readonly string[] {
  const rule = table.find(([pattern]) => pattern.test(path));
  if (rule === undefined) return ['belongs to no folder of the architecture'];
  return importsOf(code)
    .map(({ specifier, typeOnly }) => ({ target: resolve(specifier, path), typeOnly }))
    .filter(({ target, typeOnly }) => !rule[1](target, typeOnly, path))
    .map(({ target }) => `may not import ${target}`);
}

/** The domain is told the time, ids and chance; it never asks. */
function impure({ path, code }: Source): readonly string[] {
  if (!path.startsWith('src/domain/')) return [];
  const found: string[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isPropertyAccessExpression(at) && /^(globalThis\.)?(Date\.now|Math\.random|performance\.now|crypto\.\w+|process\.\w+)$/.test(at.getText(code))) {
      found.push(`is not pure: ${at.getText(code)}`);
    } else if (ts.isNewExpression(at) && at.expression.getText(code) === 'Date' && (at.arguments?.length ?? 0) === 0) {
      found.push('is not pure: new Date()');
    } else if (ts.isCallExpression(at) && /^(Date|fetch|setTimeout|setInterval)$/.test(at.expression.getText(code))) {
      found.push(`is not pure: ${at.expression.getText(code)}()`);
    }
    ts.forEachChild(at, visit);
  };
  visit(code);
  return found;
}

function unguarded({ path, code }: Source): readonly string[] {
  if (!/^src\/pages\/(portal|office)\//.test(path)) return [];
  let guarded = false;
  const visit = (at: ts.Node): void => {
    if (ts.isCallExpression(at) && at.expression.getText(code) === 'requireRole') guarded = true;
    ts.forEachChild(at, visit);
  };
  visit(code);
  return guarded ? [] : ['does not call requireRole('];
}

/** CSP forbids inline styles; raw HTML is only for the data a layout hands to search engines. */
function unsafeMarkup({ path, markup }: Source): readonly string[] {
  const found: string[] = [];
  if (/\sstyle\s*=\s*["'{`]/.test(markup) || /\{style\}/.test(markup)) found.push('has a style attribute');
  if (/\bdefine:vars\b/.test(markup)) found.push('has define:vars, which becomes a style attribute or an inline script');
  if (/\bdangerouslySetInnerHTML\b|\.innerHTML\b/.test(markup)) found.push('writes raw HTML');
  const raw = [...markup.matchAll(/<[^<>]*\bset:html\b/g)].map((match) => match[0]);
  const allowed = (tag: string) => path.startsWith('src/layouts/') && /^<script\b[^>]*type="application\/ld\+json"/.test(tag);
  if (raw.some((tag) => !allowed(tag))) found.push('has set:html outside a layout\'s JSON-LD');
  return found;
}

/** A place's code, slug or name is data, so no literal in the source holds one; comments may. */
function placeFacts({ code, markup, path }: Source, places: readonly string[]): readonly string[] {
  const found: string[] = [];
  const visit = (at: ts.Node): void => {
    const text = ts.isStringLiteralLike(at) || ts.isTemplateHead(at) || ts.isTemplateMiddleOrTemplateTail(at) || ts.isJsxText(at) ? at.text : undefined;
    if (text !== undefined) {
      if (/^\d{6}$/.test(text) || places.some((place) => mentions(text, place))) found.push(`knows a place: ${JSON.stringify(text)}`);
    }
    ts.forEachChild(at, visit);
  };
  visit(code);
  if (path.endsWith('.astro')) {
    const bare = markup.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\//g, '');
    for (const place of places) if (mentions(bare, place)) found.push(`knows a place: ${place}`);
    for (const match of bare.matchAll(/[!=]==?\s*['"](\d{6})['"]/g)) found.push(`knows a place: ${match[1] ?? ''}`);
  }
  return found;
}

const mentions = (text: string, place: string): boolean =>
  (/^[\w-]+$/.test(place) ? new RegExp(`(?<![\\w-])${place}(?![\\w-])`).test(text) : text.includes(place));
