/** 合规审计包: minors' data, for the yearly audit. */
export const packText = {
  title: '合规审计包', intro: '处理未成年人个人信息每年要做一次合规审计（未成年人网络保护条例第三十五条至第三十七条）。这里把审计要看的五样放在一起：现有多少、谁同意的、谁看过、导出过什么、删了什么，再加完整的数据清单。只有数字，没有任何一个孩子或家长的信息。',
  print: '可以直接打印这一页附在审计报告后面。', from: '从哪天', to: '到哪天', show: '查看', rangeWrong: '日期没有看懂，或超过两年，已按今年显示。', period: (from: string, to: string): string => `${from}至${to}`,
  held: '现在保存着多少', heldWhat: '到这一刻为止。清除过的不算。', heldColumns: ['内容', '数量'],
  heldRows: { bookings: '预约里的称呼、手机号和孩子出生年月（份）', bookingChildren: '预约里的孩子（单向换算值，条）', demands: '入托需求里的孩子出生年月（份）', caseIdentities: '诉求里的投诉人身份（份）', reportPhones: '“信息有误”里的电话（份）' },
  consents: '同意', consentsWhat: '这段时间里的预约和需求登记，按同意的规则版本和同意人身份。', consentColumns: ['哪一种', '规则版本', '谁同意的', '次数'], consentOf: { booking: '预约', demand: '入托需求' }, actingAs: { guardian: '父母或其他监护人', entrusted: '受监护人委托的人' }, notSaid: '加密保存，不在这里解开', consentsNone: '这段时间没有预约和需求登记。',
  accesses: '查看', accessesWhat: '工作人员打开敏感信息的次数和理由。', accessColumns: ['账号', '查看了什么', '理由', '次数'], accessesNone: '这段时间没有人查看过敏感信息。',
  exports: '批量导出', exportsWhat: '经两个人办理离开办公室的表。', exportColumns: ['内容', '下载次数', '行数'], exportsNone: '这段时间没有批量导出。',
  deletions: '删除', deletionsWhat: '到期自动清除的和家长自己撤回的。', deletionColumns: ['内容', '数量'],
  deletionRows: { purges: '清除了几次', bookings: '清除个人内容的预约', demands: '到期清除的入托需求', withdrawn: '家长撤回的入托需求', caseIdentities: '销毁投诉人身份的诉求', caseTexts: '销毁内容的诉求' },
  map: '数据清单', mapWhat: (tables: number, columns: number): string => `${String(tables)} 张表、${String(columns)} 列，和数据库逐列核对过：库里多出一列而这里没有写，程序就发布不出去。`, mapShown: '下面只列涉及个人的；全部在下载的表格里。', mapColumns: ['表', '列', '内容', '谁的', '为什么', '依据', '保存多久', '怎么保护'], mapSummary: ['表', '谁的', '为什么', '保存多久', '其中加密或换算保存的'],
  noGuard: '按岗位权限查看', outside: '数据库之外：上传的附件加密后存成文件，随诉求一起销毁；访问日志里的网络地址只用来防攻击和查故障。', total: '合计', unknown: '待主办单位填写', person: '儿童个人信息保护负责人', place: '服务器所在地',
  tableNumbers: '下载数字（CSV）', tableMap: '下载数据清单（CSV）', back: '回到操作记录', part: '部分',
} as const;
