import type { RuleWarning } from '#domain/listing/warnings.ts';
import { bandText } from '#text/directory.ts';
import { listingText } from '#text/listing.ts';

/** A figure beyond a rule, as a parent reads it beside the band. */
export const warningText = ({ band, kind, stated, limit }: RuleWarning): string => {
  if (kind === 'homeChildren' || band === null) return `家庭托育点共 ${String(stated)} 个托位，多于规定的最多 ${String(limit)} 个孩子，请向机构问清楚`;
  return `${bandText[band]}：${kind === 'classSize' ? listingText.overSize(stated, limit) : listingText.overRatio(stated, limit)}`;
};

const unsure = (confidence: RuleWarning['confidence']): string => (confidence === 'A' || confidence === 'B' ? '' : '（数字待官方核对）');

/** The same for whoever keeps or reviews the figures, with the rule it goes by. */
export const warningForStaff = (warning: RuleWarning): string => {
  const { band, kind, stated, limit, citation, confidence } = warning;
  const what = kind === 'homeChildren' || band === null ? `家庭托育点共 ${String(stated)} 个托位，规定最多 ${String(limit)} 个孩子`
    : kind === 'classSize' ? `${bandText[band]}：每班约 ${String(stated)} 人，规定最多 ${String(limit)} 人` : `${bandText[band]}：平均每名保育人员照看约 ${String(stated)} 人，规定最多 ${String(limit)} 人`;
  return `${what}。依据${citation.document}${citation.article ?? ''}${unsure(confidence)}。`;
};
