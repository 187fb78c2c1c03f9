import type { Answer, Exchange } from '#server/http/exchange.ts';

/** The refusals the shell itself makes: status, title, and what a parent can do next. */
export const problems = {
  'malformed-url': [400, '网址有误', '网址里有无法识别的内容。请检查网址，或从首页重新进入。'],
  'malformed-request': [400, '请求有误', '浏览器发来的内容无法识别。请从首页重新进入。'],
  'origin-missing': [403, '无法确认请求来源', '为防止他人冒用您的操作，没有来源的提交不予受理。请打开本站页面重新提交。'],
  'cross-origin': [403, '请求来自其他网站', '为防止他人冒用您的操作，其他网站发来的提交不予受理。请打开本站页面重新提交。'],
  'not-found': [404, '找不到这个页面', '网址可能已变更或输入有误。'],
  'method-not-allowed': [405, '这个页面不接受这种操作', '请从首页重新进入。'],
  'too-slow': [408, '等待时间太长', '您的网络可能较慢，内容没有传完，也没有保存。请换个网络再试，或减少照片数量。'],
  'too-large': [413, '提交的内容太大', '内容没有保存。请减少文字，或减少照片的数量和大小后再提交。'],
  'uri-too-long': [414, '网址太长', '请减少筛选条件，或从首页重新进入。'],
  'unsupported-media-type': [415, '内容格式不受支持', '请使用本站页面上的表单提交。'],
  'expectation-failed': [417, '请求有误', '浏览器发来的内容无法识别。请从首页重新进入。'],
  'unknown-host': [421, '网址不属于本站', '请核对网址后重新输入。'],
  'headers-too-large': [431, '请求头太大', '请清除本站的浏览数据（Cookie）后再试。'],
  fault: [500, '系统出错了', '刚才的操作没有完成，问题已记录。请稍后再试；如需反映，请告知下面的编号。'],
  busy: [503, '访问的人太多', '系统暂时忙，请过几秒再试。'],
  'disk-low': [503, '暂时不能保存', '系统暂时无法保存新内容，您刚才提交的内容没有保存。请过几分钟再试，或直接联系机构。'],
  'read-only': [503, '暂时不能提交', '系统正在处理故障或者维护，现在只能查看，刚才的内容没有提交。按返回键，写好的还在，请过一会儿再提交。急事请直接打机构页上的电话，或打 12345；孩子有危险，先打 110 或 120。'],
  'not-built': [503, '网站尚未就绪', '页面还没有准备好，请稍后再来。'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ProblemCode = keyof typeof problems;

/** Refuses a request: an RFC 9457 problem for programs, a Chinese page for parents. */
export function refuse(
  code: ProblemCode,
  exchange: Pick<Exchange, 'isApi' | 'requestId' | 'mode'>,
  headers: readonly string[] = [],
  close = false,
): Answer {
  const [status, title, advice] = problems[code];
  const body = exchange.isApi
    ? JSON.stringify({ type: 'about:blank', title, status, code })
    : errorPage(title, advice, exchange.requestId, exchange.mode);
  const type = exchange.isApi ? 'application/problem+json; charset=utf-8' : 'text/html; charset=utf-8';
  const retry = status === 503 ? ['Retry-After', code === 'disk-low' || code === 'read-only' ? '300' : '5'] : [];
  return {
    status,
    headers: ['Content-Type', type, 'Cache-Control', 'no-store', ...retry, ...headers],
    body: Buffer.from(body),
    close,
  };
}

/** A page that needs nothing else to be readable: no style sheet, no script, the way home and the request's number. */
export function errorPage(title: string, advice: string, requestId: string, mode: Exchange['mode']): string {
  return `<!doctype html>
<html lang="zh-CN" data-mode="${mode}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><main>
<h1>${title}</h1>
<p>${advice}</p>
<p><a href="/">返回首页</a></p>
<p><small>编号：${requestId}</small></p>
</main></body>
</html>
`;
}
