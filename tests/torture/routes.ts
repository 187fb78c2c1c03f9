// Every route of the build and of the JSON interface, read from what runs: a new route is tortured at once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '#tests/torture/workers.ts';
import type { Site } from '#tests/torture/site.ts';

/** A page or an endpoint of the build. */
export type PageRoute = {
  /** As Astro writes it: `/[jurisdiction]/near`. */
  readonly route: string;
  readonly pattern: RegExp;
  readonly params: readonly string[];
  readonly prerendered: boolean;
  /** A page, not a file made by a program. */
  readonly isPage: boolean;
};

const manifest = z.object({ routes: z.array(z.object({ routeData: z.object({ route: z.string(), pattern: z.string(), params: z.array(z.string()), prerender: z.boolean(), origin: z.string(), type: z.string() }) })) });

/** The routes of the project in the built server; throws when the build cannot be read. */
export function builtRoutes(): readonly PageRoute[] {
  const entry = readFileSync(join(root, 'dist', 'server', 'entry.mjs'), 'utf8');
  const text = /deserializeManifest\((\{"rootDir".*\})\);\n/.exec(entry)?.[1];
  if (text === undefined) throw new Error('the manifest of the build is not where it was');
  return manifest.parse(JSON.parse(text)).routes.map(({ routeData }) => routeData).filter(({ origin }) => origin === 'project')
    .map(({ route, pattern, params, prerender, type }) => ({ route, params, prerendered: prerender, isPage: type === 'page', pattern: new RegExp(pattern) }));
}

/** A schema of JSON, as far as an invented value needs to know it. */
export type Schema = {
  readonly type?: string | readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly items?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly $ref?: string | undefined;
  readonly format?: string | undefined;
};
const schema: z.ZodType<Schema> = z.lazy(() => z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(), enum: z.array(z.unknown()).optional(), const: z.unknown().optional(), format: z.string().optional(),
  properties: z.record(z.string(), schema).optional(), items: schema.optional(), anyOf: z.array(schema).optional(), oneOf: z.array(schema).optional(), $ref: z.string().optional(),
}));
const operation = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional(),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: schema.optional() })) }).optional(),
});
const description = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)), components: z.object({ schemas: z.record(z.string(), schema).optional() }).optional() });

/** One operation of the JSON interface. */
export type ApiRoute = { readonly method: 'GET' | 'POST'; /** With its parameters in braces. */ readonly path: string; readonly query: readonly string[]; readonly body: Schema | undefined };

/** What the program says of its JSON interface, and its named schemas. */
export async function apiRoutes(site: Site): Promise<{ readonly routes: readonly ApiRoute[]; readonly schemas: Readonly<Record<string, Schema>> }> {
  const { paths, components } = description.parse(JSON.parse((await site.ask('GET', '/api/v1/openapi.json')).text));
  const routes = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { parameters = [], requestBody }]): ApiRoute => ({
    path, method: method === 'post' ? 'POST' : 'GET', query: parameters.filter((one) => one.in === 'query').map(({ name }) => name), body: requestBody?.content['application/json']?.schema,
  })));
  return { routes: [...routes, { path: '/api/v1/openapi.json', method: 'GET', query: [], body: undefined }], schemas: components?.schemas ?? {} };
}
