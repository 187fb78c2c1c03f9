import { checkFiling, type FilingHit } from '#domain/directory/checkFiling.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { marksOf } from '#server/pages/cards.ts';
import { credentialFacts, type Fact } from '#server/pages/institutionFacts.ts';
import { plannedFacts } from '#server/pages/plannedFacts.ts';
import { fullDayText } from '#text/dates.ts';
import { filingMissText, filingTooShort, matchedByText } from '#text/directory.ts';
import { filingText } from '#text/filing.ts';
import { endedText } from '#text/institution.ts';

const shown = new Set(['备案机关', '管理部门', '备案通过时间', '记载日期', '编号', '来源']);

const hitView = ({ institution: of, group, matchedBy, exact }: FilingHit, place: Jurisdiction, today: DirectorySnapshot['today']) => {
  const facts: readonly Fact[] = of.planned
    ? plannedFacts(of, of.planned).facts.filter(({ name }) => ['地址', '责任单位', '来源'].includes(name))
    : credentialFacts(of, place, today).filter(({ name }) => shown.has(name));
  return {
    name: of.name, href: `/${place.slug}/institutions/${of.id}/`, marks: marksOf(of, group), sample: of.sample, facts,
    said: of.planned ? filingText.planned(of.planned.year) : group === 'ended' ? `${endedText(of).title}。${endedText(of).sentence}` : filingText.inForce[of.credential.kind],
    exact, matched: exact ? null : filingText.matched(matchedByText[matchedBy]),
  };
};

/** 查一查备案: what the directory holds about a name, or that it holds nothing, which says nothing about the institution. */
export const filingView = (place: Jurisdiction, snapshot: DirectorySnapshot, typed: string) => {
  const readOn = snapshot.entries.filter(({ group }) => group !== 'planned').map(({ institution }) => institution.source.readOn).sort().at(-1);
  const q = typed.trim().slice(0, 100);
  const nothing = { q, error: null, hits: [], near: [], miss: null };
  if (q === '') return nothing;
  const answer = checkFiling(snapshot, q);
  if (!answer.ok) return { ...nothing, error: filingTooShort };
  const all = answer.value.hits.map((hit) => hitView(hit, place, snapshot.today));
  const exact = all.filter((hit) => hit.exact);
  // An exact hit is the answer; what only resembles it stands folded below.
  const [hits, near] = exact.length > 0 ? [exact, all.filter((hit) => !hit.exact)] : [all, []];
  return { q, error: null, hits, near, miss: all.length > 0 ? null : readOn ? filingMissText(fullDayText(readOn)) : filingText.notImported };
};
