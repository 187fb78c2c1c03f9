import { monthlyFee } from '#domain/directory/fees.ts';
import { classBands, type Fee, type Institution } from '#domain/directory/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { dayText, fullDayText } from '#text/dates.ts';
import { bandText, feeItemText, modeText, notStated } from '#text/directory.ts';
import { includesText, moneyText, notIncludedText } from '#text/institution.ts';

const detailOf = ({ mode, band, required, note }: Fee): string =>
  [mode && modeText[mode], band && bandText[band], required ? '' : '自选', note].filter(Boolean).join(' · ');

/** 合计: the monthly sum of each band, or one sum where bands do not differ. */
const totalsOf = (of: Institution) => {
  const held = classBands.filter((band) => of.bands.some((offer) => offer.band === band));
  const sums = held.flatMap((band) => {
    const sum = monthlyFee(of, [band]);
    return sum ? [{ label: bandText[band], sum }] : [];
  });
  const [first] = sums;
  const whole = monthlyFee(of);
  if (!first || sums.every(({ sum }) => sum.amount === first.sum.amount)) return whole ? [{ label: '全部费用', sum: whole }] : [];
  return sums;
};

/** 费用: the items as stated, what they come to a month, and what is not in it. */
export const feeView = (of: Institution, today: IsoDate) => ({
  rows: of.fees.map((charge) => [feeItemText[charge.item], detailOf(charge), charge.amount === null ? { text: notStated, muted: true } : moneyText(charge.amount, charge.per)]),
  totals: totalsOf(of).map(({ label, sum }) => ({ label, amount: `约 ${moneyText(sum.amount, 'month')}`, includes: includesText(sum), extra: notIncludedText(sum) })),
  notes: [...(of.feesFrom ? [`${fullDayText(of.feesFrom)}起执行。`] : []), ...(of.confirmedOn ? [`机构于 ${dayText(of.confirmedOn, today)}核对。`] : [])],
  recognitions: of.recognitions.filter(({ from, until }) => from <= today && (until === null || today <= until)).map((held) => [
    { name: '普惠托位', value: held.places.map(({ band, places }) => `${bandText[band]} ${String(places)} 个`).join('，') },
    { name: '价格上限', value: held.priceCeiling === null ? null : moneyText(held.priceCeiling, 'month'), missing: '认定文件未载明' },
    { name: '认定部门', value: held.authority },
    { name: '文号', value: held.documentNumber, missing: '未载明' },
    { name: '有效期', value: `${fullDayText(held.from)}至${held.until === null ? '未载明' : fullDayText(held.until)}` },
    ...(held.audience === null ? [] : [{ name: '适用对象', value: held.audience }]),
  ]),
});
