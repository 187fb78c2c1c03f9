import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmGroup, dropDraft, rebaseDraft, saveGroup, submitDraft, withdrawDraft } from '#domain/listingDraft/commands.ts';
import type { DraftActor, DraftDeps } from '#domain/listingDraft/ports.ts';
import { bringFeesIntoForce, pauseCare, resumeCare } from '#domain/listingDraft/pauses.ts';
import { statedForIt } from '#domain/listing/rules.ts';
import { reviewDraft } from '#domain/listingDraft/review.ts';
import { readNotice } from '#domain/notices/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { listingStore, putPhoto } from '#storage/listing.ts';
import { draftStore } from '#storage/listingDrafts.ts';
import { listingSubject } from '#storage/noticeSubjects.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const day = (text: string): IsoDate => isoDate.parse(text);
const care = { item: 'care', mode: 'fullDay', band: 'toddler', amount: 240_000, per: 'month', required: true, note: null } as const;
const contact = (phone: string) => ({ phone, address: '示例路12号' });
const fees = (amount: number, feesFrom: string) => ({ fees: [{ ...care, amount }], feesFrom, feeNotice: { publishedOn: '2026-11-20', committeeHeard: true } });

describe.each(engines)('草稿和审核 on $engine', ({ open }) => {
  let opened: Opened;
  let today = day('2026-11-23');
  const storage = () => opened.storage;
  const deps = (): DraftDeps => ({ store: draftStore(storage()), newId, now: () => instantAt(today, '10:00'), sealNotice: (_id, body) => JSON.stringify(body) });
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());

  const newcomer = async (change: object = {}): Promise<string> => {
    const id = newId();
    await storage().write((tx) => putInstitution(tx, { ...aRecord({ id, sample: false, fees: [care], feesFrom: '2026-01-01', ...change }), rowKey: id }));
    return id;
  };
  const own = (institution: string): DraftActor => ({ account: 'account-1', jurisdiction: hebei, sayer: 'institution', institution, subdistrict: null });
  const reviewer = (account = 'reviewer-1'): DraftActor => ({ account, jurisdiction: hebei, sayer: 'authority', institution: null, subdistrict: null });
  const recordOf = async (id: string) => (await loadRecords(storage().read, hebei)).find(({ institution }) => institution.id === id)?.institution;
  const wholeOf = async (id: string) => JSON.parse((await storage().read.selectFrom('search_whole').innerJoin('search_document', 'id', 'document_id').select('whole').where('institution_id', '=', id).executeTakeFirstOrThrow()).whole);
  const handIn = async (id: string, ...saves: readonly (readonly [Parameters<typeof saveGroup>[4], Record<string, unknown>])[]) => {
    for (const [at, [group, content]] of saves.entries()) expect(await saveGroup(deps(), own(id), id, at, group, content)).toMatchObject({ ok: true });
    const sent = await submitDraft(deps(), own(id), id, saves.length);
    if (!sent.ok) throw new Error(sent.reason);
    return sent.value;
  };
  /** What stands in the outbox of a draft's review, read as it would be delivered. */
  const told = async (draft: string) => {
    const rows = await storage().read.selectFrom('outbox').select('sealed').where('kind', '=', 'listing-decided').execute();
    const bodies = rows.map(({ sealed }) => readNotice('listing-decided', JSON.parse(sealed))).filter((notice) => notice.kind === 'listing-decided' && notice.body.draft === draft);
    return Promise.all(bodies.map(async ({ body }) => { const found = 'version' in body ? await listingSubject(storage().read, hebei, body.draft, body.version) : undefined; return found && { about: found.about, isWhole: found.isWhole, reference: found.reference, host: found.host }; }));
  };
  const yes = { photos: [], reason: null, words: null } as const;

  test('nothing shows before review; approval changes page, list and search at once and is written down', async () => {
    const id = await newcomer();
    const draft = await handIn(id, ['contact', contact('022-26000009')], ['materials', { items: ['体检表'] }]);
    expect((await recordOf(id))?.phone).toBeNull();
    const before = await storage().revision(hebei);
    expect(await reviewDraft(deps(), reviewer(), draft.id, draft.version, { ...yes, approve: ['contact', 'materials'] })).toMatchObject({ ok: true, value: { state: 'published' } });
    expect(await storage().revision(hebei)).toBe(before + 1);
    expect([(await recordOf(id))?.phone, (await wholeOf(id)).phone]).toEqual(['022-26000009', '022-26000009']);
    const listing = await listingStore(storage()).find(hebei, id);
    expect(listing).toMatchObject({ version: 1, words: { materials: { items: ['体检表'], saidBy: 'institution', asOf: today } }, changes: [{ kind: 'words', parts: ['contact', 'materials'], by: 'institution' }] });
    const events = await storage().read.selectFrom('audit_event').select('kind').where('object_id', '=', id).orderBy('seq').execute();
    expect(events.map(({ kind }) => kind)).toEqual(['listing-edit', 'listing-edit', 'listing-submit', 'listing-published']);
    expect(await told(draft.id), 'the institution is told, once').toEqual([{ about: 'listing', isWhole: true, reference: today, host: expect.objectContaining({ id }) }]);
  });

  test('two reviewers at once: one decides, the other is told; whoever handed in may not decide', async () => {
    const id = await newcomer();
    const draft = await handIn(id, ['contact', contact('022-26000001')]);
    expect(await reviewDraft(deps(), { ...reviewer(), account: 'account-1' }, draft.id, draft.version, { ...yes, approve: ['contact'] })).toEqual({ ok: false, reason: 'needs-another' });
    const both = await Promise.all([
      reviewDraft(deps(), reviewer(), draft.id, draft.version, { ...yes, approve: ['contact'] }),
      reviewDraft(deps(), reviewer('reviewer-2'), draft.id, draft.version, { approve: [], photos: [], reason: 'other', words: '请写明区号' }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await told(draft.id), 'one decision, one message').toHaveLength(1);
    expect(both.filter(({ ok }) => !ok)).toEqual([{ ok: false, reason: expect.stringMatching(/^(changed-meanwhile|wrong-state)$/) }]);
    const kept = await draftStore(storage()).find(hebei, draft.id);
    expect(kept?.version).toBe(draft.version + 1);
    expect((await recordOf(id))?.phone ?? null).toBe(kept?.state === 'published' ? '022-26000001' : null);
  });

  test('some groups are published, the rest goes back with its reason, and is handed in again', async () => {
    const id = await newcomer();
    const draft = await handIn(id, ['contact', contact('022-26000002')], ['services', { mealsProvided: true, openToNeighbours: null, accepts: { allergy: true, medicine: null, specialNeeds: null } }]);
    expect(await reviewDraft(deps(), reviewer(), draft.id, draft.version, { ...yes, approve: ['services'] })).toEqual({ ok: false, reason: 'reason' });
    expect(await reviewDraft(deps(), reviewer(), draft.id, draft.version, { approve: ['services'], photos: [], reason: 'notVerified', words: '电话打不通' })).toMatchObject({ ok: true, value: { state: 'returned' } });
    expect(await recordOf(id)).toMatchObject({ mealsProvided: true, phone: null });
    const open = await draftStore(storage()).findOpen(hebei, id);
    expect(open).toMatchObject({ state: 'returned', decided: { reason: 'notVerified', words: '电话打不通', approved: ['services'] } });
    expect(await told(draft.id)).toMatchObject([{ isWhole: false }]);
    expect(await submitDraft(deps(), own(id), id, open?.version ?? 0)).toMatchObject({ ok: true });
    expect(await told(draft.id), 'handed in again before it was sent: nothing is told that is no longer so').toEqual([undefined]);
  });

  test('a stale draft says what moved and is not handed in until it was looked at', async () => {
    const id = await newcomer();
    await saveGroup(deps(), own(id), id, 0, 'contact', contact('022-26000003'));
    await storage().write(async (tx) => { const held = await recordOf(id); if (held) await putInstitution(tx, { ...aRecord(), rowKey: id, institution: { ...held, phone: '022-26999999' } }); });
    expect(await submitDraft(deps(), own(id), id, 1)).toEqual({ ok: false, reason: 'stale' });
    expect(await rebaseDraft(deps(), own(id), id, 1, [])).toMatchObject({ ok: true });
    const sent = await submitDraft(deps(), own(id), id, 2);
    expect(sent).toMatchObject({ ok: true });
    // Changed again while it waits: nothing of it is written.
    await storage().write(async (tx) => { const held = await recordOf(id); if (held) await putInstitution(tx, { ...aRecord(), rowKey: id, institution: { ...held, phone: '022-26888888' } }); });
    if (sent.ok) expect(await reviewDraft(deps(), reviewer(), sent.value.id, sent.value.version, { ...yes, approve: ['contact'] })).toEqual({ ok: false, reason: 'stale' });
    expect([(await recordOf(id))?.phone, (await draftStore(storage()).findOpen(hebei, id))?.state]).toEqual(['022-26888888', 'awaitingReview']);
  });

  test("another institution's page, another street's, a page saved from an old window, 10,000 characters: refused, nothing written", async () => {
    const [id, other] = [await newcomer(), await newcomer()];
    expect(await saveGroup(deps(), own(id), other, 0, 'contact', contact('022-26000004'))).toEqual({ ok: false, reason: 'not-found' });
    expect(await saveGroup(deps(), { ...own(id), institution: null, sayer: 'street', subdistrict: '120105002' }, id, 0, 'contact', contact('022-26000004'))).toEqual({ ok: false, reason: 'not-found' });
    expect(await saveGroup(deps(), own(id), id, 0, 'money', { extensionSteps: [], prepaidMonths: null, depositRefund: '退'.repeat(10_000), absenceMeals: null, absenceCare: null, leaving: null, agreement: null, publishedOn: null, committeeHeard: null })).toEqual({ ok: false, reason: 'refused' });
    expect(await draftStore(storage()).findOpen(hebei, id)).toBeUndefined();
    const first = await Promise.all([saveGroup(deps(), own(id), id, 0, 'contact', contact('022-26000005')), saveGroup(deps(), own(id), id, 0, 'contact', contact('022-26000006'))]);
    expect(first.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await submitDraft(deps(), own(id), id, 7)).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await submitDraft(deps(), own(id), id, 1)).toMatchObject({ ok: true });
    expect(await saveGroup(deps(), own(id), id, 2, 'contact', contact('022-26000007'))).toEqual({ ok: false, reason: 'wrong-state' });
    expect(await withdrawDraft(deps(), own(id), id, 2)).toMatchObject({ ok: true });
    expect(await dropDraft(deps(), own(id), id, 3)).toMatchObject({ ok: true });
    expect(await draftStore(storage()).findOpen(hebei, id)).toBeUndefined();
  });

  test('fees of a later day are announced on approval and take effect on their day by themselves, once', async () => {
    today = day('2026-11-23');
    const id = await newcomer();
    const draft = await handIn(id, ['fees', fees(260_000, '2027-01-01')]);
    expect(await reviewDraft(deps(), reviewer(), draft.id, draft.version, { ...yes, approve: ['fees'] })).toMatchObject({ ok: true });
    expect(await recordOf(id)).toMatchObject({ fees: [{ amount: 240_000 }], feesFrom: '2026-01-01', nextFees: { from: '2027-01-01', publishedOn: '2026-11-20', committeeHeard: true } });
    expect(await bringFeesIntoForce(deps(), hebei)).toBe(0);
    today = day('2027-01-01');
    const both = await Promise.all([bringFeesIntoForce(deps(), hebei), bringFeesIntoForce(deps(), hebei)]);
    expect(both.toSorted()).toEqual([0, 1]);
    const now = await recordOf(id);
    expect([now?.fees[0]?.amount, now?.feesFrom, now?.nextFees]).toEqual([260_000, '2027-01-01', undefined]);
    today = day('2026-11-23');
  });

  test('停班 stands at once on record and search with no free place told, and its end leaves the places unknown', async () => {
    const id = await newcomer();
    const before = await storage().revision(hebei);
    const said = { band: 'toddler', from: day('2026-11-23'), until: day('2026-11-27'), reason: 'illness' } as const;
    const paused = await pauseCare(deps(), own(id), id, said);
    expect(paused).toMatchObject({ ok: true });
    expect(await storage().revision(hebei)).toBe(before + 1);
    expect(await wholeOf(id)).toMatchObject({ pauses: [{ band: 'toddler', until: '2026-11-27', reason: 'illness' }], bands: [{ band: 'toddler', free: null }] });
    expect(await pauseCare(deps(), own(id), id, said)).toEqual({ ok: false, reason: 'known' });
    expect(await pauseCare(deps(), own(id), id, { ...said, band: 'infant' })).toEqual({ ok: false, reason: 'band' });
    expect(await pauseCare(deps(), own(id), id, { ...said, from: day('2026-11-20') })).toEqual({ ok: false, reason: 'past' });
    expect(await pauseCare(deps(), own(id), id, { ...said, band: null })).toMatchObject({ ok: true });
    expect(await recordOf(id), 'all bands: none is free').toMatchObject({ bands: [{ free: 0, confirmedOn: today }] });
    for (const { band, id: all } of (await recordOf(id))?.pauses ?? []) if (band === null) await resumeCare(deps(), own(id), id, all);
    if (paused.ok) expect(await resumeCare(deps(), own(id), id, paused.value.id)).toMatchObject({ ok: true });
    expect(await recordOf(id)).toMatchObject({ bands: [{ free: null, confirmedOn: null }] });
    expect((await recordOf(id))?.pauses).toBeUndefined();
  });

  test('a photo is shown only once the reviewer has ticked it; words of a street stay 街道代录 until the institution confirms them', async () => {
    const id = await newcomer();
    const photo = { id: newId(), file: 'a'.repeat(64), caption: '活动室', illustration: false, takenOn: null, width: 10, height: 10, saidBy: 'institution' as const, asOf: today, cleared: null };
    await storage().write((tx) => putPhoto(tx, hebei, id, 0, photo));
    const street: DraftActor = { account: 'street-1', jurisdiction: hebei, sayer: 'street', institution: null, subdistrict: '120105001' };
    expect(await saveGroup(deps(), street, id, 0, 'materials', { items: ['体检表'] })).toMatchObject({ ok: true });
    const sent = await submitDraft(deps(), street, id, 1);
    if (!sent.ok) throw new Error(sent.reason);
    expect(await reviewDraft(deps(), reviewer(), sent.value.id, 2, { ...yes, approve: ['materials'] })).toEqual({ ok: false, reason: 'photo' });
    expect(await reviewDraft(deps(), reviewer(), sent.value.id, 2, { ...yes, approve: ['materials'], photos: [photo.id] })).toMatchObject({ ok: true, value: { state: 'published' } });
    const listing = await listingStore(storage()).find(hebei, id);
    expect([listing.photos[0]?.cleared?.by, listing.words.materials?.saidBy]).toEqual(['reviewer-1', 'street']);
    expect(await confirmGroup(deps(), own(id), id, 'materials')).toMatchObject({ ok: true });
    expect((await listingStore(storage()).find(hebei, id)).words.materials?.saidBy).toBe('institution');
    // Facts a street stated do not count as the institution's own word until it confirms them.
    today = day('2026-11-24');
    const begun = await saveGroup(deps(), street, id, 0, 'services', { mealsProvided: true, openToNeighbours: null, accepts: { allergy: null, medicine: null, specialNeeds: null } });
    const handed = begun.ok ? await submitDraft(deps(), street, id, 1) : begun;
    if (!handed.ok) throw new Error(handed.reason);
    expect(await reviewDraft(deps(), reviewer(), handed.value.id, 2, { ...yes, approve: ['services'] })).toMatchObject({ ok: true });
    const told = async () => statedForIt((await listingStore(storage()).find(hebei, id)).changes, 'services', (await recordOf(id))?.confirmedOn ?? null);
    expect([(await recordOf(id))?.mealsProvided, await told()]).toEqual([true, expect.objectContaining({ by: 'street', on: '2026-11-24' })]);
    expect(await confirmGroup(deps(), own(id), id, 'services')).toMatchObject({ ok: true });
    expect(await told()).toBeUndefined();
    today = day('2026-11-23');
  });
});
