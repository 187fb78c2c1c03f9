import type { Duty, Jurisdiction } from '#domain/jurisdiction/model.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { loadOtherDuties, type OtherDuty } from '#storage/files/otherDuties.ts';
import { subjectWords } from '#text/complaintSubjects.ts';
import { basisSaid, dutiesText as words } from '#text/duties.ts';

const others = new Map<string, readonly OtherDuty[]>();
/** 其他职责 of a place, read once. */
export const othersOf = (place: Jurisdiction): readonly OtherDuty[] => {
  const known = others.get(place.code) ?? loadOtherDuties(findDataFolder(), place);
  others.set(place.code, known);
  return known;
};

type Row = Pick<Duty, 'lead' | 'joint' | 'basis' | 'line' | 'quote'>;
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');

const cardOf = (place: Jurisdiction, title: string, hint: string | null, { lead, joint, basis, line, quote }: Row) => {
  const named = (key: string) => place.departments.find((one) => one.key === key);
  const nameOf = (key: string): string => named(key)?.name ?? key;
  const bodies = [...(lead === null ? [] : [lead]), ...joint];
  return {
    title, hint, lead: lead === null ? null : nameOf(lead), joint: joint.map(nameOf), basis: basisSaid({ basis, joint }), quote, line: line === null ? null : words.line(line),
    sought: plain([title, hint ?? '', quote ?? '', ...bodies.flatMap((key) => [nameOf(key), ...named(key)?.aliases ?? []])].join(' ')),
  };
};

/** 谁管什么 in a place: each subject and topic, what the document says besides, and the departments; `q` narrows all three by words or a department's other names. */
export function dutiesView(place: Jurisdiction, parameters: URLSearchParams) {
  const typed = (parameters.get('q') ?? '').slice(0, 60);
  const wanted = plain(typed);
  const narrowed = <Card extends { readonly sought: string }>(cards: readonly Card[]): readonly Card[] => cards.filter(({ sought }) => sought.includes(wanted));
  const subjects = narrowed(place.duties.map((duty) => cardOf(place, duty.topic ?? subjectWords[duty.subject].label, duty.topic === null ? subjectWords[duty.subject].hint : subjectWords[duty.subject].label, duty)));
  const besides = narrowed(othersOf(place).map((duty) => cardOf(place, duty.matter, null, duty)));
  const departments = narrowed(place.departments.map(({ name, aliases, phone }) => ({ name, aliases, phone, sought: plain([name, ...aliases].join(' ')) })));
  const { title, number } = place.document;
  return {
    typed, subjects, besides, departments, isFiltered: wanted !== '', count: subjects.length + besides.length + departments.length,
    action: `/${place.slug}/duties/`, complaints: `/${place.slug}/complaints/`, document: title === null ? null : words.document(title.replace(/^《|》$/g, ''), number),
  };
}
