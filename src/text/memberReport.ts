import type { MemberFigures } from '#domain/complaints/memberReport.ts';
import { caseStateText } from '#text/cases.ts';
import { fullDayText } from '#text/dates.ts';

/** What a unit has to do by the place's documents, counted. */
export type TaskCounts = { readonly leads: number; readonly joins: number; readonly targets: number };

const stated = ({ leads, joins, targets }: TaskCounts): string =>
  leads + joins + targets === 0 ? '文件里没有写到它的任务' : `文件写明的任务：${[leads > 0 ? `牵头 ${String(leads)} 项` : '', joins > 0 ? `配合或共同负责 ${String(joins)} 项` : '', targets > 0 ? `点名的目标 ${String(targets)} 项` : ''].filter((part) => part !== '').join('、')}`;

const casesSaid = ({ led, joined, states, answered, timed, inTime }: MemberFigures): string => {
  const standing = states.map(({ state, count }) => `${caseStateText[state]} ${String(count)} 件`).join('、');
  const inTimeSaid = timed === 0 ? '' : `，其中按期限答复 ${String(inTime)} 件${timed < answered ? `（另 ${String(answered - timed)} 件没有算出期限）` : ''}`;
  const first = led === 0 ? '没有收到由其牵头办理的诉求' : `收到由其牵头办理的诉求 ${String(led)} 件（${standing}），已答复 ${String(answered)} 件${inTimeSaid}`;
  return joined === 0 ? first : `${first}；协同办理 ${String(joined)} 件`;
};

/** 成员单位情况 in the office. */
export const memberReportText = {
  title: '成员单位情况', what: '联席会议或领导小组各成员单位的任务、收到的诉求、超期，一段能直接粘贴的文字。只有件数，没有诉求内容。',
  first: '从哪天', last: '到哪天', unit: '单位', everyUnit: '全部单位', show: '看这段时间', csv: '下载表格', printHint: '需要纸质的，用浏览器打印这一页；每个单位不会跨页断开。',
  days: (first: string, last: string): string => `${fullDayText(first)}至${fullDayText(last)}`,
  streetOnly: (street: string): string => `诉求只统计${street}的；任务按全区文件列出。`, source: (document: string): string => `任务出自《${document}》。`, noDocument: '没有文件。',
  historical: '文件所属的辖区已经撤销，任务只作历史资料，不代表现在由谁负责。', expired: '文件已过有效期，任务只作参考。',
  quiet: '没有诉求的单位', quietWhat: '这段时间没有诉求，也没有超期；文件写到的任务照列。', summary: '有诉求的单位', each: '逐个单位', nobody: '这段时间没有哪个单位收到诉求，也没有超期的。',
  columns: ['单位', '文件任务', '牵头诉求', '协同诉求', '已答复', '按期答复', '转办协办任务', '未办结任务', '超期'] as const,
  csvColumns: ['从', '到', '统计日', '单位', '牵头任务', '配合或共同负责', '点名目标', '牵头诉求', '协同诉求', '已答复', '能算期限的', '按期答复', '转办协办任务', '未办结任务', '超期任务', '超期诉求', '可粘贴文字'] as const,
  asked: (least: number | null, most: number | null, unit: string | null): string => {
    if (least === null && most === null) return '';
    const number = least === null ? `不超过 ${String(most)}` : most === null ? `至少 ${String(least)}` : least === most ? String(least) : `${String(least)} 至 ${String(most)}`;
    return `：${number}${unit === null ? '' : ` ${unit}`}`;
  },
  tasks: '文件里的任务', leads: '牵头', joins: '配合或共同负责', target: '目标', site: '规划示范点', line: (line: number): string => `文件原文第 ${String(line)} 行`, due: (due: string): string => `期限：${due}`,
  paste: '可粘贴的文字', copy: '复制这段文字', copied: '已复制', standing: '诉求', overdue: (count: number): string => `超期 ${String(count)} 件`,
  faults: { first: '“从哪天”请写一个日期，例如 2026-07-01。', last: '“到哪天”请写一个日期，例如 2026-12-31。', order: '“到哪天”不能早于“从哪天”。', long: '一次最多看两年。', kept: '下面仍是默认的时间。' },
  paragraph: (unit: string, days: { readonly first: string; readonly last: string; readonly today: string }, tasks: TaskCounts, figures: MemberFigures): string => {
    const given = figures.tasks + figures.openTasks === 0 ? '' : `转办、协办任务 ${String(figures.tasks)} 件，未办结 ${String(figures.openTasks)} 件。`;
    const late = figures.overdue + figures.overdueTasks;
    const lateSaid = late === 0 ? '没有超过期限的' : `超过期限未办结的诉求 ${String(figures.overdue)} 件、任务 ${String(figures.overdueTasks)} 件`;
    return `${unit}：${stated(tasks)}。${fullDayText(days.first)}至${fullDayText(days.last)}，${casesSaid(figures)}。${given}截至${fullDayText(days.today)}，${lateSaid}。`;
  },
} as const;
