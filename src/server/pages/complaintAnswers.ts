import { identities } from '#domain/complaints/model.ts';
import { subjects, type Jurisdiction } from '#domain/jurisdiction/model.ts';
import { aboutOf, kindOf, type ComplaintScreen } from '#server/complaintForm.ts';
import { complaintExtras } from '#server/complaintExtras.ts';
import type { Typed } from '#server/forms.ts';
import { answerText, complaintText as words, identityWords } from '#text/complaintForm.ts';
import { choiceWords, closedValue, kindText } from '#text/complaintSubjects.ts';
import { fullDayText } from '#text/dates.ts';

type Row = { readonly name: string; readonly value: string | null };
/** Answers of one screen, and where to change them. */
export type AnswerGroup = { readonly screen: Exclude<ComplaintScreen, 'check'>; readonly title: string; readonly rows: readonly Row[] };

const given = (typed: Typed, name: string): string | null => (typed[name] ?? '').trim() || null;
const dayOr = (text: string | null): string | null => (text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? fullDayText(text) : text);

const aboutText = (typed: Typed): string | null => {
  const about = aboutOf(typed);
  if (about.kind === 'listed') return given(typed, 'aboutName') ?? answerText.chosen;
  return about.kind === 'other' ? given(typed, 'institutionName') : answerText.noInstitution;
};

const whenText = (typed: Typed): string | null => {
  const [on, until] = [dayOr(given(typed, 'happenedOn')), dayOr(given(typed, 'happenedUntil'))];
  const days = on !== null && until !== null && on !== until ? `${on}到${until}` : on ?? until;
  return [days, given(typed, 'happenedAt')].filter((part) => part !== null).join('，') || null;
};

const subjectText = (typed: Typed): string | null => {
  const value = given(typed, 'subject');
  const subject = value === closedValue ? closedValue : subjects.find((one) => one === value);
  return subject === undefined ? null : choiceWords(subject).label;
};

const streetName = (typed: Typed, place: Jurisdiction): string | null => place.subdistricts.find(({ code }) => code === typed['subdistrict'])?.name ?? null;

const identityRows = (typed: Typed): readonly Row[] => {
  const identity = identities.find((one) => one === typed['identity']);
  const works = typed['staffWitness'] === '1' ? [{ name: answerText.works, value: answerText.yes }] : [];
  if (identity === undefined || identity === 'anonymous') return [{ name: answerText.identity, value: words.anonymous }, ...works];
  return [{ name: answerText.identity, value: identityWords[identity].label }, { name: words.contactName, value: given(typed, 'contactName') }, { name: words.phone, value: given(typed, 'phone') }, ...works];
};

/** 您的回答: what will be sent, a group for each screen. */
export function answerRows(typed: Typed, place: Jurisdiction): readonly AnswerGroup[] {
  const street = streetName(typed, place);
  const kind = kindOf(typed);
  const questions = complaintExtras(typed).questions.map(({ key, label }) => ({ name: label, value: given(typed, `answer-${key}`) })).filter(({ value }) => value !== null);
  return [
    { screen: 'subject', title: words.steps[0], rows: [
      { name: answerText.kind, value: kind === undefined ? null : kindText[kind] }, { name: answerText.subject, value: subjectText(typed) }, { name: answerText.about, value: aboutText(typed) },
      ...(street !== null && aboutOf(typed).kind !== 'listed' ? [{ name: answerText.street, value: street }] : []),
    ] },
    { screen: 'story', title: words.steps[1], rows: [{ name: answerText.happened, value: given(typed, 'happened') }, { name: answerText.when, value: whenText(typed) }, ...questions] },
    { screen: 'identity', title: words.steps[2], rows: identityRows(typed) },
  ];
}

/** 转述给 12345: what happened as one text to read out or paste; never who it is. */
export const textFor12345 = (typed: Typed, place: Jurisdiction): string => {
  const kind = kindOf(typed);
  const rows: readonly Row[] = [
    { name: answerText.where, value: [place.name, streetName(typed, place)].filter((part) => part !== null).join(' ') }, { name: answerText.kind, value: kind === undefined ? null : kindText[kind] },
    { name: answerText.subject, value: subjectText(typed) }, { name: answerText.about, value: aboutText(typed) }, { name: answerText.when, value: whenText(typed) }, { name: answerText.happened, value: given(typed, 'happened') },
  ];
  return rows.filter(({ value }) => value !== null).map(({ name, value }) => `${name}：${value ?? ''}`).join('\n');
};
