// The Nu HTML checker, the W3C's own judge of markup: it needs Java, which this fetches where it may.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { z } from 'zod';

const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

/** Whether a Java that starts is on this machine. */
export const hasJava = (): boolean => spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0;

/** Finds Java, asking apt for it as root; false when there is none after that. */
export function ensureJava(say: (line: string) => void): boolean {
  if (hasJava()) return true;
  if (process.getuid?.() !== 0) {
    say('No Java. Install one (Debian: `apt-get install default-jre-headless`) and run this again.');
    return false;
  }
  say('No Java yet: asking apt for it …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'default-jre-headless']]) spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 900_000, env });
  return hasJava();
}

const message = z.object({ type: z.string(), url: z.string().optional(), lastLine: z.number().optional(), message: z.string(), extract: z.string().optional() });
const report = z.object({ messages: z.array(message) });

/**
 * The one thing passed over, with its reason: a table that small windows lay out as a list keeps its roles in words, because
 * some browsers take a table whose display was changed for no table at all. To this checker, which reads no styles, they are doubled.
 */
const isKnown = ({ message: said, extract = '' }: z.infer<typeof message>): boolean =>
  said.includes('role” attribute must not be used on a “t') && said.includes('“table” ancestor') && /role="(?:row|cell|rowheader|columnheader)"/.test(extract);

/** What Nu found: errors, a line each, and how many of the known kind were passed over. */
export interface NuFinding {
  readonly errors: readonly string[];
  readonly passedOver: number;
}

/** Asks Nu about HTML files or folders of them; throws when it gives no answer. */
export function askNu(paths: readonly string[]): NuFinding {
  const { stdout, error } = spawnSync('java', ['-Xmx600m', '-jar', jar, '--errors-only', '--skip-non-html', '--exit-zero-always', '--stdout', '--format', 'json', ...paths], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, timeout: 600_000 });
  if (error) throw error;
  const { messages } = report.parse(JSON.parse(stdout));
  const known = messages.filter(isKnown);
  const errors = messages.filter((one) => !known.includes(one)).map(({ url = '', lastLine = 0, message: said, extract = '' }) => `${url.replace(/^.*\/dist\/client\//, '')}:${String(lastLine)} ${said} ${extract.replaceAll('\n', ' ')}`);
  return { errors, passedOver: known.length };
}
