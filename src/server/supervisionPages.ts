import type { Outcome } from '#domain/shared/outcome.ts';
import type { Chosen, SupervisionRefusal } from '#domain/supervision/commands.ts';
import { entryKinds, type Entry, type EntryKind, type SupervisionActor, type SupervisionRecord } from '#domain/supervision/model.ts';
import { dutiesIn, yearsAsked } from '#domain/supervision/rules.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { supervisionActorOf } from '#server/supervision.ts';
import { fieldsOf, filledOf, readEntry, readWithdrawal, readWords, type FieldSpec, type FormError, type ReadForm } from '#server/supervisionForms.ts';
import { entryTitle, recordView } from '#server/pages/supervision.ts';
import { newId } from '#storage/ids.ts';
import { supervisionForms, supervisionRefusal, supervisionText as words, type SupervisionForm } from '#text/supervision.ts';

const idLike = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const kindOf: Readonly<Partial<Record<SupervisionForm, EntryKind>>> = { 'assessment': 'assessment', 'decision': 'decision', 'withdrawal': 'decision', 'take-down-reply': 'decision', 'reply': 'decision', 'duty': 'duty', 'staff-check': 'staffCheck' };
const forms = { authority: ['assessment', 'decision', 'withdrawal', 'take-down-reply', 'duty', 'staff-check', 'removal'], institution: ['duty', 'staff-check', 'reply'] } as const satisfies Record<SupervisionActor['side'], readonly SupervisionForm[]>;
const isForm = (side: SupervisionActor['side'], asked: string): asked is SupervisionForm => forms[side].some((one) => one === asked);

type Held = { readonly entry: Entry; readonly version: number };
/** What a form is about: an entry that stands, or a duty of a year. */
type Target = { readonly form: SupervisionForm; readonly held: Held | null; readonly duty: { readonly key: string; readonly year: number } | null };

const heldOf = (record: SupervisionRecord, kind: EntryKind | undefined, id: string): Held | null => {
  const found = kind === 'assessment' ? record.assessments.find(({ of }) => of.id === id) : undefined;
  if (found) return { entry: { kind: 'assessment', of: found.of }, version: found.version };
  const [decision, duty, check] = [record.decisions.find(({ of }) => of.id === id), record.duties.find(({ of }) => of.id === id), record.staffChecks.find(({ of }) => of.id === id)];
  if (kind === 'decision' && decision) return { entry: { kind, of: decision.of }, version: decision.version };
  if (kind === 'duty' && duty) return { entry: { kind, of: duty.of }, version: duty.version };
  return kind === 'staffCheck' && check ? { entry: { kind, of: check.of }, version: check.version } : null;
};

const needsEntry: readonly SupervisionForm[] = ['withdrawal', 'take-down-reply', 'removal', 'reply'];

/** What the address asks for; undefined where there is no such thing. */
function targetOf(astro: Guarded, actor: SupervisionActor, record: SupervisionRecord, form: SupervisionForm): Target | undefined {
  const asked = astro.url.searchParams;
  const kind = form === 'removal' ? entryKinds.find((one) => one === asked.get('kind')) : kindOf[form];
  const held = heldOf(record, kind, asked.get('entry') ?? '');
  if ((needsEntry.includes(form) || asked.has('entry')) && !held) return undefined;
  if (form !== 'duty') return { form, held, duty: null };
  const [key, year] = held?.entry.kind === 'duty' ? [held.entry.of.duty, held.entry.of.year] : [asked.get('duty') ?? '', Number(asked.get('year') ?? '')];
  const { rules } = astro.locals.app.supervision;
  const known = dutiesIn(rules, actor.jurisdiction).some((one) => one.key === key) && yearsAsked(rules, record.institution, astro.locals.app.today()).includes(year);
  if (!known) return undefined;
  const said = record.duties.find(({ of }) => of.duty === key && of.year === year);
  return { form, held: said ? { entry: { kind: 'duty', of: said.of }, version: said.version } : null, duty: { key, year } };
}

type Ran = Outcome<unknown, SupervisionRefusal> | readonly FormError[];

/** Does what a form asks; the sentences where something typed is wrong. */
async function run(astro: Guarded, actor: SupervisionActor, record: SupervisionRecord, { form, held, duty }: Target, typed: Typed, specs: readonly FieldSpec[]): Promise<Ran> {
  const { supervision } = astro.locals.app;
  const { id: institution } = record.institution;
  const chosen: Chosen = { id: held?.entry.of.id ?? '', version: /^\d{1,6}$/.test(typed['version'] ?? '') ? Number(typed['version']) : -1 };
  const then = async <Value>(read: ReadForm<Value>, act: (value: Value) => Promise<Outcome<unknown, SupervisionRefusal>>): Promise<Ran> => (read.ok ? act(read.value) : read.errors);
  switch (form) {
    case 'withdrawal': return then(readWithdrawal(typed, specs), (value) => supervision.withdraw(actor, institution, chosen, value));
    case 'reply': return then(readWords('text', typed, specs), (text) => supervision.reply(actor, institution, chosen, text));
    case 'take-down-reply': return then(readWords('reason', typed, specs), (reason) => supervision.takeDownReply(actor, institution, chosen, reason));
    case 'removal': return then(readWords('reason', typed, specs), (reason) => supervision.takeOut(actor, institution, held?.entry.kind ?? 'duty', chosen, reason, typed['forget'] === '1'));
    default: return then(readEntry(form, typed, specs, duty), ({ entry, reason }) => (held ? supervision.correct(actor, institution, chosen, entry, reason, typed['forget'] === '1') : supervision.enter(actor, institution, idLike.test(typed['id'] ?? '') ? typed['id'] ?? '' : newId(), entry)));
  }
}

/** Which field a refusal is about; the whole form otherwise. */
const fieldOf = (reason: SupervisionRefusal, form: SupervisionForm): string => {
  if (reason === 'known') return form === 'decision' ? 'number' : form === 'assessment' ? 'year' : form === 'staff-check' ? 'checkedOn' : 'state';
  if (reason === 'reason') return 'reason';
  if (reason === 'other-year') return 'doneOn';
  if (reason !== 'future' && reason !== 'ends-before') return 'form';
  return form === 'decision' ? 'decidedOn' : form === 'assessment' ? 'assessedOn' : form === 'duty' ? 'doneOn' : form === 'staff-check' ? 'checkedOn' : 'on';
};

const isPublicForm = (form: SupervisionForm, held: Held | null): boolean => form === 'assessment' || form === 'decision' || form === 'withdrawal' || form === 'take-down-reply' || form === 'reply' || (form === 'removal' && (held?.entry.kind === 'assessment' || held?.entry.kind === 'decision'));

/** The record of the institution that the page is about and whoever acts on it; a response where there is none. */
async function openedBy(astro: Guarded, signedIn: SignedIn, institution: string | null): Promise<Response | { readonly actor: SupervisionActor; readonly record: SupervisionRecord; readonly base: string }> {
  const actor = supervisionActorOf(signedIn);
  const id = institution ?? (actor?.side === 'institution' ? actor.institution : '');
  const record = actor && idLike.test(id) ? await astro.locals.app.supervision.find(actor, id) : undefined;
  if (!actor || !record) return unknown();
  return { actor, record, base: actor.side === 'institution' ? '/portal/supervision/' : `/office/supervision/${id}/` };
}

/** 监督记录 of one institution, as its page tells it; `institution` null: one's own. */
export async function recordStep(astro: Guarded, signedIn: SignedIn, institution: string | null) {
  const opened = await openedBy(astro, signedIn, institution);
  if (opened instanceof Response) return opened;
  const done = astro.url.searchParams.get('done');
  return { view: await recordView(astro.locals.app, signedIn, opened.actor, opened.record, opened.base), notice: done === 'public' ? words.savedPublic : done === 'saved' ? words.saved : null };
}

/** One form of 监督: shows it, filled in where something is corrected; sent, it does what it says and leads back to the record. */
export async function formStep(astro: Guarded, signedIn: SignedIn, institution: string | null, asked: string) {
  const opened = await openedBy(astro, signedIn, institution);
  if (opened instanceof Response) return opened;
  const { actor, record, base } = opened;
  const target = isForm(actor.side, asked) ? targetOf(astro, actor, record, asked) : undefined;
  if (!target) return unknown();
  const isPortal = actor.side === 'institution';
  const specs = fieldsOf(target.form, { rules: astro.locals.app.supervision.rules, isCorrection: target.held !== null, isPortal });
  const texts = supervisionForms[target.form];
  const show = (status: number, typed: Typed, errors: readonly FormError[]) => ({
    status, errors, base, name: record.institution.name,
    form: {
      title: target.held ? texts.correct : texts.title, intro: texts.intro, send: texts.send, about: entryTitle(astro.locals.app.supervision.rules, target.held?.entry ?? null, target.duty), isPublic: isPublicForm(target.form, target.held), isDanger: target.form === 'removal' || target.form === 'take-down-reply',
      action: `${astro.url.pathname}${astro.url.search}`, hidden: { id: typed['id'] ?? newId(), version: String(target.held?.version ?? '') }, fields: specs.map((spec) => ({ ...spec, value: typed[spec.name] ?? '', error: errors.find((one) => one.field === spec.name)?.message })),
    },
  });
  const before = filledOf(target.form, target.held?.entry ?? null, astro.locals.app.today());
  if (astro.request.method !== 'POST') return show(200, before, []);
  const typed = await readTyped(astro.request);
  const doneHref = `${base}?done=${isPublicForm(target.form, target.held) ? 'public' : 'saved'}`;
  // A duty sent twice: the first time has put it down.
  if (target.duty && target.held && typed['version'] === '' && target.held.entry.of.id === typed['id']) return seeOther(doneHref);
  const ran = await run(astro, actor, record, target, typed, specs);
  if ('ok' in ran && ran.ok) return seeOther(doneHref);
  if (!('ok' in ran)) return show(422, typed, ran);
  if (ran.reason === 'not-found') return unknown();
  const isStale = ran.reason === 'changed-meanwhile';
  return show(isStale ? 409 : 422, isStale ? before : typed, [{ field: fieldOf(ran.reason, target.form), message: supervisionRefusal[ran.reason] }]);
}
