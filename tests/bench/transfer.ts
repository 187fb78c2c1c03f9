import { get } from 'node:http';
import { launchBrowser } from '#tests/browser.ts';
import type { Figure } from '#tests/bench/figures.ts';

/** Bytes of one answer as they cross the wire, head included, on a connection of its own. */
const bytesOf = (url: string): Promise<number> => new Promise((resolve, reject) => {
  get(url, { agent: false, headers: { 'accept-encoding': 'br' } }, (response) => {
    const { socket } = response;
    response.resume().on('end', () => {
      if (response.statusCode === 200) resolve(socket.bytesRead);
      else reject(new Error(`${url} answered ${String(response.statusCode)}`));
    }).on('error', reject);
  }).on('error', reject);
});

/** Everything a browser with an empty cache asks for on its first directory page, icons included. */
export async function measureFirstPage(port: number, slug: string): Promise<Figure> {
  const origin = `http://127.0.0.1:${port}`;
  const browser = await launchBrowser();
  const urls = new Set<string>();
  try {
    const page = await browser.newPage();
    page.on('request', (request) => { urls.add(request.url()); });
    await page.goto(`${origin}/${slug}/institutions/`, { waitUntil: 'networkidle' });
    const icons = await page.locator('link[rel~="icon"], link[rel="apple-touch-icon"], link[rel="manifest"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    for (const icon of icons) urls.add(new URL(icon, origin).href);
  } finally {
    await browser.close();
  }
  const asked = [...urls].filter((url) => !url.startsWith('data:'));
  const foreign = asked.filter((url) => !url.startsWith(`${origin}/`));
  if (foreign.length > 0) throw new Error(`the page asks other hosts: ${foreign.join(', ')}`);
  const parts = await Promise.all(asked.map(async (url) => ({ path: new URL(url).pathname, bytes: await bytesOf(url) })));
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    name: 'First directory page, everything transferred (brotli)', value: total / 1024, unit: 'KB', target: { below: 60 },
    detail: parts.toSorted((one, other) => other.bytes - one.bytes).map(({ path, bytes }) => `${path} ${(bytes / 1024).toFixed(1)}`).join(', '),
  };
}
