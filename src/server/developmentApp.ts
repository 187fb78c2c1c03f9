import { createApp, type App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';

let made: Promise<App> | undefined;

/** The app of a development server, made at the first request. */
export const developmentApp = (): Promise<App> => (made ??= createApp(readConfig(process.env)));
