// 受影响的人: who is to be told after an incident, and that asking leaves its own trace.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reserve } from '#domain/booking/reserve.ts';
import { openContact } from '#domain/booking/desk.ts';
import { submitComplaint } from '#domain/complaints/submit.ts';
import { registerDemand } from '#domain/demand/commands.ts';
import { instantAt, isoDate, type Instant } from '#domain/shared/dates.ts';
import { findAffected } from '#server/affected.ts';
import { bookingSeals } from '#server/bookingSeals.ts';
import { caseSeals } from '#server/caseSeals.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import { purgePersonalData } from '#storage/retention.ts';
import { aRequest, aSlot, bookingDeps, deskDeps, deskOf, sundayMorning } from '#tests/builders/booking.ts';
import { aComplaint, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { aDemandRequest, demandDeps, testKeys } from '#tests/builders/demand.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const at = (day: string): Instant => instantAt(isoDate.parse(day), '10:00');

describe.each(engines)('who was affected, on $engine', ({ open }) => {
  let opened: Opened;
  let world: Awaited<ReturnType<typeof complaintDeps>>;
  beforeAll(async () => { opened = await open(); world = await complaintDeps(opened.storage, '2026-11-22T10:00:00+08:00'); });
  afterAll(async () => { await world.close(); await opened.leave(); });
  const given = () => ({ storage: opened.storage, keys: testKeys, caseKeys: world.deps.keys, caseSeals: caseSeals(testKeys), now: () => sundayMorning });
  const ask = (change: object = {}) => findAffected(given(), { from: at('2026-11-20'), to: at('2026-11-23'), jurisdiction: null, account: null, ...change });
  const book = async (phone: string, now = sundayMorning) => {
    const slot = await aSlot(opened.storage, { startsAt: now + 86_400_000 });
    const outcome = await reserve({ ...bookingDeps(opened.storage, now), seals: bookingSeals(testKeys) }, hebei, newId(), aRequest({ slotId: slot.id, phone }));
    if (!outcome.ok) throw new Error(outcome.reason);
    return { ...slot, ...outcome.value.receipt };
  };

  test('everybody whose data stood in the window, with the number each left; who came later is not among them', async () => {
    const early = await book('13900008001');
    const late = await book('13900008002', at('2026-11-24'));
    await registerDemand(demandDeps(opened.storage, () => []), hebei, newId(), aDemandRequest({ phone: '13900008003' }));
    await registerDemand(demandDeps(opened.storage, () => []), hebei, newId(), aDemandRequest({}));
    await submitComplaint({ ...world.deps, seals: caseSeals(testKeys) }, hebei, newId(), aComplaint({ identity: 'confidential', contactName: '示例李女士', phone: '13900008004' }));
    await submitComplaint({ ...world.deps, seals: caseSeals(testKeys) }, hebei, newId(), aComplaint());
    const { people } = await ask();
    const said = people.map(({ what, phone }) => `${what} ${phone ?? '-'}`).toSorted();
    expect(said).toEqual(['booking 13900008001', 'complaint -', 'complaint 13900008004', 'demand -', 'demand 13900008003']);
    expect(people.map(({ reference }) => reference)).toContain(early.reference);
    expect(people.map(({ reference }) => reference)).not.toContain(late.reference);
    expect((await ask({ jurisdiction: '140525' })).people).toEqual([]);
    const [event] = await opened.storage.read.selectFrom('audit_event').select('detail').where('kind', '=', 'affected-listed').orderBy('seq', 'desc').limit(1).execute();
    expect(JSON.parse(event?.detail ?? '{}')).toEqual({ people: 5, withPhone: 3, account: null });
    expect(event?.detail).not.toMatch(/1390000/);
  });

  test('what one account opened, and nothing else: a booking’s number at the desk, another through the list of calls', async () => {
    const [seen, called, unseen] = [await book('13900008011'), await book('13900008012'), await book('13900008013')];
    const deps = { ...deskDeps(opened.storage), seals: bookingSeals(testKeys) };
    const { id } = await opened.storage.read.selectFrom('booking').select('id').where('reference', '=', seen.reference).executeTakeFirstOrThrow();
    expect(await openContact(deps, { ...deskOf(seen.institution), actor: 'the-curious' }, id, 'confirmTime')).toMatchObject({ ok: true });
    const other = await opened.storage.read.selectFrom('booking').select('id').where('reference', '=', called.reference).executeTakeFirstOrThrow();
    const row = newId();
    await opened.storage.write(async (tx) => {
      await tx.insertInto('call_row').values({ id: row, jurisdiction_code: hebei, kind: 'booking-made', sealed: testKeys.seal('outbox', row, JSON.stringify({ booking: other.id })), institution_id: called.institution, subdistrict_code: null, needed: 1, due_at: sundayMorning, office_at: sundayMorning, state: 'open', version: 1, tries: 0, worked_by: null, worked_at: null }).execute();
      await appendAudit(tx, { id: newId(), jurisdiction: hebei, at: sundayMorning, kind: 'call-opened', actor: 'the-curious', objectKind: 'call', objectId: row, detail: {} });
      await appendAudit(tx, { id: newId(), jurisdiction: hebei, at: sundayMorning, kind: 'bookings-searched', actor: 'the-curious', objectKind: 'institution', objectId: seen.institution, detail: {} });
    });
    const { people, searches } = await ask({ account: 'the-curious' });
    expect(people.map(({ phone }) => phone).toSorted()).toEqual(['13900008011', '13900008012']);
    expect(people.map(({ reference }) => reference)).not.toContain(unseen.reference);
    expect(searches).toBe(1);
    expect((await ask({ account: 'the-curious', from: at('2026-11-01'), to: at('2026-11-02') })).people).toEqual([]);
  });

  test('who has been forgotten since is counted, not named', async () => {
    await purgePersonalData(opened.storage, at('2027-06-01'), Date.now(), ({ jurisdiction, bookings }) => ({ id: newId(), jurisdiction: hebei, at: at('2027-06-01'), kind: 'personal-data-purged', actor: 'system', objectKind: 'booking', objectId: jurisdiction, detail: { bookings } }));
    const { people, forgottenSince } = await ask();
    expect(people.filter(({ what }) => what === 'booking')).toEqual([]);
    expect(forgottenSince).toBe(5);
  });
});
