/** Stable English codes of the JSON API → what the person reads. */
export const problemText = {
  'malformed-json': '提交的内容不是有效的 JSON。', 'idempotency-key-missing': '缺少 Idempotency-Key 请求头（8–128 个可见 ASCII 字符）。',
  'cross-origin': '请求来自其他网站，已拒绝。', 'origin-missing': '缺少 Origin 请求头，已拒绝。', 'not-found': '没有找到。', 'method-not-allowed': '这个地址不支持此方法。',
  'too-large': '提交的内容太大。', 'unsupported-media-type': '请使用 application/json。', 'unknown-host': '网址不正确。', invalid: '有内容需要修改。',
  'scope-needed': '符合的机构太多，请再写具体一点，或选择一个地区、一个位置和距离。',
  'idempotency-key-reused': '这个 Idempotency-Key 已用于另一个请求。', 'too-many-requests': '操作太频繁，请稍后再试。', busy: '系统繁忙，请稍后再试，您填写的内容没有丢失。',
  'disk-low': '系统暂时无法保存新内容，请稍后再试或直接联系机构。', fault: '系统出了问题，已记录。请稍后再试。',
} as const;
export type ProblemCode = keyof typeof problemText;

/** Field codes without a sentence of their own. */
export const fieldCodeText: Readonly<Record<string, string>> = {
  required: '必填。', 'unknown-field': '不认识的字段。', 'too-long': '内容太长。', 'too-short': '内容太短。', format: '格式不正确。', range: '超出范围。', 'unknown-value': '不在可选范围内。',
};
