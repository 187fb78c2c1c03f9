import type { Processing } from '#domain/audit/impact.ts';

/** What the data map cannot say of a kind of processing: to what end, where it goes, what may go wrong, and what is done against it. */
export type ImpactWords = { readonly name: string; readonly purpose: string; readonly goes: string; readonly risks: readonly { readonly risk: string; readonly measure: string }[] };

export const processingText = {
  visits: {
    name: '预约参观、活动、入户指导和计时托', purpose: '机构接待时知道谁来、孩子多大；时间有变能联系到家长；计时托按月限时长。',
    goes: '约的那家机构或指导队，和所在地主管部门；不给其他单位，不向境外提供。',
    risks: [
      { risk: '不满 14 周岁孩子的信息泄露', measure: '不收姓名、出生日、照片、证件号和住址，孩子只有出生年月；连同称呼、手机号加密保存，密钥不放在数据库里。' },
      { risk: '工作人员随意翻看', measure: '机构只看得到自己的预约；查看联系方式、按手机尾号找预约都记操作记录，审计员每月可核对谁看过。' },
      { risk: '别人拿到预约号冒名查看', measure: '还要查询码；查询码只显示一次，库里只存校验值；试错有限制。' },
      { risk: '留得太久', measure: '参观结束 90 天后自动清除个人内容，每次清除记操作记录。' },
    ],
  },
  demand: {
    name: '入托需求登记', purpose: '有合适的空位时告诉家长一次；按街道和月龄段统计需要多少托位。', goes: '所在地主管部门；手机号不交给机构，不向境外提供。',
    risks: [
      { risk: '孩子和家庭情况泄露', measure: '称呼都不收；孩子出生年月、接送时间和手机号加密保存。' },
      { risk: '从统计数里认出人', measure: '公布时少于 5 的数不显示。' },
      { risk: '留得太久', measure: '撤回马上清除，不撤回 6 个月到期清除，只留街道、月龄段和月份。' },
    ],
  },
  notices: {
    name: '通知和电话名单', purpose: '时间有变、候补轮到时通知家长。', goes: '主办单位配置的短信或邮件通道；没有通道时由工作人员打电话。接收通道的单位：待主办单位填写。',
    risks: [
      { risk: '短信、邮件服务商看到手机号和内容', measure: '只发一次通知所需的内容；没有配置通道就一条都不发出。委托处理的协议：待主办单位填写。' },
      { risk: '打电话时看到不该看的号码', measure: '号码加密保存，打开才显示，每次打开记操作记录。' },
    ],
  },
  complaints: {
    name: '投诉、举报、咨询和建议', purpose: '受理、核实、答复诉求，处理机构的问题。', goes: '所在地主管部门和依法移交的部门；机构只看到经办人另写的转办文字，看不到身份和原话；不向境外提供。',
    risks: [
      { risk: '投诉人被认出、被报复', measure: '身份和内容各用一把密钥加密，每件不同；查看身份要写理由，先记操作记录再显示；本站的运行日志不记网络地址。' },
      { risk: '附件里有孩子的脸、位置', measure: '图片重新编码，拍摄位置等信息去掉；加密保存，打开附件记操作记录。' },
      { risk: '猜查询码偷看进度', measure: '16 位随机数字加校验位，试错有限制，库里只存校验值。' },
      { risk: '留得太久', measure: '办结后先销毁身份密钥，再销毁内容密钥；依法要保留的写明理由并列出。' },
    ],
  },
  reports: {
    name: '报告信息有误', purpose: '核实并改正机构和服务点的公开信息。', goes: '主管部门；机构看得到内容，看不到电话；不向境外提供。',
    risks: [{ risk: '报告人的电话泄露', measure: '电话可以不留；文字和电话加密保存，90 天后清除；查看电话记操作记录。' }],
  },
  accounts: {
    name: '工作人员账号和登录', purpose: '分清谁能做什么，发现冒用。', goes: '只在本站；用统一身份认证登录时，由认证平台告诉本站是谁，本站不向平台发送业务内容。',
    risks: [
      { risk: '账号被冒用', measure: '密码只存校验值；主管部门账号必须有动态码；在新设备登录、多次试错会提醒本人；30 分钟没有操作自动退出。' },
      { risk: '收得太多', measure: '账号按岗位设，不要姓名和身份证件号；统一身份认证的编号只存单向换算值；设备只记种类。' },
      { risk: '离岗后还能登录', measure: '停用立即结束全部登录，并清除密码和动态码。' },
    ],
  },
  record: {
    name: '操作记录和批量导出', purpose: '查得到谁在什么时候看过、改过、导出过。', goes: '所在地的审计员；导出的表经两个人办理后由申请人取走。导出后的保管：待主办单位填写。',
    risks: [
      { risk: '记录被改、被删', measure: '只能追加，前后用校验链相连；在“操作记录”页可以核对，能指出第一处改动。' },
      { risk: '记录本身泄露孩子和家长的信息', measure: '记录里只有账号、对象编号和说明，没有称呼和手机号。' },
      { risk: '导出的表流出', measure: '一人申请、另一人同意，一天内最多取三次，每次记操作记录。' },
    ],
  },
} as const satisfies Readonly<Record<Processing, ImpactWords>>;

/** 个人信息保护影响评估表: words of the page. */
export const impactText = {
  title: '个人信息保护影响评估表',
  intro: '处理敏感个人信息前要做影响评估，报告和处理记录至少保存三年（个人信息保护法第五十五条、第五十六条）。这张表由程序的数据清单生成：清单里每一列个人信息都在表里出现一次，不会漏。风险等级和结论由主办单位评定。',
  unknown: '待主办单位填写', head: '评估情况', assessor: '评估单位', person: '个人信息保护负责人', childPerson: '儿童个人信息保护负责人', on: '评估日期', server: '服务器所在地', processor: '受委托处理的单位', conclusion: '评估结论', generated: '数据清单的日期',
  count: (processings: number, columns: number): string => `${String(processings)} 类处理活动，${String(columns)} 列个人信息。`,
  rows: { whose: '谁的信息', purpose: '处理目的', basis: '依据', goes: '去向', keep: '保存多久', data: '有哪些信息', guard: '怎么保护', level: '风险等级' },
  guarded: (how: string, what: string): string => `${how}：${what}。`, risks: '风险和措施', riskColumns: ['可能的风险', '已有的措施'],
  outside: '数据库之外', outsideWhat: '诉求附件加密后存成文件，随诉求一起销毁。设置了备份公钥时，备份加密保存，私钥由主办单位另外保管；备份按 24 小时、7 天、35 天滚动删除。家长手机里的收藏、日期和生长记录不传给本站。',
  table: '下载表格（CSV）', back: '回到合规审计包', print: '可以直接打印这一页，填上空着的内容后存档。',
  columns: ['处理活动', '表', '列', '内容', '谁的', '目的', '依据', '去向', '保存多久', '怎么保护', '风险', '措施', '风险等级'],
} as const;
