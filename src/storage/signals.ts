import type { ReadDb } from '#storage/schema.ts';

/** 参观反馈 of one institution between two days: how many answered, and what. Private to the regulator. */
export type SignalTotal = {
  readonly institution: string; readonly answered: number; readonly infoNotMatched: number; readonly infoPartly: number; readonly askedToPay: number; readonly enrolled: number;
};

/** Answers after visits in a jurisdiction on days in `[first, last]`, by institution; who was asked to pay on the spot most often comes first. */
export async function signalTotals(db: ReadDb, jurisdiction: string, first: string, last: string): Promise<readonly SignalTotal[]> {
  const rows = await db.selectFrom('visit_signal').where('jurisdiction_code', '=', jurisdiction).where('visited_on', '>=', first).where('visited_on', '<=', last)
    .select((eb) => {
      const count = (column: 'info_matched' | 'asked_to_pay' | 'enrolled', value: string) => eb.fn.sum<number | null>(eb.case().when(column, '=', value).then(eb.lit(1)).else(eb.lit(0)).end());
      return ['institution_id', eb.fn.countAll<number>().as('answered'), count('info_matched', 'no').as('not_matched'), count('info_matched', 'partly').as('partly'), count('asked_to_pay', 'yes').as('asked'), count('enrolled', 'yes').as('enrolled')];
    })
    .groupBy('institution_id').execute();
  return rows.map((row) => ({ institution: row.institution_id, answered: Number(row.answered), infoNotMatched: Number(row.not_matched), infoPartly: Number(row.partly), askedToPay: Number(row.asked), enrolled: Number(row.enrolled) }))
    .toSorted((left, right) => right.askedToPay - left.askedToPay || right.infoNotMatched - left.infoNotMatched || (left.institution < right.institution ? -1 : 1));
}
