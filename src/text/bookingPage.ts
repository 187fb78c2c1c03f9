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

/** The answers as rows for checking before sending. */
export const bookingAnswers = (typed: Readonly<Record<string, string>>, rows: readonly number[], today: string) => [
  ...rows.map((row, index) => ({ name: rows.length > 1 ? `第 ${String(index + 1)} 个孩子` : '孩子', value: childAnswer(typed, row, today) })),
  { name: '称呼', value: (typed['contactName'] ?? '').trim() },
  { name: '手机号', value: (typed['phone'] ?? '').normalize('NFKC').trim() },
  { name: '您是', value: relationText[typed['actingAs'] ?? ''] ?? null, missing: '未选择' },
  { name: '备注', value: (typed['note'] ?? '').trim() || null, missing: '没有填写' },
];

/** What to bring to a visit; nothing that this site asks for or keeps. */
export const whatToBring = [
  '按约好的时间到，迟到请先打电话。', '可以带孩子来，也可以只来大人。', '想了解的问题可以先写下来：班额和照护人数、一日作息、饮食、接送规则、全部费用和退费规则。', '参观时不需要缴任何费用，也不需要交证件原件。',
] as const;
