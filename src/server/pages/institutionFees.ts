import { monthlyFee } from '#domain/directory/fees.ts';
import { classBands, type Fee, type Institution } from '#domain/directory/model.ts';
import { affordablePlaces } from '#domain/directory/places.ts';
import type { Change, ListingWords } from '#domain/listing/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { Fact } from '#server/pages/institutionFacts.ts';
import { factsPart, saidPart, saidView } from '#server/pages/institutionSaid.ts';
import { fullDayText } from '#text/dates.ts';
import { bandText, feeItemText, modeText, notStated } from '#text/directory.ts';
import { affordableText, includesText, moneyText, notIncludedText } from '#text/institution.ts';
import { listingText, prepaidText, stepText } from '#text/listing.ts';

const rowOf = ({ item, mode, band, note, required, amount, per }: Fee) => ({
  name: feeItemText[item], amount: amount === null ? notStated : moneyText(amount, per),
  more: [required ? '必交' : '自选', mode && modeText[mode], band && bandText[band], note].filter(Boolean).join(' · '),
});

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

const moneyFacts = (money: NonNullable<ListingWords['money']>): readonly Fact[] => [
  { name: '预收', value: money.prepaidMonths === null ? null : prepaidText(money.prepaidMonths), ...(money.prepaidMonths !== null && money.prepaidMonths > 1 ? { note: listingText.prepaidCare } : {}) },
  { name: '请假退伙食', value: money.absenceMeals },
  { name: '请假退保育', value: money.absenceCare },
  { name: '中途退托', value: money.leaving },
  { name: '押金退还', value: money.depositRefund },
  ...(money.publishedOn === null ? [] : [{ name: '收费公示', value: `${fullDayText(money.publishedOn)}起` }]),
  ...(money.committeeHeard === null ? [] : [{ name: '家委会意见', value: money.committeeHeard ? '定价时听取过' : '定价时没有听取' }]),
];

/** 拟调整: approved fees of a day to come, as they are shown beside those in force. */
const nextOf = ({ nextFees }: Institution, today: IsoDate) => (nextFees === undefined || nextFees.from <= today ? null : {
  title: listingText.feesNext(fullDayText(nextFees.from)), rows: nextFees.fees.map(rowOf),
  note: [nextFees.publishedOn === null ? '' : `${fullDayText(nextFees.publishedOn)}起公示`, nextFees.committeeHeard === true ? '听取过家长委员会意见' : '', listingText.feesNextNote].filter((part) => part !== '').join('；'),
});

/** 收费: each item as stated and whether it must be paid, the monthly sum, late fees in steps, what comes back when, and the agreement. */
export const feeView = (of: Institution, words: Pick<ListingWords, 'money'>, today: IsoDate, changes: readonly Change[] = []) => {
  const { money } = words;
  const share = affordablePlaces(of, today);
  return {
    said: saidView([...(of.fees.length > 0 ? [factsPart('收费项目', of, changes, 'fees', today)] : []), ...saidPart('收费约定', money, today)], today),
    rows: of.fees.map(rowOf),
    totals: totalsOf(of).map(({ label, sum }) => ({ label, amount: `约 ${moneyText(sum.amount, 'month')}`, includes: includesText(sum), extra: notIncludedText(sum) })),
    notes: of.feesFrom ? [`${fullDayText(of.feesFrom)}起执行。清单以外的费用，可以要求机构说明。`] : [],
    next: nextOf(of, today),
    steps: money?.extensionSteps.map(stepText) ?? [],
    facts: money ? moneyFacts(money) : null,
    agreement: money?.agreement ?? null,
    agreementMissing: money !== null && money.agreement === null,
    affordable: share ? `${affordableText(share)}${share.until === null ? '' : `，有效至 ${fullDayText(share.until)}`}` : null,
    recognitions: of.recognitions.filter(({ from, until }) => from <= today && (until === null || today <= until)).map((held) => [
      { name: '普惠托位', value: held.places.map(({ band, places }) => `${bandText[band]} ${String(places)} 个`).join('，') },
      { name: '价格上限', value: held.priceCeiling === null ? null : moneyText(held.priceCeiling, 'month'), missing: '认定文件未载明' },
      { name: '认定部门', value: held.authority },
      { name: '文号', value: held.documentNumber, missing: '未载明' },
      { name: '有效期', value: `${fullDayText(held.from)}至${held.until === null ? '未载明' : fullDayText(held.until)}` },
      ...(held.audience === null ? [] : [{ name: '适用对象', value: held.audience }]),
    ]),
  };
};
