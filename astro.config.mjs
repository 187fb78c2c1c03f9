import { defineConfig } from 'astro/config';
import node from '@astrojs/node';
import preact from '@astrojs/preact';
import { lessLunr } from './src/cli/lessLunr.mjs';
import { manyPlaces } from './src/cli/manyPlaces.mjs';

// One HTTP shell (src/server/main.ts) stands around the adapter's handler: it owns hosts, origins, limits, headers.
export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware' }),
  integrations: [preact(), manyPlaces()],
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'never' },
  srcDir: './src',
  publicDir: './src/public',
  outDir: './dist',
  session: false,
  devToolbar: { enabled: false },
  // The shell checks Origin and Sec-Fetch-Site for every unsafe method before routing.
  security: { checkOrigin: false, csp: true },
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
  vite: {
    plugins: [lessLunr()],
    ssr: { external: ['better-sqlite3', 'pg', 'pino'] },
  },
});
