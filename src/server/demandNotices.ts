import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Demands } from '#server/demand.ts';

const everyMs = 30_000;

/** 有空位就告诉: looks at start and twice a minute, in places where somebody waits, whether free places may have changed (by an import too, from another process) and writes the notices that are due. */
export function keepTelling(demands: Pick<Demands, 'signOf' | 'tellNow' | 'placesWaiting'>, report: (fault: unknown) => void): { readonly stop: () => Promise<void> } {
  const seen = new Map<JurisdictionCode, string>();
  let stopped = false;
  const look = async (): Promise<void> => {
    const waiting = await demands.placesWaiting().catch((fault: unknown) => { report(fault); return []; });
    for (const code of waiting) {
      if (stopped) return;
      try {
        const sign = await demands.signOf(code);
        if (seen.get(code) === sign) continue;
        await demands.tellNow(code);
        seen.set(code, sign);
      } catch (fault) {
        report(fault); // tried again at the next look
      }
    }
  };
  let running = look();
  const timer = setInterval(() => { running = running.then(look); }, everyMs);
  timer.unref();
  return { stop: async () => { stopped = true; clearInterval(timer); await running; } };
}
