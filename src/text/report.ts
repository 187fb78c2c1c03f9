import type { ReportState, ReportTopic } from '#domain/listing/model.ts';

/** What a report is about, in the words of a family. */
export const reportTopicText = {
  contact: '名称、地址或电话', fees: '收费', hours: '开放时间', places: '班型、托位或空位', credential: '备案信息', closed: '已经不办了或找不到', photos: '照片（例如拍到了孩子）', other: '其他',
} as const satisfies Record<ReportTopic, string>;

/** A field's fault → the sentence beside it. */
export const reportFieldText: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  topic: { required: '请选择哪一项不对。', 'unknown-value': '请选择哪一项不对。' },
  right: { required: '请写一下哪里不对、正确的是什么。', 'too-short': '请再写几个字：哪里不对、正确的是什么。', 'too-long': '最多 500 个字，请缩短一些。', format: '内容里有无法保存的符号，请改用普通文字。' },
  phone: { format: '请填写 11 位手机号，或带区号的固定电话；也可以不填。' },
  id: { format: '页面放得太久了，请再提交一次。', required: '页面放得太久了，请再提交一次。' },
};

export const reportStateText = { received: '待核对', checked: '已核对', corrected: '已更正', declined: '不需要更正' } as const satisfies Record<ReportState, string>;

/** Words of 信息有误 at the desks. */
export const reportDeskText = {
  title: '信息有误', intro: '家长或路人报告的页面错误。先核对，再更正页面或说明不用改。', ownIntro: '有人说本机构的页面有错。请核对，写一句说明；要改的内容到“展示信息”里改。报告人的电话只有主管部门能看到。', none: '没有待处理的报告。', settled: '已办结', settledNone: '还没有办结的报告。', open: '待处理',
  said: '报告的内容', forgotten: '内容已到期删除。', at: (day: string): string => `${day}收到`, reference: '更正编号', institution: '机构', state: '状态', notes: '办理记录', side: { institution: '机构', authority: '主管部门' }, answer: '办理', to: '结果', words: '说明', wordsHint: '4 到 300 个字，不要写报告人的电话和姓名', save: '保存', ownSave: '已核对，提交说明', withPhone: '报告人留了电话，可以核实时联系。',
  noPhone: '报告人没有留电话。', phoneTitle: '看报告人的电话', phoneReason: '为什么要看', phoneReasonHint: '例如：需要确认是哪一天去的。会记入审计。', phoneOpen: '看电话', phone: (number: string): string => `电话：${number}`, phoneGone: '电话已经删除。', done: '已保存。', back: '回到列表', edit: '去改展示信息', enter: '代机构修改页面', publicPage: '看公开页',
  faults: { to: '请选一个结果。', words: '请写 4 到 300 个字的说明，不要写电话或证件号。', reason: '请写 4 到 200 个字，说明为什么要看电话。', changed: '这条报告刚刚有人办理过，请看现在的状态。' },
} as const;

/** Words of the report's pages. */
export const reportText = {
  title: '报告信息有误',
  lede: '写下哪里不对，机构和主管部门都会收到，核对后更正。',
  whoSees: '谁会看到：您写的内容，这家机构和主管部门能看到；电话只有主管部门能看到。90 天后删除。',
  topic: '哪一项不对？',
  right: '哪里不对，正确的是什么？',
  rightHint: '例如：电话换了，现在是……；或：7 月起不再收费……。请不要写孩子的姓名、病情和证件号。',
  phone: '您的电话',
  phoneHint: '只在需要核实时联系您，可以不填。',
  send: '提交报告',
  notComplaint: '这里只用来更正页面上的信息。要反映收费纠纷、照护或安全问题，请到：', toComplaint: '提诉求',
  tooMany: (minutes: number): string => `报告得太频繁了，请 ${String(minutes)} 分钟后再试。您填写的内容还在。`,
  receivedTitle: '已收到，谢谢您',
  reference: '更正编号',
  receivedNext: '机构和主管部门会核对。改好以后，页面上的“变更记录”会写明哪天更新了什么。',
  receivedKeep: '编号只用来说明收到过这条报告，不能用它查看您写的内容。',
  unknownTitle: '没有找到这条报告',
  unknown: '链接可能不完整。如果您刚提交过，请返回上一页再试一次。',
  back: '回到机构页面',
} as const;
