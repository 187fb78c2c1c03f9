import type { Institution, PlannedSite } from '#domain/directory/model.ts';
import type { Fact } from '#server/pages/institutionFacts.ts';
import { fullDayText, monthText } from '#text/dates.ts';
import { plannedText } from '#text/institution.ts';

/** 规划示范点: exactly what the plan said, and that nobody may read more into it. */
export const plannedFacts = (of: Institution, planned: PlannedSite) => {
  const missing = plannedText.capacityMissing;
  const facts: readonly Fact[] = [
    { name: '名称', value: of.name, ...(planned.nameProvisional ? { note: plannedText.provisional } : {}) },
    { name: '服务模式', value: planned.serviceModel },
    { name: '地址', value: of.address, missing },
    { name: '面积', value: planned.areaStated === null ? null : `${planned.areaStated} 平方米`, missing, ...(planned.areaStated === null ? {} : { note: planned.areaStated.includes('班') ? '方案按每班写，与其他点位不可比较' : plannedText.areaNote }) },
    { name: '规模', value: planned.takesChildren ? planned.capacityStated : plannedText.notCare, missing },
    { name: '计划完成', value: monthText(planned.dueMonth) },
    { name: '责任单位', value: planned.responsibleUnit },
    ...(planned.note === null ? [] : [{ name: '备注', value: planned.note }]),
    { name: '来源', value: planned.document, note: `${planned.seedLine === null ? '' : `第 ${String(planned.seedLine)} 行，`}${fullDayText(of.source.readOn)} 读取` },
  ];
  return {
    title: plannedText.panelTitle,
    sentences: [
      `这是 ${String(planned.year)} 年公开方案里的计划点位。后来是否建成、是否备案，方案里没有写：${plannedText.filingUnknown}。`,
      ...(planned.takesChildren ? [] : ['按方案，这里是育儿指导培训基地，不收托。']),
    ],
    facts,
  };
};
