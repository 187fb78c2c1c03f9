import { classBands } from '#domain/directory/model.ts';
import { ruleOf, type BandRule, type CareRules } from '#domain/jurisdiction/model.ts';
import type { TemplateShare } from '#domain/slotTemplates/model.ts';

/** 人员配比上限 of a share: how many children its staff may care for and the rule that says so; `cap` null where no staff is named or no ratio is stated. */
export type StaffCap = { readonly cap: number | null; readonly staff: number | null; readonly rule: BandRule | null; readonly document: string; readonly standing: string };

/** The cap of a share by the strictest ratio stated for its bands (none named: every band). The standard states none for 混合编班. */
export function staffCapOf({ bands, staffOnDuty }: TemplateShare, rules: CareRules): StaffCap {
  const stated = (bands.length === 0 ? classBands : bands).flatMap((band) => {
    const rule = ruleOf(rules, band);
    return rule && rule.childrenPerCareWorker !== null ? [{ rule, children: rule.childrenPerCareWorker }] : [];
  });
  const strictest = stated.toSorted((one, other) => one.children - other.children)[0];
  const said = { staff: staffOnDuty, document: `${rules.title}${rules.number === null ? '' : `（${rules.number}）`}`, standing: rules.standing };
  return { ...said, rule: strictest?.rule ?? null, cap: strictest === undefined || staffOnDuty === null ? null : strictest.children * staffOnDuty };
}
