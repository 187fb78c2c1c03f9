import type { Subject } from '#domain/jurisdiction/model.ts';

/**
 * The rest of the 55: matters of none of the sixteen subjects, which stand on the duties page; place, matter, who answers.
 * 河北区's row on leave is the one left: its line (30) says 责任部门：区人社局 without 牵头 or 负责, so no lead is made of it.
 */
export const dutiesBesides: readonly (readonly [string, string, string])[] = [
  ['hebei', '税收优惠', '区税务局'], ['zezhou', '信用信息', '县发展和改革局'], ['zezhou', '水电气居民价格', '县发展和改革局'], ['zezhou', '社会监督', '县计生协会'], ['zezhou', '税收优惠', '县税务局'],
  ['xiacheng', '社区照护服务', '各街道'], ['xiacheng', '单位自建照护点', '区总工会'], ['xiacheng', '国有房产租赁', '国投集团'],
];

/** Rows with an express duty (E) of the routing table that fall under a subject: place, subject, topic, lead, who joins. */
export const statedDuties: readonly (readonly [string, Subject, string | null, string, readonly string[]])[] = [
  ['hebei', 'unfiled', null, '区卫生健康委', ['区委编办', '区市场监管局', '区民政局', '区政务服务办']], ['hebei', 'unfiled', '营利性机构登记', '区市场监管局', ['区卫健委']], ['hebei', 'unfiled', '非营利性机构登记', '区民政局', ['区政务服务办']], ['hebei', 'unfiled', '事业单位性质机构申请审批', '区委编办', ['区政务服务办']],
  ['hebei', 'safety', null, '街道办事处', ['区应急局', '区消防救援支队', '辖区派出所']], ['hebei', 'safety', '安全防范', '公安河北分局', ['街道']], ['hebei', 'safety', '安全生产', '区应急局', ['街道']], ['hebei', 'fire', null, '区消防救援支队', ['街道']], ['hebei', 'food', null, '区市场监管局', ['区卫健委', '区疾控中心']],
  ['hebei', 'health', null, '区卫生健康委', ['区妇女儿童保健中心', '区疾控中心', '区卫生计生监督所', '区市场监管局']], ['hebei', 'staff', null, '区卫生健康委', ['区市场监管局', '区疾控中心']], ['hebei', 'staff', '从业人员培训与劳动权益', '区人社局', []], ['hebei', 'kindergarten', null, '区教育局', ['区发展改革委']],
  ['hebei', 'premises', null, '区住房建设委', ['市规划资源局河北分局']], ['hebei', 'guidance', null, '区卫生健康委', ['区妇联']], ['daqing', 'other', '质量评估', '市卫健委', ['市教育局', '市民政局', '高新区', '各县区']],
  ['zezhou', 'unfiled', null, '县卫生健康和体育局', ['县行政审批服务管理局', '各乡镇']], ['zezhou', 'safety', null, '县公安局', []], ['zezhou', 'fire', null, '县消防救援大队', []], ['zezhou', 'food', null, '县市场监督管理局', ['县卫体局']], ['zezhou', 'product', null, '县市场监督管理局', []], ['zezhou', 'health', null, '县卫生健康和体育局', []],
  ['zezhou', 'unfiled', '事业单位登记', '县委编办', []], ['zezhou', 'premises', null, '县住房保障和城乡建设局', []], ['zezhou', 'staff', '人才培养', '县教育局', ['县卫体局', '各乡镇']], ['zezhou', 'leave', null, '县人力资源和社会保障局', ['县总工会', '县妇联', '县卫体局', '县教育局']], ['zezhou', 'leave', '女职工权益', '县总工会', []], ['zezhou', 'staff', '女性从业人员权益', '县妇联', []],
  ['zezhou', 'facility', '交通场所', '县交通运输局', []], ['zezhou', 'facility', '旅游景点', '县文化和旅游局', []],
  ['xiacheng', 'other', '日常监督管理', '各街道', []], ['xiacheng', 'unfiled', null, '区卫健局', ['各街道', '区民政局', '教育局', '区市场监管局', '消防救援下城大队']], ['xiacheng', 'unfiled', '营利性机构登记', '区市场监管局', []], ['xiacheng', 'unfiled', '民办非企业单位登记', '区民政局', []], ['xiacheng', 'food', null, '区市场监管局', []],
  ['xiacheng', 'fee', null, '区市场监管局', ['区发改局']], ['xiacheng', 'safety', null, '区公安分局', []], ['xiacheng', 'safety', '应急安全', '区应急管理局', []], ['xiacheng', 'fire', null, '消防救援下城大队', []], ['xiacheng', 'premises', null, '区住建局', []], ['xiacheng', 'premises', '环境保护', '生态环境下城分局', []],
  ['xiacheng', 'health', null, '区卫健局', ['区妇幼保健计划生育服务中心']], ['xiacheng', 'kindergarten', null, '区教育局', ['区卫健局']], ['xiacheng', 'staff', '从业人员培训', '区教育局', ['区卫健局', '区人社局']], ['xiacheng', 'guidance', null, '区卫健局', ['区妇联', '各街道']], ['xiacheng', 'staff', '女性从业人员维权', '区妇联', []],
];
