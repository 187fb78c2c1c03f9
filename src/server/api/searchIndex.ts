import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { browserDirectoryOf, packDirectory } from '#domain/directory/browserIndexPack.ts';
import { packedColumns } from '#domain/directory/browserIndex.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { problemSchema } from '#server/api/problems.ts';
import { serve } from '#server/api/serve.ts';

const packed = z.record(z.enum(packedColumns), z.string()).openapi({ description: 'Columns of the public directory, packed for the search field of its pages; the form may change with any release' });

/** 搜索索引 of a place for its search field: kept by the shell for each revision and day, with an ETag. */
export function searchIndexRoutes(api: OpenAPIHono<ApiEnv>): void {
  const route = createRoute({
    method: 'get', path: '/{place}/search-index', summary: 'What the search field searches in the browser',
    request: { params: z.object({ place: z.string().openapi({ description: 'Slug of a jurisdiction', example: 'place' }) }) },
    responses: {
      200: { description: 'The index', content: { 'application/json': { schema: packed } } },
      404: { description: 'not-found', content: { 'application/problem+json': { schema: problemSchema } } },
    },
  });
  serve(api, route, async (c) => {
    const snapshot = await c.var.app.directory.snapshot(c.var.jurisdiction.code);
    return c.json(packDirectory(browserDirectoryOf(snapshot)), 200, { 'x-page-cache': 'directory' });
  });
}
