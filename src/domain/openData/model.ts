import type { Instant } from '#domain/shared/dates.ts';

/** 发布痕迹: when an institution came into the list, when what is published of it last changed, and when it left. */
export type Publication = { readonly id: string; readonly name: string; readonly listedAt: Instant; readonly changedAt: Instant; readonly withdrawnAt: Instant | null };
