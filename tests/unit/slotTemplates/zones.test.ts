import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const program = `
import { planSlots } from '#domain/slotTemplates/plan.ts';
import { aPattern, aTemplate, cn2026, day } from '#tests/builders/slotTemplate.ts';
const times = [{ start: '00:30', minutes: 30 }, { start: '23:00', minutes: 30 }];
const { slots } = planSlots([aTemplate(aPattern({ times, makeUpLike: 1 }))], [], cn2026, { first: day('2026-10-28'), last: day('2026-11-10') }, 0);
process.stdout.write(JSON.stringify([new Date(2026, 5, 1, 12).getUTCHours(), slots.map(({ startsAt, endsAt }) => [startsAt, endsAt])]));
`;
const planIn = (zone: string): readonly [noon: number, slots: unknown] => JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, TZ: zone, NODE_OPTIONS: '' }, encoding: 'utf8' }));

test('the same plan in Shanghai, New York (summer time ends inside it) and Kiritimati', () => {
  const [shanghai, newYork, kiritimati] = ['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'].map(planIn);
  expect([shanghai?.[0], newYork?.[0], kiritimati?.[0]]).toEqual([4, 16, 22]); // the children do run in these zones
  expect(shanghai?.[1]).toHaveLength(20);
  expect(newYork?.[1]).toEqual(shanghai?.[1]);
  expect(kiritimati?.[1]).toEqual(shanghai?.[1]);
});
