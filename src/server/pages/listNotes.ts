import { anyInstitution, type DirectoryQuery } from '#domain/directory/query.ts';
import type { DirectoryResult, SearchNote } from '#domain/directory/searchDirectory.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { VocabularyTopic } from '#domain/shared/vocabulary.ts';
import { listHref, openFilters } from '#server/pages/listChips.ts';
import { searchNoteText, sortText, topicText } from '#text/directory.ts';
import { healthPointsText } from '#text/healthPoints.ts';
import { earlyEducationText } from '#text/earlyEducation.ts';
import { homeHelpText, listText } from '#text/list.ts';

/** What a list also says: a heading where there is one, sentences, and where to turn. */
export type ListNote = {
  readonly title?: string;
  readonly text: string;
  readonly points?: readonly { readonly name: string; readonly value: string }[];
  readonly link?: { readonly href: string; readonly label: string };
  readonly more?: { readonly href: string; readonly label: string };
  readonly also?: { readonly href: string; readonly label: string };
};

/** 入户指导: the departments this place's document names for guidance, with their telephone as far as it is known. */
export const guidanceOf = (place: Jurisdiction): readonly string[] => {
  const duty = place.duties.find(({ subject }) => subject === 'guidance');
  const keys = duty?.lead ? [duty.lead] : duty?.joint ?? [];
  return keys.flatMap((key) => place.departments.filter((department) => department.key === key)).map(({ name, phone }) => homeHelpText.phoneOf(name, phone));
};

const homeHelp = (place: Jurisdiction): NonNullable<ListNote['points']> => [
  { name: homeHelpText.guidance, value: guidanceOf(place).join('；') || listText.awaiting },
  { name: homeHelpText.childHealth, value: homeHelpText.childHealthWhere },
];

const noteOf = (note: SearchNote, place: Jurisdiction, query: DirectoryQuery): ListNote => {
  const words = searchNoteText[note];
  if (note === 'under-six-months') return { ...words, points: homeHelp(place), link: { href: `/${place.slug}/home-visits/`, label: homeHelpText.visits }, more: { href: `/${place.slug}/activities/?months=3`, label: homeHelpText.activities }, also: { href: `/${place.slug}/health-points/?kind=childHealth`, label: healthPointsText.childHealthLink } };
  if (note === 'expected-visit-only') return { ...words, link: { href: openFilters(place.slug, query, 'start'), label: listText.chooseStart } };
  const classes = listHref(place.slug, { ...anyInstitution, kind: ['kindergartenClass'] });
  return { ...words, link: { href: classes, label: listText.showKindergarten } };
};

const topicLinks = (slug: string): Readonly<Record<VocabularyTopic, NonNullable<ListNote['link']>>> => ({
  earlyEducation: { href: `/${slug}/early-education/`, label: earlyEducationText.toPage },
  fees: { href: listHref(slug, { ...anyInstitution, sort: 'fee' }), label: sortText.fee },
  filing: { href: `/${slug}/check-filing/`, label: earlyEducationText.toFiling },
});

const topicsOf = ({ understood }: DirectoryResult, { slug }: Jurisdiction): readonly ListNote[] =>
  [...new Set(understood.flatMap(({ meaning }) => (meaning.kind === 'generic' && meaning.topic !== null ? [meaning.topic] : [])))]
    .map((topic) => ({ text: topicText[topic], link: topicLinks(slug)[topic] }));

/** What the list tells a family of this age, or about a word they typed. */
export const listNotesOf = (result: DirectoryResult, place: Jurisdiction, query: DirectoryQuery): readonly ListNote[] =>
  [...result.notes.map((note) => noteOf(note, place, query)), ...topicsOf(result, place)];
