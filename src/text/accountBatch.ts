import type { BatchProblem } from '#domain/accounts/batch.ts';

type FileCode = 'unreadable' | 'empty' | 'too-many' | 'no-column' | 'unknown-column' | 'column-twice' | 'cells' | 'required' | 'too-long' | 'format' | 'formula';

const codes: Readonly<Record<FileCode | BatchProblem['code'], string>> = {
  'unreadable': '文件打不开或不是表格，请另存为 CSV（UTF-8）或 .xlsx 再传', 'empty': '表格里没有内容', 'too-many': '一次最多 200 家，请分成几个文件', 'no-column': '少了这一列', 'unknown-column': '不认识这一列，只要“机构”“登录名”“岗位”', 'column-twice': '这一列出现了两次', 'cells': '这一行多出了格子',
  'required': '没有填', 'too-long': '太长', 'format': '有看不见的特殊符号', 'formula': '开头是 = + - @，表格软件会当成公式，请改掉',
  'unknown': '名录里没有这家机构', 'ambiguous': '名录里有几家同名，请改写统一社会信用代码', 'has-account': '这家机构已有账号，要另建请到账号页单独办理', 'twice': '这家机构在表里出现了两次', 'login-format': '登录名用 3 到 40 个小写字母、数字、点、横线或下划线，第一个是字母或数字', 'login-taken': '这个登录名已经有人用', 'login-twice': '这个登录名在表里出现了两次',
};

/** 批量激活信: accounts for many institutions at once, and a letter for each. */
export const accountBatchText = {
  title: '批量激活信', intro: '上传一张表，一次给多家机构建账号，每家打印一封激活信。有一处不对就一个都不建，改好再传。', file: '表格', fileHint: '第一行写列名：机构（全称或统一社会信用代码）、登录名、岗位。后两列可以不要：登录名自动取，岗位不写人名。CSV 或 .xlsx，最多 200 家。', send: '检查并生成激活信',
  noFile: '请选一个文件。', tooLarge: '文件太大，请不超过 400 KB。', nothing: '没有建任何账号。改好后请再选一次文件。', raced: '刚刚有人用了其中一个登录名，没有建任何账号，请再传一次。',
  made: (count: number): string => `已建 ${String(count)} 个账号。激活信只显示这一次，请现在打印，每封一页，交给负责人。离开这一页就看不到了，遗失的在账号页重发。`, print: '用浏览器的“打印”，每封信自动分页。', printed: '打印完了，回到账号', link: '批量激活信', more: (count: number): string => `除上面列出的，还有 ${String(count)} 处要改。`,
  problem: (line: number | null, column: string | null, code: FileCode | BatchProblem['code'], said: string | null): string => `${line === null ? '' : `第 ${String(line)} 行`}${column === null ? '' : `“${column}”`}${line === null && column === null ? '' : '：'}${codes[code]}${said === null || said === '' ? '' : `（${said}）`}。`,
} as const;
