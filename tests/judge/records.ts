// What the pages of desks are about: without them a demonstration has no case and no booking to look at.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { api, bookingOf, type Site } from '#tests/torture/site.ts';

const accounts = z.array(z.object({ role: z.string(), jurisdiction: z.string(), institution: z.string().optional() }));
const slots = z.object({ items: z.array(z.object({ id: z.string(), open: z.number() })) });

/** Leaves a complaint, and a visit at the institution whose account the demonstration has; throws when one is refused. */
export async function leaveRecords(site: Pick<Site, 'ask'>, dataDir: string): Promise<void> {
  const institution = accounts.parse(JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8'))).find(({ role, jurisdiction }) => role === 'institution' && jurisdiction === '120105')?.institution;
  const post = async (path: string, key: string, json: unknown): Promise<void> => {
    const { status, text } = await site.ask('POST', `${api}${path}`, { json, headers: { 'idempotency-key': key } });
    if (status !== 201) throw new Error(`${path} answered ${String(status)}: ${text.slice(0, 300)}`);
  };
  await post('/complaints', 'judged-complaint', { kind: 'complaint', subject: 'safety', happened: '接孩子时看到大门开着，没有人看着。', identity: 'anonymous' });
  const { items } = slots.parse(JSON.parse((await site.ask('GET', `${api}/institutions/${institution ?? ''}/slots?kind=visit`)).text));
  const visit = items.find(({ open }) => open > 0);
  if (!visit) throw new Error('the institution of the demonstration has no open visit');
  await post('/bookings', 'judged-visit', bookingOf(visit.id, 1));
}
