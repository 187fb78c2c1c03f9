import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reserve } from '#domain/booking/reserve.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instantAt } from '#domain/shared/dates.ts';
import { closeBand, planHost, removeException, saveTemplate } from '#domain/slotTemplates/commands.ts';
import { makeDesks, slotEffects } from '#server/desk.ts';
import { templateDeps } from '#server/slotTemplates.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { aRequest, deskDeps } from '#tests/builders/booking.ts';
import { aCarePattern, day, sunday } from '#tests/builders/slotTemplate.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');

describe.each(engines)('传染病停班 through templates and booking on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());

  test('the toddlers of a shared slot are cancelled by the institution, the older keep theirs, and later plans leave it so', async () => {
    const { storage } = opened;
    const booking = deskDeps(storage, () => sunday);
    const deps = templateDeps(storage, 'data', () => sunday, slotEffects(makeDesks(booking, storage)));
    const id = newId();
    await storage.write((tx) => putInstitution(tx, { ...aRecord({ id }), rowKey: id }));
    const actor = { account: 'account-1', jurisdiction: hebei, host: { kind: 'institution' as const, id } };
    await saveTemplate(deps, actor, aCarePattern({ shares: [{ bands: ['toddler', 'older'], capacity: 5, staffOnDuty: 1 }] }), null, { stopBooked: false });
    const slots = () => storage.read.selectFrom('slot').selectAll().where('institution_id', '=', id).where('starts_at', '<', instantAt(day('2026-11-26'), '00:00')).orderBy('starts_at').execute();
    const [monday] = await slots();
    const ask = (birthMonth: string, phone: string) => reserve(booking, hebei, newId(), aRequest({ slotId: monday?.id, children: [{ birthMonth }], phone }));
    expect([(await ask('2025-05', '13900000001')).ok, (await ask('2024-05', '13900000002')).ok]).toEqual([true, true]);

    const closed = await closeBand(deps, actor, { from: day('2026-11-23'), until: day('2026-11-25'), bands: ['toddler'], reason: 'illness' });
    expect(closed).toMatchObject({ ok: true, value: { cancelled: 1, conflicts: [] } });
    const states = await storage.read.selectFrom('booking').select(['state', 'ended_by', 'reason']).where('slot_id', '=', monday?.id ?? '').orderBy('created_at').orderBy('state').execute();
    expect(states).toEqual([{ state: 'cancelled', ended_by: 'institution', reason: 'illness' }, { state: 'requested', ended_by: null, reason: null }]);
    const after = await slots();
    expect(after.map(({ bands, state, taken }) => [bands, state, taken])).toEqual([['["older"]', 'open', 1], ['["older"]', 'open', 0]]);
    expect(await planHost(deps, actor)).toMatchObject({ added: 0, updated: 0, removed: 0, conflicts: [] });
    expect(await slots()).toEqual(after);
    expect((await ask('2025-04', '13900000003')).ok).toBe(false);

    // The illness is over sooner: unbooked days are for both again, the booked one is told to the desk.
    if (!closed.ok) throw new Error('refused');
    const back = await removeException(deps, actor, closed.value.id);
    expect(back).toMatchObject({ ok: true, value: { removed: 1, added: 1, heldBack: 1 } });
    expect((await slots()).map(({ bands, taken }) => [bands, taken])).toEqual([['["older"]', 1], ['["toddler","older"]', 0]]);
  });
});
