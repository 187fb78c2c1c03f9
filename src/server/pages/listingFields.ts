import { acceptances, classBands, feeItems, feePeriods, serviceModes } from '#domain/directory/model.ts';
import { disclosureSubjects, healthWorkers, holidayOpening, mealNames } from '#domain/listing/model.ts';
import type { ListingGroup } from '#domain/listingDraft/model.ts';
import { acceptanceText, bandText, feeItemText, feePeriodText, modeText } from '#text/directory.ts';
import { disclosureText, healthWorkerText, holidayText, mealText } from '#text/listing.ts';
import { fieldText } from '#text/listingFields.ts';
import { slotsDeskText } from '#text/slotsDesk.ts';

export type FieldKind = 'text' | 'long' | 'count' | 'yuan' | 'day' | 'month' | 'clock' | 'choice' | 'yesNo' | 'check' | 'lines';
export type Option = { readonly value: string; readonly label: string };
/** One field of a group: where its value lies in the content, what it is called, what it takes. */
export type FieldSpec = { readonly path: string; readonly label: string; readonly kind: FieldKind; readonly options?: readonly Option[]; readonly hint?: string; readonly most?: number; readonly first?: string; /** What an empty row begins with; there is then no empty choice. */ readonly start?: string };
/** A list in a group: a row of fields for each entry, and some empty ones; `keys`: one row for each of these instead, named by the field `by`. */
export type RowsSpec = { readonly path: string; readonly blank: number; readonly nth: string; readonly by?: string; readonly keys?: readonly Option[]; readonly ignore?: readonly string[] };
export type PartSpec = { readonly legend?: string; readonly hint?: string; readonly rows?: RowsSpec; readonly fields: readonly FieldSpec[] };

const optionsOf = <Value extends string>(values: readonly Value[], text: Readonly<Record<Value, string>>): readonly Option[] => values.map((value) => ({ value, label: text[value] }));
const bands = optionsOf(classBands, bandText);
const modes = optionsOf(serviceModes, modeText);
const holidays = optionsOf(holidayOpening, holidayText);
/** 周一 … 周日 by their numbers. */
export const weekdays: readonly Option[] = slotsDeskText.weekdayNames.map((label, at) => ({ value: String(at + 1), label }));

const text = (path: string, label: string, most = 500, hint?: string): FieldSpec => ({ path, label, kind: most > 120 ? 'long' : 'text', most, ...(hint === undefined ? {} : { hint }) });
const count = (path: string, label: string): FieldSpec => ({ path, label, kind: 'count', most: 4 });
const yesNo = (path: string, label: string, hint?: string): FieldSpec => ({ path, label, kind: 'yesNo', ...(hint === undefined ? {} : { hint }) });
const day = (path: string, label: string, hint?: string): FieldSpec => ({ path, label, kind: 'day', ...(hint === undefined ? {} : { hint }) });
const choice = (path: string, label: string, options: readonly Option[], first?: string): FieldSpec => ({ path, label, kind: 'choice', options, ...(first === undefined ? {} : { first }) });
const clock = (path: string, label: string): FieldSpec => ({ path, label, kind: 'clock', most: 5, hint: '例如 08:00' });

const per = optionsOf(feePeriods, feePeriodText);
const mustPay: readonly Option[] = [{ value: 'yes', label: '必交' }, { value: 'no', label: '自选' }];

/** 各组的项目: what each group of a page is made of. Forms, their reading and the comparison all go by it. */
export const listingFields: Readonly<Record<ListingGroup, readonly PartSpec[]>> = {
  contact: [{ fields: [text('phone', '联系电话', 30), text('address', '地址', 120)] }],
  modes: [{ legend: '服务方式', fields: modes.map(({ value, label }) => ({ path: `modes:${value}`, label, kind: 'check' })) }],
  bands: [{ rows: { path: 'bands', blank: 0, nth: '', by: 'band', keys: bands }, fields: [count('places', '托位数'), { path: 'availableFrom', label: '下次可入托月份', kind: 'month' }] }],
  classes: [{ rows: { path: 'bands', blank: 0, nth: '', by: 'band', keys: bands }, fields: [count('classes', '班数'), count('careWorkers', '保育人员数')] }],
  admission: [
    { fields: [choice('rule', '按什么收', [{ value: 'byMonths', label: '按月龄' }, { value: 'byCohort', label: '按学年（像幼儿园）' }])] },
    { legend: '按月龄收的填这里', fields: [count('min', '最小月龄'), count('max', '最大月龄')] },
    { legend: '按学年收的填这里', fields: [{ path: 'entryMonth', label: '入托月份', kind: 'month' }, { path: 'bornFrom', label: '最早出生月份', kind: 'month' }, { path: 'bornUntil', label: '最晚出生月份', kind: 'month' }, day('applyFrom', '报名开始'), day('applyUntil', '报名截止'), text('how', '怎么报名', 500)] },
  ],
  opening: [
    { rows: { path: 'hours', blank: 0, nth: '', by: 'weekday', keys: weekdays }, fields: [clock('opens', '开门'), clock('closes', '关门')] },
    { fields: [clock('extendedUntil', '延时服务到几点'), yesNo('opensInSchoolHolidays', '寒暑假开放')] },
  ],
  hours: [{ fields: [choice('publicHolidays', '法定节假日', holidays), choice('makeUpWorkdays', '调休上班日', holidays), text('schoolHolidays', '寒暑假'), text('receptionDays', '家长接待日')] }],
  fees: [
    { rows: { path: 'fees', blank: 3, nth: '收费项目', ignore: ['required', 'per'] }, fields: [choice('item', '项目', optionsOf(feeItems, feeItemText)), choice('band', '班型', bands, '不分班型'), choice('mode', '服务方式', modes, '不分方式'), { path: 'amount', label: '金额（元）', kind: 'yuan', most: 10 }, { ...choice('per', '计费单位', per), start: 'month' }, { path: 'required', label: '必交还是自选', kind: 'yesNo', options: mustPay, start: 'yes' }, text('note', '说明', 100)] },
    { legend: '这次调整', fields: [day('feesFrom', '从哪一天起执行', '写以后的日期，批准后先显示“拟调整”，到那天自己生效'), day('feeNotice.publishedOn', '从哪一天起公示'), yesNo('feeNotice.committeeHeard', '听取过家长委员会意见')] },
  ],
  money: [
    { rows: { path: 'extensionSteps', blank: 2, nth: '延时费第', ignore: ['per'] }, fields: [clock('from', '从'), clock('until', '到'), { path: 'amount', label: '金额（元）', kind: 'yuan', most: 10 }, { ...choice('per', '计费单位', per), start: 'time' }] },
    { fields: [{ ...count('prepaidMonths', '一次预收几个月'), hint: '不预收写 0' }, text('depositRefund', '押金怎么退'), text('absenceMeals', '请假怎么退伙食费'), text('absenceCare', '请假怎么退保育费'), text('leaving', '中途退托怎么退'), text('agreement', '托育服务协议全文', 20_000), day('publishedOn', '现行收费从哪一天起公示'), yesNo('committeeHeard', '定价时听取过家长委员会意见')] },
  ],
  services: [{ fields: [yesNo('mealsProvided', '供餐'), yesNo('openToNeighbours', '面向附近居民'), ...acceptances.map((one) => yesNo(`accepts.${one}`, `可接收：${acceptanceText[one]}`))] }],
  day: [
    { rows: { path: 'schedule', blank: 4, nth: '第' }, fields: [clock('from', '从'), clock('until', '到'), text('what', '做什么', 60)] },
    { fields: [{ ...count('outdoorMinutes', '每天户外活动多少分钟'), most: 3 }, text('sleep', '午睡')] },
  ],
  menu: [
    { fields: [day('weekOf', '这一周的周一')] },
    { rows: { path: 'days', blank: 0, nth: '', by: 'weekday', keys: weekdays }, fields: mealNames.map((meal) => text(meal, mealText[meal], 120)) },
  ],
  staff: [{ fields: [count('careWorkers', '保育人员人数'), count('qualified', '其中持证人数')] }],
  health: [{ fields: [choice('healthWorker', '保健人员', optionsOf(healthWorkers, healthWorkerText)), text('clinic.name', '签约的社区卫生服务中心', 100), text('clinic.visits', '医生多久来一次'), text('medicine', '带药和喂药'), text('illness', '孩子生病时')] }],
  safety: [{ fields: [yesNo('insurance.held', '投了托育责任险'), text('insurance.insurer', '保险公司', 100), day('insurance.until', '保到哪一天'), text('pickup', '接送怎么核对'), { ...count('recordingDays', '录像保存多少天'), most: 4 }] }],
  committee: [{ fields: [yesNo('formed', '成立了家长委员会')] }],
  adaptation: [{ fields: [{ ...count('days', '适应期几天'), most: 2 }, yesNo('parentMayStay', '家长可以陪'), text('charge', '适应期怎么收费'), text('refund', '不适应时怎么退')] }],
  materials: [{ fields: [{ path: 'items', label: '入托材料', kind: 'lines', hint: '一行一样，最多 30 样', most: 3_200 }] }],
  disclosures: disclosureSubjects.map((subject) => ({ legend: disclosureText[subject], fields: [text(`${subject}.text`, '公示内容', 2_000), day(`${subject}.publishedOn`, '公示日期')] })),
};

/** Parts of a content that are there whole or not at all: all their fields left empty, they are null. */
export const wholeOrNull: Partial<Readonly<Record<ListingGroup, readonly string[]>>> = { health: ['clinic'], safety: ['insurance'], disclosures: disclosureSubjects };

/** Words of yes and no of a field. */
export const yesNoOf = ({ path, options }: FieldSpec): readonly Option[] => options ?? [{ value: 'yes', label: path.startsWith('accepts') || path === 'parentMayStay' ? fieldText.can : fieldText.yes }, { value: 'no', label: path.startsWith('accepts') || path === 'parentMayStay' ? fieldText.cannot : fieldText.no }];
