import type { OpenAPIHono } from '@hono/zod-openapi';
import shipped from '#server/api/examples.json' with { type: 'json' };

type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;
type Example = { readonly request?: unknown; readonly response: unknown };

const examples = new Map<string, Example>(Object.entries(shipped));
const methods = ['get', 'post'] as const;

/** Adds to each operation the example of its request and of its good answers; `tests/e2e/standards.test.ts` holds each to its schema. */
export function exemplified(document: OpenApiDocument): OpenApiDocument {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const [operation, example] = [item[method], examples.get(`${method.toUpperCase()} ${path}`)];
      if (!operation || !example) continue;
      if (operation.requestBody && 'content' in operation.requestBody) for (const media of Object.values(operation.requestBody.content)) Object.assign(media, { example: example.request });
      for (const [status, answer] of Object.entries(operation.responses ?? {})) {
        if (status.startsWith('2') && 'content' in answer) for (const media of Object.values(answer.content ?? {})) if (typeof media === 'object' && media !== null) Object.assign(media, { example: example.response });
      }
    }
  }
  return document;
}
