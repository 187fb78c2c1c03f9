import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseDeps, CaseDesk, Chosen } from '#domain/complaints/deps.ts';
import { findComplaint } from '#domain/complaints/find.ts';
import { complaintStates, type ComplaintRequest } from '#domain/complaints/model.ts';
import { moves, type MoveKind } from '#domain/complaints/moves.ts';
import { rateCase, reopenCase, replyToCase, withdrawCase } from '#domain/complaints/parent.ts';
import { submitComplaint } from '#domain/complaints/submit.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { makeCases, type Cases } from '#server/cases.ts';
import { sweepCaseKeys } from '#storage/caseKeys.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { aComplaint, aDesk, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const day = (text: string) => isoDate.parse(text);
const clerk = aDesk(['clerk'], { actor: 'clerk-1' });
const reviewer = aDesk(['reviewer'], { actor: 'reviewer-1' });
const canaries = ['CANARY-story-7Q', 'CANARY-name-8W', '13900009317', 'CANARY-words-2K', 'CANARY-answer-4J', 'CANARY-note-5M', 'CANARY-forward-6P', 'CANARY-police-9R', 'CANARY-question-3T'] as const;

describe.each(engines)('complaints on $engine', ({ open, engine }) => {
  let opened: Opened;
  let storage: Storage;
  let world: Awaited<ReturnType<typeof complaintDeps>>;
  let deps: CaseDeps;
  let cases: Cases;
  const institution = newId();
  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
    await storage.write((tx) => putInstitution(tx, { ...aRecord({ id: institution }), rowKey: institution }));
    world = await complaintDeps(storage, '2026-11-23T10:00:00+08:00');
    deps = world.deps;
    cases = makeCases(deps);
  });
  afterAll(async () => { await world.close(); await opened.leave(); });

  const count = async (table: 'complaint' | 'case_move' | 'outbox' | 'audit_event' | 'idempotency' | 'case_file'): Promise<number> =>
    Number((await storage.read.selectFrom(table).select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
  const submit = async (request: ComplaintRequest = aComplaint(), key = newId()) => {
    const outcome = await submitComplaint(deps, hebei, key, request);
    if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
    return outcome.value.receipt;
  };
  const chosenOf = async (reference: string): Promise<Chosen> => {
    const found = await deps.store.findByReference(hebei, reference);
    if (!found) throw new Error('no such case');
    return { id: found.complaint.id, version: found.complaint.version };
  };
  /** Makes moves one after another; each must go through. */
  const through = async (reference: string, ...steps: readonly ((chosen: Chosen) => ReturnType<Cases['take']>)[]): Promise<void> => {
    for (const step of steps) expect(await step(await chosenOf(reference))).toMatchObject({ ok: true });
  };
  const progress = async (claim: { readonly reference: string; readonly queryCode: string }) => {
    const found = await findComplaint(deps, hebei, claim);
    if (!found.ok) throw new Error('not found');
    return found.value;
  };
  const at = (text: string): void => { world.clock.now = instant.parse(Date.parse(text)); };

  test('one key fifty times at once, with a file: one case, one file, two keys, one notice, one event and fifty equal receipts', async () => {
    const before = await Promise.all((['complaint', 'case_move', 'outbox', 'audit_event', 'idempotency', 'case_file'] as const).map(count));
    const keysBefore = (await world.keysDb.selectFrom('case_key').selectAll().execute()).length;
    const files = [{ type: 'image/png', bytes: Buffer.from('picture') }] as const;
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => submitComplaint(deps, hebei, 'fifty-at-once', aComplaint(), files)));
    expect(new Set(outcomes.map((outcome) => (outcome.ok ? JSON.stringify(outcome.value.receipt) : outcome.reason))).size).toBe(1);
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.value.replayed)).toHaveLength(1);
    const after = await Promise.all((['complaint', 'case_move', 'outbox', 'audit_event', 'idempotency', 'case_file'] as const).map(count));
    expect(after.map((now, index) => now - (before[index] ?? 0))).toEqual([1, 1, 1, 1, 1, 1]);
    expect((await world.keysDb.selectFrom('case_key').selectAll().execute()).length - keysBefore).toBe(2);
    expect(readdirSync(join(world.folder, 'cases'))).toHaveLength(1);
    expect(await submitComplaint(deps, hebei, 'fifty-at-once', aComplaint({ subject: 'fire' }))).toEqual({ ok: false, reason: 'idempotency-key-reused' });
  });

  test('from receipt to rating: handed over, signed for, answered, closed, not satisfied, reopened once', async () => {
    at('2026-11-23T10:00:00+08:00');
    const claim = await submit(aComplaint({ subject: 'fire' }));
    await through(claim.reference, (chosen) => cases.take(clerk, chosen), (chosen) => cases.accept(clerk, chosen),
      (chosen) => cases.handOver(clerk, chosen, { department: 'market-regulation', reason: 'duty', documentNumber: '转〔2026〕1号' }));
    expect(await progress(claim)).toMatchObject({ state: 'transferred', handover: { sentOn: '2026-11-23', signedOn: null }, steps: [{ event: 'received' }, { event: 'accepted' }, { event: 'transferred', department: expect.stringContaining('市场监督管理局') }] });
    const { id } = await chosenOf(claim.reference);
    const task = (await deps.store.tasks(id)).find(({ kind }) => kind === 'handover');
    at('2026-11-24T10:00:00+08:00');
    expect(await cases.recordReceipt(clerk, await chosenOf(claim.reference), task?.id ?? '', day('2026-11-25'))).toEqual({ ok: false, reason: 'unknown-task' });
    await through(claim.reference, (chosen) => cases.recordReceipt(clerk, chosen, task?.id ?? '', day('2026-11-24')));
    expect((await progress(claim)).handover).toMatchObject({ signedOn: '2026-11-24' });
    await through(claim.reference, (chosen) => cases.recordReply(clerk, chosen, null, '已到现场检查'), (chosen) => cases.answer(clerk, chosen, '已责令改正'));
    expect(await reopenCase(deps, hebei, claim, '没有改')).toMatchObject({ reason: 'wrong-state' });
    await through(claim.reference, (chosen) => cases.close(clerk, chosen));
    expect(await reopenCase(deps, hebei, claim, '没有改')).toMatchObject({ reason: 'not-unsatisfied' });
    expect(await rateCase(deps, hebei, claim, 2)).toMatchObject({ ok: true, value: { satisfaction: 2, may: ['rate', 'reopen'], reopenUntil: '2026-12-08' } });
    const shown = await progress(claim);
    expect(shown.messages).toMatchObject([{ from: 'office', kind: 'answer', text: '已责令改正' }]);
    at('2026-12-09T00:30:00+08:00');
    expect(await reopenCase(deps, hebei, claim, '没有改')).toMatchObject({ reason: 'too-late' });
    at('2026-12-08T23:30:00+08:00');
    expect(await reopenCase(deps, hebei, claim, '没有改')).toMatchObject({ ok: true, value: { state: 'investigating', closedOn: null, satisfaction: null } });
    await through(claim.reference, (chosen) => cases.answer(clerk, chosen, '已改'), (chosen) => cases.close(clerk, chosen));
    await rateCase(deps, hebei, claim, 1);
    expect(await reopenCase(deps, hebei, claim, '还是没有')).toMatchObject({ reason: 'reopened-before' });
  });

  test('while it waits for the complainant the clock stands still; the answer sets it going, as much later', async () => {
    at('2026-11-23T10:00:00+08:00');
    const claim = await submit(aComplaint({ subject: 'fee' }));
    const due = (await progress(claim)).answerBy;
    await through(claim.reference, (chosen) => cases.accept(clerk, chosen), (chosen) => cases.ask(clerk, chosen, '请问是哪一天付的款？'));
    expect(await progress(claim)).toMatchObject({ waitingSince: '2026-11-23T10:00:00+08:00', answerBy: due });
    at('2026-11-26T10:00:00+08:00');
    const answered = await replyToCase(deps, hebei, claim, '九月一日');
    expect(answered).toMatchObject({ ok: true, value: { waitingSince: null, messages: [{ kind: 'question' }, { kind: 'reply' }] } });
    expect((await progress(claim)).answerBy).toBe(await deps.rules.resumed(day(due ?? ''), day('2026-11-23'), day('2026-11-26')));
    expect(await cases.askNoLonger(clerk, await chosenOf(claim.reference))).toEqual({ ok: false, reason: 'not-waiting' });
  });

  test('an extension: asked for, decided by a reviewer, under 三员分立 by another person, once', async () => {
    at('2026-11-23T10:00:00+08:00');
    const claim = await submit();
    const before = (await progress(claim)).answerBy;
    await through(claim.reference, (chosen) => cases.accept(clerk, chosen));
    expect(await cases.extend(reviewer, await chosenOf(claim.reference))).toEqual({ ok: false, reason: 'no-extension-asked' });
    const both = aDesk(['clerk', 'reviewer'], { actor: 'both', profile: 'separated' });
    await through(claim.reference, (chosen) => cases.askExtension(both, chosen, 'inspection', 5));
    expect(await cases.extend(clerk, await chosenOf(claim.reference))).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await cases.extend(both, await chosenOf(claim.reference))).toEqual({ ok: false, reason: 'same-person' });
    await through(claim.reference, (chosen) => cases.extend(reviewer, chosen));
    expect(await progress(claim)).toMatchObject({ extension: { from: before, reason: 'inspection' }, answerBy: deps.rules.later(day(before ?? ''), 5) });
    expect(await cases.askExtension(clerk, await chosenOf(claim.reference), 'complex', 5)).toEqual({ ok: false, reason: 'extended-before' });
  });

  test('two hundred about one institution within ten minutes: all kept, one alert for the desk of the place, none for a street; one taken back counts no more', async () => {
    const flooded = newId();
    await storage.write((tx) => putInstitution(tx, { ...aRecord({ id: flooded }), rowKey: flooded }));
    const receipts = [];
    for (let made = 0; made < 200; made += 1) {
      at(`2026-11-23T10:${String(Math.floor(made / 20)).padStart(2, '0')}:00+08:00`);
      receipts.push(await submit(aComplaint({ institutionId: flooded })));
    }
    expect(await cases.floods(clerk)).toEqual([{ institution: flooded, name: expect.any(String), count: 200, since: Date.parse('2026-11-23T10:00:00+08:00') }]);
    expect(await cases.floods(aDesk(['street'], { subdistrict: aComplaint({ subdistrict: '120105001' }).subdistrict ?? null }))).toEqual([]);
    const [first] = receipts;
    if (first) await withdrawCase(deps, hebei, first);
    expect((await cases.floods(clerk))[0]?.count).toBe(199);
    expect((await cases.queue(clerk, { institution: flooded }, 1)).total).toBe(199);
    at('2026-11-24T10:09:01+08:00');
    expect(await cases.floods(clerk), 'a day later').toEqual([]);
    // One more about it is taken like any other.
    await submit(aComplaint({ institutionId: flooded }));
    at('2026-11-23T10:00:00+08:00');
  });

  test('a petition runs by the law on petitions from the day a department signed, is put off no longer than that law allows, and never past a day set outside', async () => {
    at('2026-03-02T10:00:00+08:00');
    const entered = { ...aComplaint({ subject: 'fee' }), channel: 'petition' as const, externalNumber: 'XF-1' };
    const made = await cases.enter(clerk, newId(), entered);
    if (!made.ok) throw new Error(made.reason);
    const { receipt } = made.value;
    expect(receipt.deadlineBasis, 'nobody has signed yet').toBe('site');
    await through(receipt.reference, (chosen) => cases.accept(clerk, chosen), (chosen) => cases.handOver(clerk, chosen, { department: 'market-regulation', reason: 'duty', documentNumber: null }));
    const { id } = await chosenOf(receipt.reference);
    const task = (await deps.store.tasks(id)).find(({ kind }) => kind === 'handover');
    at('2026-03-03T10:00:00+08:00');
    await through(receipt.reference, (chosen) => cases.recordReceipt(clerk, chosen, task?.id ?? '', day('2026-03-03')));
    expect(await progress(receipt)).toMatchObject({ answerBy: '2026-05-02', deadlineBasis: 'law' });
    expect(await cases.askExtension(clerk, await chosenOf(receipt.reference), 'complex', 40)).toEqual({ ok: false, reason: 'extension-too-long' });
    await through(receipt.reference, (chosen) => cases.askExtension(clerk, chosen, 'complex', 15), (chosen) => cases.extend(reviewer, chosen));
    expect(await progress(receipt)).toMatchObject({ extension: { from: '2026-05-02' }, answerBy: '2026-05-25', deadlineBasis: 'law' });

    const outside = await cases.enter(clerk, newId(), { ...entered, externalNumber: 'XF-2', externalDeadline: day('2026-03-20') });
    if (!outside.ok) throw new Error(outside.reason);
    const second = outside.value.receipt;
    await through(second.reference, (chosen) => cases.accept(clerk, chosen), (chosen) => cases.handOver(clerk, chosen, { department: 'health', reason: 'duty', documentNumber: null }));
    const its = (await deps.store.tasks((await chosenOf(second.reference)).id)).find(({ kind }) => kind === 'handover');
    await through(second.reference, (chosen) => cases.recordReceipt(clerk, chosen, its?.id ?? '', day('2026-03-03')), (chosen) => cases.askExtension(clerk, chosen, 'complex', 5), (chosen) => cases.extend(reviewer, chosen));
    expect(await progress(second)).toMatchObject({ answerBy: '2026-03-20' });
  });

  test('where a clerk says that several laws are touched, the street leads and the rest join', async () => {
    at('2026-11-23T10:00:00+08:00');
    const leads = async (severalLaws: boolean) => {
      const made = await cases.enter(clerk, newId(), { ...aComplaint({ subject: 'fire' }), channel: 'telephone', severalLaws });
      if (!made.ok) throw new Error(made.reason);
      return made.value.receipt;
    };
    expect((await leads(false)).leadDepartment?.name).not.toContain('街道');
    const several = await leads(true);
    expect(several.leadDepartment?.name).toMatch(/街道/);
    expect(several.jointDepartments.map(({ name }) => name).join()).toContain((await leads(false)).leadDepartment?.name ?? '?');
  });

  test('two at once from one version: one goes through, the other is told; the history has no gap', async () => {
    const claim = await submit();
    const chosen = await chosenOf(claim.reference);
    const outcomes = await Promise.all([cases.accept(clerk, chosen), cases.handOver(clerk, chosen, { department: 'police', reason: 'duty', documentNumber: null }), cases.take(reviewer, chosen)]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'saved' : outcome.reason)).toSorted()).toEqual(['changed-meanwhile', 'changed-meanwhile', 'saved']);
    const ordinals = await storage.read.selectFrom('case_move').select('ordinal').where('complaint_id', '=', chosen.id).orderBy('ordinal').execute();
    expect(ordinals.map(({ ordinal }) => Number(ordinal))).toEqual([1, 2]);
  });

  test('no move outside the table: from every state every move either leads where it says or is refused and nothing is written', async () => {
    const everyone = aDesk(['clerk', 'reviewer', 'street', 'department'], { actor: 'everyone' });
    const simple: Partial<Record<MoveKind, (desk: CaseDesk, chosen: Chosen) => ReturnType<Cases['take']>>> = {
      take: cases.take, accept: cases.accept, investigate: cases.investigate, close: cases.close, massCase: cases.massCase, releaseHold: cases.releaseHold,
      notAccept: (desk, chosen) => cases.notAccept(desk, chosen, 'inCourt', '请等法院'), note: (desk, chosen) => cases.note(desk, chosen, '备注'), ask: (desk, chosen) => cases.ask(desk, chosen, '请补充'),
      answer: (desk, chosen) => cases.answer(desk, chosen, '答复'), hold: (desk, chosen) => cases.hold(desk, chosen, 'court'), uphold: (desk, chosen) => cases.uphold(desk, chosen, '维持'), redo: (desk, chosen) => cases.redo(desk, chosen, '重办'),
      handOver: (desk, chosen) => cases.handOver(desk, chosen, { department: 'police', reason: 'duty', documentNumber: null }), recordCall: (desk, chosen) => cases.recordCall(desk, chosen, 'notReached', null),
      addTask: (desk, chosen) => cases.addTask(desk, chosen, 'callBack', null, null), policeReport: (desk, chosen) => cases.policeReport(desk, chosen, { on: day('2026-11-23'), time: '10:00', number: null }),
    };
    const master = await chosenOf((await submit()).reference);
    const claim = await submit();
    const { id } = await chosenOf(claim.reference);
    for (const state of complaintStates) {
      for (const [kind, act] of Object.entries(simple)) {
        await storage.write((tx) => tx.updateTable('complaint').set({ state, master_id: state === 'merged' ? master.id : null }).where('id', '=', id).execute());
        const chosen = await chosenOf(claim.reference);
        const outcome = await act(everyone, chosen);
        const row = await storage.read.selectFrom('complaint').select(['state', 'version']).where('id', '=', id).executeTakeFirstOrThrow();
        const rule = Object.entries(moves).find(([name]) => name === kind)?.[1];
        const isAllowed = rule?.from.some((from) => from === state) === true;
        expect({ state, kind, ok: outcome.ok, now: row.state, version: Number(row.version) })
          .toEqual({ state, kind, ok: isAllowed, now: isAllowed && rule.to !== 'same' ? rule.to : state, version: chosen.version + (isAllowed ? 1 : 0) });
      }
    }
  });

  test('who sees what: another place nothing, a department what was handed to it, a street its own, an institution the forwarded words alone', async () => {
    const claim = await submit(aComplaint({ institutionId: institution, identity: 'named', contactName: '示例家长', phone: '13800000000' }));
    const chosen = await chosenOf(claim.reference);
    const elsewhere = aDesk(['clerk', 'reviewer'], { jurisdiction: jurisdictionCode.parse('140525') });
    const police = aDesk(['department'], { department: 'police' });
    const health = aDesk(['department'], { department: 'health' });
    const strangers = [elsewhere, police, health, aDesk(['systemAdmin']), aDesk(['auditor']), aDesk(['institution'], { institution })];
    for (const desk of strangers) {
      expect(await cases.open(desk, chosen.id)).toEqual({ ok: false, reason: 'not-found' });
      expect(await cases.note(desk, chosen, '看看')).toEqual({ ok: false, reason: 'not-found' });
      expect(await cases.openIdentity(desk, chosen.id, 'callBack')).toEqual({ ok: false, reason: 'not-found' });
      expect(await cases.idOf(desk, claim.reference)).toBeUndefined();
      expect((await cases.queue(desk, {}, 1)).rows.some(({ complaint }) => complaint.id === chosen.id)).toBe(false);
    }
    await through(claim.reference, (now) => cases.handOver(clerk, now, { department: 'police', reason: 'duty', documentNumber: null }));
    expect(await cases.open(police, chosen.id)).toMatchObject({ ok: true });
    expect((await cases.queue(police, {}, 1)).rows.map(({ complaint }) => complaint.id)).toContain(chosen.id);
    expect(await cases.open(health, chosen.id)).toEqual({ ok: false, reason: 'not-found' });
    expect(await cases.openIdentity(police, chosen.id, 'police')).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await cases.openIdentity(clerk, chosen.id, 'callBack')).toEqual({ ok: true, value: { contactName: '示例家长', phone: '13800000000' } });
    await through(claim.reference, (now) => cases.handBack(police, now, '不归我们'));
    expect(await cases.open(police, chosen.id)).toEqual({ ok: false, reason: 'not-found' });
    await through(claim.reference, (now) => cases.forward(clerk, now, { institution, words: '请说明午睡时门的管理。', replyBy: day('2026-11-30') }));
    const host = aDesk(['institution'], { institution });
    const seen = await cases.forwarded(host);
    expect(seen).toMatchObject([{ text: '请说明午睡时门的管理。', reply: null }]);
    expect(JSON.stringify(seen)).not.toMatch(/走廊|示例家长|13800000000|T-/);
    expect(await cases.forwarded(aDesk(['institution'], { institution: newId() }))).toEqual([]);
    const forward = { id: seen[0]?.id ?? '', version: seen[0]?.version ?? 0 };
    expect(await cases.institutionReply(aDesk(['institution'], { institution: newId() }), forward, '说明')).toEqual({ ok: false, reason: 'not-found' });
    expect(await cases.institutionReply(host, forward, '已加装门扣。')).toMatchObject({ ok: true });
    expect(await cases.institutionReply(host, forward, '再说一次')).toEqual({ ok: false, reason: 'replied-before' });
    expect((await progress(claim)).messages).toEqual([]);
    const kinds = (await storage.read.selectFrom('audit_event').select('kind').where('object_id', '=', chosen.id).orderBy('seq').execute()).map(({ kind }) => kind);
    expect(kinds).toEqual(['case-received', 'case-handOver', 'case-opened', 'case-identity-opened', 'case-handBack', 'case-forward', 'case-institutionReply']);
  });

  test('one matter of many families: each keeps its number and sees the one answer, not the others\' words', async () => {
    const [master, other] = [await submit(aComplaint({ subject: 'fee', topic: '关停失联未退费' })), await submit(aComplaint({ subject: 'fee', topic: '关停失联未退费' }))];
    expect(await cases.merge(clerk, await chosenOf(other.reference), master.reference, 'massCase')).toEqual({ ok: false, reason: 'not-a-master' });
    expect(await cases.merge(clerk, await chosenOf(master.reference), master.reference, 'duplicate')).toEqual({ ok: false, reason: 'same-case' });
    await through(master.reference, (chosen) => cases.accept(clerk, chosen), (chosen) => cases.massCase(clerk, chosen), (chosen) => cases.ask(clerk, chosen, '只问这一家'));
    await through(other.reference, (chosen) => cases.merge(clerk, chosen, master.reference, 'massCase'));
    await replyToCase(deps, hebei, master, '这一家的话');
    await through(master.reference, (chosen) => cases.answer(clerk, chosen, '登记退费的办法'), (chosen) => cases.close(clerk, chosen));
    expect(await progress(other)).toMatchObject({ together: true, state: 'closed', messages: [{ kind: 'answer', text: '登记退费的办法' }], may: ['rate'] });
    expect(await rateCase(deps, hebei, other, 4)).toMatchObject({ ok: true });
    expect((await deps.store.findByReference(hebei, other.reference))?.complaint.closedAt).not.toBeNull();
  });

  test('first tasks where recordings matter and a child may have been hurt; the oldest deadline stands first; withdrawn cases leave the queue', async () => {
    at('2026-11-20T10:00:00+08:00');
    const early = await submit(aComplaint({ subject: 'abuse', happenedOn: '2026-11-19' }));
    at('2026-11-23T10:00:00+08:00');
    const late = await submit(aComplaint({ subject: 'fee' }));
    const page = await cases.queue(clerk, { states: ['received'] }, 1);
    const places = [early, late].map(({ reference }) => page.rows.findIndex(({ complaint }) => complaint.reference === reference));
    expect(places[0]).toBeLessThan(places[1] ?? -1);
    expect(page.rows[places[0] ?? 0]).toMatchObject({ firstTask: { kind: 'policeReport', dueOn: '2026-11-20' }, openTasks: 2, due: { kind: 'today', on: '2026-11-23' } });
    await withdrawCase(deps, hebei, early);
    expect((await cases.queue(clerk, {}, 1)).rows.map(({ complaint }) => complaint.reference)).not.toContain(early.reference);
  });

  test('a case entered by telephone: same receipt; a street writes down only what lies in it', async () => {
    const entered = { ...aComplaint({ subject: 'health', subdistrict: '120105001' }), channel: 'telephone', externalNumber: 'W2026-77', externalDeadline: day('2026-11-25') } as const;
    const street = aDesk(['street'], { subdistrict: entered.subdistrict ?? null });
    expect(await cases.enter(aDesk(['department'], { department: 'police' }), newId(), entered)).toEqual({ ok: false, reason: 'not-allowed' });
    const outcome = await cases.enter(street, newId(), entered);
    expect(outcome).toMatchObject({ ok: true, value: { receipt: { answerBy: '2026-11-25' } } });
    expect(await cases.enter(aDesk(['street'], { subdistrict: aComplaint({ subdistrict: '120105002' }).subdistrict ?? null }), newId(), entered)).toEqual({ ok: false, reason: 'not-your-street' });
    expect((await cases.queue(street, {}, 1)).rows.map(({ complaint }) => complaint.externalNumber)).toEqual(['W2026-77']);
  });

  test('unique strings of every kind of content: none in database, journal or keys; with the key destroyed nothing opens', async () => {
    const claim = await submit(aComplaint({ happened: `${canaries[0]}，发生的事情在这里写着。`, identity: 'named', contactName: canaries[1].slice(0, 20), phone: canaries[2], topic: 'CANARY-topic' }));
    const { id } = await chosenOf(claim.reference);
    await through(claim.reference, (chosen) => cases.accept(clerk, chosen), (chosen) => cases.ask(clerk, chosen, canaries[8]));
    await replyToCase(deps, hebei, claim, canaries[3], [{ type: 'image/png', bytes: Buffer.from(canaries[3].repeat(50)) }]);
    await through(claim.reference, (chosen) => cases.note(clerk, chosen, canaries[5]), (chosen) => cases.forward(clerk, chosen, { institution, words: canaries[6], replyBy: null }),
      (chosen) => cases.policeReport(clerk, chosen, { on: day('2026-11-23'), time: '11:00', number: canaries[7] }), (chosen) => cases.answer(clerk, chosen, canaries[4]));
    const opened_ = await cases.open(clerk, id);
    for (const text of [canaries[0], canaries[3], canaries[4], canaries[5], canaries[6], canaries[7], canaries[8]]) expect(JSON.stringify(opened_)).toContain(text);
    const everything = [...readdirSync(world.folder), ...readdirSync(join(world.folder, 'cases')).map((name) => join('cases', name))].filter((name) => name !== 'cases').map((name) => readFileSync(join(world.folder, name)).toString('latin1')).join('\n');
    const rows: string[] = [];
    for (const table of ['complaint', 'case_move', 'case_message', 'case_task', 'case_forward', 'case_file', 'outbox', 'audit_event', 'idempotency'] as const) rows.push(JSON.stringify(await storage.read.selectFrom(table).selectAll().execute()));
    const files = engine === 'sqlite' ? (await sql<{ file: string }>`SELECT file FROM pragma_database_list WHERE name = 'main'`.execute(storage.read)).rows.flatMap(({ file }) => [file, `${file}-wal`]) : [];
    const whole = [everything, ...rows, ...files.map((file) => readFileSync(file).toString('latin1'))].join('\n');
    for (const text of [...canaries, 'CANARY-topic', claim.queryCode]) expect(whole).not.toContain(text);
    await deps.keys.destroy(id, ['identity']);
    expect(await cases.openIdentity(clerk, id, 'callBack')).toEqual({ ok: false, reason: 'forgotten' });
    expect(await cases.open(clerk, id)).toMatchObject({ value: { story: { happened: expect.stringContaining(canaries[0]) } } });
    await deps.keys.destroy(id, ['story']);
    expect(await cases.open(clerk, id)).toMatchObject({ ok: true, value: { story: null, messages: [] } });
    expect((await progress(claim)).messages).toEqual([]);
  });

  test('an intake whose answer was lost at the commit keeps its keys and files, and the same key answers with the same receipt; one that was not written leaves no file', async () => {
    const files = [{ type: 'image/png', bytes: Buffer.from('picture') }] as const;
    const blobs = (): number => readdirSync(join(world.folder, 'cases')).length;
    const before = blobs();
    const lost: CaseDeps = { ...deps, store: { ...deps.store, intake: async (intake) => { await deps.store.intake(intake); throw new Error('connection lost'); } } };
    await expect(submitComplaint(lost, hebei, 'lost-at-commit', aComplaint(), files)).rejects.toThrow('connection lost');
    expect(blobs()).toBe(before + 1);
    const again = await submitComplaint(deps, hebei, 'lost-at-commit', aComplaint(), files);
    expect(again).toMatchObject({ ok: true, value: { replayed: true } });
    if (again.ok) expect(await cases.open(clerk, (await chosenOf(again.value.receipt.reference)).id)).toMatchObject({ value: { story: { happened: aComplaint().happened }, files: [{ type: 'image/png' }] } });
    const full: CaseDeps = { ...deps, store: { ...deps.store, intake: async () => { throw new Error('disk full'); } } };
    await expect(submitComplaint(full, hebei, newId(), aComplaint(), files)).rejects.toThrow('disk full');
    expect(blobs()).toBe(before + 1);
    expect(await sweepCaseKeys(storage, deps.keys, deps.owner, instant.parse(deps.realNow() + 1))).toBe(1);
  });

  test('a key whose case was never written is swept after an hour, others stay, and another database\'s keys are nobody\'s business', async () => {
    const [lost, foreign] = [newId(), newId()];
    await deps.keys.put(deps.owner, lost, { story: 'a', identity: 'b' }, deps.realNow());
    await deps.keys.put('another', foreign, { story: 'a', identity: 'b' }, deps.realNow());
    const kept = await chosenOf((await submit()).reference);
    expect(await sweepCaseKeys(storage, deps.keys, deps.owner, instant.parse(deps.realNow() - 3_600_000))).toBe(0);
    expect(await sweepCaseKeys(storage, deps.keys, deps.owner, instant.parse(deps.realNow() + 1))).toBe(1);
    expect(await deps.keys.get(lost, 'story')).toBeUndefined();
    expect(await deps.keys.get(foreign, 'story')).toBe('a');
    expect(await deps.keys.get(kept.id, 'story')).toBeDefined();
  });
});
