import type { AnswerResult, InspectionOutcome } from '#domain/inspections/model.ts';
import type { RectificationStanding } from '#domain/inspections/rectification.ts';

export const answerText = { pass: '合格', fail: '不合格', notApplicable: '不适用' } as const satisfies Record<AnswerResult, string>;
export const outcomeNames = { sound: '没有发现问题', rectify: '现场责令整改', escalate: '上报主管部门' } as const satisfies Record<InspectionOutcome, string>;
export const rectificationText = { closed: '已整改到位', awaitsRecheck: '机构说已整改，等复查', due: '整改中', overdue: '整改逾期' } as const satisfies Record<RectificationStanding, string>;

/** Words of 巡查 and 整改. */
export const inspectionText = {
  title: '巡查和整改', intro: '到机构看一遍，照清单记下来；不合格的写明怎么改、什么时候改好，到期再去看。', portalTitle: '整改', portalIntro: '巡查时要求改的地方。改好了写一句，等来人复查。',
  add: '记一次巡查', open: '等着整改和复查的', noneOpen: '现在没有要整改的。', recent: '最近的巡查', noneRecent: '还没有巡查记录。', queueWhat: '整改到期、机构说改好了等复查的', portalQueueWhat: '巡查要求改、还没有报告改好的',
  institution: '机构', pick: '请选择机构', inspectedOn: '巡查日期', answers: '逐项看', notLooked: '没有看', note: '哪里不合格，要怎么改', noteOf: (title: string): string => `${title}：哪里不合格，要怎么改`, words: '其他要记的', wordsHint: '不写任何人的姓名和证件号。',
  outcome: '结果', outcomeHint: { sound: '没有不合格的', rectify: '当场要求改，写明改好的日期', escalate: '本街道处理不了，交给主管部门' } as const, dueOn: '整改最晚到', dueHint: '责令整改的填写。', recheckOn: '哪天再来看', recheckHint: '不用再来的空着。',
  photos: '照片', photosHint: '最多 4 张，每张不超过 10 MB。不要拍到孩子和大人的脸。', noFaces: '已核对：照片里认不出任何一个人', save: '保存巡查记录', saved: '已保存。', known: '这次巡查已经保存过。',
  printed: '打印巡查记录', record: '巡查记录', by: (side: 'street' | 'office'): string => (side === 'street' ? '街道巡查' : '主管部门巡查'), columns: ['看什么', '结果', '说明'] as const, remedies: '整改', noRemedies: '这次没有要求整改。', signInspector: '巡查人签名：', signInstitution: '机构负责人签名：', signDay: '日期：',
  finding: '问题', demand: '要求', due: '最晚', doneWords: '机构说', recheckNote: '复查', recheck: '登记复查', passed: '改好了吗', passedYes: '改好了', passedNo: '没有改好', nextDue: '没改好的，最晚到哪天', recheckNoteField: '复查情况', saveRecheck: '保存复查', rechecked: '复查已登记。',
  reportDone: '报告已改好', doneField: '怎么改的', doneHint: '一两句话，如“通道已清空，换了应急灯”。', reported: '已报告，等来人复查。', portalNone: '没有要整改的。',
  item: (finding: string, institution: string): string => `${institution}：${finding}`, day: (day: string): string => `${day}最晚`, photoOf: (index: number): string => `巡查照片 ${String(index)}`, toVerify: '待官方核对',
  back: '回到巡查和整改', lateDays: (days: number): string => `已过 ${String(days)} 天`, account: '这条记录是另一个账号写的，请用那个账号登录后再发送。',
} as const;

/** Words of writing down without a signal. */
export const inspectionOfflineText = {
  title: '没有信号时记巡查', lede: '写下的内容存在这部手机上，有信号后自动发送，只发一次。', keepTitle: '没有信号也要用', keepIntro: '把机构名单和空白表存到这部手机，去没有信号的地方也能记。名单里只有机构名称，退出登录时清除。', keep: '存到这部手机', forget: '从这部手机清除', kept: (day: string): string => `已存（${day}）`, notKept: '还没有存',
  open: '打开空白表', waiting: '还没有发送的', waitingNone: '没有等着发送的记录。', send: '现在发送', sendOf: (name: string): string => `现在发送：${name}`, typing: '正在写，已存在这部手机上', stored: '没有信号。已存在这部手机上，有信号自动发送；不要清除浏览器数据。', sending: '正在发送…', sent: '已发送。', signIn: '登录已经结束。请先登录，登录后打开这一页会自动发送。',
  signInLink: '去登录', refused: '没有收下，请改好再发：', other: '另一个账号写的，没有发送。请用原来的账号登录。', empty: '这部手机上还没有机构名单。请在有信号的时候打开“巡查和整改”，按“存到这部手机”。', script: '这一页要在打开了 JavaScript 的浏览器里用。', restore: '接着写', remove: '删掉', removeOf: (name: string): string => `删掉：${name}`,
} as const;

/** What is wrong, and how to put it right. */
export const inspectionFault = (field: string, code: string): string => {
  const of: Readonly<Record<string, string>> = {
    'institution': '请选择机构。', 'institution-unknown': '名录里没有这家机构，请重新选择。', 'not-your-street': '这家机构不在本街道，请选本街道的机构。', 'inspectedOn': '请填写巡查日期，如 2026-11-23。', 'future': '巡查日期不能在今天以后。', 'too-old': '三十天以前的巡查不能再补记，请联系主管部门。',
    'answers': '请至少看一项。', 'item-unknown': '清单已经更新，请打开最新的空白表重新选。', 'outcome': '请选择结果。', 'fails-but-sound': '有不合格的，结果请选“现场责令整改”或“上报主管部门”。', 'nothing-failed': '没有不合格的，结果请选“没有发现问题”。', 'note-missing': '不合格的每一项都要写明哪里不合格、要怎么改（至少两个字）。',
    'due-missing': '责令整改请填写最晚改好的日期。', 'due-before': '最晚改好的日期不能早于巡查那天（复查后不能早于今天）。', 'recheck-before': '再来看的日期不能早于巡查那天。', 'dueOn': '请按“年-月-日”填写，如 2026-12-01。', 'recheckOn': '请按“年-月-日”填写，如 2026-12-01。', 'words': '请写 1000 字以内，不写证件号。', 'note': '请写 300 字以内，不写证件号。',
    'known-other': '这条记录的编号已经用过，请打开空白表重新写。', 'noFaces': '有照片的，请核对有没有拍到人脸，核对后打勾。', 'too-many': '照片最多 4 张。', 'not-a-picture': '只收 JPG、PNG、WebP 照片。苹果手机的 HEIC 请在相机设置里改成“兼容性最佳”再拍。', 'too-large': '照片每张不超过 10 MB。', 'broken': '有一张照片打不开，请换一张。',
    'passed': '请选择改好了没有。', 'nextDue': '没有改好的，请填写下一次的日期（不早于今天）。', 'changed-meanwhile': '刚刚有人改过，已换成最新的，请再核对一次。', 'wrong-state': '这一项现在不用再登记。', 'doneWords': '请写两个字以上，300 字以内，不写证件号。',
  };
  return of[code] ?? of[field] ?? '请核对这一项。';
};
