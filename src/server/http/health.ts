import { isReading } from '#server/http/exchange.ts';
import type { Answer, Step } from '#server/http/exchange.ts';
import { refuse } from '#server/http/problems.ts';

/** Whether the site can work: database, migrations, disk. */
export interface Readiness {
  ready(): Promise<{ readonly ok: boolean; readonly problems: readonly string[] }>;
}

/** `/healthz`: the process answers. `/readyz`: it can also do its work, else 503 and what is missing. */
export function answerProbes(app: Readiness): Step {
  return (exchange) => {
    if (exchange.path !== '/healthz' && exchange.path !== '/readyz') return undefined;
    if (!isReading(exchange)) return refuse('method-not-allowed', exchange, ['Allow', 'GET, HEAD']);
    if (exchange.path === '/healthz') return plain(200, 'ok');
    return app.ready().then(({ ok, problems }) => (ok ? plain(200, 'ok') : plain(503, problems.join('\n'))));
  };
}

function plain(status: number, text: string): Answer {
  const retry = status === 503 ? ['Retry-After', '5'] : [];
  return { status, headers: ['Content-Type', 'text/plain; charset=utf-8', 'Cache-Control', 'no-store', ...retry], body: Buffer.from(`${text}\n`) };
}
