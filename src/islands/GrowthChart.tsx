import type { ComponentChildren } from 'preact';
import { bandAt } from '#domain/guidance/growth.ts';
import type { GrowthRow, GrowthView } from '#domain/guidance/growthModel.ts';
import { ownLine, plotOf } from '#domain/guidance/growthPlot.ts';
import { chartSpoken, chartTitle, growthToolText as words, monthSentence, placeText, standardCite, unitText } from '#text/growthTool.ts';

/** A family's own point on the chart. */
export interface Point {
  readonly months: number;
  readonly value: number;
  readonly corrected: boolean;
  readonly place: 'within' | 'ask';
}
interface Props {
  readonly view: GrowthView;
  readonly rows: readonly GrowthRow[];
  readonly points: readonly Point[];
  readonly children?: ComponentChildren;
}

const percent = (share: number): string => `${String(share)}%`;

function Mark({ place, at, down }: { readonly place: Point['place']; readonly at: string; readonly down: string }) {
  return place === 'within' ? <circle class="growth-dot" cx={at} cy={down} r="5" /> : <svg x={at} y={down} overflow="visible"><path class="growth-dot growth-dot--ask" d="M0-8L8 0L0 8L-8 0Z" /></svg>;
}

function Sample({ children }: { readonly children: ComponentChildren }) {
  return <svg class="growth-sample" viewBox="0 0 32 20" aria-hidden="true">{children}</svg>;
}

/** 曲线图: the band, the median and a family's own points; the same HTML on the server and on the device. */
export default function GrowthChart({ view, rows, points, children }: Props) {
  const { sex, indicator, standard, months } = view;
  const plot = plotOf(rows, indicator, points.map(({ value }) => value));
  const [band, last] = [months === null ? null : bandAt(rows, indicator, months), rows.at(-1)];
  const ends = [rows[0], last].map((row) => (row ? monthSentence(sex, indicator, row[0], { low: row[1], median: row[2], high: row[3], by: 'table' }) : ''));
  return (
    <figure class="growth-figure">
      <figcaption><h2 class="growth-figure__title">{chartTitle(sex, indicator)}</h2><p class="muted">{standardCite[standard]}</p></figcaption>
      {months !== null && band && <p class="growth-sentence" role="status">{monthSentence(sex, indicator, months, band)}</p>}
      {children}
      <p class="growth-unit" aria-hidden="true">{unitText[indicator]}</p>
      <div class="growth-plot">
        <svg class="growth-svg" role="img" aria-label={chartTitle(sex, indicator)} aria-describedby="growth-spoken">
          <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
            {plot.stretches.map(({ area }) => <path key={area} class="growth-area" d={area} />)}
          </svg>
          {plot.valueMarks.map(({ at, label }) => <g key={label}><line class="growth-grid" x1="0" x2="100%" y1={percent(at)} y2={percent(at)} /><text class="growth-label" x="0" y={percent(at)} dx="-0.5em" dy="0.35em" text-anchor="end">{label}</text></g>)}
          {plot.monthMarks.map(({ at, label }) => <g key={label}><line class="growth-grid" x1={percent(at)} x2={percent(at)} y1="0" y2="100%" /><text class="growth-label" x={percent(at)} y="100%" dy="1.4em" text-anchor="middle">{label}</text></g>)}
          {plot.breakAt !== null && <line class="growth-break" x1={percent(plot.breakAt)} x2={percent(plot.breakAt)} y1="0" y2="100%" />}
          <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
            {plot.stretches.map(({ low, median, high }) => <g key={low}><path class="growth-edge" d={low} /><path class="growth-edge" d={high} /><path class="growth-median" d={median} /></g>)}
            {points.length > 1 && <path class="growth-own" d={ownLine(points, indicator, plot)} />}
          </svg>
          {months !== null && band && <line class="growth-asked" x1={percent(plot.acrossAt(months))} x2={percent(plot.acrossAt(months))} y1={percent(plot.downAt(band.high))} y2={percent(plot.downAt(band.low))} />}
          {points.map(({ months: at, value, place }) => <Mark key={at} place={place} at={percent(plot.acrossAt(at))} down={percent(plot.downAt(value))} />)}
        </svg>
      </div>
      <p class="growth-months" aria-hidden="true">{words.months}</p>
      <p class="hidden-text" id="growth-spoken">{chartSpoken(ends[0] ?? '', ends[1] ?? '', points.length)}</p>
      <ul class="growth-legend">
        <li><Sample><path class="growth-area" d="M0 3H32V17H0Z" /><path class="growth-edge" d="M0 3H32M0 17H32" /></Sample>{words.range}</li>
        <li><Sample><path class="growth-median" d="M0 10H32" /></Sample>{words.median}</li>
        {plot.breakAt !== null && <li><Sample><path class="growth-break" d="M16 0V20" /></Sample>{words.breakLine}</li>}
        {months !== null && band && <li><Sample><path class="growth-asked" d="M16 1V19" /></Sample>{words.asked}</li>}
        {points.some(({ place }) => place === 'within') && <li><Sample><circle class="growth-dot" cx="16" cy="10" r="5" /></Sample>{placeText.within}</li>}
        {points.some(({ place }) => place === 'ask') && <li><Sample><path class="growth-dot growth-dot--ask" d="M16 2L24 10L16 18L8 10Z" /></Sample>{placeText.ask}</li>}
      </ul>
    </figure>
  );
}
