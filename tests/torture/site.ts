// The whole program in a process of its own, spoken to over HTTP on loopback.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { request as send, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { rulesVersion } from '#domain/booking/model.ts';
import { root } from '#tests/torture/workers.ts';

/** What came back. */
export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };
export type Site = {
  readonly port: number;
  readonly pid: number;
  /** The last of what the program wrote. */
  readonly output: () => string;
  readonly ask: (method: 'GET' | 'POST', path: string, sent?: { readonly json?: unknown; readonly form?: Readonly<Record<string, string>>; readonly headers?: Readonly<Record<string, string>> }) => Promise<Reply>;
  /** Moves the machine clock of the program to so many milliseconds from the real one. */
  readonly shiftClock: (ms: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The place whose invented institutions are booked. */
export const placeSlug = 'hebei';
export const api = `/api/v1/${placeSlug}`;

/** Whether the pages have been built; without them only the API can be tortured. */
export const hasPages = (): boolean => existsSync(join(root, 'dist', 'server', 'entry.mjs'));

/** Starts the program on a data folder and waits until it listens; `env` adds to its environment. */
export async function startSite(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Site> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', join(import.meta.dirname, 'shiftedClock.ts'), join(root, 'src', 'server', 'main.ts')], {
    cwd: root, env: { PATH, HOME, DATA_DIR: dataDir, PORT: '0', RATE_LIMITS: 'off', LOG_LEVEL: 'fatal', ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  let said = '';
  const port = await new Promise<number>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-10_000);
      const found = /Listening on http:\/\/\S+:(\d+)\n/.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void exited.then(() => { reject(new Error(`the program ended before it listened:\n${said}`)); });
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    port, pid: child.pid ?? 0, output: () => said,
    ask: (method, path, { json, form, headers = {} } = {}) => new Promise((resolve, reject) => {
      const body = json !== undefined ? JSON.stringify(json) : form === undefined ? undefined : new URLSearchParams(form).toString();
      const type = json !== undefined ? 'application/json' : 'application/x-www-form-urlencoded';
      const outgoing = send({
        host: '127.0.0.1', port, path, method, agent: false, timeout: 30_000,
        headers: { origin, ...(body === undefined ? {} : { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) }), ...headers },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }); });
      });
      outgoing.on('timeout', () => { outgoing.destroy(new Error(`no answer to ${method} ${path} in 30 s`)); });
      outgoing.on('error', reject).end(body);
    }),
    shiftClock: async (ms) => {
      const shifted = new Promise<void>((resolve) => { child.once('message', () => { resolve(); }); });
      child.send(ms);
      await shifted;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

const listed = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const slotList = z.object({ items: z.array(z.object({ id: z.uuid(), startsAt: z.string(), open: z.int(), capacity: z.int() })) });
/** A receipt as far as the tortures read it. */
export const receipt = z.object({ reference: z.string(), queryCode: z.string(), state: z.string(), slot: z.object({ id: z.string(), open: z.int() }) });

/** Open visits of invented institutions, earliest first, institution by institution. */
export async function openVisits(site: Site, institutions: number): Promise<readonly (readonly { readonly id: string; readonly startsAt: string; readonly open: number; readonly institution: string }[])[]> {
  const { items } = listed.parse(JSON.parse((await site.ask('GET', `${api}/institutions`)).text));
  const all: { readonly id: string; readonly startsAt: string; readonly open: number; readonly institution: string }[][] = [];
  for (const { id } of items.filter(({ name }) => name.startsWith('示例'))) {
    const slots = slotList.parse(JSON.parse((await site.ask('GET', `${api}/institutions/${id}/slots?kind=visit`)).text)).items.filter(({ open }) => open > 0);
    if (slots.length >= 10) all.push(slots.map((slot) => ({ ...slot, institution: id })));
    if (all.length === institutions) return all;
  }
  throw new Error(`fewer than ${institutions} invented institutions have open visits`);
}

/** The body of a booking of one family, `number` of them. */
export const bookingOf = (slotId: string, number: number): Readonly<Record<string, unknown>> => ({
  slotId, children: [{ birthMonth: '2025-03' }], contactName: '示例家长', phone: `139${String(number).padStart(8, '0')}`, consent: { rulesVersion, actingAs: 'guardian' },
});

/** The same as the form sends it at its last step. */
export const formOf = (slotId: string, number: number, key: string): Readonly<Record<string, string>> => ({
  slotId, key, step: 'confirm', year1: '2025', month1: '3', contactName: '示例家长', phone: `139${String(number).padStart(8, '0')}`, actingAs: 'guardian', consent: rulesVersion,
});
