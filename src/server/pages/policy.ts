import { checkPolicyBody, parsePolicyBody, planKey, policySlugs, statementNeedsCheck, statementsOf, type PlaceNoteHead, type PolicyHead, type PolicySection, type PolicySlug, type PolicySource } from '#domain/guidance/policy.ts';
import type { PolicyData } from '#domain/guidance/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { loadPolicyData } from '#storage/files/policy.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { fullDayText } from '#text/dates.ts';
import { confidenceText, policyGroups, policyIcons, policyText } from '#text/policy.ts';
import { siteText } from '#text/site.ts';

/** What the content collections hand over; `id` is the file's name, for a place's note `<code>/<slug>`. */
type Entry<Head> = { readonly id: string; readonly data: Head; readonly body?: string | undefined };
export type PolicyEntry = Entry<PolicyHead>;
export type PlaceNoteEntry = Entry<PlaceNoteHead>;

type ShownCite = { readonly number: number; readonly part: string | null };
export type ShownSection = {
  readonly title: string | null;
  readonly blocks: readonly { readonly kind: 'paragraph' | 'list' | 'steps'; readonly statements: readonly { readonly text: string; readonly toVerify: boolean; readonly cites: readonly ShownCite[] }[] }[];
};
export type ShownSource = { readonly number: number; readonly title: string; readonly line: string };

/** Pages that say the same whatever day it is; 本地方案 and 托育还是幼儿园 ask for today and have pages of their own. */
export const fixedSlugs = policySlugs.filter((slug) => slug !== 'plan' && slug !== 'care-or-kindergarten');

let read: { readonly places: readonly Jurisdiction[]; readonly data: PolicyData } | undefined;

/** Places and policy data from files, read once a process: prerendered pages have no app to ask. */
export const policyFiles = (): { readonly places: readonly Jurisdiction[]; readonly data: PolicyData } => {
  const folder = findDataFolder();
  return read ??= { places: loadJurisdictions(folder), data: loadPolicyData(folder) };
};

/** The place of a slug; undefined where none is served under it. */
export const policyPlace = (slug: string | undefined): Jurisdiction | undefined => policyFiles().places.find((place) => place.slug === slug);

/** What the layout of a policy page is given; `steps` lead on from the index of policy. */
export const policyLayout = (place: Jurisdiction, path: string, mode: 'default' | 'elder', ...steps: readonly { readonly name: string }[]) => ({
  place, host: place.host, mode, path,
  statusNote: place.document.status === 'inForce' ? null : place.document.statusNote,
  breadcrumb: [{ name: siteText.home, href: `/${place.slug}/` }, ...(steps.length === 0 ? [{ name: policyText.index }] : [{ name: policyText.index, href: `/${place.slug}/policy/` }, ...steps])],
});

/** 方案 of a place as a source that its notes cite. */
const planSource = ({ document }: Jurisdiction): Omit<PolicySource, 'key'> & { readonly key: string } => ({
  key: planKey, title: document.title ?? policyText.noDocumentTitle, number: document.number, issuer: document.issuer,
  year: document.issuedOn === null ? null : Number(document.issuedOn.slice(0, 4)), confidence: 'A',
});

const shown = (sections: readonly PolicySection[], sources: readonly PolicySource[], first: number): readonly ShownSection[] => sections.map(({ title, blocks }) => ({
  title,
  blocks: blocks.map(({ kind, statements }) => ({
    kind,
    statements: statements.map((statement) => ({
      text: statement.text,
      toVerify: statementNeedsCheck(statement, sources),
      cites: statement.cites.flatMap(({ key, part }) => {
        const at = sources.findIndex((source) => source.key === key);
        return at < 0 ? [] : [{ number: first + at, part }];
      }),
    })),
  })),
}));

const shownSources = (sources: readonly PolicySource[], first: number): readonly ShownSource[] => sources.map(({ title, number, issuer, year, confidence }, at) => ({
  number: first + at, title: number === null ? title : `${title}（${number}）`,
  line: [issuer, ...(year === null ? [] : [`${String(year)}年`]), confidenceText[confidence]].join(' · '),
}));

/** Stops the build, or the request, with the sentences that say which statement is unsound. */
const sound = (name: string, sources: readonly PolicySource[], sections: readonly PolicySection[], place: boolean): void => {
  const problems = checkPolicyBody(sources, sections, place);
  if (problems.length > 0) throw new Error(problems.map((problem) => `content/${name}.md, ${problem}`).join('\n'));
};

/** The notice above a page that speaks of a place whose document has ended; null elsewhere. */
const endedNote = ({ document, successor, name }: Jurisdiction): string | null => {
  if (successor !== null) return policyText.abolished(name, successor.name);
  return document.status === 'expired' && document.validUntil !== null ? policyText.expired(fullDayText(document.validUntil)) : null;
};

/** The pages as the index groups them, by what a parent wants; a page that was not written is left out. */
export const policyIndex = (slug: string, entries: readonly PolicyEntry[]) => policyGroups.map(({ title, slugs }) => ({
  title,
  links: slugs.flatMap((name) => entries.filter(({ id }) => id === name)
    .map(({ data }) => ({ href: `/${slug}/policy/${name}/`, title: data.short, summary: data.summary, icon: policyIcons[name] }))),
}));

/** One page: its statements with numbered sources, what the place adds, and where to read on. */
export const policyView = (slug: PolicySlug, place: Jurisdiction, entries: readonly PolicyEntry[], notes: readonly PlaceNoteEntry[]) => {
  const entry = entries.find(({ id }) => id === slug);
  if (entry === undefined) throw new Error(`content/policy/${slug}.md is missing`);
  const note = notes.find(({ id, data }) => id === `${place.code}/${slug}` && data.policy === slug);
  const sections = parsePolicyBody(entry.body ?? '');
  sound(`policy/${slug}`, entry.data.sources, sections, false);
  const first = entry.data.sources.length + 1;
  const noteSections = parsePolicyBody(note?.body ?? '');
  const citesPlan = statementsOf(noteSections).some(({ cites }) => cites.some(({ key }) => key === planKey));
  const noteSources = note === undefined ? [] : [...(citesPlan ? [planSource(place)] : []), ...note.data.sources];
  if (note !== undefined) sound(`jurisdictions/${note.id}`, note.data.sources, noteSections, true);
  const { title, short, summary, editorCheckedOn, nextCheckOn, related } = entry.data;
  return {
    title, short, summary,
    sections: shown(sections, entry.data.sources, 1),
    note: note === undefined ? null : { title: note.data.title, sections: shown(noteSections, noteSources, first) },
    sources: [...shownSources(entry.data.sources, 1), ...shownSources(noteSources, first)],
    checked: policyText.checked(fullDayText(editorCheckedOn), fullDayText(nextCheckOn)),
    ended: citesPlan || slug === 'plan' || slug === 'filing' || slug === 'running-care' ? endedNote(place) : null,
    related: related.flatMap((key) => entries.filter(({ id }) => id === key).map(({ data }) => ({ href: `/${place.slug}/policy/${key}/`, label: data.title }))),
  };
};
export type PolicyView = ReturnType<typeof policyView>;
