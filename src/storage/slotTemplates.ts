import { z } from 'zod';
import { bookingKinds, type HostRef } from '#domain/booking/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, instant, type Instant } from '#domain/shared/dates.ts';
import { slotDecisions, slotException, templatePattern, type SlotException, type SlotTemplate, type StandingSlot, type Timetable } from '#domain/slotTemplates/model.ts';
import type { SlotTemplateStore, TimetableActor, TimetableChange } from '#domain/slotTemplates/ports.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import { applySlotChanges } from '#storage/slotChanges.ts';
import { readSlot, slotRows } from '#storage/slots.ts';
import type { Database, ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const capList = z.array(z.int().nullable());
const column = ({ kind }: HostRef): 'institution_id' | 'team_id' => (kind === 'team' ? 'team_id' : 'institution_id');
const hostColumns = ({ kind, id }: HostRef) => (kind === 'team' ? { institution_id: null, team_id: id } : { institution_id: id, team_id: null });
const hostOf = (row: { readonly institution_id: string | null; readonly team_id: string | null }): HostRef =>
  (row.institution_id === null ? { kind: 'team', id: row.team_id ?? '' } : { kind: 'institution', id: row.institution_id });

const readTemplate = (row: Database['slot_template']): SlotTemplate =>
  ({ ...templatePattern.parse(JSON.parse(row.pattern)), id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), host: hostOf(row), version: row.version, caps: capList.parse(JSON.parse(row.caps)) });
const readException = (row: Database['slot_exception']): SlotException => ({ ...slotException.parse(JSON.parse(row.pattern)), id: row.id });

/** Templates of a host that are not over by a day, oldest first. */
export const templatesOf = (db: ReadDb, host: HostRef, day: string) =>
  db.selectFrom('slot_template').selectAll().where(column(host), '=', host.id).where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', day)])).orderBy('id');

/** Exceptions of a host that are not over by a day. */
export const exceptionsOf = (db: ReadDb, host: HostRef, day: string) =>
  db.selectFrom('slot_exception').selectAll().where(column(host), '=', host.id).where('until_day', '>=', day).orderBy('from_day').orderBy('id');

/** Slots of a host that begin after an instant, open or closed. */
export const slotsAfter = (db: ReadDb, host: HostRef, after: number) => {
  const kinds = host.kind === 'team' ? (['homeVisit'] as const) : (['visit', 'care', 'class'] as const);
  return slotRows(db).where(host.kind === 'team' ? 'slot.team_id' : 'slot.institution_id', '=', host.id).where('slot.kind', 'in', kinds).where('slot.starts_at', '>', after).orderBy('slot.starts_at').orderBy('slot.id');
};

/** Classes of a jurisdiction in a state that begin in `[from, to)`, earliest first. */
export const classesIn = (db: ReadDb, jurisdiction: string, state: 'open' | 'closed', from: number, to: number) =>
  db.selectFrom('slot').select(['id', 'title', 'starts_at', 'ends_at', 'sequence']).where('jurisdiction_code', '=', jurisdiction).where('kind', '=', 'class')
    .where('starts_at', '>=', from).where('starts_at', '<', to).where('state', '=', state).orderBy('starts_at').limit(1_000);

async function opensDaysAhead(db: ReadDb, jurisdiction: string, host: HostRef): Promise<Timetable['opensDaysAhead']> {
  const rows = await db.selectFrom('booking_terms').select(['scope', 'kind', 'opens_days_ahead']).where('scope', 'in', [host.id, jurisdiction]).execute();
  // The host's own come last, and win.
  return new Map(rows.toSorted((one, other) => Number(one.scope === host.id) - Number(other.scope === host.id)).map(({ kind, opens_days_ahead }) => [z.enum(bookingKinds).parse(kind), opens_days_ahead]));
}

async function standingSlots(db: ReadDb, host: HostRef, after: Instant): Promise<readonly StandingSlot[]> {
  const rows = await slotsAfter(db, host, after).execute();
  return rows.map((row) => {
    const { id, kind, title, startsAt, endsAt, capacity, taken, waiting, state, bands, details } = readSlot(row);
    return { id, template: row.template_id, kind, title, startsAt, endsAt, capacity, taken, waiting, state, bands, details };
  });
}

async function hasHost(db: ReadDb, jurisdiction: string, { kind, id }: HostRef): Promise<boolean> {
  const row = await db.selectFrom(kind === 'team' ? 'team' : 'institution').select('id').where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
  return row !== undefined;
}

async function readTimetable(db: ReadDb, jurisdiction: string, host: HostRef, after: Instant): Promise<Timetable | undefined> {
  if (!await hasHost(db, jurisdiction, host)) return undefined;
  const [today, standing] = [dayOf(after), await standingSlots(db, host, after)];
  const decisions = await db.selectFrom('slot_decision').innerJoin('slot', 'slot.id', 'slot_decision.slot_id').select(['slot_id', 'choice'])
    .where(host.kind === 'team' ? 'slot.team_id' : 'slot.institution_id', '=', host.id).where('slot.starts_at', '>', after).execute();
  return {
    templates: (await templatesOf(db, host, today).execute()).map(readTemplate),
    exceptions: (await exceptionsOf(db, host, today).execute()).map(readException),
    standing, decisions: new Map(decisions.map(({ slot_id, choice }) => [slot_id, z.enum(slotDecisions).parse(choice)])),
    opensDaysAhead: await opensDaysAhead(db, jurisdiction, host),
  };
}

const daysOfException = (one: SlotException): { readonly from_day: string; readonly until_day: string } =>
  (one.kind === 'times' ? { from_day: one.day, until_day: one.day } : { from_day: one.from, until_day: one.until });

async function writeTemplate(tx: WriteTx, template: SlotTemplate): Promise<void> {
  const { id, jurisdiction, host, version, caps, ...pattern } = template;
  const row = { kind: pattern.kind, version, valid_from: pattern.validFrom, valid_until: pattern.validUntil, pattern: JSON.stringify(pattern), caps: JSON.stringify(caps) };
  await tx.insertInto('slot_template').values({ id, jurisdiction_code: jurisdiction, ...hostColumns(host), ...row }).onConflict((clash) => clash.column('id').doUpdateSet(row)).execute();
}

async function writeChange(tx: WriteTx, { jurisdiction, host }: TimetableActor, change: TimetableChange): Promise<void> {
  if (change.template) await writeTemplate(tx, change.template);
  if (change.addException) {
    const { id, ...pattern } = change.addException;
    await tx.insertInto('slot_exception').values({
      id, jurisdiction_code: jurisdiction, ...hostColumns(host), template_id: 'template' in pattern ? pattern.template : null, kind: pattern.kind, ...daysOfException(change.addException), pattern: JSON.stringify(pattern),
    }).execute();
  }
  if (change.removeException !== undefined) await tx.deleteFrom('slot_exception').where('id', '=', change.removeException).execute();
  if (change.decision) {
    const { slot, choice } = change.decision;
    await tx.deleteFrom('slot_decision').where('slot_id', '=', slot).execute();
    if (choice !== null) await tx.insertInto('slot_decision').values({ slot_id: slot, choice, at: change.event.at }).execute();
    if (choice === 'stop') await tx.updateTable('slot').set({ state: 'closed' }).where('id', '=', slot).execute();
  }
  for (let at = 0; at < change.stop.length; at += 200) await tx.updateTable('slot').set({ state: 'closed' }).where('id', 'in', change.stop.slice(at, at + 200)).execute();
  const publicView = await applySlotChanges(tx, change.slots);
  if (publicView || change.stop.length > 0 || change.decision?.choice === 'stop') await raiseRevision(tx, jurisdiction);
  await appendAudit(tx, change.event);
}

/** 排期: the template store on either engine. */
export function slotTemplateStore({ read, write }: Storage): SlotTemplateStore {
  return {
    read: (jurisdiction, host, after) => readTimetable(read, jurisdiction, host, after),
    change: (actor, after, decide) => write(async (tx) => {
      await tx.insertInto('timetable').values({ host_id: actor.host.id, jurisdiction_code: actor.jurisdiction, version: 1 })
        .onConflict((clash) => clash.column('host_id').doUpdateSet((eb) => ({ version: eb('timetable.version', '+', 1) }))).execute();
      const { change, answer } = decide(await readTimetable(tx, actor.jurisdiction, actor.host, after));
      if (change) await writeChange(tx, actor, change);
      return answer;
    }),
    hosts: async (jurisdiction) => {
      const rows = await read.selectFrom('slot_template').select(['institution_id', 'team_id']).distinct().where('jurisdiction_code', '=', jurisdiction).execute();
      return rows.map(hostOf);
    },
    sequences: async (jurisdiction, from, to) => new Map((await classesIn(read, jurisdiction, 'open', from, to).where('sequence', '>', 0).execute()).map(({ id, sequence }) => [id, sequence])),
    calledOff: async (jurisdiction, from, to) => (await classesIn(read, jurisdiction, 'closed', from, to).where('taken', '=', 0).where('waiting', '=', 0).execute())
      .map((row) => ({ id: row.id, title: row.title, startsAt: instant.parse(row.starts_at), endsAt: instant.parse(row.ends_at), sequence: row.sequence })),
  };
}
