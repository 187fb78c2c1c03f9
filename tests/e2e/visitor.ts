// A parent at a browser: what the browser complains about and whom it calls is written down from the first page on.
import type { Browser, BrowserContext, Page } from 'playwright';
import type { Site } from '#tests/e2e/site.ts';

/** A parent's browser window and all that was noticed in it. */
export interface Visitor {
  readonly site: Site;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly hasScripts: boolean;
  /** Lets scripts run, or not; looking at a page needs them for a moment. */
  readonly letScriptsRun: (allowed: boolean) => Promise<void>;
  /** Complaints of the browser since the last look: errors on the console, refused content, requests to other sites. */
  readonly takeComplaints: () => readonly string[];
  /** Every address this window ever asked for. */
  readonly addresses: readonly string[];
  /** Every cookie the site ever set, as it was sent. */
  readonly cookies: readonly string[];
}

export interface Window {
  readonly width?: number;
  readonly scripts?: boolean;
  /** What the browser calls itself. */
  readonly userAgent?: string;
}

/** Opens a window of that width, with or without JavaScript. */
export async function openWindow(browser: Browser, site: Site, { width = 390, scripts = true, userAgent }: Window = {}): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: site.origin, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width, height: 800 }, reducedMotion: 'reduce', ...(userAgent === undefined ? {} : { userAgent }),
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const letScriptsRun = async (allowed: boolean): Promise<void> => { await devtools.send('Emulation.setScriptExecutionDisabled', { value: !allowed }); };
  await letScriptsRun(scripts);
  const [complaints, addresses, cookies]: [string[], string[], string[]] = [[], [], []];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // The browser reports a page's own status (404, 409, 422) here; the tests assert it. Anything a page loads must succeed.
    const isOwnStatus = message.text().startsWith('Failed to load resource') && message.location().url === page.url();
    if (!isOwnStatus) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => { complaints.push(`script: ${error.message}`); });
  page.on('request', (request) => {
    addresses.push(request.url());
    if (!request.url().startsWith(`${site.origin}/`) && !request.url().startsWith('data:')) complaints.push(`request to another site: ${request.url()}`);
  });
  page.on('response', async (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) complaints.push(`${String(response.status())} for ${response.url()}`);
    const set = await response.headerValues('set-cookie').catch(() => []);
    cookies.push(...set);
  });
  return { site, context, page, hasScripts: scripts, letScriptsRun, addresses, cookies, takeComplaints: () => complaints.splice(0) };
}
