/** 关停 on the page of an institution whose filing has ended or stands suspended: fees paid in advance, and where else to go. */
export const closedText = {
  title: '交过的钱还没退，怎么办',
  steps: ['先收好协议、付款记录、收据和聊天截图，写下付款日期和金额。', '能联系上的，书面提出退费并留底；联系不上也不要再付任何“解约费”“代办费”。', '可以拨打 12315，也可以到法院起诉；在这里写下来不代替这两条路。多个家庭的同一件事会合在一起办，每家都会得到答复。'],
  lead: (name: string): string => `在本地，这类事由${name}牵头办。`,
  joint: (names: readonly string[]): string => `在本地，这类事由${names.join('、')}负责，文件没有写由谁牵头。`,
  nobody: '本地文件没有写这类事由谁负责，写下来以后由办公室分派。', merged: '这里的辖区已经撤并，请拨打 12345，由现在的主管部门办理。',
  write: '写下这件事', duties: '谁管什么',
  booked: '约好的参观、试读和托育时段都已取消，已经按您留的电话通知；没有接到电话的，凭预约号和查询码可以看到。', find: '查我的预约',
  nearbyTitle: '附近还有空位的地方', nearbyFirst: '先列有空位的，再列其他备案的机构；空位由机构填报，去之前请先打电话问清。', nearbyNone: '附近和同一街道没有查到其他备案的机构。', all: '看全部机构',
} as const;
