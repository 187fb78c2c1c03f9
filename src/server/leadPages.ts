import { leadMoveTyped, leadTyped, type Lead, type LeadMove } from '#domain/leads/model.ts';
import { halfOf, halfYearOf, isOpenLead, nextLeadStates } from '#domain/leads/rules.ts';
import { csvText } from '#domain/shared/csv.ts';
import { addDays, dayOf, isoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { notAllowed, type Guarded, type SignedIn } from '#server/guard.ts';
import { leadActorOf } from '#server/leads.ts';
import { fullDayText } from '#text/dates.ts';
import { leadSourceText, leadStateText, leadsText as words } from '#text/leads.ts';
import { newId } from '#storage/ids.ts';

const home = '/office/leads/';
const idLike = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const streetName = ({ place }: Pick<SignedIn, 'place'>, code: string | null): string => place.subdistricts.find((one) => one.code === code)?.name ?? words.noStreet;

const rowOf = (signedIn: SignedIn, lead: Lead) => ({
  id: lead.id, href: `${home}${lead.id}/`, name: lead.name, state: leadStateText[lead.state], isOpen: isOpenLead(lead.state), tone: lead.state === 'found' ? 'amber' as const : lead.state === 'registered' ? 'leaf' as const : 'plain' as const,
  what: [fullDayText(lead.foundOn), streetName(signedIn, lead.subdistrict), lead.times > 1 ? null : leadSourceText[lead.source], lead.children === null ? null : words.childrenOf(lead.children), lead.times > 1 ? words.times(lead.times) : null].filter((part) => part !== null).join(' · '),
});

const perPage = 100;
const pageIn = (asked: string | null, pages: number): number => Math.min(Math.max(/^\d{1,5}$/.test(asked ?? '') ? Number(asked) : 1, 1), pages);

/** 线索清单: open ones oldest first, by street, or settled ones; a hundred a page, of one street where an office picks one. */
export async function leadsView(app: App, signedIn: SignedIn, parameters: URLSearchParams) {
  const actor = leadActorOf(signedIn);
  const isOpen = parameters.get('which') !== 'settled';
  const streets = actor.subdistrict === null ? signedIn.place.subdistricts.map(({ code, name }) => ({ value: code, label: name })) : [];
  const street = signedIn.place.subdistricts.find(({ code }) => actor.subdistrict === null && code === parameters.get('street'))?.code ?? null;
  const [{ total }, other] = await Promise.all([app.leads.list(actor, { isOpen, subdistrict: street, most: 0 }), app.leads.list(actor, { isOpen: !isOpen, subdistrict: street, most: 0 })]);
  const pages = Math.max(1, Math.ceil(total / perPage));
  const page = pageIn(parameters.get('page'), pages);
  const { leads } = await app.leads.list(actor, { isOpen, subdistrict: street, most: perPage, from: (page - 1) * perPage });
  const href = (which: boolean, to: number): string => { const query = new URLSearchParams({ ...(which ? {} : { which: 'settled' }), ...(street === null ? {} : { street }), ...(to > 1 ? { page: String(to) } : {}) }).toString(); return query === '' ? home : `${home}?${query}`; };
  const groups = Map.groupBy(leads, ({ subdistrict }) => subdistrict);
  return {
    isOpen, total, streets, street: street ?? '', groups: [...groups].map(([code, rows]) => ({ name: streetName(signedIn, code), rows: rows.map((lead) => rowOf(signedIn, lead)) })), half: halfOf(app.today()),
    other: { href: href(!isOpen, 1), total: other.total }, pages: { page, pages, previous: page > 1 ? href(isOpen, page - 1) : null, next: page < pages ? href(isOpen, page + 1) : null },
  };
}

const errorsOf = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): readonly FormError[] => {
  const errors = issues.map(({ path, message }) => ({ field: String(path[0] ?? ''), message: words.fault(String(path[0] ?? ''), message) }));
  return errors.filter(({ field }, at) => errors.findIndex((one) => one.field === field) === at);
};
const wholeNumber = (text: string | undefined): number | null => { const plain = (text ?? '').normalize('NFKC').trim(); return plain === '' ? null : /^\d{1,4}$/.test(plain) ? Number(plain) : Number.NaN; };

/** 记一条线索: reads the form, or writes the lead; the same form sent twice writes it once. */
export async function newLeadStep(astro: Guarded, signedIn: SignedIn) {
  const { app } = astro.locals;
  const actor = leadActorOf(signedIn);
  const streets = signedIn.place.subdistricts.filter(({ code }) => actor.subdistrict === null || code === actor.subdistrict).map(({ code, name }) => ({ value: code, label: name }));
  const step = (part: { readonly status?: number; readonly typed: Typed; readonly errors?: readonly FormError[]; readonly notice?: string }) => ({ status: 200, errors: [], notice: null, streets, ...part });
  if (astro.request.method !== 'POST') return step({ typed: { id: newId(), foundOn: app.today(), subdistrict: actor.subdistrict ?? '' } });
  const typed = await readTyped(astro.request);
  const id = idLike.test(typed['id'] ?? '') ? typed['id'] ?? '' : newId();
  const known = streets.some(({ value }) => value === typed['subdistrict']);
  const read = leadTyped.safeParse({
    name: typed['name'] ?? '', subdistrict: known ? typed['subdistrict'] : null, address: typed['address'] ?? '', seen: typed['seen'] ?? '', children: wholeNumber(typed['children']), foundOn: isoDate.safeParse(typed['foundOn']?.trim()).data ?? '',
  });
  const picked = known || (typed['subdistrict'] ?? '') === '' ? [] : [{ field: 'subdistrict', message: words.fault('subdistrict', 'unknown-value') }];
  if (!read.success || picked.length > 0) return step({ status: 422, typed: { ...typed, id }, errors: [...picked, ...errorsOf(read.error?.issues ?? [])] });
  if (await app.leads.find(actor, id)) return seeOther(`${home}${id}/?done=saved`);
  const outcome = await app.leads.add(actor, id, read.data);
  if (outcome.ok) return seeOther(`${home}${id}/?done=saved`);
  if (outcome.reason === 'future') return step({ status: 422, typed: { ...typed, id }, errors: [{ field: 'foundOn', message: words.future }] });
  return step({ status: 409, typed: { ...typed, id }, notice: outcome.reason === 'known' ? words.known : words.notYourStreet });
}

const stepLine = (nameOf: (account: string) => string, { at, state, actor, reason }: LeadMove) =>
  ({ when: fullDayText(dayOf(at)), what: leadStateText[state], who: actor === 'parent' ? words.fromParent : actor === 'system' ? words.bySystem : nameOf(actor), reason });

async function viewOf(app: App, signedIn: SignedIn, id: string) {
  const found = idLike.test(id) ? await app.leads.find(leadActorOf(signedIn), id) : undefined;
  if (!found) return undefined;
  const { lead, moves } = found;
  const [accounts, institutions] = await Promise.all([app.accounts.deps.store.list(signedIn.place.code), app.accounts.institutionNames(signedIn.place.code)]);
  const nameOf = (account: string): string => accounts.find((one) => one.id === account)?.title ?? accounts.find((one) => one.id === account)?.login ?? account;
  return {
    ...rowOf(signedIn, lead), version: lead.version, isFromComplaint: lead.source === 'complaint',
    facts: [
      { name: words.state, value: leadStateText[lead.state] }, { name: words.street, value: lead.subdistrict === null ? null : streetName(signedIn, lead.subdistrict), missing: words.noStreet }, { name: words.address, value: lead.address, missing: words.unknown },
      { name: words.seen, value: lead.seen, missing: words.unknown }, { name: words.children, value: lead.children === null ? null : words.childrenOf(lead.children), missing: words.unknown }, { name: words.foundOn, value: fullDayText(lead.foundOn) },
      { name: words.source, value: lead.times > 1 ? `${leadSourceText[lead.source]}，${words.times(lead.times)}` : leadSourceText[lead.source] },
      ...(lead.institution === null ? [] : [{ name: words.institution, value: institutions.find((one) => one.id === lead.institution)?.name ?? lead.institution }]),
    ],
    history: moves.map((move) => stepLine(nameOf, move)), next: nextLeadStates(lead.state).map((value) => ({ value, label: leadStateText[value] })), institutions: institutions.map(({ id: value, name }) => ({ value, label: name })),
  };
}

/** 一条线索: reads it, or takes one step. Another street's is unknown. */
export async function leadStep(astro: Guarded, signedIn: SignedIn, id: string) {
  const { app } = astro.locals;
  const page = async (part: { readonly status?: number; readonly typed?: Typed; readonly errors?: readonly FormError[]; readonly notice?: { readonly tone: 'leaf' | 'amber'; readonly line: string } | null }) => {
    const view = await viewOf(app, signedIn, id);
    return view ? { status: 200, typed: {}, errors: [], notice: null, view, ...part } : unknown();
  };
  if (astro.request.method !== 'POST') {
    const done = astro.url.searchParams.get('done');
    return page({ notice: done === 'saved' || done === 'moved' ? { tone: 'leaf', line: words[done] } : null });
  }
  if (!signedIn.may('lead.write')) return notAllowed(astro);
  const typed = await readTyped(astro.request);
  const institution = (typed['institution'] ?? '').trim();
  const read = leadMoveTyped.safeParse({ to: typed['to'] ?? '', reason: typed['reason'] ?? '', institution: typed['to'] === 'registered' && institution !== '' ? institution : null });
  if (!read.success) return page({ status: 422, typed, errors: errorsOf(read.error.issues) });
  const outcome = await app.leads.move(leadActorOf(signedIn), { id: idLike.test(id) ? id : '', version: Number(typed['version'] ?? '0') }, read.data);
  if (outcome.ok) return seeOther(`${home}${id}/?done=moved`);
  if (outcome.reason === 'not-found') return unknown();
  if (outcome.reason === 'institution-unknown') return page({ status: 422, typed, errors: [{ field: 'institution', message: words.fault('institution', institution === '' ? 'required' : 'unknown-value') }] });
  return page({ status: 409, typed, notice: { tone: 'amber', line: outcome.reason === 'known' ? words.known : outcome.reason === 'changed-meanwhile' ? words.changed : words.wrongState } });
}

/** 半年汇总: leads found in a half-year with what came of each; the present half where none is named. */
export async function halfYearView(app: App, signedIn: SignedIn, asked: string | null) {
  const today = app.today();
  const half = asked !== null && halfYearOf(asked) ? asked : halfOf(today);
  const range = halfYearOf(half);
  const actor = leadActorOf(signedIn);
  const found = range === undefined ? [] : await app.leads.found(actor, range);
  const rows = found.map(({ lead, reason }) => [lead.foundOn, streetName(signedIn, lead.subdistrict), lead.name, lead.address ?? '', leadSourceText[lead.source], lead.children === null ? '' : String(lead.children), leadStateText[lead.state], reason ?? '']);
  const halves = [half, halfOf(today), halfOf(addDays(today, -183)), halfOf(addDays(today, -366))].filter((one, at, all) => all.indexOf(one) === at).toSorted().toReversed();
  const nameOf = (text: string): string => words.half(text.slice(0, 4), text.endsWith('1') ? '1' : '2');
  return { half, name: nameOf(half), halves: halves.map((value) => ({ value, label: nameOf(value) })), rows, csv: csvText([words.columns, ...rows]) };
}
