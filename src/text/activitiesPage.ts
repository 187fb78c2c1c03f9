/** Words of the page that lists a place's classes and activities by week. */
export const activitiesPageText = {
  title: '父母课堂和亲子活动',
  lede: '附近托育机构开的课和活动，大人可以来听，也可以带孩子来。在本站报名不收费。',
  filters: '筛选活动', age: '孩子多大', anyAge: '不限', street: '街道或乡镇', anyStreet: '全部', show: '查看', clear: '看全部',
  ages: [{ value: '-1', label: '孕期' }, { value: '3', label: '0–6 个月' }, { value: '9', label: '6–12 个月' }, { value: '18', label: '12–24 个月' }, { value: '30', label: '24–36 个月' }],
  week: (first: string, last: string): string => `${first}–${last}`,
  previous: '上一周', next: '下一周', calendar: '这一周的日历', today: '今天', none: '没有',
  book: '报名', wait: '候补', full: '约满', where: '地点',
  emptyWeek: '这一周没有符合的活动', emptyWeekNext: '下一场在', emptyAll: '近期没有可以报名的活动', emptyAllWhat: '机构开放新的活动后，会列在这里。', emptyFiltered: '换一个月龄或街道试试。', toList: '找托育机构',
  subscribe: '订阅活动', subscribeWhat: '加进手机日历后，新的活动和变动会自动出现。', ics: '订阅到手机日历', atom: 'Atom 订阅', json: 'JSON 订阅',
} as const;

/** Words of the page of 入户指导. */
export const homeVisitsText = {
  title: '入户指导',
  lede: '社区的指导人员到家里，看看怎么喂养、怎么陪玩。孕期和孩子出生后都可以约。',
  rules: ['两位指导人员一起上门，进门先出示工作证。', '上门前可以打核实电话确认身份，确认了再开门。', '不推销、不收费。有人推销或收钱，请不要付款。', '预约时只填社区或村，不填门牌；指导队打电话约定门牌和时间。'],
  rulesTitle: '先知道这几条',
  only: (street: string): string => `只到${street}的家庭`,
  verify: '核实电话', awaiting: '待主办单位填写',
  none: '这里还没有可以在网上约的入户指导', noneWhat: '可以打电话问负责入户指导的部门：', noneAsk: '可以问所在社区居委会、街道（乡镇），或社区卫生服务中心。', noneNow: '四周内没有可约的时间，请过几天再看。', activities: '看父母课堂和亲子活动', sample: '示例数据，指导队为虚构',
} as const;
