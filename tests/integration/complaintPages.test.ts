import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { createApp, type App } from '#server/app.ts';
import { complaintFindStep } from '#server/complaintFindPages.ts';
import { complaintStep, openedComplaint, type ComplaintStep } from '#server/complaintPages.ts';
import { readConfig } from '#server/config.ts';
import { newComplaintView } from '#server/pages/complaintNew.ts';
import { newDataDir, removeDataDir } from '#tests/e2e/site.ts';

const folder = newDataDir();
let [app, place]: [App | undefined, Jurisdiction | undefined] = [undefined, undefined];
beforeAll(async () => {
  app = await createApp(readConfig({ DATA_DIR: folder, RATE_LIMITS: 'off', DEMO: '1', NOW: '2026-11-23T10:00:00+08:00' }));
  place = app.findJurisdiction('hebei');
});
afterAll(async () => {
  await app?.close();
  removeDataDir(folder);
});

const typed = { kind: 'complaint', subject: 'safety', about: 'none', happened: '接孩子时看到大门开着，没有人看着。', happenedOn: '2026年11月20日', identity: 'anonymous', step: 'send' };
type Sent = { readonly typed?: Readonly<Record<string, string>>; readonly at?: Partial<Jurisdiction>; readonly isClosed?: boolean; readonly fails?: Error };

async function post({ typed: given = {}, at = {}, isClosed = false, fails }: Sent): Promise<ComplaintStep> {
  if (!app || !place) throw new Error('Nothing was started.');
  const submit: App['complaints']['submit'] = fails === undefined ? app.complaints.submit : () => Promise.reject(fails);
  const asked = { ...app, operation: { ...app.operation, isClosed: () => isClosed }, complaints: { ...app.complaints, submit } };
  return complaintStep({ app: asked, place: { ...place, ...at }, incoming: { typed: { ...typed, ...given }, files: [], fileErrors: [], busy: false }, from: '192.0.2.1' });
}

describe('what was written stays on the page', () => {
  test.each([
    ['while the disk is nearly full', { isClosed: true }],
    ['when the disk fills up in the middle', { fails: Object.assign(new Error('no space left'), { code: 'ENOSPC' }) }],
  ])('%s', async (_when, sent) => {
    expect(await post(sent)).toMatchObject({ kind: 'form', screen: 'check', status: 503, typed: { happened: typed.happened }, notice: { sentence: expect.stringContaining('暂时存不下') } });
  });

  test('when another fault happens it is not hidden', async () => {
    await expect(post({ fails: new Error('something else') })).rejects.toThrow('something else');
  });

  test('when the chosen institution is of no records, with its name in the words of the parent', async () => {
    const step = await post({ typed: { about: '00000000-0000-5000-8000-000000000001', aboutName: '示例已撤下' } });
    expect(step).toMatchObject({ kind: 'form', screen: 'subject', status: 422, typed: { institutionName: '示例已撤下', happened: typed.happened }, errors: [{ field: 'about' }] });
  });

  test('on the screen that has to be mended, earlier screens first', async () => {
    expect(await post({ typed: { happened: '短', identity: '' } })).toMatchObject({ screen: 'story', errors: [{ field: 'happened' }] });
    expect(await post({ typed: { identity: 'named' } })).toMatchObject({ screen: 'identity', errors: [{ field: 'contactName' }] });
    expect(await post({ typed: { identity: 'confidential', phone: '123' } })).toMatchObject({ screen: 'identity', errors: [{ field: 'phone' }] });
    expect(await post({ typed: { happenedOn: '2026-11-24' } })).toMatchObject({ screen: 'story', errors: [{ field: 'happenedOn' }] });
    expect(await post({ typed: { happenedUntil: '2026-11-19' } })).toMatchObject({ screen: 'story', errors: [{ field: 'happenedUntil' }] });
  });
});

test('days are read as people write them; an unnamed person’s number is neither checked nor sent', async () => {
  const step = await post({ typed: { phone: '不是电话', contactName: '王女士' } });
  expect(step).toMatchObject({ kind: 'sent', request: { happenedOn: '2026-11-20', identity: 'anonymous' } });
  expect(step.kind === 'sent' && ('phone' in step.request || 'contactName' in step.request)).toBe(false);
});

test('where 12345 alone takes complaints nothing is kept and the text to pass on names nobody', async () => {
  if (!app || !place) throw new Error('Nothing was started.');
  const at = { intakeMode: 'hotline' as const };
  const step = await post({ at, typed: { identity: 'named', contactName: '王女士', phone: '13800000000' }, fails: new Error('must not be asked') });
  if (step.kind !== 'form') throw new Error('Sent.');
  const view = await newComplaintView(app, { ...place, ...at }, step);
  expect(view).toMatchObject({ intake: 'hotline', outlook: null });
  expect(view.text12345).toContain(typed.happened);
  expect(view.text12345).not.toMatch(/王女士|13800000000/);
});

test('a link may name door, subject and institution; what it names wrongly is asked', async () => {
  if (!app || !place) throw new Error('Nothing was started.');
  const opened = async (query: string) => (app && place ? openedComplaint(app, place, new URLSearchParams(query)) : undefined);
  const id = (await app.directory.snapshot(place.code)).entries[0]?.institution.id ?? '';
  expect(await opened(`kind=tipOff&subject=closed&institution=${id}`)).toMatchObject({ status: 200, errors: [], typed: { kind: 'tipOff', subject: 'closed', about: id } });
  expect(await opened('kind=x&institution=00000000-0000-5000-8000-000000000001')).toMatchObject({ status: 200, typed: { about: '' } });
});

test('words to add stay on the page while the disk is nearly full', async () => {
  if (!app || !place) throw new Error('Nothing was started.');
  const sent = await post({ typed: { key: 'key-of-words-to-add' } });
  if (sent.kind !== 'sent') throw new Error('Not sent.');
  const { reference, queryCode } = sent.receipt;
  const full = { ...app, operation: { ...app.operation, isClosed: () => true } };
  const step = await complaintFindStep(full, place, { typed: { reference, queryCode, step: 'reply', words: '想起一件事' }, files: [], fileErrors: [], busy: false }, '192.0.2.1');
  expect(step).toMatchObject({ kind: 'found', status: 503, typed: { words: '想起一件事' }, progress: { messages: [] } });
});
