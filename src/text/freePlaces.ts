/** Words of 空位. */
export const freePlacesText = {
  title: '空位', intro: '家长最先看的就是空位。每月核对一次，30 天没有核对，公开页就不再显示数字。改成 0 也马上生效，省去家长白跑。',
  still: '仍然准确', stillWhat: '数字没有变，按一下就把核对日期改成今天。', change: '改数字', free: '空余托位', of: (places: number): string => `共 ${String(places)} 个托位`, placesUnknown: '托位数没有填报',
  hint: '没有空位写 0；暂时说不准的，空着。', confirmed: (day: string): string => `上次核对：${day}`, never: '还没有核对过', until: (day: string): string => `公开页显示到 ${day}`, faded: '已超过 30 天，公开页不再显示数字', save: '保存并公布',
  saved: '已公布，家长现在看到的就是这些数字。', confirmedToday: '已核对，核对日期改成了今天。', none: '本机构还没有班型和托位的记录，请先请主管部门核对名录，或在展示信息里填写。', publicPage: '看公开页',
  changedMeanwhile: '数字刚刚有了变化，已为您换成最新的，请再核对一次。', bad: (band: string, most: number | null): string => (most === null ? `${band}：写 0 到 2000 的整数，或空着。` : `${band}：写 0 到 ${String(most)} 的整数（不能多于托位数），或空着。`), gone: '没有找到本机构，请联系主管部门。',
  warnings: '班额和人员提醒', warningsNote: '这些只是提醒，不影响公布；请核对班数、人数是不是填对了。',
} as const;
