import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('ten thousand days and moments have the same answers wherever the machine thinks it is', { timeout: 60_000 }, () => {
  const answers = ['UTC', 'Asia/Shanghai', 'America/New_York'].map((zone) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tests/unit/shared/zoneAnswers.ts'], { encoding: 'utf8', env: { PATH: process.env['PATH'], TZ: zone } });
    expect(status, stderr).toBe(0);
    return stdout.split(' ');
  });
  expect(new Set(answers.map(([hash]) => hash)).size).toBe(1);
  expect(answers.map(([, offset]) => offset)).toEqual(['0', '-480', '300']);
});
