import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import type { Context, Handler } from 'hono';
import type { z } from 'zod';
import type { ApiEnv } from '#server/api/env.ts';
import { problem } from '#server/api/problems.ts';
import { bookingSentence } from '#server/bookingSentence.ts';
import { fieldErrors } from '#server/fieldErrors.ts';

/** Documents a route in OpenAPI and answers it; the handler checks its input with the same schemas the route names. */
export function serve(api: OpenAPIHono<ApiEnv>, route: RouteConfig, handler: Handler<ApiEnv>): void {
  api.openAPIRegistry.registerPath(route); // its base path is added when the document is written
  api.on(route.method.toUpperCase(), route.path.replace(/\{([^}]+)\}/g, ':$1'), handler);
}

/** The body as text, without a byte order mark; from the shell where it handed one over. */
export const bodyText = async (c: Context<ApiEnv>): Promise<string> => (c.env.body === undefined ? c.req.text() : c.env.body.toString().replace(/^\uFEFF/, ''));

/** Reads a JSON body strictly: the value, or the problem to answer with, each field in the words of `sentence`. */
export async function readJson<Schema extends z.ZodType>(c: Context<ApiEnv>, schema: Schema, sentence = bookingSentence): Promise<z.output<Schema> | Response> {
  let body: unknown;
  try {
    body = JSON.parse(await bodyText(c));
  } catch (fault) {
    if (fault instanceof SyntaxError) return problem('malformed-json');
    throw fault;
  }
  const read = schema.safeParse(body);
  return read.success ? read.data : problem('invalid', { errors: fieldErrors(read.error, sentence) });
}

/** Reads query parameters strictly; a parameter given twice where one is meant is a format fault. */
export function readParameters<Schema extends z.ZodType>(c: Context<ApiEnv>, schema: Schema): z.output<Schema> | Response {
  const given = Object.fromEntries(Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
  const read = schema.safeParse(given);
  return read.success ? read.data : problem('invalid', { errors: fieldErrors(read.error, bookingSentence) });
}
