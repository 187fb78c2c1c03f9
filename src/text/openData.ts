import type { OpenRecord } from '#domain/directory/openRecord.ts';

/** 数据项说明: every column of the open data, in the order of the table. */
export const openFieldText = {
  id: ['UUID', '机构的固定编号，改名、迁址、重新导入都不变'], name: ['文本', '机构名称；“示例”开头的是演示用的，不是真实机构'], aliases: ['文本列表', '简称、曾用名'],
  kind: ['代码', '机构类型：independent 独立托育机构，kindergartenClass 幼儿园托班，homeSite 家庭托育点，employer 用人单位，community 社区'],
  ownership: ['代码', '办托主体：public 公办，publicPrivatelyRun 公建民营，privateNonProfit 民办非营利，privateForProfit 民办营利，employer 用人单位'],
  nature: ['代码', '机构性质：publicInstitution 事业单位，socialService 社会服务机构，forProfit 营利性机构'], creditCode: ['文本', '统一社会信用代码'],
  county: ['六位代码', '所在县（市、区）；辖区本身是县区的为空'], subdistrict: ['九位代码', '所在街道（乡镇）'], subdistrictName: ['文本', '街道（乡镇）名称'],
  address: ['文本', '地址'], phone: ['文本', '机构公布的电话'], longitude: ['度', '经度，WGS-84'], latitude: ['度', '纬度，WGS-84'],
  credentialKind: ['代码', '资质：filing 卫健备案，kindergarten 教育部门管理，licence 法定准入；备案是告知，不是许可'], credentialState: ['代码', '资质状态：receipted 已备案，changed 已备案（变更中）'],
  credentialNumber: ['文本', '备案编号；没有编号的为空'], receiptedOn: ['日期', '备案通过日期'], authority: ['文本', '备案机关'],
  modes: ['代码列表', '服务方式：fullDay 全日托，halfDay 半日托，hourly 计时托，temporary 临时托'],
  bands: ['JSON', '班型（infant 6–12 月，toddler 12–24 月，older 24–36 月，mixed 18 月以上）的托位 places、空位 free、核对日期 confirmedOn、下次可入托月份；空位超过 30 天没有核对的为空'],
  affordablePlaces: ['整数', '今天有效的普惠托位'], monthlyFee: ['整数，分', '每月必须交的费用合计；机构没有填报完整的为空'], fees: ['JSON', '收费项目，金额以分计'], feesFrom: ['日期', '收费标准执行日期'],
  hours: ['JSON', '每周开放时间，weekday 1 是星期一'], opensInSchoolHolidays: ['是否', '寒暑假是否开放'], extendedUntil: ['时刻', '延时服务到几点'], mealsProvided: ['是否', '是否供餐'],
  acceptsAllergy: ['是否', '是否接收食物过敏的孩子；为空是机构未填报，不是不接收'], acceptsMedicine: ['是否', '是否接收慢病用药的孩子；为空是机构未填报'], acceptsSpecialNeeds: ['是否', '是否接收发育迟缓或残疾的孩子；为空是机构未填报'],
  confirmedOn: ['日期', '信息最近核对的日期'], sourceTitle: ['文本', '依据'], sourceUrl: ['网址', '依据的网址'], sourceReadOn: ['日期', '读取依据的日期'],
  url: ['网址', '本站的机构页'], modifiedAt: ['时刻', '发布内容最近变动的时刻，带时区'], sample: ['是否', 'true 是演示用的示例机构，不能当作真实机构使用'],
} as const satisfies Record<keyof OpenRecord, readonly [kind: string, meaning: string]>;

/** Words of the page of open data and of what the files say of themselves. */
export const openDataText = {
  title: '开放数据', lede: '名录可以整份下载，也可以让别的系统自动读取。不用登记，不要密钥。',
  files: '下载和接口', feeds: '订阅', fields: '每一项是什么意思', name: '名称', kind: '类型', meaning: '说明', programs: '给开发人员',
  formats: {
    csv: ['表格（CSV）', '用表格软件打开；多个值用 | 隔开'], json: ['JSON', '给程序读；加 modified_after=2026-11-01 只取之后变动的和退出的'], geojson: ['地图（GeoJSON）', 'WGS-84 坐标，可直接放到地图上'],
    dictionary: ['数据项说明（JSON）', '和本页下面的表相同'], hsds: ['HSDS 3.0', '国际通用的服务目录格式'], openapi: ['接口说明（OpenAPI 3.1）', '每个接口的参数和返回内容'],
    atom: ['动态（Atom）', '新增、变更、退出的机构，活动和公告'], jsonFeed: ['动态（JSON Feed）', '内容相同，给程序读'], calendar: ['活动日历（iCalendar）', '加到手机日历，活动改时间会跟着变'],
  },
  counts: (listed: number) => (listed === 0 ? '名录里现在没有机构。' : `现在有 ${String(listed)} 家机构。`),
  withdrawn: '机构注销备案、暂停展示或从名录里消失后，所有文件和接口里立刻就没有它了，只在“退出”里留下编号和时刻。',
  samples: '本站现在用示例数据演示，sample 为 true 的机构都不是真的。',
  personal: '只有机构自己公布的和主管部门公开的信息，没有任何家长、孩子或者工作人员的个人信息。',
  licence: '使用条件',
  licenceLines: ['可以免费使用、转载和加工。', '请注明来源是本站，并写明数据的时刻；不要改动后仍说是本站的数据。', '备案是告知，不是许可，也不代表质量；请不要用这份数据说某家机构“获得许可”“官方推荐”。', '正式的开放许可以主办单位公布的为准：待主办单位填写。'],
  profile: 'HSDS 对应关系：机构既是 organization 也是 service，地址是 location；月费放在 cost_options（人民币元）；空位写在 wait_time；没有公布的邮政编码是空文字。',
  listTitle: (place: string) => `${place}托育机构名录`,
  feedNew: (name: string) => `新列入名录：${name}`, feedChanged: (name: string) => `信息有变动：${name}`, feedWithdrawn: (name: string) => `不再列入名录：${name}`,
  feedWords: '内容以机构页为准。', feedWithdrawnWords: '已注销备案、暂停展示或不在最新名录里。',
  serviceOf: (kind: string | null) => (kind === null ? '3 岁以下婴幼儿托育服务。' : `3 岁以下婴幼儿托育服务，${kind}。`),
  free: (said: readonly string[]) => `空位：${said.join('；')}`,
  freeOf: (band: string, free: number, on: string | null) => `${band} ${String(free)} 个${on === null ? '' : `（${on} 核对）`}`,
  sampleNote: '示例机构，不是真实机构。', monthly: '每月合计', credential: (kind: string, authority: string | null) => (authority === null ? kind : `${kind}，${authority}`),
} as const;
