import { describe, expect, test } from 'vitest';
import { redact } from '#domain/complaints/redact.ts';

describe('a text to be forwarded', () => {
  test.each([
    ['我的电话13800138000，请回电', '我的电话［电话］，请回电', 'phone'], ['打 138 0013 8000 找我', '打 ［电话］ 找我', 'phone'], ['打 +86-138-0013-8000', '打 ［电话］', 'phone'], ['座机022-26299999', '座机［电话］', 'phone'],
    ['全角１３８００１３８０００', '全角［电话］', 'phone'], ['身份证120105201901011234', '身份证［证件号］', 'identity'], ['12010520190101123X。', '［证件号］。', 'identity'], ['卡号 6222 0212 3456 7890 123', '卡号 ［账号］', 'account'],
    ['我叫王小明，孩子摔了', '我叫［姓名］，孩子摔了', 'name'], ['我是李雷，', '我是［姓名］，', 'name'], ['孩子叫张朵朵。', '孩子叫［姓名］。', 'name'], ['请联系陈女士', '请联系［姓名］', 'name'],
    ['微信号abc_12345', '微信号［账号］', 'account'], ['写信到 mama@example.cn', '写信到 ［账号］', 'account'],
  ] as const)('%s', (text, hidden, kind) => {
    expect(redact(text)).toEqual({ text: hidden, found: [kind] });
  });

  test('hides where somebody lives', () => {
    for (const text of ['我家住建昌道12号3单元501室', '住在望海花园8栋2单元301室']) {
      const { text: hidden, found } = redact(text);
      expect([found, /\d/.test(hidden)]).toEqual([['address'], false]);
    }
  });

  test.each(['午睡时门没有关好，孩子自己走到了走廊上。', '3 月 2 日收费 3800 元，只退 1200 元。', '班里 20 个孩子只有 2 位老师。', '10:30 到 11:45 的监控没有了'])('stays as it is where there is nothing to hide: %s', (text) => {
    expect(redact(text)).toEqual({ text, found: [] });
  });

  test('of 5,000 characters without end does not keep anybody waiting', () => {
    const begun = performance.now();
    for (const unit of ['路', '1', '1-', '王', '我是', 'a@', '12 ']) redact(unit.repeat(5_000 / unit.length));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
