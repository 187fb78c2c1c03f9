import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { closesBelow } from '#domain/operation/alarms.ts';
import { watchDisk } from '#server/operation/disk.ts';
import { partOf, startMetrics } from '#server/operation/metrics.ts';
import { makeOperation, type Operation } from '#server/operation/standing.ts';
import { appendAudit, queueMessage } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import { readStanding } from '#storage/operation.ts';
import { engines } from '#tests/integration/storage/engines.ts';
import { startShell } from '#tests/integration/shellServer.ts';

const now = instant.parse(Date.parse('2026-11-23T10:00:00+08:00'));
const hebei = jurisdictionCode.parse('120105');

describe.each(engines)('what $engine tells', ({ open }) => {
  test('notices waiting, notices given up and the newest event', async () => {
    const { storage, leave } = await open();
    expect(await readStanding(storage.read)).toEqual({ oldestDueAt: null, waiting: 0, dead: 0, newestEventAt: null });
    await storage.write(async (tx) => {
      for (const [at, id] of [[now - 3000, newId()], [now - 9000, newId()], [now - 20_000, newId()]] as const) await queueMessage(tx, hebei, { id, kind: 'x', sealed: 'x' }, at);
      await tx.updateTable('outbox').set({ dead_at: now }).where('due_at', '=', now - 20_000).execute();
      await appendAudit(tx, { id: newId(), jurisdiction: hebei, at: instant.parse(now - 500), kind: 'x', actor: 'system', objectKind: 'x', objectId: 'x', detail: {} });
    });
    expect(await readStanding(storage.read)).toEqual({ oldestDueAt: now - 9000, waiting: 2, dead: 1, newestEventAt: now - 500 });
    await leave();
  });
});

test('free space is read from the system, and looked at every two seconds at most', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-disk-'));
  let at = 0;
  const disk = watchDisk(folder, () => at);
  const first = disk();
  expect(first?.free).toBeGreaterThan(0);
  expect(first?.total).toBeGreaterThanOrEqual(first?.free ?? Infinity);
  rmSync(folder, { recursive: true });
  expect(disk()).toBe(first);
  at = 2001;
  expect(disk()).toBeNull();
});

describe('while the disk is nearly full', () => {
  test.each([
    ['POST', '/xiacheng/bookings/new/', 503], ['POST', '/api/v1/xiacheng/bookings', 503], ['POST', '/api/v1/xiacheng/complaints', 503], ['POST', '/xiacheng/demand/', 503], ['POST', '/xiacheng/institutions/1/report/', 503],
    ['POST', '/xiacheng/complaints/new/', 200], ['POST', '/api/v1/xiacheng/bookings/find', 200], ['POST', '/xiacheng/bookings/find/', 200], ['GET', '/xiacheng/bookings/new/', 200], ['POST', '/sign-in/', 200],
  ])('%s %s answers %i', async (method, path, status) => {
    const site = await startShell({ isClosed: () => true, page: (_request, response) => { response.writeHead(200, { 'content-type': 'text/html' }).end('ok'); } });
    const reply = await site.ask(path, { method, headers: { origin: site.origin }, ...(method === 'POST' ? { body: 'x' } : {}) });
    await site.close();
    expect(reply.status).toBe(status);
    if (status === 503) {
      expect(reply.headers['retry-after']).toBe('300');
      expect(reply.text).toContain('暂时不能保存');
    }
  });

  test('and where there is room again, everything is taken in', async () => {
    const site = await startShell({ isClosed: () => false });
    expect((await site.ask('/api/v1/xiacheng/bookings', { method: 'POST', headers: { origin: site.origin }, body: 'x' })).status).toBe(200);
    await site.close();
  });
});

describe('figures for the operator', () => {
  const ask = (port: number, path: string, host = '127.0.0.1'): Promise<{ readonly status: number; readonly text: string }> => new Promise((resolve, reject) => {
    request({ port, path, host }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => { resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }); });
    }).on('error', reject).end();
  });
  const operation: Operation = {
    standing: () => Promise.resolve({ now, disk: { free: closesBelow - 1, total: 1e12 }, outbox: { oldestDueAt: instant.parse(now - 90_000), dead: 4 }, waiting: 7, backups: { kind: 'on', age: 61_000, late: false, failed: false }, calendarUntil: null, newestEventAt: null }),
    alarms: () => Promise.resolve([]), isClosed: () => true,
  };

  test('count answers by part of the site and tell how things stand, at the first asking', async () => {
    const metrics = await startMetrics(0, operation, () => undefined);
    const site = await startShell({ observe: metrics.observe, page: (_request, response) => { response.writeHead(200, { 'content-type': 'text/html' }).end('ok'); } });
    await site.ask('/xiacheng/institutions/13800138000/?q=canary');
    await site.ask('/api/v1/jurisdictions');
    const { status, text } = await ask(metrics.port, '/metrics');
    expect(status).toBe(200);
    for (const line of ['tuoyu_http_answers_total{part="page",method="GET",status="200"} 1', 'tuoyu_http_answers_total{part="api",method="GET",status="200"} 1', 'tuoyu_http_seconds_count{part="page"} 1',
      'tuoyu_outbox_waiting 7', 'tuoyu_outbox_oldest_due_seconds 90', 'tuoyu_outbox_dead 4', 'tuoyu_backup_age_seconds 61', 'tuoyu_intake_closed 1', 'tuoyu_alarms{level="urgent"} 2', 'tuoyu_alarms{level="warning"} 1', `tuoyu_disk_free_bytes ${String(closesBelow - 1)}`]) expect(text).toContain(line);
    expect(text).not.toMatch(/canary|13800138000|xiacheng/);
    expect((await ask(metrics.port, '/')).status).toBe(404);
    await site.close();
    await metrics.close();
  });

  test('are served to this machine alone', async () => {
    const outside = Object.values(networkInterfaces()).flat().find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    if (outside === undefined) {
      process.stdout.write('SKIPPED: this machine has no other address\n');
      return;
    }
    const metrics = await startMetrics(0, operation, () => undefined);
    await expect(ask(metrics.port, '/metrics', outside)).rejects.toThrow(/ECONNREFUSED/);
    await metrics.close();
  });

  test.each([['/', 'page'], ['/xiacheng/', 'page'], ['/xiacheng/feed.xml', 'static'], ['/_astro/a.css', 'static'], ['/office/cases/', 'desk'], ['/sign-in/', 'desk'], ['/api/v1/x', 'api'], ['/readyz', 'probe']])('%s belongs to %s', (route, part) => {
    expect(partOf(route)).toBe(part);
  });

  test('alarms are drawn from the same standing', async () => {
    const { storage, leave } = await (engines[0]?.open() ?? Promise.reject(new Error('no engine')));
    const made = makeOperation({ storage, dataDir: tmpdir(), backups: () => ({ kind: 'off' }), calendar: { years: [] }, now: () => now, disk: () => ({ free: 1, total: 2 }) });
    expect((await made.alarms()).map(({ code }) => code)).toEqual(['disk-closed', 'calendar-missing', 'backup-off']);
    expect(made.isClosed()).toBe(true);
    await leave();
  });
});
