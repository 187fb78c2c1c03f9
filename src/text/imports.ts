import type { CommitRefusal, ImportGroup } from '#domain/importDraft/model.ts';

/** Words of the office's import screen. */
export const importText = {
  title: '名录导入', intro: '上传全国备案信息导出的表，或本站模板的表。先比对，看清楚会改什么，再由有权限的人确认；确认之前，公开页什么都不变。',
  upload: '上传一份名录', listTitle: '这份名录叫什么', listTitleHint: '会作为出处写在公开页上，如“2026年11月备案名录”。', file: '名录文件', fileHint: 'CSV 或 XLSX，不超过 12 MB。不要带孩子、家长的任何信息。',
  acceptMissing: '确实少了多少家', acceptMissingHint: '只有名录比现有的少很多、已经核实时才填：照拒绝的提示写明家数。', compare: '上传并比对', badTitle: '请写名录的名称，2 到 60 个字，不含斜杠和换行。', noFile: '请选择一个文件。', tooLarge: '文件超过 12 MB，请只保留需要的列，或分区县上传。', badCount: '写一个整数，或空着。', twoFiles: '一次上传一个文件。',
  problems: (count: number): string => `这份名录有 ${String(count)} 处要改，什么都没有写入`, problemsMore: (more: number): string => `还有 ${String(more)} 处，改完上面的再上传。`, warnings: (count: number): string => `有 ${String(count)} 处请留意（不影响导入）`, each: '看每一处', unnamed: '有一处内容不符合要求，请按模板核对。',
  truncated: (missing: number, present: number): string => `名录里少了 ${String(missing)} 家（现有 ${String(present)} 家），像是没有导全，没有收下`, truncatedWhat: (missing: number): string => `请先核对导出时有没有筛选、分页。确实都要撤下的，在“确实少了多少家”里写 ${String(missing)}，再上传一次。`, truncatedWrong: (typed: number, missing: number): string => `您写的是少 ${String(typed)} 家，实际少 ${String(missing)} 家，没有收下。`, missingNames: '名录里没有的机构',
  open: '等待确认', openNone: '没有等待确认的名录。', openBy: (who: string, day: string): string => `${who}于${day}上传`, look: '看差异', runs: '已导入', runsNone: '还没有导入过名录。', runColumns: ['名录', '行数', '新增', '变更', '缺少', '重新出现', '导入时间'] as const,
  done: (added: number, changed: number, missing: number, returned: number): string => `已导入：新增 ${String(added)} 家，变更 ${String(changed)} 家，缺少 ${String(missing)} 家，重新出现 ${String(returned)} 家。公开页已经更新。`, doneShort: '名录已导入，公开页已经更新。', discarded: '已放弃这份名录，什么都没有改。',
  summary: (rows: number, format: string): string => `读到 ${String(rows)} 行（${format}）`, formats: { registry: '全国备案信息', full: '本站模板' }, same: (count: number): string => `没有变化的 ${String(count)} 家`, nothing: '和现有名录完全一样。确认后只更新核对日期。',
  acknowledge: (group: string, count: number): string => `我已核对${group}的 ${String(count)} 家`, commit: '确认导入', discard: '放弃这份名录', waits: '这份名录等有“确认导入”权限的人（审核岗）核对。', otherPerson: '按三员分立，要由另一个人确认。', more: (count: number): string => `还有 ${String(count)} 家，没有列出。`,
  from: (before: string, after: string): string => `${before} → ${after}`, empty: '空', gone: '没有找到这份名录：可能已经导入或放弃了。', template: '下载模板', onlyHere: '机构从名录里消失时，公开页会标明“不在最近一次导入的名录中”，不会删除记录。',
} as const;

/** The four sorts of difference, and what each does. */
export const importGroupText = {
  added: { title: '新增', what: '现有名录里没有的，确认后公开。' }, changed: { title: '变更', what: '名录里的内容和现有的不同，确认后按名录的改。' },
  missing: { title: '缺少', what: '现有名录里有、这份里没有的，确认后不再出现在查找里。' }, returned: { title: '重新出现', what: '以前缺少、这份里又有的，确认后重新公开。' },
} as const satisfies Record<ImportGroup, { readonly title: string; readonly what: string }>;

/** Why a list was not let in. */
export const commitRefusalText = {
  'not-found': '没有找到这份名录：可能已经导入或放弃了。', 'not-acknowledged': '请逐类核对，打勾后再确认。', 'same-person': '按三员分立，上传的人不能自己确认，请另一个人确认。', 'changed-meanwhile': '刚刚有人改动了名录，差异已重新比对，请再核对一次。',
  'truncated': '和现在的名录相比缺少太多，没有导入。', 'invalid': '这份名录有要改的地方，没有导入，请重新上传。',
} satisfies Record<CommitRefusal, string>;
