import iconv from 'iconv-lite';
import { pinyin } from 'pinyin-pro';
import { expect, test } from 'vitest';
import { traditionalPairs } from '#domain/shared/traditional.ts';

const isInGb2312Level = (character: string): boolean => {
  const [high = 0, low = 0] = iconv.encode(character, 'gb2312');
  return high >= 0xb0 && high <= 0xf7 && low >= 0xa1;
};
const readings = (character: string): readonly string[] => pinyin(character, { toneType: 'none', multiple: true, type: 'array' });

test('the table knows several hundred characters, each simplified form a simplified one read the same way', () => {
  expect(traditionalPairs.size).toBeGreaterThan(500);
  for (const [traditional, simplified] of traditionalPairs) {
    expect(isInGb2312Level(simplified), simplified).toBe(true);
    expect(traditionalPairs.has(simplified), simplified).toBe(false);
    expect(readings(traditional).some((reading) => readings(simplified).includes(reading)), `${traditional} ${simplified}`).toBe(true);
  }
});
