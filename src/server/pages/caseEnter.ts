import type { ComplaintReceipt } from '#domain/complaints/views.ts';
import { dayWords } from '#server/pages/caseWords.ts';
import { caseEnterText as words } from '#text/casesEnter.ts';
import { casePageText } from '#text/casesForms.ts';

/** What a clerk reads out after taking a case down, and who has it by when. */
export function enteredFacts(receipt: ComplaintReceipt) {
  const confirm = receipt.confirmBy === null ? null : dayWords(receipt.confirmBy);
  return {
    script: words.script(receipt.reference, confirm), keep: receipt.keepUntil === undefined ? null : `${words.keepUntil}${dayWords(receipt.keepUntil)}。${words.keepWhat}`,
    facts: [
      { name: words.lead, value: receipt.leadDepartment?.name ?? (receipt.jointDepartments.map(({ name }) => name).join('、') || null), missing: casePageText.noLead },
      { name: words.confirmBy, value: confirm, missing: casePageText.unknownDay }, { name: words.answerBy, value: receipt.answerBy === null ? null : dayWords(receipt.answerBy), missing: casePageText.unknownDay },
    ],
  };
}
