// One static page, either behind the shell (`shell`) or from memory behind bare node:http (`bare`).
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/main.ts';
import { listenAndSay } from '#tests/bench/listen.ts';

const [, , kind = '', folder = ''] = process.argv;
if (kind === 'bare') {
  const body = readFileSync(join(folder, 'page', 'index.html.br'));
  const pages = new Map([['/page/', { body, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Encoding': 'br', 'Content-Length': body.length } }]]);
  listenAndSay(createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    if (page) response.writeHead(200, page.headers).end(page.body);
    else response.writeHead(404).end();
  }));
} else {
  const shell = await startServer({
    config: { host: '127.0.0.1', port: 0, siteOrigin: undefined, trustedProxies: 0 }, clientDir: folder, log: createLog('warn'),
    app: { revisionOf: () => undefined, today: () => '2026-11-22', ready: async () => ({ ok: true, problems: [] }), close: async () => undefined },
    api: { fetch: () => new Response(null, { status: 404 }) }, pages: (_request, response) => { response.writeHead(404).end(); },
  });
  process.stdout.write(`Listening on http://127.0.0.1:${shell.port}\n`);
  process.on('SIGTERM', () => { process.exit(0); });
}
