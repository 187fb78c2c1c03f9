import type { PauseReason } from '#domain/directory/model.ts';
import type { DraftState, ReturnReason } from '#domain/listingDraft/model.ts';

export const draftStateText = { draft: '草稿，还没有提交', awaitingReview: '已提交，等主管部门审核', returned: '退回修改', published: '已公布', dropped: '已放弃' } as const satisfies Record<DraftState, string>;

/** 退回原因. */
export const returnReasonText = {
  incomplete: '内容不完整', notVerified: '与核实的情况不一致', inconsistent: '前后内容不一致', wording: '文字需要修改', photo: '照片不能使用', fees: '收费项目或公示不清楚', other: '其他',
} as const satisfies Record<ReturnReason, string>;

export const pauseReasonText = { illness: '传染病停班', staff: '人员不足', repair: '场地检修', holiday: '放假', stopped: '停止办托', other: '其他原因' } as const satisfies Record<PauseReason, string>;

const refusalText = {
  'not-found': '没有找到这家机构，或者它不归您填写。', 'changed-meanwhile': '刚刚有人改过这份内容，已为您换成最新的，请看过再做一次。', 'wrong-state': '这份内容已经提交审核，要改请先撤回。', nothing: '还没有改动，不用提交。',
  stale: '有几组内容在您起草之后已经更新，请先看看，再决定怎样提交。', refused: '有内容不合要求，请检查后再保存。',
} as const;

/** Words of 展示信息 at the desk. */
export const listingDeskText = {
  title: '展示信息', intro: '家长在公开页看到的内容。改好一组存一组，都好了再提交；主管部门审核后公布。停班和空余托位不用等审核，马上生效。', enterTitle: '代录展示信息', enterIntro: '机构不方便上网时，由街道或主管部门代为填写。公布后标明“街道代录”，机构确认后改成机构填报。',
  state: '现在', groups: '各组内容', changed: '已改，未公布', same: '与公开页一致', empty: '机构未填报', street: '街道代录，等机构确认', edit: '修改', fill: '填写', blanks: '没有的、说不准的都可以空着，公开页会写“机构未填报”。', fillOf: (title: string): string => `填写${title}`, editOf: (title: string): string => `修改${title}`, still: '没有变化', stillOf: (title: string): string => `${title}没有变化`, confirmIt: '内容属实，确认', confirmOf: (title: string): string => `${title}属实，确认`,
  confirmed: (title: string): string => `已核对“${title}”，公开页的核对日期改成了今天。`, savedGroup: (title: string): string => `“${title}”已存进草稿。家长还看不到，全部改好后请提交审核。`, unchangedGroup: (title: string): string => `“${title}”和公开页一样，没有改动。`,
  preview: '预览公开页', previewNote: '这是预览：审核通过后，家长会看到这样的页面。', previewBack: '回到展示信息', previewNone: '这家机构现在不在公开名录里，没有可以预览的页面。', submit: '提交审核', withdraw: '撤回修改', drop: '放弃这份草稿', dropWhat: '放弃后，草稿里没有公布的改动就没有了。',
  submitted: '已提交。主管部门审核后会在这里告诉您结果。', withdrawn: '已撤回，可以继续修改。', dropped: '草稿已放弃，公开页没有变化。', rebased: '已按您的选择更新草稿，请再提交。', changes: '这份草稿的改动', noChanges: '草稿还没有改动。', was: '现在', willBe: '改为', waits: (day: string): string => `${day}提交`,
  published: '审核通过，公开页已更新', publishedWhat: (day: string, titles: string): string => `${day}公布：${titles}。`, seePage: '看公开页',
  returned: '主管部门退回了这份内容', returnedWhy: (reason: string, words: string): string => `${reason}：${words}`, partly: (titles: string): string => `已公布：${titles}。其余的改好后再提交。`,
  stale: '这些内容在您起草后已经更新', staleWhat: '公开页现在的内容和您起草时不同。请看下面的对照，再选一个。', keepMine: '仍按我写的提交', takeTheirs: '改用公开页现在的内容',
  history: '提交记录', historyNone: '还没有提交过。', back: '回到展示信息', save: '存进草稿', locked: '这份内容正在审核。要修改，请先在“展示信息”里撤回。', before: '公开页现在', warnings: '班额和人员提醒', warningsNote: '这些只是提醒，不影响提交；请核对班数、人数是不是填对了。',
  photos: '照片', photosCount: (shown: number, waiting: number): string => `已公布 ${String(shown)} 张${waiting > 0 ? `，等审核 ${String(waiting)} 张` : ''}`, pauses: '停班', pausesNone: '没有停班安排', publicPage: '看公开页', moreRows: '再加几行', find: '找机构', search: '名称或地址', none: '没有找到机构。', pick: '填写', refusal: refusalText,
} as const;

/** Words of the photos' page. */
export const listingPhotosText = {
  title: '照片', intro: '教室、活动场地、厨房都可以，最多 20 张。请不要拍到能认出来的孩子；主管部门逐张看过以后才公布。照片里的拍摄地点等信息会自动去掉。', add: '上传照片', file: '选一张照片', fileHint: 'JPG、PNG 或 WebP，10 MB 以内', caption: '说明', captionHint: '例如：二楼活动室，最多 60 个字', illustration: '这是示意图或效果图，不是实拍',
  shown: '已公布', waits: '等审核', save: '保存说明', raise: '往前移', raiseOf: (caption: string): string => `把“${caption}”往前移`, remove: '删掉', removeOf: (caption: string): string => `删掉“${caption}”`, added: '照片已上传，提交审核后由主管部门逐张查看。', changed: '已保存。', removed: '已删掉，公开页马上不再显示。', none: '还没有照片。',
  faults: { 'not-a-picture': '这不是 JPG、PNG 或 WebP 照片，请换一张。', 'too-large': '照片太大，请换一张 10 MB 以内的。', broken: '照片打不开，请重新拍或换一张。', busy: '现在上传的人多，请过一分钟再试。', 'too-many': '已经有 20 张，请先删掉不用的。', none: '请先选一张照片。', caption: '请写 1 到 60 个字的说明。', gone: '这张照片已经不在了。' },
} as const;

/** Words of 停班. */
export const pauseText = {
  title: '停班', intro: '传染病、检修、放假等暂时不收孩子时在这里说。马上公布，不用等审核；停班的班型不再显示空位，到期自己恢复。', band: '哪个班型', all: '全部班型', from: '从哪一天起', until: '到哪一天（含）', untilHint: '说不准的先写一个日期，可以提前恢复；停止办托可以空着', reason: '原因', submit: '马上公布停班',
  slots: '同时停开这些天的预约，已约的家庭由系统通知', slotsHint: '参观、计时托都会停开；不再补约。', now: '现在的停班安排', none: '现在没有停班。', resume: '提前恢复收托', resumeOf: (what: string): string => `提前恢复：${what}`, done: '停班已公布，家长现在就能看到。', doneCancelled: (count: number): string => `停班已公布，家长现在就能看到。取消了 ${String(count)} 个预约，系统会逐一通知。`,
  resumed: '已恢复收托。空余托位要重新说一次；停开的预约时段请到“排期”里撤下。', noSlots: '停班已公布。预约没有自动停开，请到“排期”里看一看。',
  faults: { band: '请从列出的班型里选。', past: '开始日期不能早于今天。', 'too-far': '开始日期最远 60 天以后，一次最长一年。', known: '这项停班已经公布过了。', from: '请选一个真实的日期。', until: '请选结束日期，不能早于开始日期。', reason: '请选一个原因。' },
  mark: (band: string, until: string | null): string => `${band}停班${until === null ? '' : `至${until}`}`, panel: '暂时不收孩子', now1: '停班，暂不收托', panelNote: '由机构自己公布，没有经过审核。去之前请先打电话问清楚。',
  line: (band: string, from: string, until: string | null, reason: string): string => `${band}停班：${from}${until === null ? '起' : `至${until}`}（${reason}）`,
} as const;
