import type { GrowthRow, GrowthView } from '#domain/guidance/growthModel.ts';
import { amountText, chartTitle, growthToolText as words, standardCite, unitText } from '#text/growthTool.ts';

/** The chart's twin: every number of it, row by row. */
export default function GrowthTable({ view: { sex, indicator, standard, months }, rows }: { readonly view: GrowthView; readonly rows: readonly GrowthRow[] }) {
  return (
    <details class="growth-twin">
      <summary>{words.tableOpen}</summary>
      <table class="growth-table">
        <caption>{chartTitle(sex, indicator)}（{unitText[indicator]}），{standardCite[standard]}{indicator === 'length' && `。${words.position}`}</caption>
        <thead><tr>{[words.months, words.low, words.median, words.high].map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>{rows.map(([month, ...values]) => <tr key={month} class={month === months ? 'is-asked' : undefined}><th scope="row">{month}</th>{values.map((value, at) => <td key={at}>{standard === 'who' ? value.toFixed(2) : amountText(value)}</td>)}</tr>)}</tbody>
      </table>
    </details>
  );
}
