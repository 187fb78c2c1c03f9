import { checksOf } from '#domain/filing/rules.ts';
import type { Registration } from '#domain/filing/model.ts';
import type { Nature, RegistrationRow } from '#domain/guidance/model.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { policyFiles } from '#server/pages/policy.ts';
import { fullDayText } from '#text/dates.ts';
import { natureText } from '#text/directory.ts';
import { handlingText, oneFilingText, queueText, registrationStateText, registrationText as words } from '#text/filings.ts';
import { runningText } from '#text/policy.ts';

const natureOf = { publicInstitution: 'institution', socialService: 'nonprofit', forProfit: 'profit' } as const satisfies Record<NonNullable<Registration['nature']>, Nature>;

/** Who registers a nature in a place, by the words of its document; undefined where nobody knows the nature. */
const bodyOf = (place: string, nature: Registration['nature']): RegistrationRow | undefined =>
  (nature === null ? undefined : policyFiles().data.registration.find((row) => row.place === place && row.nature === natureOf[nature]));

/** One registration: what was said, what is checked of it here, and what can be done. */
export async function registrationView(app: App, { place }: Pick<SignedIn, 'place'>, id: string) {
  const registration = await app.filings.registration(place.code, id);
  if (!registration) return undefined;
  const queued = (await app.filings.queues(place.code)).find((one) => one.registration.id === id);
  const institution = registration.creditCode === null ? undefined : (await app.filings.institutions({ account: '', jurisdiction: place.code, subdistrict: null })).find(({ creditCode }) => creditCode === registration.creditCode);
  const here = bodyOf(place.code, registration.nature);
  const { missing } = oneFilingText;
  return {
    id, name: registration.name, version: registration.version, queue: queued ? queueText[queued.queue] : null, kind: queued?.queue ?? null,
    facts: [
      { name: words.state, value: registrationStateText[registration.state] }, { name: words.on, value: fullDayText(registration.on) }, { name: words.origin, value: registration.origin === 'push' ? words.push : words.clerk },
      { name: words.nature, value: registration.nature && natureText[registration.nature], missing }, { name: words.code, value: registration.creditCode, missing }, { name: words.address, value: registration.address, missing },
      { name: words.scope, value: registration.scope, missing }, { name: words.authority, value: registration.authority, missing },
      ...(here ? [{ name: words.authorityHere, value: here.body ?? runningText.noBody, note: here.doubt === null ? words.checkBy(here.line, here.quote) : `${words.checkBy(here.line, here.quote)}。${words.doubt}：${here.doubt}` }] : []),
      { name: words.institution, value: institution?.name ?? null, href: institution && `/office/filings/${institution.id}/`, missing: words.noInstitution },
    ],
    checks: registration.state === 'none' ? [] : checksOf(registration, app.filings.rulesOf(place.code)).map(({ what, result, by }) => ({ text: words.checkText[what][result], by: words.checkBy(by.line, by.quote), tone: result === 'yes' ? 'leaf' as const : 'amber' as const })),
    mayBegin: queued?.queue === 'registeredNotFiled' && institution === undefined, institutionHref: institution ? `/office/filings/${institution.id}/` : null,
    handled: registration.handled === null || registration.handledOn === null ? null : { what: words.handled(handlingText[registration.handled], fullDayText(registration.handledOn)), note: registration.note },
    choices: queued === undefined || queued.queue === 'cancelledButListed' ? [] : (queued.queue === 'registrationChanged' ? ['noted'] as const : ['rectified', 'closedDown', 'notCare'] as const).map((how) => ({ value: how, label: handlingText[how] })),
  };
}
export type RegistrationView = NonNullable<Awaited<ReturnType<typeof registrationView>>>;
