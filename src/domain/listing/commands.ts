import type { ListingStore, ReportSeals, SealedMessage } from '#domain/listing/ports.ts';
import { changedGroups } from '#domain/listing/rules.ts';
import type { CorrectionReport, Listing, ListingWords, Sayer, TakenReport } from '#domain/listing/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';

/** What listing commands need; `now` is the domain's instant. */
export type ListingDeps = { readonly store: ListingStore; readonly seals: ReportSeals; readonly now: () => Instant };

/** Whom a report goes to: the institution learns what is said to be wrong, never the phone. */
const receivers = ['institution', 'regulator'] as const;

/** 信息有误: takes a report in, sealed, with its event and a message to the institution and to the regulator in one transaction. */
export async function takeReport(deps: ListingDeps, jurisdiction: JurisdictionCode, institution: string, report: CorrectionReport): Promise<TakenReport> {
  const { store, seals } = deps;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const messages = receivers.map((to): SealedMessage => {
      const id = seals.newId();
      return { id, kind: `correction-reported-${to}`, sealed: seals.sealMessage(id, { report: report.id, institution, topic: report.topic }) };
    });
    const result = await store.takeReport({
      id: report.id, jurisdiction, institution, reference: seals.newReference(), topic: report.topic, at: deps.now(), messages,
      sealedWords: seals.sealWords(report.id, { topic: report.topic, right: report.right }),
      sealedPhone: report.phone === undefined ? null : seals.sealPhone(report.id, report.phone),
      event: { id: seals.newId(), jurisdiction, at: deps.now(), kind: 'correction-reported', actor: 'parent', objectKind: 'institution', objectId: institution, detail: { report: report.id, topic: report.topic, withPhone: report.phone !== undefined } },
    });
    if (result.kind !== 'reference-taken') return result.report;
  }
  throw new Error('no free report reference in three draws');
}

/** 发布: puts approved words in place of those of a version; 'changed-meanwhile' when someone else was faster. */
export async function publishWords(deps: ListingDeps, jurisdiction: JurisdictionCode, institution: string, before: Listing, words: ListingWords, by: { readonly account: string; readonly sayer: Sayer }): Promise<'saved' | 'changed-meanwhile'> {
  const parts = changedGroups(before.words, words);
  const at = deps.now();
  return deps.store.publish({
    jurisdiction, institution, version: before.version, words, on: dayOf(at), at, by: by.sayer, changeId: deps.seals.newId(), parts,
    event: { id: deps.seals.newId(), jurisdiction, at, kind: 'listing-published', actor: by.account, objectKind: 'institution', objectId: institution, detail: { version: before.version + 1, groups: parts.join(' ') } },
  });
}
