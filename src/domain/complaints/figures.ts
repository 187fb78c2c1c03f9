import type { Subject } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';

/** One published cell; null where fewer than five cases stand behind it. Shares are whole per cent. */
export type FigureCell = { readonly subject: Subject; readonly department: string | null; readonly cases: number | null; readonly inTime: number | null; readonly satisfied: number | null };
/** 诉求统计 of a place: never a single complaint. */
export type ComplaintFigures = { readonly first: IsoDate; readonly last: IsoDate; readonly total: number | null; readonly inTime: number | null; readonly satisfied: number | null; readonly cells: readonly FigureCell[] };
