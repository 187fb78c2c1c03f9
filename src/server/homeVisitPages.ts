import { teamTyped, type StreetActor } from '#domain/booking/teams.ts';
import type { Team } from '#domain/booking/model.ts';
import type { Desk } from '#domain/booking/staff.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { deskRoots } from '#server/pages/bookingDesk.ts';
import type { TimetableDesk } from '#server/slotDeskPages.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { homeVisitDeskText as words } from '#text/homeVisitDesk.ts';

const teamPage = `${deskRoots.team}team/`;

/** The street an account works for; undefined for one without. */
function streetOf({ account, place }: Pick<SignedIn, 'account' | 'place'>): StreetActor | undefined {
  const read = subdistrictCode.safeParse(account.subdistrict);
  return read.success ? { actor: account.id, jurisdiction: place.code, subdistrict: read.data } : undefined;
}

/** 入户指导 at the office: the desk and the timetable of a street's team. No street: unknown; no team yet: to where it is set up. */
export async function teamDesk(astro: Guarded, signedIn: SignedIn): Promise<{ readonly team: Team; readonly desk: Desk; readonly timetable: TimetableDesk } | Response> {
  const street = streetOf(signedIn);
  if (!street) return unknown();
  const team = await astro.locals.app.desk.teamOf(street.jurisdiction, street.subdistrict);
  if (!team) return seeOther(teamPage);
  const host = { kind: 'team', id: team.id } as const;
  return { team, desk: { actor: street.actor, jurisdiction: street.jurisdiction, host }, timetable: { account: street.actor, jurisdiction: street.jurisdiction, host, team } };
}

/** 指导队 as its form shows it. */
export type TeamStep = { readonly status: number; readonly isNew: boolean; readonly typed: Typed; readonly errors: readonly FormError[]; readonly notice: string | null };

const asTyped = (team: Team | undefined): Typed => ({ name: team?.name ?? '', verifyPhone: team?.verifyPhone ?? '', beforeName: team?.name ?? '', beforePhone: team?.verifyPhone ?? '' });

/** 建队、改队: reads the form, or saves what was typed. */
export async function teamStep(astro: Guarded, signedIn: SignedIn): Promise<TeamStep | Response> {
  const street = streetOf(signedIn);
  if (!street) return unknown();
  const { desk } = astro.locals.app;
  const team = await desk.teamOf(street.jurisdiction, street.subdistrict);
  const step = (part: Partial<TeamStep>): TeamStep => ({ status: 200, isNew: team === undefined, typed: asTyped(team), errors: [], notice: null, ...part });
  if (astro.request.method !== 'POST') return step({ notice: astro.url.searchParams.get('done') === 'saved' ? words.saved : null });
  const typed = await readTyped(astro.request);
  const phone = (typed['verifyPhone'] ?? '').trim();
  const read = teamTyped.safeParse({ name: typed['name'] ?? '', verifyPhone: phone === '' ? null : phone });
  if (!read.success) return step({ status: 422, typed, errors: read.error.issues.map(({ path, message }) => ({ field: String(path[0]), message: words.fault(String(path[0]), message) })) });
  const before = (typed['beforeName'] ?? '') === '' ? null : { name: typed['beforeName'] ?? '', verifyPhone: (typed['beforePhone'] ?? '') === '' ? null : typed['beforePhone'] ?? '' };
  const saved = await desk.saveTeam(street, read.data, before);
  if (saved.ok) return seeOther(`${teamPage}?done=saved`);
  const now = asTyped(await desk.teamOf(street.jurisdiction, street.subdistrict));
  return step({ status: 409, isNew: false, typed: { ...typed, beforeName: now['beforeName'] ?? '', beforePhone: now['beforePhone'] ?? '' }, notice: words.changed(now['name'] ?? '', now['verifyPhone'] ?? '') });
}
