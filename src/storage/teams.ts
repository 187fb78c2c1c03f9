import type { AuditDraft } from '#domain/audit/model.ts';
import type { Team } from '#domain/booking/model.ts';
import { homeVisitDetails } from '#domain/booking/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { templatePattern } from '#domain/slotTemplates/model.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import type { Database, ReadDb, WriteTx } from '#storage/schema.ts';

/** 入户指导队 as a row says it. */
export const readTeam = (row: Database['team']): Team =>
  ({ id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), subdistrict: subdistrictCode.parse(row.subdistrict_code), name: row.name, verifyPhone: row.verify_phone });

const teamRow = (db: ReadDb, jurisdiction: string, subdistrict: string) =>
  db.selectFrom('team').selectAll().where('jurisdiction_code', '=', jurisdiction).where('subdistrict_code', '=', subdistrict).orderBy('id').executeTakeFirst();

/** The team of a street; undefined where it has none. */
export async function findTeamOf(db: ReadDb, jurisdiction: string, subdistrict: string): Promise<Team | undefined> {
  const row = await teamRow(db, jurisdiction, subdistrict);
  return row && readTeam(row);
}

/** 核实电话 stands in every time and template of a team: the one who opens the door reads it there. */
async function writeVerifyPhone(tx: WriteTx, { id, verifyPhone }: Team, at: number): Promise<void> {
  for (const { id: template, pattern } of await tx.selectFrom('slot_template').select(['id', 'pattern']).where('team_id', '=', id).execute()) {
    const read = templatePattern.parse(JSON.parse(pattern));
    if (read.details.kind === 'homeVisit') await tx.updateTable('slot_template').set({ pattern: JSON.stringify({ ...read, details: { ...read.details, verifyPhone } }) }).where('id', '=', template).execute();
  }
  for (const { id: slot, details } of await tx.selectFrom('slot').select(['id', 'details']).where('team_id', '=', id).where('kind', '=', 'homeVisit').where('starts_at', '>', at).execute()) {
    await tx.updateTable('slot').set({ details: JSON.stringify({ ...homeVisitDetails.parse(JSON.parse(details)), verifyPhone }) }).where('id', '=', slot).execute();
  }
}

/** Writes a team, and its number into what it has opened; false when it is no longer as `before` (null: there was none). */
export async function writeTeam(tx: WriteTx, team: Team, before: Pick<Team, 'name' | 'verifyPhone'> | null, event: AuditDraft): Promise<boolean> {
  const now = await teamRow(tx, team.jurisdiction, team.subdistrict);
  if (!now) {
    if (before !== null) return false;
    const made = await tx.insertInto('team').values({ id: team.id, jurisdiction_code: team.jurisdiction, subdistrict_code: team.subdistrict, name: team.name, verify_phone: team.verifyPhone, sample: 0 })
      .onConflict((clash) => clash.columns(['jurisdiction_code', 'subdistrict_code']).doNothing()).executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) return false;
  } else {
    if (now.name !== before?.name || now.verify_phone !== before.verifyPhone) return false;
    const changed = await tx.updateTable('team').set({ name: team.name, verify_phone: team.verifyPhone, sample: team.name.startsWith('示例') ? now.sample : 0 }).where('id', '=', team.id).where('name', '=', now.name).executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) return false;
    await writeVerifyPhone(tx, team, event.at);
  }
  await raiseRevision(tx, team.jurisdiction);
  await appendAudit(tx, event);
  return true;
}
