import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { findViolations } from '#tests/architecture.ts';

const root = join(import.meta.dirname, '..', '..');
const identity = z.object({ slug: z.string(), name: z.string() });
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Codes, slugs and names of the places in `data/`. */
function knownPlaces(): readonly string[] {
  const folder = join(root, 'data', 'jurisdictions');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((code) => existsSync(join(folder, code, 'jurisdiction.json'))).flatMap((code) => {
    const { slug, name } = identity.parse(JSON.parse(readFileSync(join(folder, code, 'jurisdiction.json'), 'utf8')));
    return [code, slug, name];
  });
}

function violationsOf(path: string, content: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-architecture-'));
  folders.push(folder);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  return findViolations(folder, ['120105', 'hebei', '河北区']);
}

test('the source keeps to the architecture', { timeout: 60_000 }, () => {
  expect(findViolations(root, knownPlaces())).toEqual([]);
});

const page = (front: string, markup = '<p>好</p>') => `---\n${front}\n---\n${markup}`;

test.each([
  ['a domain module reaching for Node', 'src/domain/booking/rules.ts', "import fs from 'node:fs';", 'node:fs'],
  ['a domain module reaching for storage, dynamically', 'src/domain/booking/rules.ts', "const a = await import('#storage/sqlite.ts');", 'src/storage/sqlite.ts'],
  ['a domain module reaching into another module', 'src/domain/booking/rules.ts', "export { x } from '../complaints/rules.ts';", 'src/domain/complaints/rules.ts'],
  ['a domain module taking a text', 'src/domain/booking/rules.ts', "import type { T } from '#text/booking.ts';", 'src/text/booking.ts'],
  ['lunr outside the search index', 'src/domain/directory/rules.ts', "import lunr from 'lunr';", 'lunr'],
  ['coordinates converted outside their file', 'src/domain/directory/near.ts', "import gcoord from 'gcoord';", 'gcoord'],
  ['a second island with a tile map', 'src/islands/Picker.tsx', "const map = await import('leaflet');", 'leaflet'],
  ['a domain module asking the time', 'src/domain/booking/rules.ts', 'export const now = () => Date.now();', 'Date.now'],
  ['a domain module making today', 'src/domain/booking/rules.ts', 'export const now = () => new Date();', 'new Date()'],
  ['a domain module making today without brackets', 'src/domain/booking/rules.ts', 'export const now = new Date;', 'new Date()'],
  ['a domain module throwing dice', 'src/domain/booking/rules.ts', 'export const id = Math.random();', 'Math.random'],
  ['storage importing server', 'src/storage/booking.ts', "import { config } from '#server/config.ts';", 'src/server/config.ts'],
  ['storage importing a domain command', 'src/storage/booking.ts', "import { book } from '#domain/booking/commands.ts';", 'commands.ts'],
  ['a second home for SQLite', 'src/storage/booking.ts', "import Database from 'better-sqlite3';", 'better-sqlite3'],
  ['a second home for PostgreSQL', 'src/server/app.ts', "import pg from 'pg';", 'pg'],
  ['a CSV reader outside storage/files', 'src/storage/booking.ts', "import { parse } from 'csv-parse/sync';", 'csv-parse'],
  ['server importing a page', 'src/server/app.ts', "import '../pages/index.astro';", 'src/pages/index.astro'],
  ['server running astro', 'src/server/app.ts', "import { build } from 'astro';", 'astro'],
  ['server importing what it computes', 'src/server/app.ts', 'const a = await import(name);', '(computed)'],
  ['a page importing storage', 'src/pages/index.astro', page("import { open } from '#storage/sqlite.ts';"), 'src/storage/sqlite.ts'],
  ['a page script importing storage', 'src/pages/index.astro', page('', "<script>import '#storage/sqlite.ts';</script>"), 'src/storage/sqlite.ts'],
  ['a page template importing storage', 'src/pages/index.astro', page('', "{(await import('#storage/sqlite.ts')).x}"), 'src/storage/sqlite.ts'],
  ['middleware importing storage', 'src/middleware.ts', "import '#storage/sqlite.ts';", 'src/storage/sqlite.ts'],
  ['a component running the domain', 'src/components/Card.astro', page("import { isFree } from '#domain/directory/rules.ts';"), 'src/domain/directory/rules.ts'],
  ['a layout importing server', 'src/layouts/Base.astro', page("import type { App } from '#server/app.ts';"), 'src/server/app.ts'],
  ['an island importing an .astro file', 'src/islands/Picker.tsx', "import Card from './Card.astro';", 'Card.astro'],
  ['an island running a command', 'src/islands/Picker.tsx', "import { book } from '#domain/booking/commands.ts';", 'commands.ts'],
  ['a text importing a value', 'src/text/booking.ts', "import { states } from '#domain/booking/model.ts';", 'src/domain/booking/model.ts'],
  ['a text importing a mixed list', 'src/text/booking.ts', "import { type State, states } from '#domain/booking/model.ts';", 'src/domain/booking/model.ts'],
  ['a command line importing the server', 'src/cli/import.ts', "import { app } from '#server/app.ts';", 'src/server/app.ts'],
  ['a file in no known folder', 'src/utils/dates.ts', 'export const x = 1;', 'belongs to no folder'],
  ['an unguarded office page', 'src/pages/office/index.astro', page('// requireRole( is only talked about'), 'requireRole('],
  ['an unguarded portal page', 'src/pages/portal/slots/new.astro', page("const say = 'requireRole(';"), 'requireRole('],
  ['an inline style', 'src/components/Card.astro', page('', '<p style="color: red">'), 'style attribute'],
  ['an inline style in an island', 'src/islands/Picker.tsx', 'export const Picker = () => <p style={{ color }} />;', 'style attribute'],
  ['raw HTML in a page', 'src/pages/index.astro', page('', '<article set:html={body} />'), 'set:html'],
  ['raw HTML in a layout that is not JSON-LD', 'src/layouts/Base.astro', page('', '<div set:html={body} />'), 'set:html'],
  ['a place compared by code', 'src/server/app.ts', "export const f = (code: string) => code === '120105';", 'knows a place'],
  ['an unlisted place compared by code', 'src/server/app.ts', "export const f = (code: string) => code === '999999';", 'knows a place'],
  ['a place switched on by slug', 'src/server/app.ts', "switch (slug) { case 'hebei': break; }", 'knows a place'],
  ['a place compared in a template', 'src/components/Card.astro', page('', "{code === '999999' && <p />}"), 'knows a place'],
  ['a place named in a template', 'src/components/Card.astro', page('', '<p>天津市河北区</p>'), 'knows a place'],
])('%s is reported', (_what, path, content, reported) => {
  const violations = violationsOf(path, content);
  expect(violations.join('\n')).toContain(reported);
  expect(violations.every((violation) => violation.startsWith(path))).toBe(true);
});

test.each([
  ['its own module and the shared words', 'src/domain/booking/rules.ts', "import { z } from 'zod';\nimport { done } from '../shared/outcome.ts';\nimport { a } from './model.ts';\nimport { b } from '#domain/directory/model.ts';"],
  ['coordinates in their file', 'src/domain/shared/geo.ts', "import gcoord from 'gcoord';"],
  ['Leaflet in its island', 'src/islands/TileMap.tsx', "import 'leaflet/dist/leaflet.css';\nconst map = await import('leaflet');"],
  ['lunr in the search index', 'src/domain/directory/searchIndex.ts', "import lunr from 'lunr';"],
  ['a date made from a given instant', 'src/domain/shared/dates.ts', '// never Date.now()\nexport const f = (at: number) => new Date(at);'],
  ['SQLite at home', 'src/storage/sqlite.ts', "import Database from 'better-sqlite3';\nimport { Kysely } from 'kysely';"],
  ['a reader of files', 'src/storage/files/csv.ts', "import { parse } from 'csv-parse/sync';\nimport { readFileSync } from 'node:fs';"],
  ['types of astro in server', 'src/server/forms.ts', "import type { APIContext } from 'astro';"],
  ['a guarded office page', 'src/pages/office/index.astro', page("import { requireRole } from '#server/guard.ts';\nconst officer = await requireRole(Astro, 'reviewer');")],
  ['JSON-LD in a layout', 'src/layouts/Base.astro', page('', '<script is:inline type="application/ld+json" set:html={json} />')],
  ['types of the domain in a component', 'src/components/Card.astro', page("import type { Band } from '#domain/directory/model.ts';")],
  ['a place in a comment', 'src/server/app.ts', '// 河北区 (120105) lists its duties by department\nexport const x = 1;'],
])('%s may stand', (_what, path, content) => {
  expect(violationsOf(path, content)).toEqual([]);
});
