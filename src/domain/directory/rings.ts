/** An institution as seen from the starting point: metres as the crow flies, degrees clockwise from north. */
export type SeenPoint = { readonly metres: number; readonly bearing: number };

type Spot = { readonly x: number; readonly y: number };

/** 编号: one place to press; several institutions that lie too close together share one. */
export type RingMark = Spot & {
  /** Positions in the list the picture was drawn from, nearest first. */
  readonly members: readonly number[];
};

/** 方位图: circles of distance around the starting point, north up. All lengths in units of `size`. */
export type RingPicture = {
  readonly size: number;
  readonly centre: number;
  /** Side of the square a finger needs; no two marks are closer than this. */
  readonly target: number;
  readonly rings: readonly { readonly metres: number; readonly radius: number; /** Null where no place for its words is free. */ readonly label: Spot | null }[];
  readonly marks: readonly RingMark[];
  /** Where each institution truly lies; a mark may have been moved aside from it. */
  readonly dots: readonly (Spot & { readonly of: number })[];
  /** How many lie beyond the last ring, or were left out because the picture is full. */
  readonly beyond: number;
};

const lastRings = [1000, 2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000] as const;
const ringsUpTo: Readonly<Record<number, readonly number[]>> = { 3000: [1000, 2000, 3000], 5000: [1000, 3000, 5000], 10_000: [3000, 6000, 10_000], 50_000: [10_000, 25_000, 50_000] };

/** Without a radius asked for, the circle that holds this many of the nearest. */
const enough = 8;

const lastRingFor = (seen: readonly SeenPoint[], radius: number | null): number => {
  if (radius !== null) return radius;
  const reach = seen[Math.min(enough, seen.length) - 1]?.metres ?? 0;
  return lastRings.find((ring) => ring >= reach) ?? 200_000;
};

const spotAt = (bearing: number, radius: number, centre: number): Spot => {
  const radians = (bearing * Math.PI) / 180;
  return { x: centre + Math.sin(radians) * radius, y: centre - Math.cos(radians) * radius };
};

const apart = (one: Spot, other: Spot): number => Math.hypot(one.x - other.x, one.y - other.y);

/** Moves marks aside until none touch, or as far as `rounds` lead; each is drawn back to where it belongs. */
const fanOut = (anchors: readonly Spot[], size: number, target: number, rounds: number): readonly Spot[] => {
  const centre = size / 2;
  const spots = anchors.map(({ x, y }) => ({ x, y }));
  const clear = target / 2 + 14; // the parent stands in the middle
  const within = (value: number): number => Math.min(size - target / 2, Math.max(target / 2, value));
  for (let round = 0; round < rounds; round += 1) {
    let moved = false;
    for (const [at, one] of spots.entries()) {
      for (const other of spots.slice(at + 1)) {
        const gap = apart(one, other);
        if (gap >= target) continue;
        // Two at one spot part along a direction of their own, so that three do not stay in line.
        const turn = at * 2.4;
        const [dx, dy] = gap < 1e-6 ? [Math.cos(turn), Math.sin(turn)] : [(one.x - other.x) / gap, (one.y - other.y) / gap];
        const push = (target - gap) / 2 + 0.05;
        one.x = within(one.x + dx * push); one.y = within(one.y + dy * push);
        other.x = within(other.x - dx * push); other.y = within(other.y - dy * push);
        moved = true;
      }
      const fromCentre = Math.hypot(one.x - centre, one.y - centre);
      if (fromCentre >= clear) continue;
      const [dx, dy] = fromCentre < 1e-6 ? [0, -1] : [(one.x - centre) / fromCentre, (one.y - centre) / fromCentre];
      one.x = within(centre + dx * (clear + 0.05)); one.y = within(centre + dy * (clear + 0.05));
      moved = true;
    }
    if (!moved) break;
  }
  return spots;
};

type Group = Spot & { readonly members: readonly number[] };

const join = (one: Group, other: Group): Group => {
  const [a, b] = [one.members.length, other.members.length];
  return { x: (one.x * a + other.x * b) / (a + b), y: (one.y * a + other.y * b) / (a + b), members: [...one.members, ...other.members].sort((left, right) => left - right) };
};

/** The two groups that belong closest together among those a mark of which overlaps another or went astray. */
const tightest = (groups: readonly Group[], spots: readonly Spot[], target: number): readonly [number, number] | undefined => {
  const isTroubled = (at: number): boolean => {
    const [group, spot] = [groups[at], spots[at]];
    if (!group || !spot) return false;
    return apart(group, spot) > target || spots.some((other, index) => index !== at && apart(spot, other) < target - 0.01);
  };
  let best: { readonly pair: readonly [number, number]; readonly gap: number } | undefined;
  for (const [at, group] of groups.entries()) {
    if (!isTroubled(at)) continue;
    for (const [index, other] of groups.entries()) {
      if (index === at) continue;
      const gap = apart(group, other);
      if (best === undefined || gap < best.gap) best = { pair: [Math.min(at, index), Math.max(at, index)], gap };
    }
  }
  return best?.pair;
};

/** Marks that can all be pressed: moved aside where that is enough, joined where it is not. */
const layMarks = (dots: readonly Spot[], size: number, target: number): readonly RingMark[] => {
  let groups: readonly Group[] = dots.map(({ x, y }, at) => ({ x, y, members: [at] }));
  for (;;) {
    const spots = fanOut(groups, size, target, 120);
    const pair = groups.length > 1 ? tightest(groups, spots, target) : undefined;
    if (!pair) return groups.map(({ members }, at) => ({ x: spots[at]?.x ?? 0, y: spots[at]?.y ?? 0, members }));
    const [first, second] = [groups[pair[0]], groups[pair[1]]];
    if (!first || !second) return [];
    groups = [...groups.filter((_group, at) => !pair.includes(at)), join(first, second)];
  }
};

/** Where the words of each ring stand free of every mark and of one another: of twenty-four directions the one with most room. */
const layLabels = (radii: readonly number[], centre: number, marks: readonly Spot[], target: number): readonly (Spot | null)[] => {
  const [halfWidth, halfHeight] = [target * 0.7, target * 0.22];
  const gapTo = (spot: Spot, other: Spot, width: number, height: number): number => Math.hypot(Math.max(0, Math.abs(other.x - spot.x) - width), Math.max(0, Math.abs(other.y - spot.y) - height));
  const laid: Spot[] = [];
  return radii.map((radius) => {
    const room = (spot: Spot): number => Math.min(1e6, ...marks.map((mark) => gapTo(spot, mark, halfWidth, halfHeight) - target / 3), ...laid.map((label) => gapTo(spot, label, halfWidth * 2, halfHeight * 2) - 1));
    const candidates = Array.from({ length: 24 }, (_, at) => spotAt(90 + at * 15, radius, centre)).filter(({ x }) => x <= centre * 2 - halfWidth && x >= halfWidth);
    const best = candidates.reduce((found: Spot | null, spot) => (found === null || room(spot) > room(found) + 0.001 ? spot : found), null);
    if (!best || room(best) < 0) return null;
    laid.push(best);
    return best;
  });
};

/** Draws institutions, nearest first, around their starting point; `radius` is the last ring in metres, null for one that fits. */
export const drawRings = (seen: readonly SeenPoint[], { radius, size, target, most }: { readonly radius: number | null; readonly size: number; readonly target: number; readonly most: number }): RingPicture => {
  const last = lastRingFor(seen, radius);
  const centre = size / 2;
  const reach = centre - target / 2 - 1;
  const shown = seen.filter(({ metres }) => metres <= last).slice(0, most);
  const dots = shown.map(({ metres, bearing }, of) => ({ ...spotAt(bearing, (metres / last) * reach, centre), of }));
  const marks = [...layMarks(dots, size, target)].sort((one, other) => (one.members[0] ?? 0) - (other.members[0] ?? 0));
  const lengths = ringsUpTo[last] ?? [last / 2, last];
  const radii = lengths.map((metres) => (metres / last) * reach);
  const labels = layLabels(radii, centre, marks, target);
  return {
    size, centre, target,
    rings: lengths.map((metres, at) => ({ metres, radius: radii[at] ?? 0, label: labels[at] ?? null })),
    marks, dots, beyond: seen.length - shown.length,
  };
};
