import type { BookingKind } from '#domain/booking/model.ts';
import { monthText } from '#text/dates.ts';

/** Steps of booking, for the progress line. */
export const bookingSteps = (kind: 'form' | 'check' | 'refused') => {
  const at = kind === 'form' ? 1 : 2;
  return ['选时段', '填写信息', '核对并确认'].map((label, index) => ({ label, state: index < at ? 'done' as const : index === at ? 'current' as const : 'todo' as const }));
};

/** Years a birth or expected month can have: next year down to six years ago. */
export const yearsToChoose = (today: string): readonly number[] => {
  const year = Number(today.slice(0, 4));
  return Array.from({ length: 8 }, (_, index) => year + 1 - index);
};

const relationText: Readonly<Record<string, string>> = { guardian: '父母或其他监护人', entrusted: '受监护人委托代为预约' };

const childAnswer = (typed: Readonly<Record<string, string>>, row: number, today: string): string => {
  const month = `${typed[`year${String(row)}`] ?? ''}-${(typed[`month${String(row)}`] ?? '').padStart(2, '0')}`;
  return `${monthText(month)}${month < today.slice(0, 7) ? '出生' : month === today.slice(0, 7) ? '出生或预产' : '预产'}`;
};

/** What only one kind asks, as rows. */
const ownAnswers = (typed: Readonly<Record<string, string>>, kind: BookingKind) => {
  const said = (name: string): string | null => (typed[name] ?? '').trim() || null;
  if (kind === 'visit') return [{ name: '计划入托', value: said('plannedStart') && monthText(said('plannedStart') ?? ''), missing: '还没想好' }];
  if (kind === 'care') return [{ name: '建档码', value: said('enrolmentCode')?.normalize('NFKC').toUpperCase() ?? null, missing: '没有填：先提交申请，等机构确认' }];
  return kind === 'homeVisit' ? [{ name: '社区或村', value: said('community') }] : [];
};

/** The answers as rows for checking before sending. */
export const bookingAnswers = (typed: Readonly<Record<string, string>>, rows: readonly number[], today: string, kind: BookingKind = 'visit') => [
  ...rows.map((row, index) => ({ name: rows.length > 1 ? `第 ${String(index + 1)} 个孩子` : '孩子', value: childAnswer(typed, row, today) })),
  ...ownAnswers(typed, kind),
  { name: '称呼', value: (typed['contactName'] ?? '').trim() },
  { name: '手机号', value: (typed['phone'] ?? '').normalize('NFKC').trim() },
  { name: '您是', value: relationText[typed['actingAs'] ?? ''] ?? null, missing: '未选择' },
  { name: '备注', value: (typed['note'] ?? '').trim() || null, missing: '没有填写' },
];

/** Words of the page that books. */
export const newBookingText = {
  description: '填写孩子的月龄和您的联系方式，核对后确认预约。预约免费，不用登录。',
  noSlot: '没有找到这个时段', noSlotTitle: '这个时段已经撤下，或链接不完整', noSlotWhat: '请回到机构列表，重新选择机构和时段。您还没有提交任何内容。', toList: '回到机构列表', toHost: '回到机构页面', others: '换一个时段', othersNone: '这里暂时没有别的时段可约。',
  check: '核对预约', checkWaiting: '核对候补', notMade: '没有约成', closedTitle: '这个时段现在不能约', keptChoose: '您填写的内容还在，选好新时段后可以直接继续。', kept: '您填写的内容还在。', useThis: '用这个时段继续', again: '再试一次', joinQueue: '加入候补', edit: '修改内容', next: '继续', answers: '您填写的内容', steps: '预约进度', free: '本站预约免费，不代收任何费用。',
} as const;

/** What to know before coming, by kind; nothing that this site asks for or keeps. */
export const beforeComing = {
  visit: { title: '参观前', lines: ['按约好的时间到，迟到请先打电话。', '可以带孩子来，也可以只来大人。', '想了解的问题可以先写下来：班额和照护人数、一日作息、饮食、接送规则、全部费用和退费规则。', '参观时不需要缴任何费用，也不需要交证件原件。'] },
  care: { title: '送来之前', lines: ['当天由建档时写明的人接送，临时换人请先打电话。', '入园前有晨检。没通过晨检不算失约，也不影响以后预约。', '孩子发热或不舒服，请先在家休息，并打电话告诉机构。'] },
  class: { title: '参加前', lines: ['按开始时间到，迟到请先打电话。', '一家占一个名额，来几位大人看活动说明。'] },
  homeVisit: { title: '上门之前', lines: ['指导队会先打电话给您，约定门牌和具体时间。', '来人先出示工作证，可以打核实电话确认，确认了再开门。', '入户指导不推销、不收费。有人推销或收钱，请不要付款。'] },
} as const satisfies Record<BookingKind, { readonly title: string; readonly lines: readonly string[] }>;
