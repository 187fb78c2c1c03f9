// The whole program on a database of the whole country, without pages: for measuring the search across places over HTTP.
import { createApi } from '#server/api/api.ts';
import { createApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/main.ts';
import { makeCountry } from '#tests/scale/country.ts';

const log = createLog('fatal');
const config = readConfig(process.env);
const { places } = makeCountry(0);
const began = performance.now();
const app = await createApp(config, log, places);
process.stdout.write(`Opened ${places.length} places in ${Math.round(performance.now() - began)} ms\n`);
const shell = await startServer({ config, app, api: createApi(app), pages: (_request, response) => { response.writeHead(404).end(); }, log });
process.stdout.write(`Listening on http://127.0.0.1:${shell.port}\n`);
process.on('SIGTERM', () => { void shell.close().then(() => { process.exit(0); }); });
