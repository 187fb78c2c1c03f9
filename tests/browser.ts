// The browser that end-to-end tests drive: the system's Chromium, else Playwright's own, else apt's.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium'];

const isRoot = process.getuid?.() === 0;

/** Starts the browser at `path`; as root Chromium needs its sandbox off. */
export function launchBrowser(path: string | undefined = findBrowser()): Promise<Browser> {
  if (path === undefined) return Promise.reject(new Error('No browser found. Run `npm test`, which installs one, or set CHROME_PATH.'));
  return chromium.launch({ executablePath: path, args: isRoot ? ['--no-sandbox'] : [] });
}

/** The first browser found on this machine: CHROME_PATH, the system's, or one that Playwright downloaded before. */
export function findBrowser(): string | undefined {
  return candidates().find((path) => existsSync(path));
}

function candidates(): readonly string[] {
  const named = process.env['CHROME_PATH'];
  return [...(named === undefined || named === '' ? [] : [named]), ...systemPaths, chromium.executablePath()];
}

/** Finds a browser that really starts, installing one when there is none; undefined when nothing worked. */
export async function ensureBrowser(say: (line: string) => void): Promise<string | undefined> {
  const present = await findWorking(say);
  if (present !== undefined) return present;
  say('No browser yet: asking Playwright for its own Chromium …');
  attempt(process.execPath, [join(import.meta.dirname, '..', 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], 300_000);
  const downloaded = await findWorking(say);
  if (downloaded !== undefined) return downloaded;
  if (!isRoot) {
    say('Playwright could not provide a browser. Install Chromium (Debian: `apt-get install chromium fonts-noto-cjk`) or set CHROME_PATH.');
    return undefined;
  }
  say('Asking apt for Chromium …');
  attempt('apt-get', ['update'], 300_000);
  attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], 900_000);
  return findWorking(say);
}

async function findWorking(say: (line: string) => void): Promise<string | undefined> {
  for (const path of candidates().filter((candidate) => existsSync(candidate))) {
    try {
      const browser = await launchBrowser(path);
      await browser.close();
      return path;
    } catch (error) {
      say(`${path} is there but does not start: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
    }
  }
  return undefined;
}

function attempt(program: string, args: readonly string[], timeout: number): void {
  spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}
