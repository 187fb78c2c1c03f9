import { exactAge } from '#domain/guidance/babyAge.ts';
import { ageForGrowth, bandAt, placeIn } from '#domain/guidance/growth.ts';
import { growthIndicators, type GrowthRecord, type GrowthStandard, type GrowthTables, type Measuring } from '#domain/guidance/growthModel.ts';
import { bandText, byText, growthDay, growthToolText as words, nameAt, ownAmountText, placeText, standardCite, usedAgeText } from '#text/growthTool.ts';

const refusalText = { 'before-birth': words.beforeBirth, 'before-due': words.beforeDue, 'older': words.older } as const;

/** One day's measuring beside the ranges of its age. */
function Day({ record, measuring, tables, onRemove }: { readonly record: GrowthRecord; readonly measuring: Measuring; readonly tables: GrowthTables[GrowthStandard]; readonly onRemove: () => void }) {
  const age = ageForGrowth(record, measuring.day);
  return (
    <li class="growth-day">
      <h3>{growthDay(measuring.day)}</h3>
      <p class="muted">{age.kind === 'age' ? usedAgeText(age.exact, exactAge(record.birth, measuring.day), age.corrected) : refusalText[age.kind]}</p>
      <dl>
        {growthIndicators.map((indicator) => {
          const value = measuring[indicator];
          if (value === null) return null;
          const band = age.kind === 'age' ? bandAt(tables[record.sex][indicator], indicator, age.months) : null;
          const place = band && placeIn(band, value);
          return (
            <div key={indicator}>
              <dt>{nameAt(indicator, age.kind === 'age' ? age.exact.months : 0)}</dt>
              <dd><b>{ownAmountText(value, indicator)}</b>{place && <span class={`growth-place growth-place--${place}`}>{placeText[place]}</span>}{band && <small>{words.range.split('（')[0]} {bandText(band.low, band.high, indicator)}{byText[band.by] && `，${byText[band.by]}`}</small>}</dd>
            </div>
          );
        })}
      </dl>
      <p class="no-print"><button type="button" class="button button--plain" aria-label={`${words.remove}：${growthDay(measuring.day)}`} onClick={onRemove}>{words.remove}</button></p>
    </li>
  );
}

/** 记录: every day kept on the device, the newest first. */
export default function GrowthList({ record, tables, standard, onRemove }: { readonly record: GrowthRecord; readonly tables: GrowthTables; readonly standard: GrowthStandard; readonly onRemove: (day: string) => void }) {
  const asks = record.measurings.some((measuring) => {
    const age = ageForGrowth(record, measuring.day);
    return age.kind === 'age' && growthIndicators.some((indicator) => {
      const [value, band] = [measuring[indicator], bandAt(tables[standard][record.sex][indicator], indicator, age.months)];
      return value !== null && band !== null && placeIn(band, value) === 'ask';
    });
  });
  return (
    <section class="stack growth-list">
      <h2>{words.list}</h2>
      <p class="muted">{standardCite[standard]}。{words.noDiagnosis}</p>
      {asks && <div class="panel panel--amber"><h3 class="panel__title">{words.askTitle}</h3><ol>{words.askLines.map((line) => <li key={line}>{line}</li>)}</ol></div>}
      <ol class="growth-days" reversed>{record.measurings.toReversed().map((measuring) => <Day key={measuring.day} record={record} measuring={measuring} tables={tables[standard]} onRemove={() => { onRemove(measuring.day); }} />)}</ol>
    </section>
  );
}
