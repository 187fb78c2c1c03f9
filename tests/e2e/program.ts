// Another program at the JSON interface: what it sends and what it reads.
import { connect } from 'node:net';
import { z } from 'zod';
import { slotView, type SlotView } from '#domain/booking/views.ts';
import { rulesVersion } from '#domain/booking/model.ts';
import type { Site } from '#tests/e2e/site.ts';

const problem = z.looseObject({ status: z.number(), code: z.string(), title: z.string(), errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional() });
const slotList = z.object({ rulesVersion: z.string(), items: z.array(slotView) });
const institutionList = z.object({ total: z.number(), items: z.array(z.object({ id: z.string(), name: z.string(), sample: z.boolean(), address: z.string().nullable() })) });

/** An answer: its status and its body, as text and as the problem it may be. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly problem: () => z.infer<typeof problem>;
}

/** Asks the JSON interface; a value is sent as JSON, text as it is. */
export async function ask(site: Site, path: string, body?: unknown, headers: Readonly<Record<string, string>> = { origin: site.origin }): Promise<Reply> {
  const response = await fetch(`${site.origin}/api/v1${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, problem: () => problem.parse(JSON.parse(text)) };
}

/** Books over JSON under that key. */
export const book = (site: Site, key: string, body: unknown, place = 'hebei'): Promise<Reply> =>
  ask(site, `/${place}/bookings`, body, { origin: site.origin, 'idempotency-key': key });

/** Institutions of a place, as programs list them. */
export async function institutionsOf(site: Site, place = 'hebei'): Promise<z.infer<typeof institutionList>['items']> {
  const { text } = await ask(site, `/${place}/institutions?size=100`);
  return institutionList.parse(JSON.parse(text)).items;
}

/** Visits of one institution, earliest first. */
export async function visitsOf(site: Site, institution: string): Promise<readonly SlotView[]> {
  const { text } = await ask(site, `/hebei/institutions/${institution}/slots?kind=visit`);
  return slotList.parse(JSON.parse(text)).items;
}

/** Seats that are open now in one slot. */
export async function openSeatsOf(site: Site, institution: string, slot: string): Promise<number> {
  const found = (await visitsOf(site, institution)).find(({ id }) => id === slot);
  if (!found) throw new Error(`No slot ${slot}.`);
  return found.open;
}

/** A whole valid booking; a test states only what matters. */
export const aBooking = (slotId: string, change: Readonly<Record<string, unknown>> = {}) =>
  ({ slotId, children: [{ birthMonth: '2025-03' }], contactName: '示例家长', phone: '13800000000', consent: { rulesVersion, actingAs: 'guardian' }, ...change });

/** Sends bytes as they are, for what a browser or `fetch` would never send; answers the first line. */
export function firstLineOf(site: Site, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(site.port, 'localhost', () => { socket.write(text); });
    socket.setEncoding('utf8').on('data', (part: string) => { received += part; }).on('error', reject).on('close', () => { resolve(received.split('\r\n')[0] ?? ''); });
  });
}
