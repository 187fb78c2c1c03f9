import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeReport } from '#domain/listing/commands.ts';
import { reportAnswer, type ReportActor } from '#domain/listing/reports.ts';
import { correctionReport } from '#domain/listing/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { keyringOf } from '#server/crypto.ts';
import { makeListingReports } from '#server/listingReports.ts';
import { reportSeals } from '#server/listings.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { listingStore } from '#storage/listing.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const now = () => instantAt(isoDate.parse('2026-11-23'), '10:00');

describe.each(engines)('信息有误的办理 on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());

  const keys = keyringOf(randomBytes(32));
  const taken = async () => {
    const [institution, id] = [newId(), newId()];
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id: institution }), rowKey: institution }));
    const report = correctionReport.parse({ id, topic: 'contact', right: '电话已经换了', phone: '13900001111' });
    await takeReport({ store: listingStore(opened.storage), seals: reportSeals(keys), now }, hebei, institution, report);
    return { institution, id, reports: makeListingReports(opened.storage, keys, now) };
  };
  const office: ReportActor = { account: 'clerk-1', jurisdiction: hebei, side: 'authority', institution: null };
  const own = (institution: string): ReportActor => ({ account: 'account-1', jurisdiction: hebei, side: 'institution', institution });
  const answer = (to: string, words = '已打电话核实') => reportAnswer.parse({ to, words });

  test('the institution reads the words and says it has looked; only the office settles, and the phone is then forgotten', async () => {
    const { institution, id, reports } = await taken();
    expect(await reports.list(own(institution))).toMatchObject([{ id, right: '电话已经换了', state: 'received', withPhone: true }]);
    expect(JSON.stringify(await reports.list(own(institution)))).not.toContain('13900001111');
    expect(await reports.answer(own(institution), id, 1, answer('corrected'))).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await reports.answer(own(institution), id, 1, answer('checked'))).toMatchObject({ ok: true });
    expect(await reports.answer(office, id, 1, answer('corrected')), 'an old window').toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await reports.phone(office, id, '要问清楚是哪一天')).toEqual({ ok: true, value: '13900001111' });
    const both = await Promise.all([reports.answer(office, id, 2, answer('corrected')), reports.answer({ ...office, account: 'clerk-2' }, id, 2, answer('declined'))]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await reports.find(office, id)).toMatchObject({ withPhone: false, notes: [{ side: 'institution', state: 'checked' }, { side: 'authority' }] });
    expect(await reports.phone(office, id, '要问清楚是哪一天')).toEqual({ ok: false, reason: 'none' });
    const events = await opened.storage.read.selectFrom('audit_event').select(['kind', 'detail']).where('object_id', '=', institution).orderBy('seq').execute();
    expect(events.map(({ kind }) => kind)).toEqual(['correction-reported', 'correction-checked', 'correction-phone-opened', expect.stringMatching(/^correction-(corrected|declined)$/)]);
    expect(JSON.stringify(events)).not.toMatch(/13900001111|电话已经换了/);
  });

  test("another institution's report is none, and its phone is nobody's but the office's", async () => {
    const [{ id, reports }, other] = [await taken(), await taken()];
    expect(await reports.find(own(other.institution), id)).toBeUndefined();
    expect(await reports.answer(own(other.institution), id, 1, answer('checked'))).toEqual({ ok: false, reason: 'not-found' });
    expect(await reports.phone(own(other.institution), other.id, '想打个电话')).toEqual({ ok: false, reason: 'not-found' });
    expect(await reports.find({ ...office, jurisdiction: jurisdictionCode.parse('140525') }, id)).toBeUndefined();
    expect(reportAnswer.safeParse({ to: 'corrected', words: '打了 139 0000 1111' }).success, 'no phone in a note').toBe(false);
  });
});
