import type { App } from '#server/app.ts';
import type { ApiEnv as FromShell } from '#server/http/api.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';

/** What the shell hands to the API with each request, and what its middleware finds out. */
export type ApiEnv = {
  Bindings: FromShell;
  Variables: { readonly app: App; readonly jurisdiction: Jurisdiction; readonly idempotencyKey: string };
};
