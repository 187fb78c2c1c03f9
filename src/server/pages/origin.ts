import type { App } from '#server/app.ts';

/** The address under which the public knows this site, without a slash at its end. */
export const publicOrigin = (app: Pick<App, 'config'>, url: URL): string => app.config.siteOrigin ?? url.origin;
