import type { Institution } from '#domain/directory/model.ts';
import type { Change, DisclosureSubject, ListingWords, Menu } from '#domain/listing/model.ts';
import { menuStands } from '#domain/listing/rules.ts';
import { addDays, type IsoDate } from '#domain/shared/dates.ts';
import type { Fact } from '#server/pages/institutionFacts.ts';
import { factsPart, saidPart, saidView, type SaidPart, type SaidView } from '#server/pages/institutionSaid.ts';
import { dayText, fullDayText, weekdayText } from '#text/dates.ts';
import { modeGloss, modeText } from '#text/directory.ts';
import { hoursText } from '#text/institution.ts';
import { healthWorkerText, holidayText, listingText, mealText, minutesText } from '#text/listing.ts';

/** A section of facts: who said it and when; `disclosed` is the institution's own 公示; `empty` when nothing at all is known. */
export type FactSection = {
  readonly said: SaidView | null; readonly facts: readonly Fact[];
  readonly disclosed: { readonly text: string; readonly day: string | null } | null; readonly empty: string | null;
  /** The section in one line, for folding it; null where it is never folded. */
  readonly gist: string | null;
};

const yesNo = (held: boolean | null, yes: string, no: string): string | null => (held === null ? null : held ? yes : no);

const section = (parts: readonly SaidPart[], facts: readonly Fact[], empty: string, today: IsoDate, disclosed: FactSection['disclosed'] = null): FactSection =>
  ({ said: saidView(parts, today), facts, disclosed, empty: facts.length === 0 && disclosed === null ? empty : null, gist: null });

/** The first of what is known, else the word for nothing. */
const gistOf = (words: readonly (string | null | undefined | false)[], disclosed: FactSection['disclosed'], empty: string): string =>
  words.filter((word) => typeof word === 'string').slice(0, 2).join('，') || (disclosed ? '已公示' : empty);

/** 公示 of one of the five subjects. */
const disclosedOf = ({ disclosures }: ListingWords, subject: DisclosureSubject): FactSection['disclosed'] => {
  const held = disclosures?.[subject];
  return held ? { text: held.text, day: held.publishedOn && `${fullDayText(held.publishedOn)}公示` } : null;
};

const disclosedPart = (words: ListingWords, subject: DisclosureSubject, today: IsoDate): readonly SaidPart[] =>
  (words.disclosures?.[subject] ? saidPart('公示内容', words.disclosures, today) : []);

/** 开放时间: hours by weekday, holidays, 寒暑假. */
export const hoursView = (of: Institution, words: ListingWords, today: IsoDate, changes: readonly Change[] = []): FactSection => {
  const { hours } = words;
  return section([factsPart('开放时间', of, changes, 'opening', today), ...saidPart('节假日安排', hours, today)], [
    { name: '服务方式', value: of.modes.length === 0 ? null : of.modes.map((mode) => modeText[mode]).join('、'), ...(of.modes.length === 0 ? {} : { note: of.modes.map((mode) => `${modeText[mode]}：${modeGloss[mode]}`).join('；') }) },
    { name: '每周', value: hoursText(of.hours) },
    { name: '延时服务', value: of.extendedUntil === null ? null : `到 ${of.extendedUntil}` },
    { name: '寒暑假', value: hours?.schoolHolidays ?? yesNo(of.opensInSchoolHolidays, '照常开放', '不开放') },
    { name: '法定节假日', value: hours?.publicHolidays ? holidayText[hours.publicHolidays] : null },
    { name: '调休上班日', value: hours?.makeUpWorkdays ? holidayText[hours.makeUpWorkdays] : null },
    ...(hours?.receptionDays ? [{ name: '家长接待日', value: hours.receptionDays }] : []),
    ...(of.openToNeighbours === null ? [] : [{ name: '附近居民', value: of.openToNeighbours ? '可以入托' : '只收本单位职工的孩子' }]),
  ], listingText.notHere, today);
};

const acceptsFacts = ({ accepts }: Institution): readonly Fact[] => {
  const said = (held: boolean | null): string => (held === null ? '机构未填报' : held ? '可以' : '暂不接收');
  const named = [['食物过敏', accepts.allergy], ['慢病或按时用药', accepts.medicine], ['发育迟缓或残疾', accepts.specialNeeds]] as const;
  if (named.every(([, held]) => held === null)) return [{ name: '可接收', value: null, missing: '机构未填报；有过敏、用药或特别照顾的需要，请先打电话问' }];
  return [{ name: '可接收', value: named.map(([name, held]) => `${name}：${said(held)}`).join('；'), note: '情况各有不同，请先打电话说明。' }];
};

/** 保育照护: a day there, care workers, who can be taken. */
export const careView = (of: Institution, words: ListingWords, today: IsoDate, changes: readonly Change[] = []) => {
  const { day, staff, committee } = words;
  const facts: readonly Fact[] = [
    ...(staff ? [{ name: '保育人员', value: staff.careWorkers === null ? null : `${String(staff.careWorkers)} 名` }, { name: '其中持证', value: staff.qualified === null ? null : `${String(staff.qualified)} 名` }] : []),
    ...(day ? [{ name: '户外活动', value: day.outdoorMinutes === null ? null : `每天约 ${minutesText(day.outdoorMinutes)}`, note: listingText.outdoorRule }, { name: '午睡', value: day.sleep }] : []),
    ...(committee ? [{ name: '家长委员会', value: committee.formed ? '已成立' : '未成立' }] : []),
  ];
  const disclosed = disclosedOf(words, 'care');
  const schedule = (day?.schedule ?? []).map(({ from, until, what }) => ({ time: until === null ? from : `${from}–${until}`, what }));
  const parts = [...saidPart('作息', day, today), ...saidPart('人员', staff, today), ...saidPart('家长委员会', committee, today), ...disclosedPart(words, 'care', today)];
  const asked = [...facts, ...acceptsFacts(of)];
  const carers = staff && staff.careWorkers !== null && `保育人员 ${String(staff.careWorkers)} 名${staff.qualified === null ? '' : `，其中持证 ${String(staff.qualified)} 名`}`;
  const gist = gistOf([carers, day && day.outdoorMinutes !== null && `每天户外约 ${minutesText(day.outdoorMinutes)}`], disclosed, listingText.notDisclosed);
  return { ...section([...parts, ...(parts.length > 0 ? [] : [factsPart('可接收', of, changes, 'services', today)])], asked, listingText.notDisclosed, today, disclosed), schedule, undisclosed: facts.length === 0 && disclosed === null, gist };
};

const menuView = (menu: Menu | null, today: IsoDate) => {
  if (menu === null) return null;
  const stands = menuStands(menu, today);
  if (stands === 'expired') return { title: null, days: [], note: listingText.menuExpired(dayText(menu.weekOf, today)) };
  return {
    title: `${stands === 'current' ? '本周' : '下周'}食谱（${dayText(menu.weekOf, today)}–${dayText(addDays(menu.weekOf, 6), today)}）`, note: null,
    days: menu.days.toSorted((one, other) => one.weekday - other.weekday).map(({ weekday, meals }) => {
      const date = addDays(menu.weekOf, weekday - 1);
      return { day: `${weekdayText(date)} ${dayText(date, today)}`, isToday: date === today, meals: meals.map(({ meal, food }) => ({ name: mealText[meal], food })) };
    }),
  };
};

/** 膳食营养: whether meals are given, and the week's menu while its week lasts. */
export const mealsView = (of: Institution, words: ListingWords, today: IsoDate, changes: readonly Change[] = []) => {
  const menu = menuView(words.menu, today);
  const facts: readonly Fact[] = of.mealsProvided === null ? [] : [{ name: '供餐', value: of.mealsProvided ? '供餐' : '不供餐' }];
  const disclosed = disclosedOf(words, 'meals');
  const gist = gistOf([facts[0]?.value, menu && (menu.title ? listingText.menuGist : listingText.menuOver)], disclosed, listingText.notDisclosed);
  const parts = [...(of.mealsProvided === null ? [] : [factsPart('供餐', of, changes, 'services', today)]), ...(menu?.title ? saidPart('食谱', words.menu, today) : []), ...disclosedPart(words, 'meals', today)];
  return { ...section(parts, facts, listingText.notDisclosed, today, disclosed), menu, menuMissing: menu === null && facts.length > 0 && of.mealsProvided === true ? listingText.menuNone : null, gist };
};

/** 卫生保健. */
export const healthView = (words: ListingWords, today: IsoDate): FactSection => {
  const { health } = words;
  const disclosed = disclosedOf(words, 'health');
  const gist = gistOf([health?.healthWorker && healthWorkerText[health.healthWorker], health?.clinic && `签约${health.clinic.name}`, health && '见详情'], disclosed, listingText.notDisclosed);
  return { ...section([...saidPart('卫生保健', health, today), ...disclosedPart(words, 'health', today)], health ? [
    { name: '保健人员', value: health.healthWorker && healthWorkerText[health.healthWorker] },
    { name: '签约医疗机构', value: health.clinic?.name ?? null, ...(health.clinic?.visits ? { note: health.clinic.visits } : {}) },
    { name: '喂药', value: health.medicine },
    { name: '发热和传染病', value: health.illness },
  ] : [], listingText.notDisclosed, today, disclosed), gist };
};

const insuranceFact = (held: NonNullable<ListingWords['safety']>['insurance'], today: IsoDate): Fact => {
  const name = '托育责任险';
  if (held === null) return { name, value: null };
  if (!held.held) return { name, value: '没有投保' };
  const over = held.until !== null && held.until < today;
  return { name, value: over && held.until ? listingText.insuranceOver(fullDayText(held.until)) : `已投保${held.insurer ? `（${held.insurer}）` : ''}${held.until ? `，保到 ${fullDayText(held.until)}` : ''}` };
};

/** 安全保卫. */
export const securityView = (words: ListingWords, today: IsoDate): FactSection => {
  const { safety } = words;
  const disclosed = disclosedOf(words, 'security');
  const insured = safety?.insurance ? insuranceFact(safety.insurance, today) : null;
  const gist = gistOf([safety && safety.recordingDays !== null && `录像保存 ${String(safety.recordingDays)} 天`, insured && `责任险${insured.value ?? ''}`.split('，')[0], safety && '见详情'], disclosed, listingText.notDisclosed);
  return { ...section([...saidPart('安全保卫', safety, today), ...disclosedPart(words, 'security', today)], safety ? [
    { name: '接送', value: safety.pickup },
    { name: '监控录像', value: safety.recordingDays === null ? null : `保存 ${String(safety.recordingDays)} 天`, note: listingText.recordingRule },
    insuranceFact(safety.insurance, today),
  ] : [], listingText.notDisclosed, today, disclosed), gist };
};

/** 入托准备: 适应期 and what to bring. */
export const startView = (words: ListingWords, today: IsoDate) => {
  const { adaptation, materials } = words;
  return {
    ...section([...saidPart('适应期', adaptation, today), ...saidPart('入托材料', materials, today)], adaptation ? [
      { name: '适应期', value: adaptation.days === null ? null : `${String(adaptation.days)} 天` },
      { name: '家长陪同', value: yesNo(adaptation.parentMayStay, '可以', '不可以') },
      { name: '适应期收费', value: adaptation.charge },
      { name: '没适应怎么退', value: adaptation.refund },
    ] : [], listingText.notHere, today),
    materials: materials?.items ?? [],
    gist: gistOf([adaptation && adaptation.days !== null && `适应期 ${String(adaptation.days)} 天`, materials && `要带 ${String(materials.items.length)} 样材料`, adaptation && '见详情'], null, '机构没有填报'),
  };
};

/** The institution's own 公示 on fees, shown with the fees. */
export const feesDisclosed = (words: ListingWords): FactSection['disclosed'] => disclosedOf(words, 'fees');
