/** 排期 at an institution's desk. */
export const slotsDeskText = {
  title: '排期', lede: '按周排好，时段会自动开放。改排期不会动已经有人约的时段。', none: '还没有排期', noneWhat: '加一组每周的时段，家长就能预约。',
  add: '加一组时段', edit: '改', editTitle: '改排期', addTitle: '加一组时段', end: '结束这一组', endWhat: '从明天起不再开放新的时段，已约的不变。', ended: '已结束。', saved: '排期已保存。',
  kind: '哪一种预约', name: '活动名称', weekdays: '星期几', times: '时间', timesHint: '开始时间写成 09:30，时长写分钟。不用的行空着。', start: (row: number): string => `第 ${String(row)} 个开始时间`, minutes: (row: number): string => `第 ${String(row)} 个时长（分钟）`,
  moreTimes: '更多时间', capacity: '每个时段可约', capacityCare: '每个时段可约（不分班型）', capacityBand: (bands: string): string => `${bands}可约`, staff: '在岗保育人员', staffBand: (bands: string): string => `${bands}在岗保育人员`,
  capacityHint: '分班型的填下面几行，这一行空着。', validFrom: '从哪天开始', validUntil: '到哪天为止', validUntilHint: '一直有效就空着', makeUpLike: '调休上班日', closed: '不开放', open: '照常开放', likeDay: (day: string): string => `按${day}开`, holidays: '法定节假日', schoolHolidays: '寒暑假',
  fee: '收费（元）', feePer: '按', perHour: '小时', perTime: '次', leastMinutes: '最短时长（分钟）', roundingMinutes: '计费取整（分钟）', lateFee: '超时怎么收', meals: '供餐', unknown: '没有填', yes: '供', no: '不供', bring: '要带的东西', bringHint: '一行一样', illnessRule: '生病的规定', medicineRule: '喂药的规定',
  ages: '适合月龄', fromMonths: '从满几个月', untilMonths: '到不满几个月', pregnancy: '孕期也可以来', pregnancyNeedsAges: '请填到不满几个月；孕期可以来的活动也要写明孩子的月龄。', changedSinceSeen: '内容或预约有变化，请再看一遍，再按一次保存。', adults: '每家最多几位大人', place: '地点',
  preview: '先看会怎样', previewTitle: '保存后会这样', save: '保存排期', stopBooked: '已约但不再合适的时段，不再接受新的预约', weekdayNames: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  each: (weekdays: string, times: string): string => `${weekdays} ${times}`, seats: (count: number): string => `可约 ${String(count)}`, since: (from: string, until: string | null): string => (until === null ? `${from}起` : `${from}至${until}`),
  conflicts: '已约的时段，和排期对不上', conflictsWhat: '没有处理之前一律不动。', booked: (taken: number, waiting: number): string => `已约 ${String(taken)}${waiting > 0 ? `，候补 ${String(waiting)}` : ''}`, decide: '就这样办', decided: '已记下。', toDay: '看这一天的预约',
  exceptions: '例外', exceptionsWhat: '停开、寒暑假、某天改时间。撤下后，时段会自动恢复。', exceptionNone: '没有例外。', remove: '撤下', removed: '已撤下。', addException: { closed: '停开一天或一段', schoolHoliday: '填寒暑假日期', times: '某一天改时间', closedBand: '传染病停班' },
  closedTitle: '停开', schoolHolidayTitle: '寒暑假', timesTitle: '某一天改时间', closedBandTitle: '停班', from: '从哪天', until: '到哪天', which: '哪一组', all: '全部', reason: '原因', season: '哪个假期', winter: '寒假', summer: '暑假', day: '哪一天', instead: '只按这些时间（不填就是另外加开）', bands: '哪些班型',
  exceptionSave: '就这样停', exceptionSaved: '已保存。', closedBandWhat: '这几天这些班型的计时托预约会由机构取消，不算家长爽约，并逐一通知。', affected: (count: number): string => `会影响 ${String(count)} 个已约的时段`, cancelled: (count: number): string => `已停班，取消了 ${String(count)} 个预约，通知已排进“电话通知”。`,
  bookedStay: '有人约的时段不会自动取消：保存后请到“预约”里逐个处理，或选不再接受新的预约。', public: '家长看到的时段', notRead: '这一项没有看懂，请检查。',
} as const;
