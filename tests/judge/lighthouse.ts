// Lighthouse's four marks, given by a phone's window on a slow line (its own defaults).
import lighthouse from 'lighthouse';
import { chromium } from 'playwright';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** Marks of one page, each from 0 to 100, and what took one below 100. */
export interface Marks {
  readonly path: string;
  readonly marks: Readonly<Record<(typeof categories)[number], number>>;
  readonly lost: readonly string[];
}

/** Asks Lighthouse about one page of a running site with a browser of its own; throws when it could not be looked at. */
export async function askLighthouse(origin: string, path: string, executablePath: string, port: number): Promise<Marks> {
  const browser = await chromium.launch({ executablePath, args: [`--remote-debugging-port=${String(port)}`, '--no-sandbox', '--disable-quic', '--disable-background-networking'] });
  try {
    const result = await lighthouse(`${origin}${path}`, { port, output: 'json', logLevel: 'silent', onlyCategories: [...categories], locale: 'en-US' });
    if (!result || result.lhr.runtimeError) throw new Error(`Lighthouse could not look at ${path}: ${result?.lhr.runtimeError?.message ?? 'no result'}`);
    const { lhr } = result;
    const markOf = (name: (typeof categories)[number]): number => Math.round((lhr.categories[name]?.score ?? 0) * 100);
    const lost = categories.flatMap((name) => (lhr.categories[name]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const audit = lhr.audits[id];
      return audit && weight > 0 && audit.score !== null && audit.score < 1 ? [`${name} ${id} ${String(audit.score)} ${audit.displayValue ?? ''}`.trim()] : [];
    }));
    return { path, lost, marks: { 'performance': markOf('performance'), 'accessibility': markOf('accessibility'), 'best-practices': markOf('best-practices'), 'seo': markOf('seo') } };
  } finally {
    await browser.close();
  }
}
