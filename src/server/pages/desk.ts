import { permissions, rolesInForce, roles, type Role } from '#domain/accounts/model.ts';
import type { SignedIn } from '#server/guard.ts';
import { deskEntries, type DeskEntry } from '#server/pages/deskEntries.ts';
import { deskText, permissionText, roleLimitText, roleText } from '#text/desk.ts';

type Context = { readonly locals: Pick<App.Locals, 'app' | 'mode'>; readonly url: URL };
type Step = { readonly name: string; readonly href?: string | undefined };

/** The desk someone works at. */
export const deskOf = (signedIn: Pick<SignedIn, 'may'>): 'portal' | 'office' => (signedIn.may('portal') ? 'portal' : 'office');

/** What someone may do at a desk, in order. */
export const entriesOf = (signedIn: Pick<SignedIn, 'may'>, entries: readonly DeskEntry[] = deskEntries): readonly DeskEntry[] =>
  entries.filter((entry) => entry.desk === deskOf(signedIn) && signedIn.may(entry.permission));

/** 岗位 in words, of the account as its place's profile lets it. */
export const rolesSaid = ({ account, place }: Pick<SignedIn, 'account' | 'place'>): string =>
  rolesInForce(account.roles, place.accountProfile ?? 'small').map((one) => roleText[one]).join('、');

/** What every page at a desk hands to `Desk.astro`; `steps` lead from the desk's start page to this one. */
export function deskLayoutOf({ locals, url }: Context, signedIn: SignedIn, ...steps: readonly Step[]) {
  const desk = deskOf(signedIn);
  const home = `/${desk}/` as const;
  return {
    mode: locals.mode, demo: locals.app.config.demo, path: `${url.pathname}${url.search}`, home, deskName: deskText[desk],
    place: { slug: signedIn.place.slug, shortName: signedIn.place.shortName },
    publicHref: signedIn.account.institution === null ? undefined : `/${signedIn.place.slug}/institutions/${signedIn.account.institution}/`,
    who: [signedIn.institutionName, signedIn.account.title ?? rolesSaid(signedIn)].filter((part) => part !== null).join(' · '),
    warned: signedIn.session.isWarned,
    entries: entriesOf(signedIn).map(({ href, title }) => ({ href, title })),
    breadcrumb: steps.length > 0 ? [{ name: deskText[desk], href: home }, ...steps] : [],
  };
}

export type RoleView = { readonly name: string; readonly may: readonly string[]; readonly mayNot: string; readonly isMine: boolean };

const permissionNames = new Map<string, string>(Object.entries(permissionText));

const mayOf = (one: Role): readonly string[] => Object.entries(permissions)
  .filter(([name, allowed]) => name !== 'portal' && name !== 'office' && name !== 'own' && allowed.some((each) => each === one)).flatMap(([name]) => permissionNames.get(name) ?? []);

/** 谁能看到什么: each role with what it may do and never sees, one's own first. */
export const roleViews = ({ account }: Pick<SignedIn, 'account'>): readonly RoleView[] =>
  roles.map((one): RoleView => ({ name: roleText[one], may: mayOf(one), mayNot: roleLimitText[one], isMine: account.roles.includes(one) })).toSorted((one, other) => Number(other.isMine) - Number(one.isMine));
