import { z } from 'zod';
import { confidences, type Confidence } from '#domain/jurisdiction/model.ts';
import { isoDate } from '#domain/shared/dates.ts';

/** 政策页: what a family, or somebody who wants to run care, comes for; in the order of the index. */
export const policySlugs = ['leave', 'money', 'affordable', 'materials', 'care-or-kindergarten', 'filing', 'running-care', 'plan'] as const;
export type PolicySlug = (typeof policySlugs)[number];

/** Keys a statement may cite that stand in no list: the site's own advice, and the document of the place. */
export const ownKey = 'own';
export const planKey = 'plan';

/** 来源: a document statements rest on; `key` is how they cite it. */
export const policySource = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/).refine((key) => key !== ownKey && key !== planKey, 'a key that is not reserved'),
  title: z.string().min(2),
  /** 文号; null where no source gives it. */
  number: z.string().nullable(),
  issuer: z.string().min(2),
  year: z.number().int().min(1990).max(2100).nullable(),
  confidence: z.enum(confidences),
});
export type PolicySource = z.infer<typeof policySource>;

const checkedDays = { editorCheckedOn: isoDate, nextCheckOn: isoDate };
const inOrder = ({ editorCheckedOn, nextCheckOn }: { readonly editorCheckedOn: string; readonly nextCheckOn: string }): boolean => editorCheckedOn < nextCheckOn;

/** Front matter of `content/policy/<slug>.md`; strict, so that a misspelt key stops the build. */
export const policyHead = z.strictObject({
  title: z.string().min(4).max(28),
  /** What lists and the way back call it. */
  short: z.string().min(2).max(8),
  summary: z.string().min(12).max(90),
  sources: z.array(policySource),
  ...checkedDays,
  /** Further words parents search for. */
  keywords: z.array(z.string().min(1).max(12)).max(12),
  related: z.array(z.enum(policySlugs)).max(3),
}).refine(inOrder, 'nextCheckOn must be after editorCheckedOn');
export type PolicyHead = z.infer<typeof policyHead>;

/** Front matter of `content/jurisdictions/<code>/<slug>.md`: what one place adds to a policy page. */
export const placeNoteHead = z.strictObject({
  policy: z.enum(policySlugs),
  title: z.string().min(4).max(28),
  sources: z.array(policySource),
  ...checkedDays,
}).refine(inOrder, 'nextCheckOn must be after editorCheckedOn');
export type PlaceNoteHead = z.infer<typeof placeNoteHead>;

/** What a statement rests on: the key of a source, and the article or line of it. */
export type Cite = { readonly key: string; readonly part: string | null };
/** 陈述: one paragraph or list item with what it rests on. */
export type Statement = { readonly text: string; readonly cites: readonly Cite[] };
export type PolicyBlock = { readonly kind: 'paragraph' | 'list' | 'steps'; readonly statements: readonly Statement[] };
export type PolicySection = { readonly title: string | null; readonly blocks: readonly PolicyBlock[] };

const citeMark = /\s*\[\[([a-z][a-z0-9-]*)(?: ([^\]]+))?\]\]/gu;
const kindOf = (line: string): PolicyBlock['kind'] => (line.startsWith('- ') ? 'list' : /^\d+\. /.test(line) ? 'steps' : 'paragraph');

const statementOf = (line: string): Statement => ({
  text: line.replace(/^(?:- |\d+\. )/, '').replace(citeMark, '').trim(),
  cites: [...line.matchAll(citeMark)].map(([, key = '', part]) => ({ key, part: part ?? null })),
});

/** Reads the small Markdown of policy pages: `##` titles, paragraphs, lists and steps, one statement a line. */
export const parsePolicyBody = (body: string): readonly PolicySection[] => {
  const sections: { title: string | null; blocks: { kind: PolicyBlock['kind']; statements: Statement[] }[] }[] = [];
  let open = false; // whether the next item of the same kind joins the last block
  for (const line of body.split('\n').map((text) => text.trim())) {
    if (line === '') { open = false; continue; }
    if (line.startsWith('## ')) { sections.push({ title: line.slice(3), blocks: [] }); open = false; continue; }
    if (sections.length === 0) sections.push({ title: null, blocks: [] });
    const blocks = sections.at(-1)?.blocks ?? [];
    const last = blocks.at(-1);
    const kind = kindOf(line);
    if (open && last?.kind === kind && kind !== 'paragraph') last.statements.push(statementOf(line));
    else blocks.push({ kind, statements: [statementOf(line)] });
    open = true;
  }
  return sections;
};

/** Every statement of a page, in order. */
export const statementsOf = (sections: readonly PolicySection[]): readonly Statement[] =>
  sections.flatMap(({ blocks }) => blocks.flatMap(({ statements }) => statements));

/** 待官方核对: whether a fact of this confidence is shown with that mark (C a transcription, G not verified). */
export const needsOfficialCheck = (confidence: Confidence): boolean => confidence === 'C' || confidence === 'G';

/** Whether any source of a statement still needs the official text. */
export const statementNeedsCheck = (statement: Statement, sources: readonly PolicySource[]): boolean =>
  statement.cites.some(({ key }) => sources.some((source) => source.key === key && needsOfficialCheck(source.confidence)));

/** The faults of one page in English, for whoever edits it; `place` is true for what a place adds. */
export const checkPolicyBody = (sources: readonly PolicySource[], sections: readonly PolicySection[], place: boolean): readonly string[] => {
  const keys = sources.map(({ key }) => key);
  const known = new Set([...keys, ...(place ? [planKey] : [ownKey])]);
  const statements = statementsOf(sections);
  const cited = new Set(statements.flatMap(({ cites }) => cites.map(({ key }) => key)));
  return [
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `source ${key}: the key stands twice`),
    ...keys.filter((key) => !cited.has(key)).map((key) => `source ${key}: no statement cites it`),
    ...sections.filter(({ blocks }) => blocks.length === 0).map(({ title }) => `section "${title ?? ''}": nothing stands under it`),
    ...statements.flatMap(({ text, cites }) => {
      const start = text.slice(0, 16);
      return [
        ...(cites.length === 0 ? [`"${start}…": cites no source`] : []),
        ...cites.filter(({ key }) => !known.has(key)).map(({ key }) => `"${start}…": cites ${key}, which is no source of this page`),
        ...(cites.some(({ key }) => key === ownKey) && /[0-9０-９]/.test(text) ? [`"${start}…": the site's own advice holds a number; cite its source`] : []),
        ...(cites.some(({ key, part }) => key === planKey && !/^第\d+行$/.test(part ?? '')) ? [`"${start}…": cites the plan without its line (第N行)`] : []),
        ...(/[[\]<>*_`#]/.test(text) ? [`"${start}…": holds marks this small Markdown does not know`] : []),
      ];
    }),
  ];
};
