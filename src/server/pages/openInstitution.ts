import type { PlaceFiling, Quoted } from '#domain/filing/model.ts';
import { natures } from '#domain/guidance/model.ts';
import { needsOfficialCheck } from '#domain/guidance/policy.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { loadFilingTerms, loadPlaceFiling } from '#storage/files/filingRules.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { policyFiles } from '#server/pages/policy.ts';
import { filingLine } from '#server/pages/policyTables.ts';
import { openInstitutionText as words } from '#text/openInstitution.ts';
import { natureText, policyText } from '#text/policy.ts';
import { fullDayText } from '#text/dates.ts';

const quoteOf = (said: Quoted): string => words.quote(said.quote, said.line);

/** What is checked at registration: by the place's document where it says so, else by the national measure. */
const checksOf = ({ checks }: PlaceFiling, title: string): readonly { readonly text: string; readonly by: string }[] => {
  const local = [...(checks.name === null ? [] : [{ text: words.checkName, by: quoteOf(checks.name) }]), ...(checks.scope === null ? [] : [{ text: words.checkScope, by: quoteOf(checks.scope) }])];
  return local.length > 0 ? local : [{ text: words.checkScopeNational, by: words.nationalBy(title) }];
};

const endedNote = ({ document, successor, name }: Jurisdiction): string | null => {
  if (successor !== null) return policyText.abolished(name, successor.name);
  return document.status === 'expired' && document.validUntil !== null ? policyText.expired(fullDayText(document.validUntil)) : null;
};

/** 办托清单 of a place: for each nature who registers it and what is checked; filing, its papers and terms; from files alone, so that the page can be made at build time. */
export function openInstitutionView(place: Jurisdiction) {
  const folder = findDataFolder();
  const [terms, rules] = [loadFilingTerms(folder), loadPlaceFiling(folder, place.code)];
  const { registration } = policyFiles().data;
  return {
    ended: endedNote(place),
    natures: natures.map((nature) => {
      const row = registration.find((one) => one.place === place.code && one.nature === nature);
      return {
        nature, name: natureText[nature], body: row?.body ?? words.noBody, quote: row ? words.quote(row.quote, row.line) : null, doubt: row === undefined || row.doubt === null ? null : words.doubt(row.doubt),
      };
    }),
    checks: checksOf(rules, terms.title),
    filing: filingLine(place), phone: words.phone(place.host.phone), entrance: rules.entrance, system: words.system(terms.entrance.name, terms.entrance.article),
    materials: terms.materials.map(({ name, confidence }) => ({ name, toVerify: needsOfficialCheck(confidence) })), materialsBy: words.materialsBy(terms.title, terms.entrance.article),
    terms: [words.receipt(terms.receiptWorkdays), words.refusal(terms.refusalWorkdays)], termsBy: words.termsBy(terms.title, terms.article, terms.standing),
    after: [rules.changes === null ? words.changesNational : words.changes(rules.changes.quote, rules.changes.line), ...(rules.disposal === null ? [] : [words.disposal(rules.disposal.quote, rules.disposal.line)])],
    from: words.fromPlan(place.document.title),
  };
}
export type OpenInstitutionView = ReturnType<typeof openInstitutionView>;
