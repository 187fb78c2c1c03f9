/** Words of the page on which a clerk writes down what came by telephone, in person or from another channel. */
export const caseEnterText = {
  title: '登记一件诉求', lede: '电话、来访、12345、12315、信访、上级交办、街道上报，都在这一页登记。', channel: '从哪里来', externalNumber: '外来工单号', externalNumberHint: '12345、12315、信访等的编号，没有可以不填。', externalDeadline: '外来期限', externalDeadlineHint: '与本站期限比，早的那个算。',
  kind: '类型', subject: '事项', institution: '涉及机构', institutionHint: '输入名称，从列表里选；名录里没有的照原话写；没有就不填。', street: '街道（乡镇）', streetHint: '没有选机构时填。', happened: '说了什么', happenedHint: '照原话写，写清时间、地点、经过。不写孩子的姓名和证件号。', happenedOn: '发生日期', happenedUntil: '持续到哪天', happenedAt: '大约几点', happenedAtHint: '例如“下午两点到三点”，查录像用。', identity: '身份', contactName: '怎么称呼', phone: '电话', contactHint: '匿名的不要填，填了也不保存。', severalLaws: '涉及几部法律法规（按本区文件由街道牵头）', staffWitness: '来反映的是机构员工，请特别注意保密', send: '登记', pick: '请选择', none: '不清楚',
  doneTitle: '已登记', doneWhat: '请把受理编号和查询码念给对方抄下，念两遍。离开这一页就不再显示查询码。', said: '可以这样说', script: (reference: string, confirm: string | null): string => `您反映的事情我们已经收到，编号是 ${reference}。${confirm === null ? '是否受理，会尽快告诉您。' : `是否受理，${confirm}前告诉您。`}`, reference: '受理编号', open: '打开这件', again: '再登记一件', toQueue: '回到清单', lead: '承办部门', confirmBy: '告知是否受理', answerBy: '答复期限', keepUntil: '录像可能保存到', keepWhat: '监控录像一般至少保存 90 日，请提醒对方就医并保留病历。', emergency: '孩子正在受到伤害或有危险，请对方先打 110；要急救，打 120；着火打 119。',
  notMade: '没有登记成', notAllowed: '您的岗位不能登记诉求。', notYourStreet: '只能登记本街道（乡镇）的诉求。', reused: '这张表已经提交过，内容又改了。请核对后再提交一次。',
} as const;

/** Words of the page that opens an identity. */
export const caseIdentityText = {
  title: '查看投诉人身份', what: '姓名和电话只在这一页显示一次。谁、什么时候、为什么看，都会留痕，不能删除。', reason: '为什么要看', needed: '请选一个理由。', send: '记录理由并查看', once: '只显示这一次，离开后再看要重新写理由。', name: '称呼', phone: '电话', missing: '没有留', never: '不要把身份告诉机构，也不要写进转办单、备注和答复。', back: '回到这件诉求', refused: '没有打开',
} as const;

/** Words of the page that hands something of a case to an institution. */
export const caseForwardText = {
  title: '转给机构', what: '机构只会看到您在这里写的话，看不到原文、附件、编号和是谁说的。请写事情本身，去掉能猜到是谁的细节。', institution: '转给哪家机构', words: '给机构看的话', wordsHint: '下面是去掉了电话、证件号等内容的草稿，请逐句看过再改。班级小、日子具体的，写“近期”“某班”。', replyBy: '请机构哪天前说明', preview: '看机构会看到什么', previewTitle: '机构会看到的就是这些', checked: '已逐句看过，猜不出是谁', checkedNeeded: '请先逐句看过，再打勾。', send: '转给机构', change: '再改改', original: '原文（机构看不到）', back: '回到这件诉求', done: '已转给机构。', institutionNeeded: '请选一家机构。', notOpen: '现在的状态不能转给机构。还没有受理的，请先受理；已经办结的，重新办理后再转。',
} as const;

/** Words of an institution's page of what the office asks it about. */
export const institutionCasesText = {
  title: '主管部门来函', lede: '主管部门请您说明的事情。这里只有需要您说明的内容。', none: '没有需要说明的事情', noneWhat: '主管部门转来需要您说明的事情时，会出现在这里。', received: '转来', replyBy: (day: string): string => `请在${day}前说明`, noDay: '请尽快说明', ask: '需要说明的事情', reply: '您的说明', replyHint: '写清事实、经过和已经采取的措施。请不要写孩子和家长的姓名。', send: '提交说明', replied: (day: string): string => `已于${day}说明`, done: '说明已提交。', fair: '请不要猜测、打听或者为难反映情况的人。如有录像等资料，请妥善保存。', late: '已过期限，请尽快说明。', waits: '等您说明', keep: '已说明',
} as const;
