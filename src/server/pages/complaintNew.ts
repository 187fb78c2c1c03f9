import { complaintKinds, identities } from '#domain/complaints/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { carriedBy, kindOf, type ComplaintScreen } from '#server/complaintForm.ts';
import { complaintExtras } from '#server/complaintExtras.ts';
import type { ComplaintStep } from '#server/complaintPages.ts';
import type { Typed } from '#server/forms.ts';
import { answerRows, textFor12345 } from '#server/pages/complaintAnswers.ts';
import { outlookOf, whoSees } from '#server/pages/complaintOutlook.ts';
import { complaintText as words, identityWords } from '#text/complaintForm.ts';
import { choiceWords, kindText, subjectGroups } from '#text/complaintSubjects.ts';

type Shown = Extract<ComplaintStep, { readonly kind: 'form' }>;

const screens: readonly ComplaintScreen[] = ['subject', 'story', 'identity'];
const stepsOf = (screen: ComplaintScreen) => words.steps.map((label, index) => {
  const now = screens.indexOf(screen);
  return { label, state: now === -1 || index < now ? 'done' as const : index === now ? 'current' as const : 'todo' as const };
});

/** Streets to choose from; below a city each with its county. */
const streetOptions = ({ subdistricts, counties }: Jurisdiction) => [
  { value: '', label: words.streetUnknown },
  ...subdistricts.map(({ code, name, countyName }) => ({ value: code, label: counties.length > 1 ? `${countyName} ${name}` : name })),
];

/** What can be chosen as the institution: the one chosen, those found, none of them. */
function aboutOptions({ typed, found }: Pick<Shown, 'typed' | 'found'>) {
  const chosen = typed['aboutName'] ? [{ value: typed['about'] ?? '', label: typed['aboutName'], hint: undefined }] : [];
  const offered = (found?.offered ?? []).filter(({ id }) => id !== typed['about']).map(({ id, name, where }) => ({ value: id, label: name, hint: where ?? undefined }));
  return [...chosen, ...offered, { value: 'other', label: words.other, hint: words.otherHint }, { value: 'none', label: words.none, hint: undefined }];
}

const foundNote = (found: Shown['found']): string | null => {
  if (found === null) return null;
  if (found.total === 0) return words.nothing;
  return `${words.found(found.total)}${found.total > found.offered.length ? words.foundMany(found.offered.length) : ''}`;
};

const titleOf = (screen: ComplaintScreen): string => (screen === 'check' ? words.check : words.steps[screens.indexOf(screen)] ?? words.pageTitle);

const subjectsShown = subjectGroups.map(({ title, values }) => ({ title, choices: values.map((value) => ({ value, ...choiceWords(value) })) }));

/** What somebody who has chosen a kind, a subject and an institution is asked on the way. */
const storyOf = (app: App, typed: Typed) => {
  const extras = complaintExtras(typed);
  return { questions: extras.questions, keep: extras.keep, emergency: extras.emergency, asksSpan: extras.asksSpan, today: app.today() };
};

/** What the page that takes a complaint shows besides its step. */
export async function newComplaintView(app: App, place: Jurisdiction, step: Shown) {
  const { screen, typed, errors, key } = step;
  const kind = kindOf(typed);
  const answers = screen === 'check' ? answerRows(typed, place) : [];
  return {
    screen, title: titleOf(screen), status: step.status, action: `/${place.slug}/complaints/new/`, home: `/${place.slug}/complaints/`,
    steps: stepsOf(screen), typed, faults: errors, errors: Object.fromEntries(errors.map(({ field, message }) => [field, message])), notice: step.notice,
    hidden: carriedBy({ ...typed, key }, screen), slug: place.slug,
    kindLabel: kind && kindText[kind], kinds: complaintKinds.map((value) => ({ value, label: kindText[value] })), isSuggestion: kind === 'suggestion',
    subjects: subjectsShown, about: aboutOptions(step), foundNote: foundNote(step.found), streets: streetOptions(place),
    identities: identities.map((value) => ({ value, ...identityWords[value] })), story: storyOf(app, typed),
    answers, who: whoSees(place), outlook: screen === 'subject' ? null : await outlookOf(app, place, typed), intake: place.intakeMode ?? 'both', text12345: screen === 'check' ? textFor12345(typed, place) : '',
  };
}
export type NewComplaintView = Awaited<ReturnType<typeof newComplaintView>>;

