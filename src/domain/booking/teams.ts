import { z } from 'zod';
import type { SubdistrictCode, JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { DeskDeps } from '#domain/booking/deps.ts';
import { phone, type Team } from '#domain/booking/model.ts';

/** 入户指导队 as its street fills it in: the name families read, the number by which they verify who stands at the door. */
export const teamTyped = z.strictObject({
  name: z.string().trim().min(2, 'too-short').max(40, 'too-long').regex(/^[^\p{C}]*$/u, 'format'), verifyPhone: phone.nullable(),
});
export type TeamTyped = z.infer<typeof teamTyped>;

/** Who acts for which street. */
export type StreetActor = { readonly actor: string; readonly jurisdiction: JurisdictionCode; readonly subdistrict: SubdistrictCode };

/** 建队、改队: one team a street. A changed number stands beside every time that was opened already, booked or not; `before` is what the form showed. */
export async function saveTeam(deps: DeskDeps, { actor, jurisdiction, subdistrict }: StreetActor, typed: TeamTyped, before: Pick<Team, 'name' | 'verifyPhone'> | null): Promise<Outcome<Team, 'changed-meanwhile'>> {
  const known = await deps.desk.findTeamOf(jurisdiction, subdistrict);
  const team: Team = { id: known?.id ?? deps.seals.newId(), jurisdiction, subdistrict, ...typed };
  const saved = await deps.desk.saveTeam(team, before, { id: deps.seals.newId(), jurisdiction, at: deps.now(), kind: 'home-visit-team-saved', actor, objectKind: 'team', objectId: team.id, detail: { subdistrict } });
  return saved ? done(team) : refused('changed-meanwhile');
}
