const [hour, day] = [3_600_000, 86_400_000] as const;

/** 备份保留: every copy of the last 24 hours, the newest of each hour for 7 days, the newest of each day for 35 days (UTC hours and days; milliseconds). The newest of all is always kept. */
export function copiesToDiscard(madeAt: readonly number[], now: number): readonly number[] {
  const kept = new Set<number>();
  const newestFirst = madeAt.toSorted((one, other) => other - one);
  const [newest] = newestFirst;
  if (newest !== undefined) kept.add(newest);
  const seen = new Set<string>();
  for (const at of newestFirst) {
    const age = now - at;
    const slot = age <= day ? `each ${String(at)}` : age <= 7 * day ? `hour ${String(Math.floor(at / hour))}` : age <= 35 * day ? `day ${String(Math.floor(at / day))}` : undefined;
    if (slot === undefined || seen.has(slot)) continue;
    seen.add(slot);
    kept.add(at);
  }
  return madeAt.filter((at) => !kept.has(at));
}
