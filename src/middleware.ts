import { defineMiddleware } from 'astro:middleware';
import { faultStatus } from '#server/faultStatus.ts';

/** Under `astro dev` there is no shell: the app is made here, once. When built, the shell hands it over and this passes on; a full disk or a busy database is no fault of a page, and the shell says so. */
export const onRequest = defineMiddleware(async (context, next) => {
  if (!import.meta.env.DEV || context.isPrerendered) {
    return next().catch((fault: unknown) => {
      const status = faultStatus(fault);
      if (status === undefined) throw fault;
      return new Response(null, { status });
    });
  }
  const { developmentApp } = await import('#server/developmentApp.ts');
  context.locals.app = await developmentApp();
  context.locals.requestId = 'development';
  context.locals.clientAddress = '127.0.0.1';
  context.locals.mode = context.cookies.get('mode')?.value === 'elder' ? 'elder' : 'default';
  return next();
});
