import type { Permission, Role } from '#domain/accounts/model.ts';

/** Words of the frame around 机构工作台 and 办公室. */
export const deskText = {
  portal: '机构工作台',
  office: '办公室',
  navLabel: '事项',
  allTasks: '全部事项',
  publicView: '公开页面',
  myAccount: '我的账号',
  signOut: '退出登录',
  today: (day: string) => `今天是${day}`,
  noEntries: '这里还没有需要您处理的事项。新的事项开通后会出现在这里。',
  notAllowed: '您的账号没有这一页的权限',
  notAllowedWhy: '这不是您的差错：每个岗位只能打开自己的页面，这次没有打开的内容也没有改动。需要这项权限的，请向本单位的系统管理员提出。',
  notAllowedWho: (roles: string) => `您现在的岗位：${roles}。`,
  backToDesk: '回到我的工作台',
  whoSees: '谁能看到什么',
  whoSeesWhat: '每个岗位能做什么、看不到什么。',
  mine: '我的岗位',
  others: '其他岗位',
  may: '可以',
  mayNot: '看不到、做不了',
  role: '岗位',
  everyAct: '每次登录、每次改动、每次打开敏感内容都会留痕，留痕不能修改、不能删除。',
  noName: '本站不要求填写孩子的姓名、证件号和照片，任何岗位都看不到。',
} as const;

/** 岗位 as it is called on every page. */
export const roleText = {
  institution: '托育机构', clerk: '经办岗', reviewer: '审核岗', department: '协同部门', street: '街道（乡镇）', systemAdmin: '系统管理员', securityAdmin: '安全管理员', auditor: '审计员',
} satisfies Record<Role, string>;

/** What each role never sees: said beside what it may do. */
export const roleLimitText = {
  institution: '其他机构的预约、联系方式和未公开资料；投诉人的姓名和电话',
  clerk: '批准自己录入的内容；账号和操作记录的管理',
  reviewer: '账号的建立和停用；操作记录的修改',
  department: '没有转给本部门的投诉；机构的预约',
  street: '其他街道的巡查、线索和代录内容；投诉人的联系方式',
  systemAdmin: '机构、预约和投诉的内容；任何人的密码',
  securityAdmin: '机构、预约和投诉的内容；账号的建立',
  auditor: '改动任何内容；家长留下的联系方式',
} satisfies Record<Role, string>;

/** 权限 in words, as the page 谁能看到什么 lists them. */
export const permissionText = {
  'portal': '进入机构工作台', 'office': '进入办公室',
  'listing.edit': '填写、修改本机构的展示信息', 'listing.enter': '代机构录入展示信息，由机构确认', 'listing.review': '审核机构的展示信息',
  'slots.edit': '安排本机构的预约时段', 'bookings.read': '查看本机构的预约和家长留下的称呼、电话', 'bookings.write': '答复本机构的预约，登记到场，发建档码', 'homeVisits.edit': '安排本街道的入户指导',
  'filing.read': '查看登记和备案情况', 'filing.write': '录入登记和备案情况', 'import.prepare': '上传名录并核对差异', 'import.commit': '确认导入名录',
  'institution.suspend': '暂停展示一家机构，写明理由', 'institution.takeDown': '复核别人录入的停止、恢复和新备案',
  'supervision.read': '查看评估、检查和整改', 'supervision.write': '录入评估、检查、整改和正式决定', 'supervision.report': '填报本机构的年度义务和人员核查，对正式决定作说明', 'inspection.write': '现场巡查', 'lead.write': '登记摸排线索',
  'count.report': '每月报在托人数', 'count.read': '查看入托率',
  'complaint.read': '查看归自己办的投诉', 'complaint.intake': '登记电话、来访的投诉', 'complaint.assign': '转办投诉', 'complaint.handle': '办理转给自己的投诉', 'complaint.decide': '确定投诉的处理和答复', 'complaint.reply': '对投诉作出说明', 'complaint.identity': '说明理由后查看投诉人的称呼和电话',
  'calls.work': '按名单打电话通知家长', 'notice.write': '发布通知', 'correction.handle': '处理“信息有误”',
  'export.read': '查看批量导出的申请和办理情况', 'export.request': '申请批量导出', 'export.approve': '批准别人申请的批量导出',
  'account.read': '查看账号', 'account.write': '建立、停用账号，办理负责人变更', 'account.secure': '重设动态码，结束别人的登录', 'audit.read': '查看、导出操作记录',
  'own': '修改自己的密码和动态码，查看、结束自己的登录',
} satisfies Record<Permission, string>;
