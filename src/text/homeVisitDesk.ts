const faults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  name: { 'too-short': '指导队名称至少写 2 个字。', 'too-long': '指导队名称请不超过 40 个字。', format: '指导队名称里有看不见的符号，请重新写。' },
  verifyPhone: { 'too-long': '核实电话太长，请检查。', format: '核实电话写 11 位手机号，或带区号的固定电话；还没有就空着。' },
};

/** 入户指导 at a street's desk. */
export const homeVisitDeskText = {
  title: '入户指导', slots: '排时段', team: '指导队信息', newTeam: '建立入户指导队', save: '保存', saved: '已保存。已经开放的时段也会显示新的核实电话。', back: '回到入户指导',
  teamLede: '家长预约时看到指导队的名称和核实电话。来人时，家长可以先打这个电话确认，再开门。', newTeamLede: '本街道还没有入户指导队。先填名称和核实电话，再排每周的时段。',
  name: '指导队名称', nameHint: '例如：某某街道入户指导队', verifyPhone: '核实电话', verifyPhoneHint: '有人接听的办公电话；还没有就空着，页面上显示“待主办单位填写”',
  fault: (field: string, code: string): string => faults[field]?.[code] ?? '这一项没有看懂，请检查。',
  changed: (name: string, phone: string): string => `指导队信息刚被同事改过：现在是“${name}”，核实电话${phone === '' ? '没有填' : phone}。您填的内容还在，确认后请再保存一次。`,
  noneWhat: '家长只能约指导队开放的时段。还没有排，就先“排时段”。',
  callFirst: '确认后请先打电话和家长约定门牌和具体时间。两人同行，出示工作证。不推销、不收费。',
} as const;
