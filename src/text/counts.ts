import type { CountRefusal } from '#domain/counts/model.ts';

/** Words of 月报在托人数, at an institution's desk and where a street enters it. */
export const countText = {
  title: '每月在托人数', ofMonth: (month: string): string => `${month}末在托人数`,
  intro: (day: string): string => `一分钟填完，请在${day}前报。托位、班型、服务方式用的是名录里的记录，不用再填。`,
  whole: '名录里还没有本机构的班型或服务方式，先全部列出来了；没有的空着就行。',
  prefilled: (month: string): string => `下面是${month}报的数，没有变就直接按“报送”。`, firstTime: '第一次报，没有上月的数可以带出来。空着的按 0 计。',
  heldOwn: (day: string): string => `这个月已在${day}报过，可以改。`, heldStreet: (day: string): string => `这个月由街道在${day}代录。请核对，没有错就按“报送”确认，有错直接改。`, heldByOwn: (day: string): string => `机构自己已在${day}报过。要改请先和机构核对。`,
  onBehalf: '您在替机构填报，页面和导出表里会注明“街道代录”，机构登录后可以核对、修改。',
  places: (places: number): string => `托位 ${String(places)} 个`, placesUnknown: '托位数没有记录', more: '其他数字', affordable: '其中普惠托位上的孩子', affordableHint: '没有普惠认定的空着。', migrant: '其中随迁家庭的孩子', migrantHint: '选填，不清楚就空着。',
  careWorkers: '月末在岗的保育人员', careWorkersHint: '请假、离岗的不算。', send: '报送', otherMonths: '补报或更正', saved: (month: string, children: number): string => `已报送：${month}末在托 ${String(children)} 人。`,
  overfull: (band: string, children: number, places: number): string => `${band}全日托 ${String(children)} 人，多于托位 ${String(places)} 个。已照您报的记下，请核对人数或请主管部门核对托位数。`,
  badNumber: (what: string): string => `${what}：写 0 到 2000 的整数，或空着。`, nothing: '请至少填一个在托人数；一个孩子都没有的，任意一格写 0。', notAsked: '本机构目前不在需要月报的名单里（只请已备案、在名录里的机构报）。', notAskedWhat: '备案状态有变化的，请联系主管部门核对。',
  noChild: '只报人数，不要写孩子的姓名。', back: '回到全部机构',
} as const;

/** Why a count was not taken. */
export const countRefusalText = {
  'not-found': '没有找到这家机构。', 'not-open': '这个月的数已经不能再改，请联系主管部门。', 'too-many-affordable': '“其中普惠”多于在托人数，请核对。', 'too-many-migrant': '“其中随迁”多于在托人数，请核对。',
  'changed-meanwhile': '刚刚有人改过这个月的数，已为您换成最新的，请再核对一次。',
} satisfies Record<CountRefusal, string>;

/** Words of 在托人数 in the office. */
export const countsOfficeText = {
  title: '在托人数和入托率', intro: (day: string): string => `各机构在${day}前报上月末的数；没有报的排在前面，街道可以代录。`, months: '月份', showMonth: '看这个月', unknownBase: '待主办单位填写', reported: '已报送', reportedOf: (reported: number, due: number): string => `${String(reported)}／${String(due)} 家`,
  children: '在托人数', childrenUnit: (children: number): string => `${String(children)} 人`, use: '托位使用率', useOf: (seated: number, places: number): string => `在托 ${String(seated)} ÷ 托位 ${String(places)}（已报且托位有记录的机构）`,
  rate: '入托率', rateOf: (children: number, of: number, day: string, source: string): string => `在托 ${String(children)} ÷ 三岁以下 ${String(of)}（${day}，${source}）`, rateUnknown: '缺三岁以下婴幼儿数，没有分母不计算', percent: (percent: number): string => `${String(percent)}%`, none: '—', rateNotWhole: '还有机构没有报',
  byStreet: '按街道（乡镇）', columns: ['街道（乡镇）', '已报', '在托', '乳儿班', '托小班', '托大班', '混合编班', '托位使用率', '入托率'] as const, noStreet: '街道没有记录', whole: '合计',
  missing: (count: number): string => `还没有报（${String(count)} 家）`, allReported: '都报齐了。', lateSince: (day: string): string => `${day}到期，已过`, dueBy: (day: string): string => `${day}到期`, enter: '代录', enterFor: (name: string): string => `代录：${name}`,
  reportedTitle: (count: number): string => `已经报的（${String(count)} 家）`, reportedColumns: ['机构', '在托', '其中普惠', '在岗保育人员', '填报'] as const, byOwn: '机构填报', byStreetSaid: '街道代录', notSaid: '没有填',
  export: '导出上报表（CSV）', exportWhat: '前八列是名录里的登记和备案信息，不用再录；后面是这个月的数。没有报的机构也在表里，数字空着。', nobody: '没有需要月报的机构', nobodyWhat: '已备案、在名录里的机构才需要报。', most: (most: number): string => `只列出前 ${String(most)} 家，全部在导出表里。`,
  yes: '已报', no: '未报',
} as const;
