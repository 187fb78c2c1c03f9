import { Agent, request as send } from 'node:http';

/** One request to make: its path, and a body with its headers when it changes something. */
export type Shot = { readonly method: 'GET' | 'POST'; readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string };
export type OpenLoop = { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly succeeded: number; readonly failed: number; readonly bytes: number };

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/**
 * Requests that arrive as people do: independently of each other and of the answers (Poisson, `rate` a second on
 * average, the same moments in every run). Each wait is counted from the moment of arrival, so a request that had to
 * queue for one of `connections` is not forgiven its queueing. Milliseconds; bounded by `seconds`.
 */
export async function openLoop(port: number, rate: number, seconds: number, connections: number, next: () => Shot): Promise<OpenLoop> {
  let state = 20_261_122;
  const draw = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state + 1) / 2_147_483_649;
  };
  const arrivals: number[] = [];
  for (let moment = -Math.log(draw()) / rate; moment < seconds; moment -= Math.log(draw()) / rate) arrivals.push(moment * 1000);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'lifo' });
  const waits: number[] = [];
  let [failed, bytes] = [0, 0];
  const fire = (due: number): Promise<void> => new Promise((resolve) => {
    const { method, path, headers, body } = next();
    const lose = (): void => { failed += 1; resolve(); };
    const asked = send({ host: '127.0.0.1', port, method, path, headers: body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) }, agent }, (answer) => {
      answer.on('data', (chunk: Buffer) => { bytes += chunk.length; });
      answer.on('end', () => {
        if (answer.statusCode !== undefined && answer.statusCode < 300) waits.push(performance.now() - due);
        else failed += 1;
        resolve();
      });
      answer.on('error', lose);
    });
    asked.on('error', lose);
    asked.end(body);
  });
  const began = performance.now();
  const flying: Promise<void>[] = [];
  let sent = 0;
  await new Promise<void>((resolve) => {
    const tick = (): void => {
      const passed = performance.now() - began;
      for (let due = arrivals[sent]; due !== undefined && due <= passed; due = arrivals[sent]) {
        flying.push(fire(began + due));
        sent += 1;
      }
      if (sent === arrivals.length) resolve();
      else setTimeout(tick, Math.max(0, Math.min(5, (arrivals[sent] ?? 0) - passed)));
    };
    tick();
  });
  await Promise.all(flying);
  agent.destroy();
  const sorted = waits.toSorted((one, other) => one - other);
  return { perSecond: waits.length / seconds, p50: at(sorted, 0.5), p99: at(sorted, 0.99), succeeded: waits.length, failed, bytes };
}
