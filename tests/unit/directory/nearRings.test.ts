import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawRings } from '#domain/directory/rings.ts';

const phone = { size: 360, target: 46, most: 24 };
const elder = { size: 360, target: 60, most: 16 };

const gap = (one: { readonly x: number; readonly y: number }, other: { readonly x: number; readonly y: number }): number => Math.hypot(one.x - other.x, one.y - other.y);
const anyone = fc.record({ metres: fc.double({ min: 0, max: 6000, noNaN: true }), bearing: fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true }) });
/** Scattered, and crowded in one corner as town centres are. */
const crowd = fc.oneof(
  fc.array(anyone, { maxLength: 60 }),
  fc.array(fc.record({ metres: fc.double({ min: 800, max: 900, noNaN: true }), bearing: fc.double({ min: 40, max: 55, noNaN: true }) }), { maxLength: 60 }),
  fc.array(fc.constant({ metres: 700, bearing: 90 }), { maxLength: 40 }),
  fc.array(fc.constant({ metres: 0, bearing: 0 }), { maxLength: 10 }),
).map((all) => [...all].sort((one, other) => one.metres - other.metres));

test.each([['a phone', phone], ['the elder mode', elder]])('on %s every institution has a mark that can be pressed, inside the drawing and clear of every other', (_where, size) => {
  fc.assert(fc.property(crowd, fc.constantFrom(1000, 2000, 3000, 5000, null), (seen, radius) => {
    const picture = drawRings(seen, { ...size, radius });
    const last = Math.max(...picture.rings.map(({ metres }) => metres));
    const shown = seen.filter(({ metres }) => metres <= last).slice(0, size.most);
    expect(picture.marks.flatMap(({ members }) => members).sort((one, other) => one - other)).toEqual(shown.map((_one, at) => at));
    expect(picture.beyond).toBe(seen.length - shown.length);
    for (const [at, mark] of picture.marks.entries()) {
      for (const edge of [mark.x, mark.y]) {
        expect(edge).toBeGreaterThanOrEqual(size.target / 2 - 0.01);
        expect(edge).toBeLessThanOrEqual(size.size - size.target / 2 + 0.01);
      }
      for (const other of picture.marks.slice(at + 1)) expect(gap(mark, other)).toBeGreaterThanOrEqual(size.target - 0.02);
      expect(gap(mark, { x: picture.centre, y: picture.centre })).toBeGreaterThanOrEqual(14);
    }
    const labels = picture.rings.flatMap(({ label }) => label ?? []);
    for (const [at, label] of labels.entries()) {
      for (const mark of picture.marks) expect(gap(label, mark)).toBeGreaterThanOrEqual(size.target / 3);
      for (const other of labels.slice(at + 1)) expect(Math.abs(label.x - other.x) > size.target || Math.abs(label.y - other.y) > size.target * 0.4).toBe(true);
    }
  }), { numRuns: 150 });
}, 60_000);

test('a dot lies where its institution lies: north up, distance in proportion', () => {
  fc.assert(fc.property(fc.array(anyone, { minLength: 1, maxLength: 20 }), (all) => {
    const seen = [...all].sort((one, other) => one.metres - other.metres);
    const picture = drawRings(seen, { ...phone, radius: 5000 });
    const [outer] = picture.rings.slice(-1);
    for (const { x, y, of } of picture.dots) {
      const { metres = 0, bearing = 0 } = seen[of] ?? {};
      const [east, north] = [Math.sin((bearing * Math.PI) / 180) * metres, Math.cos((bearing * Math.PI) / 180) * metres];
      const scale = (outer?.radius ?? 0) / 5000;
      expect(x - picture.centre).toBeCloseTo(east * scale, 6);
      expect(picture.centre - y).toBeCloseTo(north * scale, 6);
    }
  }));
});

test('marks that stand alone stay exactly where they belong, and neighbours are moved aside before they are joined', () => {
  const alone = drawRings([{ metres: 1000, bearing: 0 }, { metres: 1500, bearing: 180 }], { ...phone, radius: 2000 });
  expect(alone.marks.map(({ x, y }) => [x, y])).toEqual(alone.dots.map(({ x, y }) => [x, y]));
  const neighbours = drawRings([{ metres: 1000, bearing: 90 }, { metres: 1000, bearing: 90 }, { metres: 1000, bearing: 92 }], { ...phone, radius: 2000 });
  expect(neighbours.marks).toHaveLength(3);
  for (const mark of neighbours.marks) expect(gap(mark, neighbours.dots[mark.members[0] ?? 0] ?? mark)).toBeLessThanOrEqual(46);
  const crowded = drawRings(Array.from({ length: 24 }, () => ({ metres: 1000, bearing: 90 })), { ...phone, radius: 2000 });
  expect(crowded.marks.length).toBeGreaterThan(1);
  expect(crowded.marks.length).toBeLessThan(24);
});

test('without a radius the last ring holds the eight nearest, and what lies beyond is counted', () => {
  const seen = [200, 300, 400, 500, 600, 700, 800, 2400, 9000].map((metres, at) => ({ metres, bearing: at * 40 }));
  const picture = drawRings(seen, { ...phone, radius: null });
  expect(picture.rings.map(({ metres }) => metres)).toEqual([1000, 2000, 3000]);
  expect(picture.beyond).toBe(1);
  expect(drawRings([], { ...phone, radius: null })).toMatchObject({ marks: [], dots: [], beyond: 0 });
});
