import type { ClosureReason, ConflictReason, SlotDecision } from '#domain/slotTemplates/model.ts';
import type { TemplateFault } from '#domain/slotTemplates/checks.ts';
import type { TemplateRefusal } from '#domain/slotTemplates/commands.ts';
import type { StaffCap } from '#domain/slotTemplates/staffCap.ts';

/** Why a change of the timetable is refused, and what to do. */
export const templateRefusalText = {
  'not-found': '没有找到这条排期，可能已经被撤下。请刷新页面再看。',
  'changed-meanwhile': '这条排期刚刚被别人改过。请刷新页面，看过新的内容再改。',
  'too-many': '排期或例外已经太多，请先结束不用的。',
} satisfies Record<TemplateRefusal, string>;

/** A field's fault → the sentence beside it: what is wrong and how to mend it. */
export const templateFieldText: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { 'unknown-value': '请选择预约类型。', 'wrong-host': '入户指导由指导队排期，其他类型由机构排期。请换一个类型。' },
  weekdays: { required: '请至少选一天。', format: '同一天请只选一次。', range: '请从周一到周日里选。' },
  times: { required: '请至少填一个时间。', format: '几个时间互相重叠，请错开。', range: '一天最多填 12 个时间。', 'same-times': '另一条排期已经有同样的时间，请改时间，或去改那一条。' },
  start: { format: '请按 09:30 这样填开始时间。', required: '请填开始时间。' },
  minutes: { range: '时长请填 10 到 720 分钟，并且当天结束。', format: '时长请填整数分钟。', required: '请填时长。' },
  shares: { required: '请填可约人数。', 'unknown-value': '分班型和在岗人数只用于计时托、临时托。', format: '同一个班型只能填一次；填了几行时，每行都要选班型。' },
  bands: { format: '同一个班型请只选一次。', 'unknown-value': '请从列表里选班型。' },
  capacity: { range: '可约人数请填 1 到 500 的整数。', format: '可约人数请填整数。', required: '请填可约人数。' },
  staffOnDuty: { range: '在岗保育人员请填 1 到 50 的整数，不清楚就空着。', format: '在岗保育人员请填整数，不清楚就空着。' },
  title: { required: '请填活动名称，家长靠它认出活动。', 'too-long': '活动名称最多 60 个字。' },
  details: { 'unknown-value': '填写的内容和预约类型不一致，请重新选择类型。' },
  validFrom: { format: '请按年月日填开始日期。', required: '请填从哪天开始。' },
  validUntil: { range: '结束日期要晚于开始日期。', past: '结束日期已经过去，请改晚一些，或空着表示一直有效。', format: '请按年月日填结束日期，一直有效就空着。' },
  makeUpLike: { range: '请选调休上班日按周几开，或选不开放。' },
  template: { 'unknown-template': '没有找到这条排期，请重新选择。' },
  day: { past: '这一天已经过去，请选今天或以后。', 'outside-validity': '这一天不在排期的有效期里，请先改有效期。', format: '请按年月日填日期。' },
  from: { format: '请按年月日填开始日期。' },
  until: { past: '结束日期已经过去，请改晚一些。', range: '结束日期不能早于开始日期。', format: '请按年月日填结束日期。' },
  lastDay: { past: '最后一天最早填昨天。' },
};

const bandText = { infant: '乳儿班', toddler: '托小班', older: '托大班', mixed: '混合编班' } as const;
const articleOf = (cap: StaffCap): string => (cap.rule?.ratioCitation ? `${cap.rule.ratioCitation.document}${cap.rule.ratioCitation.article}` : cap.document);
const toVerify = (cap: StaffCap): string => (cap.rule?.ratioConfidence === 'A' || cap.rule?.ratioConfidence === 'B' ? '' : '数字待官方核对。');

/** The sentence for a fault; one above the staff's cap names the rule and its source. */
export const templateFaultText = ({ field, code, cap }: TemplateFault): string => {
  if (code !== 'over-staff-cap' || !cap || cap.cap === null || !cap.rule) return templateFieldText[field.split('.').at(-1) ?? '']?.[code] ?? '请检查这一项。';
  return `${articleOf(cap)}：${bandText[cap.rule.band]}每名保育人员最多照护 ${String(cap.rule.childrenPerCareWorker)} 名孩子。在岗 ${String(cap.staff)} 人，最多可约 ${String(cap.cap)} 名，请减少人数或增加在岗人员。${toVerify(cap)}`;
};

/** What the desk reads about the cap of a share. */
export const staffCapText = (cap: StaffCap): string => {
  if (cap.rule === null) return '标准没有规定混合编班的人员配比，这里不设上限，请机构自行把握。';
  if (cap.cap === null) return '没有填在岗保育人员，这里不设上限。';
  return `按${articleOf(cap)}，${String(cap.staff)} 名保育人员最多照护 ${String(cap.cap)} 名孩子。${toVerify(cap)}`;
};

/** Why a booked slot no longer fits. */
export const conflictReasonText = {
  'not-planned': '新的排期里没有这个时段。', 'other-end': '新的排期里，这个时段的结束时间变了。', 'too-few-seats': '新的可约人数少于已约人数。', 'other-details': '新的排期改了收费或说明，已约的家庭看到的是原来的。',
} satisfies Record<ConflictReason, string>;

/** What the desk may do with it. */
export const conflictChoiceText = {
  keep: '照原样办，继续接受预约', stop: '照原样办，不再接受新的预约',
} satisfies Record<SlotDecision, string>;
export const conflictOtherWays = '也可以逐个改期，或者取消并通知家庭。没有处理之前，已约的时段一律不动。';

export const closureReasonText = { illness: '传染病停班', closure: '临时停托', staff: '人员安排', weather: '天气原因', other: '其他' } satisfies Record<ClosureReason, string>;

/** Shown where a plan reaches a year whose 节假日安排 is not published. */
export const calendarMissingText = (years: readonly number[]): string =>
  `${years.map((year) => `${String(year)} 年`).join('、')}的节假日安排还没有公布，这些日子先按周几排。公布后会自动调整，已约的时段不会变。`;

/** 预览 in one sentence. */
export const planReportText = ({ added, updated, removed, heldBack, conflicts }: { readonly added: number; readonly updated: number; readonly removed: number; readonly heldBack: number; readonly conflicts: readonly unknown[] }): string =>
  `新增 ${String(added)} 个时段，改动 ${String(updated)} 个，撤下 ${String(removed)} 个没有人约的。${conflicts.length > 0 ? `另有 ${String(conflicts.length)} 个已约的时段需要您决定。` : ''}${heldBack > 0 ? `有 ${String(heldBack)} 个新时段和已约的时段重叠，先不开放。` : ''}`;
