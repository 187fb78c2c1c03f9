import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CareRules } from '#domain/jurisdiction/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { addDays, dayOf, instantAt, type IsoDate } from '#domain/shared/dates.ts';
import { addException, closeBand, decideSlot, endTemplate, planHost, previewTemplate, removeException, saveTemplate, type PlanReport, type TemplateDeps, type TemplateOutcome } from '#domain/slotTemplates/commands.ts';
import type { TimetableActor } from '#domain/slotTemplates/ports.ts';
import { noEffects, makeSlotTemplates, templateDeps } from '#server/slotTemplates.ts';
import { applySlotChanges } from '#storage/slotChanges.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { slotTemplateStore } from '#storage/slotTemplates.ts';
import type { Storage } from '#storage/schema.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { aCarePattern, aPattern, day, sunday } from '#tests/builders/slotTemplate.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const quiet = { stopBooked: false };
const valueOf = <Value>(outcome: TemplateOutcome<Value>): Value => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
  return outcome.value;
};

describe.each(engines)('slot templates on $engine', ({ open }) => {
  let opened: Opened;
  let storage: Storage;
  let deps: TemplateDeps;
  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
    deps = templateDeps(storage, 'data', () => sunday, noEffects);
  });
  afterAll(() => opened.leave());

  const aHost = async (): Promise<TimetableActor> => {
    const id = newId();
    await storage.write((tx) => putInstitution(tx, { ...aRecord({ id }), rowKey: id }));
    return { account: 'account-1', jurisdiction: hebei, host: { kind: 'institution', id } };
  };
  const slotsOf = ({ host }: TimetableActor) => storage.read.selectFrom('slot').selectAll().where('institution_id', '=', host.id).orderBy('starts_at').orderBy('id').execute();
  const eventsOf = async ({ host }: TimetableActor) =>
    (await storage.read.selectFrom('audit_event').selectAll().where('jurisdiction_code', '=', hebei).orderBy('seq').execute()).filter(({ detail }) => detail.includes(host.id)).map(({ kind, actor }) => [kind, actor]);
  const book = (id: string, taken: number) => storage.write((tx) => tx.updateTable('slot').set({ taken }).where('id', '=', id).execute());
  /** An ended booking that still names the slot. */
  const endedBooking = (slot: string) => storage.write((tx) => tx.insertInto('booking').values({
    id: newId(), jurisdiction_code: hebei, reference: newId(), query_code_hash: 'h', slot_id: slot, state: 'cancelled', seats: 1, version: 2, sealed_contact: '', acting_as: 'guardian', rules_version: '1', created_at: 1,
  }).execute());

  test('a template makes 28 days of slots, the preview says so first, and planning again changes nothing', async () => {
    const actor = await aHost();
    const preview = valueOf(await previewTemplate(deps, actor, aPattern(), null));
    expect(await slotsOf(actor)).toEqual([]);
    const saved = valueOf(await saveTemplate(deps, actor, aPattern(), null, quiet));
    const slots = await slotsOf(actor);
    expect([preview.added, saved.added, slots.length]).toEqual([20, 20, 20]);
    expect(new Set(slots.map(({ template_id }) => template_id))).toEqual(new Set([saved.id]));
    expect(slots.at(-1)?.starts_at).toBeLessThan(instantAt(addDays(day('2026-11-22'), 29), '00:00'));
    expect(await planHost(deps, actor)).toMatchObject({ added: 0, updated: 0, removed: 0, conflicts: [] });
    expect(await slotsOf(actor)).toEqual(slots);
    expect(await eventsOf(actor)).toEqual([['slot-template-saved', 'account-1']]);
  });

  test('eight that plan at once write each slot once', async () => {
    const actor = await aHost();
    const { id } = valueOf(await saveTemplate(deps, actor, aPattern({ validFrom: '2027-01-01' }), null, quiet));
    await storage.write((tx) => tx.updateTable('slot_template').set({ valid_from: '2026-01-01', pattern: JSON.stringify(aPattern()) }).where('id', '=', id).execute());
    const reports = await Promise.all(Array.from({ length: 8 }, () => planHost(deps, { ...actor, account: 'system' })));
    expect((await slotsOf(actor)).length).toBe(20);
    expect(Math.max(...reports.map(({ added }) => added))).toBe(20);
    expect((await eventsOf(actor)).filter(([kind]) => kind === 'slots-planned')).toEqual([['slots-planned', 'system']]);
  });

  test('editing never touches a booked slot; the desk keeps it, stops it, or empties it', async () => {
    const actor = await aHost();
    const { id } = valueOf(await saveTemplate(deps, actor, aPattern(), null, quiet));
    const [first, second, third] = await slotsOf(actor);
    if (!first || !second || !third) throw new Error('no slots');
    await book(first.id, 2);
    await endedBooking(third.id);
    const moved = aPattern({ times: [{ start: '10:30', minutes: 45 }] });
    const saved = valueOf(await saveTemplate(deps, actor, moved, { id, version: 1 }, quiet));
    expect(saved).toMatchObject({ added: 19, removed: 19, heldBack: 1 });
    expect(saved.conflicts.map(({ slot, reasons }) => [slot.id, ...reasons])).toEqual([[first.id, 'not-planned']]);
    const after = await slotsOf(actor);
    expect(after.find((slot) => slot.id === first.id)).toEqual({ ...first, taken: 2 });
    expect(after.some((slot) => slot.id === second.id)).toBe(false);
    // An ended booking still names the third: closed, not deleted.
    expect(after.find((slot) => slot.id === third.id)).toMatchObject({ state: 'closed', sequence: 1 });
    expect(await saveTemplate(deps, actor, moved, { id, version: 1 }, quiet)).toEqual({ ok: false, reason: 'changed-meanwhile' });

    expect(valueOf(await decideSlot(deps, actor, first.id, 'keep')).conflicts).toEqual([]);
    expect((await planHost(deps, actor)).conflicts).toEqual([]);
    valueOf(await decideSlot(deps, actor, first.id, 'stop'));
    expect((await slotsOf(actor)).find((slot) => slot.id === first.id)).toMatchObject({ state: 'closed', taken: 2 });
    valueOf(await decideSlot(deps, actor, first.id, null));
    await book(first.id, 0);
    expect(await planHost(deps, actor)).toMatchObject({ added: 1, heldBack: 0, conflicts: [] });
    expect((await eventsOf(actor)).map(([kind]) => kind)).toEqual(['slot-template-saved', 'slot-template-saved', 'slot-keep', 'slot-stop', 'slot-decision-withdrawn', 'slots-planned']);
  });

  test('a booking that comes between reading and writing wins', async () => {
    const actor = await aHost();
    valueOf(await saveTemplate(deps, actor, aPattern(), null, quiet));
    const [slot] = (await slotTemplateStore(storage).read(hebei, actor.host, sunday))?.standing ?? [];
    if (!slot) throw new Error('no slot');
    await book(slot.id, 3);
    const before = (await slotsOf(actor))[0];
    const shorter = { id: slot.id, template: slot.template ?? '', endsAt: slot.startsAt, capacity: 2, details: slot.details, booked: false, visible: true };
    await storage.write((tx) => applySlotChanges(tx, { insert: [], update: [shorter, { ...shorter, capacity: 4 }, { ...shorter, booked: true }], remove: [slot] }));
    expect((await slotsOf(actor))[0]).toEqual(before);
  });

  test('fewer seats than taken is a conflict; more are told to the waiting list', async () => {
    const actor = await aHost();
    const told: string[] = [];
    const telling: TemplateDeps = { ...deps, effects: { ...noEffects, seatsRaised: (_place, slots) => { told.push(...slots); return Promise.resolve(); } } };
    const share = (capacity: number) => aPattern({ shares: [{ bands: [], capacity, staffOnDuty: null }] });
    const { id } = valueOf(await saveTemplate(telling, actor, share(4), null, quiet));
    const [first] = await slotsOf(actor);
    await book(first?.id ?? '', 3);
    expect(valueOf(await saveTemplate(telling, actor, share(2), { id, version: 1 }, quiet)).conflicts.map(({ reasons }) => reasons)).toEqual([['too-few-seats']]);
    expect((await slotsOf(actor)).map(({ capacity }) => capacity).slice(0, 2)).toEqual([4, 2]);
    expect(told).toEqual([]);
    valueOf(await saveTemplate(telling, actor, share(6), { id, version: 2 }, quiet));
    expect((await slotsOf(actor)).map(({ capacity, taken }) => [capacity, taken]).slice(0, 2)).toEqual([[6, 3], [6, 0]]);
    expect(told).toHaveLength(20);
  });

  test('a closure takes the days away and gives them back; booked days stay, and take no more when the desk says so', async () => {
    const actor = await aHost();
    valueOf(await saveTemplate(deps, actor, aPattern(), null, quiet));
    const [first] = await slotsOf(actor);
    await book(first?.id ?? '', 1);
    const closed = { kind: 'closed' as const, from: day('2026-11-23'), until: day('2026-11-24'), template: null, reason: 'closure' as const };
    const added = valueOf(await addException(deps, actor, closed, { stopBooked: true }));
    expect([added.removed, added.conflicts.length]).toEqual([1, 1]);
    expect((await slotsOf(actor)).map(({ starts_at, state, taken }) => [dayOf(sunday) < '2026-11-25' && starts_at < instantAt(day('2026-11-25'), '00:00'), state, taken]).slice(0, 2)).toEqual([[true, 'closed', 1], [false, 'open', 0]]);
    expect(valueOf(await removeException(deps, actor, added.id))).toMatchObject({ added: 1, conflicts: [] });
    expect((await slotsOf(actor)).map(({ state }) => state).slice(0, 3)).toEqual(['open', 'open', 'open']);
    expect(await removeException(deps, actor, added.id)).toEqual({ ok: false, reason: 'not-found' });
    expect(await addException(deps, actor, { ...closed, from: day('2026-11-01'), until: day('2026-11-02') }, quiet)).toMatchObject({ ok: false, reason: 'invalid', faults: [{ field: 'until', code: 'past' }] });
  });

  test('a band closed for illness is cancelled through booking, and comes back when the days are over', async () => {
    const actor = await aHost();
    const asked: unknown[] = [];
    const shares = [{ bands: ['toddler'], capacity: 5, staffOnDuty: 1 }, { bands: ['older'], capacity: 7, staffOnDuty: 1 }];
    valueOf(await saveTemplate(deps, actor, aCarePattern({ shares }), null, quiet));
    const booked = (await slotsOf(actor)).find(({ bands }) => bands === '["toddler"]');
    await book(booked?.id ?? '', 2);
    const cancelling: TemplateDeps = { ...deps, effects: { ...noEffects, cancelBand: async (_actor, closed) => { asked.push(closed); await book(booked?.id ?? '', 0); return 2; } } };
    const closed = { from: day('2026-11-23'), until: day('2026-11-25'), bands: ['toddler' as const], reason: 'illness' as const };
    expect(valueOf(await closeBand(cancelling, actor, closed))).toMatchObject({ cancelled: 2, conflicts: [], removed: 2 });
    expect(asked).toEqual([closed]);
    const left = await slotsOf(actor);
    expect(left.filter(({ starts_at }) => starts_at < instantAt(day('2026-11-26'), '00:00')).map(({ bands }) => bands)).toEqual(['["older"]', '["older"]']);
    expect(left.filter(({ bands }) => bands === '["toddler"]')).toHaveLength(6);
  });

  test('staff on duty cap the seats, with the rule that says so; none is stated for mixed groups', async () => {
    const actor = await aHost();
    const rules: CareRules = deps.rules;
    const save = (bands: readonly string[], capacity: number, staffOnDuty: number | null) => previewTemplate(deps, actor, aCarePattern({ shares: [{ bands, capacity, staffOnDuty }] }), null);
    expect(await save(['toddler'], 11, 2)).toMatchObject({ ok: false, reason: 'invalid', faults: [{ field: 'shares.0.capacity', code: 'over-staff-cap', cap: { cap: 10, document: expect.stringContaining(rules.title) } }] });
    expect(await save(['toddler'], 10, 2)).toMatchObject({ ok: true, value: { caps: [{ cap: 10 }] } });
    expect(await save(['toddler', 'infant'], 7, 2)).toMatchObject({ ok: false, faults: [{ cap: { cap: 6 } }] });
    expect(await save(['mixed'], 40, 1)).toMatchObject({ ok: true, value: { caps: [{ cap: null, rule: null }] } });
    valueOf(await saveTemplate(deps, actor, aCarePattern({ shares: [{ bands: ['older'], capacity: 7, staffOnDuty: 1 }] }), null, quiet));
    expect(JSON.parse((await slotsOf(actor))[0]?.details ?? '')).toMatchObject({ staffCap: 7 });
  });

  test('another host\'s template, the same times twice, an unknown host and a team\'s kind are refused', async () => {
    const [actor, other] = [await aHost(), await aHost()];
    const { id } = valueOf(await saveTemplate(deps, actor, aPattern(), null, quiet));
    expect(await saveTemplate(deps, other, aPattern(), { id, version: 1 }, quiet)).toEqual({ ok: false, reason: 'not-found' });
    expect(await saveTemplate(deps, actor, aPattern({ weekdays: [5, 6] }), null, quiet)).toMatchObject({ ok: false, faults: [{ field: 'times', code: 'same-times' }] });
    expect(await saveTemplate(deps, { ...actor, host: { kind: 'institution', id: newId() } }, aPattern(), null, quiet)).toEqual({ ok: false, reason: 'not-found' });
    expect(await saveTemplate(deps, { ...actor, jurisdiction: jurisdictionCode.parse('330103') }, aPattern({ weekdays: [7] }), null, quiet)).toEqual({ ok: false, reason: 'not-found' });
    const visiting = aPattern({ kind: 'homeVisit', weekdays: [7], details: { kind: 'homeVisit', subdistrict: '120105001', twoCome: true, showCards: true, verifyPhone: null } });
    expect(await saveTemplate(deps, actor, visiting, null, quiet)).toMatchObject({ ok: false, faults: [{ field: 'kind', code: 'wrong-host' }] });
  });

  test('an ended template gives no more slots, one that had not begun never does', async () => {
    const actor = await aHost();
    const end = async (pattern: ReturnType<typeof aPattern>, lastDay: IsoDate): Promise<readonly [PlanReport, number]> => {
      const { id } = valueOf(await saveTemplate(deps, actor, pattern, null, quiet));
      return [valueOf(await endTemplate(deps, actor, { id, version: 1, lastDay }, quiet)), (await slotsOf(actor)).length];
    };
    expect((await end(aPattern(), day('2026-11-25')))[1]).toBe(3);
    expect((await end(aPattern({ validFrom: '2026-12-01', weekdays: [7] }), day('2026-11-24')))[1]).toBe(3);
    expect((await slotTemplateStore(storage).read(hebei, actor.host, sunday))?.templates).toHaveLength(1);
  });

  test('planning a whole place raises the revision for classes only', async () => {
    const templates = makeSlotTemplates(deps);
    const actor = await aHost();
    const before = await storage.revision(hebei);
    valueOf(await saveTemplate(deps, actor, aPattern(), null, quiet));
    expect(await storage.revision(hebei)).toBe(before);
    const talk = aPattern({ kind: 'class', weekdays: [6], title: '示例课', details: { kind: 'class', ages: null, adults: null, place: null, fee: null } });
    valueOf(await saveTemplate(deps, actor, talk, null, quiet));
    expect(await storage.revision(hebei)).toBe(before + 1);
    await templates.planAll(hebei);
    expect(await templates.planAll(hebei)).toEqual({ added: 0, removed: 0 });
  });
});
