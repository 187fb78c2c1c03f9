// The load itself, in a process of its own so that it runs on another core than the server: a job as JSON on standard
// input, a result as JSON on standard output. Without a rate, as fast as the connections get answers; with one, arrivals
// independent of each other (a fixed interval per connection would send bursts of as many requests as connections, and
// measure the burst). Bounded in connections and time; loopback only.
import autocannon from 'autocannon';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { rulesVersion } from '#domain/booking/model.ts';
import { openLoop } from '#tests/bench/openLoop.ts';

const loadJob = z.strictObject({
  port: z.int().min(1), connections: z.int().min(1).max(100), seconds: z.number().min(1).max(30), rate: z.int().min(1).optional(),
  send: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('get'), paths: z.array(z.string()).min(1), first: z.int() }),
    z.strictObject({ kind: z.literal('book'), path: z.string(), slots: z.array(z.string()).min(1), first: z.int(), run: z.string() }),
  ]),
});
/** What to send where, how hard and for how long; `first` numbers the first request, so that no two runs repeat one. */
export type LoadJob = z.infer<typeof loadJob>;

/** What came back. `next` is the number to begin the next run with. */
export const loadResult = z.strictObject({
  perSecond: z.number(), p50: z.number(), p99: z.number(), succeeded: z.int(), failed: z.int(), bytes: z.int(), next: z.int(),
});
export type LoadResult = z.infer<typeof loadResult>;

/** Above this many a second the open loop would measure itself; a burst of 32 quick answers costs nothing there. */
const mostOpen = 2500;

async function run(job: LoadJob): Promise<LoadResult> {
  const { send } = job;
  const origin = `http://127.0.0.1:${job.port}`;
  let next = send.first;
  const requestOf = (request: autocannon.Request): autocannon.Request => {
    const number = next;
    next += 1;
    if (send.kind === 'get') return { ...request, path: send.paths[number % send.paths.length] ?? '/' };
    const slotId = send.slots[number % send.slots.length];
    const body = JSON.stringify({
      slotId, children: [{ birthMonth: '2025-03' }], contactName: '示例家长', phone: `13${String(number).padStart(9, '0')}`, consent: { rulesVersion, actingAs: 'guardian' },
    });
    return { ...request, body, headers: { ...request.headers, 'idempotency-key': `bench-${send.run}-${number}` } };
  };
  const fixed: autocannon.Request = send.kind === 'get'
    ? { method: 'GET', path: send.paths[0] ?? '/', headers: { 'accept-encoding': 'br' } }
    : { method: 'POST', path: send.path, headers: { 'accept-encoding': 'br', 'content-type': 'application/json', origin } };
  if (job.rate !== undefined && job.rate <= mostOpen) {
    const shot = () => {
      const made = requestOf({ ...fixed });
      const headers = Object.fromEntries(Object.entries({ ...made.headers }).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
      const body = typeof made.body === 'string' ? { body: made.body } : {};
      return { method: send.kind === 'get' ? 'GET' : 'POST', path: made.path ?? '/', headers, ...body } as const;
    };
    const answered = await openLoop(job.port, job.rate, job.seconds, job.connections, shot);
    return { ...answered, next };
  }
  const varies = send.kind === 'book' || send.paths.length > 1;
  const result = await autocannon({
    url: origin, connections: job.connections, duration: job.seconds, ...(job.rate === undefined ? {} : { overallRate: job.rate }),
    requests: [varies ? { ...fixed, setupRequest: (request) => requestOf({ ...request, ...fixed }) } : fixed],
  });
  return {
    perSecond: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99, succeeded: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts, bytes: result.throughput.total, next,
  };
}

if (import.meta.main) process.stdout.write(JSON.stringify(await run(loadJob.parse(JSON.parse(await text(process.stdin))))));
