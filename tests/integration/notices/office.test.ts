import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { deliver, type DeliverDeps } from '#server/deliver.ts';
import { noticeDeps } from '#server/notices.ts';
import { newId } from '#storage/ids.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { sundayMorning } from '#tests/builders/booking.ts';
import { testKeys } from '#tests/builders/demand.ts';

const hebei = jurisdictionCode.parse('120105');

test('the office is told by mail that there is something to read and nothing of it; without a mailbox its list is enough; a mail that fails is tried again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-office-'));
  const storage = await openSqlite(join(folder, 'test.sqlite'), Date.now());
  const mails: { readonly to: string; readonly subject: string; readonly text: string }[] = [];
  const base = noticeDeps({ storage, keys: testKeys, demand: { contactFor: async () => undefined, contactWhileStanding: async () => undefined }, config: { mailUrl: undefined, smsUrl: undefined, dataDir: folder }, now: () => sundayMorning });
  const withMail = (fault: string | null): DeliverDeps => ({
    ...base, chance: () => 0, addressOf: (_place, institution) => (institution === null ? 'office@example.cn' : null),
    mail: { send: async (mail) => { mails.push(mail); return fault === null ? { kind: 'sent' } : { kind: 'later', fault }; }, close: () => undefined },
  });
  const row = (kind: string) => ({ id: newId(), jurisdiction: hebei, kind, sealed: testKeys.seal('outbox', 'x', '{"complaint":"0190a000-0000-7000-8000-00000000cafe"}'), createdAt: sundayMorning, dueAt: sundayMorning, attempts: 1, lease: instant.parse(1) });
  expect(await deliver({ ...base, chance: () => 0 }, row('complaint-received'))).toEqual({ kind: 'desk' });
  for (const kind of ['complaint-received', 'complaint-words']) expect(await deliver(withMail(null), row(kind))).toEqual({ kind: 'sent' });
  expect(mails.map(({ to }) => to)).toEqual(['office@example.cn', 'office@example.cn']);
  expect(JSON.stringify(mails.map(({ subject, text }) => [subject, text]))).not.toMatch(/T-|cafe|投诉|举报/);
  expect(await deliver(withMail('greylisted'), row('complaint-received'))).toMatchObject({ kind: 'later', fault: 'greylisted' });
  expect(await deliver(withMail(null), row('something-else'))).toMatchObject({ kind: 'dead', fault: 'unknown-kind' });
  await storage.close();
});
