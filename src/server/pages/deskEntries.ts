import type { Permission } from '#domain/accounts/model.ts';

/** One thing to do at a desk: it stands in the navigation and on the start page of whoever has the permission. */
export type DeskEntry = {
  readonly desk: 'portal' | 'office'; readonly href: `/${string}/`; readonly title: string;
  /** One line: what is done there. */
  readonly what: string;
  readonly permission: Permission;
};

/** 事项, in the order they are worked through: today's work first. A new page adds its line here, and nothing else. */
export const deskEntries: readonly DeskEntry[] = [
  { desk: 'portal', href: '/portal/places/', title: '空位', what: '每月核对一次空余托位，没有变就按“仍然准确”', permission: 'listing.edit' },
  { desk: 'portal', href: '/portal/count/', title: '在托人数', what: '每月一次，一分钟：上月的数已填好，核对后报送', permission: 'count.report' },
  { desk: 'office', href: '/office/cases/', title: '投诉办理', what: '最先到期的先办：受理、转办、答复、回访', permission: 'complaint.read' },
  { desk: 'portal', href: '/portal/listing/', title: '展示信息', what: '班型、收费、食谱、照片，改好提交审核；停班马上公布', permission: 'listing.edit' },
  { desk: 'office', href: '/office/listings/', title: '展示信息审核', what: '机构提交的页面内容，等得最久的先看', permission: 'listing.review' },
  { desk: 'office', href: '/office/listings/enter/', title: '代录展示信息', what: '机构不方便上网的，街道或主管部门代填', permission: 'listing.enter' },
  { desk: 'portal', href: '/portal/reports/', title: '信息有误', what: '有人说页面有错：核对，写一句说明', permission: 'correction.handle' },
  { desk: 'office', href: '/office/reports/', title: '信息有误', what: '家长报告的页面错误：核对、更正或说明', permission: 'correction.handle' },
  { desk: 'portal', href: '/portal/bookings/', title: '预约', what: '答复申请，登记到场，现场登记，打印当日名单', permission: 'bookings.read' },
  { desk: 'portal', href: '/portal/calls/', title: '电话通知', what: '没有短信时给家长打电话：看号码和说明，打完记一下', permission: 'calls.work' },
  { desk: 'office', href: '/office/calls/', title: '电话通知', what: '机构两小时内没有打通的，由街道和主管部门接着打', permission: 'calls.work' },
  { desk: 'office', href: '/office/home-visits/', title: '入户指导', what: '答复家长的申请，登记上门情况，排时段，填核实电话', permission: 'homeVisits.edit' },
  { desk: 'portal', href: '/portal/codes/', title: '建档码', what: '看过材料后发给家长，下次约计时托可以直接确认', permission: 'bookings.read' },
  { desk: 'office', href: '/office/filings/', title: '备案情况', what: '备案状态和时限，登记推送，暂停和停止展示，等第二个人复核', permission: 'filing.read' },
  { desk: 'portal', href: '/portal/cases/', title: '主管部门来函', what: '对主管部门转来的事情作出说明', permission: 'complaint.reply' },
  { desk: 'portal', href: '/portal/slots/', title: '排期', what: '每周的时段、停开和寒暑假、传染病停班', permission: 'slots.edit' },
  { desk: 'portal', href: '/portal/terms/', title: '预约规则', what: '提前几天开放、几点截止、要不要先答复、能不能候补', permission: 'slots.edit' },
  { desk: 'office', href: '/office/terms/', title: '全区预约规则', what: '没有自己规则的机构和入户指导按这里办', permission: 'notice.write' },
  { desk: 'office', href: '/office/banners/', title: '紧急公告', what: '停课、传染病、天气：一分钟内出现在本地区每个页面，到时自己消失', permission: 'notice.write' },
  { desk: 'portal', href: '/portal/supervision/', title: '监督记录', what: '评估和正式决定，年度义务、人员核查在这里填报，对决定作说明', permission: 'supervision.report' },
  { desk: 'office', href: '/office/supervision/', title: '评估与监督', what: '质量评估、正式决定，年度义务和人员核查，逾期清单', permission: 'supervision.read' },
  { desk: 'portal', href: '/portal/inspections/', title: '整改', what: '巡查时要求改的地方，改好了在这里报告', permission: 'supervision.report' },
  { desk: 'office', href: '/office/inspections/', title: '巡查和整改', what: '到机构照清单看，责令整改、上报、复查，打印巡查记录；没有信号也能记', permission: 'supervision.read' },
  { desk: 'office', href: '/office/leads/', title: '摸排线索', what: '没有登记备案就收托的地方：记下、核实、指导、移交，半年汇总', permission: 'supervision.read' },
  { desk: 'office', href: '/office/member-report/', title: '成员单位情况', what: '联席会议各成员单位的任务、诉求件数、超期，能直接粘贴的文字', permission: 'supervision.read' },
  { desk: 'office', href: '/office/signals/', title: '参观反馈', what: '家长参观后私下回答的三个问题，按机构汇总', permission: 'supervision.read' },
  { desk: 'office', href: '/office/demand/', title: '托育需求汇总', what: '按街道、月龄和希望入托月份，少于 5 的不显示', permission: 'count.read' },
  { desk: 'office', href: '/office/counts/', title: '在托人数', what: '每月报送情况、托位使用率和入托率，街道代录，导出上报表', permission: 'count.read' },
  { desk: 'office', href: '/office/affordable/', title: '普惠认定', what: '普惠托位、价格上限和有效期，录入、终止，六十天内到期的', permission: 'filing.read' },
  { desk: 'office', href: '/office/import/', title: '名录导入', what: '上传备案名录，先看差异再确认；没有导全的不收', permission: 'import.prepare' },
  { desk: 'office', href: '/office/messages/', title: '未送达的通知', what: '试过多次没有送出的邮件和短信，修好通道后重发', permission: 'filing.write' },
  { desk: 'office', href: '/office/accounts/', title: '账号', what: '建立和停用账号，重发激活信，办理负责人变更', permission: 'account.read' },
  { desk: 'office', href: '/office/exports/', title: '批量导出', what: '成批的资料一人申请、另一人批准，批准后一天内下载', permission: 'export.read' },
  { desk: 'office', href: '/office/sign-ins/', title: '登录提醒', what: '新设备登录和多次输错的账号，可以结束它们的登录', permission: 'account.secure' },
  { desk: 'office', href: '/office/incident/', title: '全站公告和暂停受理', what: '系统出故障或者维护时：告诉所有地区，暂停收新的申请', permission: 'account.write' },
  { desk: 'office', href: '/office/data-files/', title: '资料新旧', what: '每个数据文件的来源日期、核对日期和距今几天', permission: 'account.write' },
  { desk: 'office', href: '/office/audit/', title: '操作记录', what: '谁做了什么，能校验、能下载；每月敏感信息查看统计', permission: 'audit.read' },
  { desk: 'portal', href: '/portal/who-sees/', title: '谁能看到什么', what: '每个岗位能做什么、看不到什么', permission: 'portal' },
  { desk: 'office', href: '/office/who-sees/', title: '谁能看到什么', what: '每个岗位能做什么、看不到什么', permission: 'office' },
];
