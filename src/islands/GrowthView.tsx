import { useState } from 'preact/hooks';
import { growthIndicators, growthStandards, sexes, type GrowthView as View } from '#domain/guidance/growthModel.ts';
import { readGrowthMonth } from '#domain/guidance/growthTyped.ts';
import { growthMonthText, growthToolText as words, indicatorText, sexText, standardText } from '#text/growthTool.ts';

interface Props {
  readonly page: string;
  readonly view: View;
  /** What the address asked for and how it was refused. */
  readonly typed: string;
  readonly refusal: string | null;
  readonly onChange: (view: View) => void;
}

function Choice<Value extends string>({ name, label, of, values, chosen, onChoose }: { readonly name: string; readonly label: string; readonly of: Readonly<Record<Value, string>>; readonly values: readonly Value[]; readonly chosen: Value; readonly onChoose: (value: Value) => void }) {
  return (
    <fieldset class="growth-choice">
      <legend class="field__label">{label}</legend>
      <div class="growth-choice__row">{values.map((value) => <label key={value} class="choice"><input type="radio" name={name} value={value} checked={value === chosen} onChange={() => { onChoose(value); }} /><span>{of[value]}</span></label>)}</div>
    </fieldset>
  );
}

/** Which chart: a plain form to the same page, answered on the spot where scripts run. It knows of no child. */
export default function GrowthView({ page, view, typed, refusal, onChange }: Props) {
  const [text, setText] = useState(typed);
  const [said, setSaid] = useState(refusal);
  const readMonths = (): number | null | undefined => {
    const read = readGrowthMonth(text);
    setSaid(read.ok ? null : growthMonthText(read.reason, text));
    return read.ok ? read.value : undefined;
  };
  const choose = (changed: Partial<View>) => { onChange({ ...view, ...changed }); };
  return (
    <form class="growth-view" method="get" action={page} autocomplete="off" aria-label={words.view} onSubmit={(event) => {
      event.preventDefault();
      const months = readMonths();
      if (months === undefined) document.querySelector<HTMLInputElement>('#field-months')?.focus();
      else choose({ months });
    }}>
      <Choice name="indicator" label={words.viewIndicator} of={indicatorText} values={growthIndicators} chosen={view.indicator} onChoose={(indicator) => { choose({ indicator }); }} />
      <Choice name="sex" label={words.viewSex} of={sexText} values={sexes} chosen={view.sex} onChoose={(sex) => { choose({ sex }); }} />
      <Choice name="standard" label={words.viewStandard} of={standardText} values={growthStandards} chosen={view.standard} onChoose={(standard) => { choose({ standard }); }} />
      <div class="growth-ask">
        <div class={said === null ? 'field' : 'field field--error'}>
          <label class="field__label" for="field-months">{words.viewMonths}</label>
          <p class="field__hint" id="hint-months">{words.viewMonthsHint}</p>
          {said !== null && <p class="field__error" id="error-months" role="alert">{said}</p>}
          <input class="input input--short" id="field-months" name="months" type="text" inputMode="numeric" autocomplete="off" maxLength={12} value={text} aria-invalid={said === null ? undefined : 'true'} aria-describedby={said === null ? 'hint-months' : 'hint-months error-months'} onInput={(event) => { setText(event.currentTarget.value); }} />
        </div>
        <button class="button button--quiet">{words.go}</button>
      </div>
    </form>
  );
}
