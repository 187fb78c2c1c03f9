import { createServer } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { alarmsOf } from '#domain/operation/alarms.ts';
import type { RequestEntry } from '#server/log.ts';
import type { Operation } from '#server/operation/standing.ts';

/** Figures of the running program: `observe` is told of every answer. */
export type Metrics = { readonly port: number; readonly observe: (entry: RequestEntry) => void; readonly close: () => Promise<void> };

/** Which part of the site an address belongs to; never the address itself, which may name an institution or hold what somebody typed. */
export const partOf = (route: string): 'api' | 'static' | 'desk' | 'probe' | 'page' => {
  if (route.startsWith('/api/v1/')) return 'api';
  if (route === '/healthz' || route === '/readyz') return 'probe';
  if (/^\/(portal|office|account|activate|sign-in|sign-out)\//.test(route)) return 'desk';
  return /^\/_astro\/|\.[a-z0-9]{2,5}$/.test(route) ? 'static' : 'page';
};

const methods = new Set(['GET', 'HEAD', 'POST']);

/** Figures of how things stand; the answer writes them anew, before they are asked for. */
function standingGauges(registry: Registry, operation: Operation): () => Promise<void> {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
  const free = gauge('tuoyu_disk_free_bytes', 'Free space where records lie');
  const waiting = gauge('tuoyu_outbox_waiting', 'Notices not yet delivered');
  const oldest = gauge('tuoyu_outbox_oldest_due_seconds', 'For how long the oldest notice has been due; 0 when none is');
  const dead = gauge('tuoyu_outbox_dead', 'Notices given up');
  const backup = gauge('tuoyu_backup_age_seconds', 'Age of the newest checked backup; -1 without any');
  const closed = gauge('tuoyu_intake_closed', '1 while nothing new is taken in because the disk is nearly full');
  const alarms = new Gauge({ name: 'tuoyu_alarms', help: 'Alarms standing, by urgency', labelNames: ['level'], registers: [registry] });
  return async () => {
    const standing = await operation.standing();
    const { now, disk, outbox, backups } = standing;
    if (disk) free.set(disk.free);
    waiting.set(standing.waiting);
    oldest.set(outbox.oldestDueAt === null ? 0 : Math.max(0, (now - outbox.oldestDueAt) / 1000));
    dead.set(outbox.dead);
    backup.set(backups.kind === 'on' && backups.age !== null ? backups.age / 1000 : -1);
    closed.set(Number(operation.isClosed()));
    for (const level of ['urgent', 'warning'] as const) alarms.set({ level }, alarmsOf(standing).filter((alarm) => alarm.level === level).length);
  };
}

/** Serves figures in Prometheus' form at /metrics, on this machine's loopback address alone. */
export async function startMetrics(port: number, operation: Operation, report: (fault: unknown) => void): Promise<Metrics> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const refresh = standingGauges(registry, operation);
  const answers = new Counter({ name: 'tuoyu_http_answers_total', help: 'Answers by part of the site, method and status', labelNames: ['part', 'method', 'status'], registers: [registry] });
  const seconds = new Histogram({ name: 'tuoyu_http_seconds', help: 'Time from the request to its answer', labelNames: ['part'], buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10], registers: [registry] });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    refresh().then(() => registry.metrics()).then((text) => { response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text); }, (fault: unknown) => {
      report(fault);
      response.writeHead(500).end();
    });
  });
  const served = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
  return {
    port: served,
    observe: ({ route, method, status, ms }) => {
      const part = partOf(route);
      answers.inc({ part, method: methods.has(method) ? method : 'other', status: String(status) });
      seconds.observe({ part }, ms / 1000);
    },
    close: () => new Promise((resolve) => { server.close(() => { resolve(); }); server.closeAllConnections(); }),
  };
}
