// Every byte between browsers and the site, taken down on the way: what a browser really sends, whichever part of it sends.
import { createServer, connect, type AddressInfo } from 'node:net';
import { startSite, type Site } from '#tests/e2e/site.ts';

/** A site behind a wire that is listened to. */
export interface Wire {
  /** The site, its origin being the wire's. */
  readonly site: Site;
  /** What browsers sent so far: request lines, headers and bodies, as they went. */
  readonly sent: () => string;
  /** Ends the site and the wire. */
  readonly stop: () => Promise<void>;
}

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
  return address.port;
};

/** Opens a port, starts a site that knows itself by it, passes everything on and writes down what browsers send. */
export async function listenIn(dataDir: string): Promise<Wire> {
  const pieces: Buffer[] = [];
  const behind = { port: 0 };
  const server = createServer((browser) => {
    const onward = connect(behind.port, '127.0.0.1');
    browser.on('data', (piece: Buffer) => { pieces.push(piece); });
    browser.pipe(onward).pipe(browser);
    for (const [one, other] of [[browser, onward], [onward, browser]] as const) one.on('error', () => { other.destroy(); });
  });
  await new Promise<void>((resolve) => { server.listen(0, 'localhost', resolve); });
  const origin = `http://localhost:${String(portOf(server.address()))}`;
  const site = await startSite(dataDir, { SITE_ORIGIN: origin });
  behind.port = site.port;
  return {
    site: { ...site, port: portOf(server.address()), origin },
    sent: () => Buffer.concat(pieces).toString('utf8'),
    stop: async () => {
      server.close();
      await site.stop();
    },
  };
}

/** Every way of writing a day that a page could send it in: digits with anything between, percent signs, base64, milliseconds, days since 1970. */
export function waysToWrite(day: string): readonly RegExp[] {
  const [year = '', month = '', date = ''] = day.split('-');
  const [shortMonth, shortDate] = [String(Number(month)), String(Number(date))];
  const apart = '(?:%[0-9A-Fa-f]{2}|[^0-9A-Za-z]){0,9}';
  const moment = Date.parse(`${day}T00:00:00Z`);
  const texts = [day, `${year}${month}${date}`, `${year}-${shortMonth}-${shortDate}`, `${year}/${month}/${date}`];
  const base64 = texts.flatMap((text) => [0, 1, 2].map((shift) => Buffer.from(' '.repeat(shift) + text).toString('base64').slice(shift === 0 ? 0 : 4).replace(/=+$/, '').slice(0, -2)));
  return [
    new RegExp(`${year}${apart}(?:年|%E5%B9%B4)?${apart}0?${shortMonth}${apart}0?${shortDate}(?!\\d)`),
    new RegExp(`${year.slice(2)}${month}${date}`),
    new RegExp(`(?<!\\d)0?${shortDate}[/.-]0?${shortMonth}[/.-]${year}`),
    ...base64.filter((text) => text.length >= 8).map((text) => new RegExp(text.replaceAll('+', '\\+'))),
    new RegExp([0, -8 * 3_600_000].map((shift) => String((moment + shift) / 1000)).join('|')),
  ];
}
