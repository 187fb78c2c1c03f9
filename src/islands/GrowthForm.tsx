import { useEffect, useRef, useState } from 'preact/hooks';
import { readBirthDay } from '#domain/guidance/babyAge.ts';
import { growthIndicators, sexes, type GrowthIndicator, type GrowthRecord, type Measuring } from '#domain/guidance/growthModel.ts';
import { readGestation, readMeasure, readMeasuredDay } from '#domain/guidance/growthTyped.ts';
import { birthRefusalText, childText, correctionText, dayRefusalText, gestationRefusalText, gestationTyped, growthToolText as words, indicatorText, measureRefusalText, sexText, unitText } from '#text/growthTool.ts';
import { isPreterm } from '#domain/guidance/growth.ts';

type Child = Pick<GrowthRecord, 'sex' | 'birth' | 'gestation'>;
type Name = 'sex' | 'birth' | 'gestation' | 'day' | GrowthIndicator | 'any';
type Errors = Partial<Readonly<Record<Name, string>>>;
interface Props {
  readonly child: Child | undefined;
  /** A birth date this device knows from another page. */
  readonly birth: string;
  readonly today: string;
  readonly said: string;
  readonly onSave: (child: Child, measuring: Measuring | null) => void;
  readonly onForget: () => void;
}
interface LineProps { readonly name: Name; readonly label: string; readonly hint?: string; readonly error: string | undefined; readonly value: string; readonly decimal?: boolean; readonly onType: (text: string) => void }

function Line({ name, label, hint, error, value, decimal = false, onType }: LineProps) {
  const described = [hint && `hint-own-${name}`, error && `error-own-${name}`].filter(Boolean).join(' ') || undefined;
  return (
    <div class={error ? 'field field--error' : 'field'}>
      <label class="field__label" for={`field-own-${name}`}>{label}</label>
      {hint && <p class="field__hint" id={`hint-own-${name}`}>{hint}</p>}
      {error && <p class="field__error" id={`error-own-${name}`} role="alert">{error}</p>}
      <input class="input input--short" id={`field-own-${name}`} type="text" inputMode={decimal ? 'decimal' : 'text'} autocomplete="off" maxLength={20} value={value} aria-invalid={error ? 'true' : undefined} aria-describedby={described} onInput={(event) => { onType(event.currentTarget.value); }} />
    </div>
  );
}

/** 记一次测量: what is typed stays in the window until it is kept on the device. No form around it: nothing here could be sent, even before the script runs. */
export default function GrowthForm({ child, birth, today, said, onSave, onForget }: Props) {
  const [typed, setTyped] = useState<Readonly<Partial<Record<Name, string>>>>({});
  const [errors, setErrors] = useState<Errors>({});
  const [editing, setEditing] = useState(false);
  const box = useRef<HTMLElement>(null);
  const asksChild = child === undefined || editing;
  const known: Readonly<Partial<Record<Name, string>>> = { ...(child && { sex: child.sex }), birth: child?.birth ?? birth, gestation: gestationTyped(child?.gestation ?? null), day: today };
  // Some browsers bring back a choice when a page is loaded again; this one would then be seen and not known.
  useEffect(() => { for (const one of box.current?.querySelectorAll<HTMLInputElement>('[name="own-sex"]') ?? []) one.checked = one.value === known.sex; }, []);
  const value = (name: Name): string => typed[name] ?? known[name] ?? '';
  const type = (name: Name) => (text: string) => { setTyped({ ...typed, [name]: text }); };
  const save = () => {
    const sex = sexes.find((one) => one === value('sex'));
    const [born, gestation] = [readBirthDay(value('birth'), today), readGestation(value('gestation'))];
    const day = readMeasuredDay(value('day'), born.ok ? born.value : undefined, today);
    const measures = growthIndicators.map((indicator) => ({ indicator, read: readMeasure(indicator, value(indicator)) }));
    const of = (indicator: GrowthIndicator): number | null => {
      const read = measures.find((one) => one.indicator === indicator)?.read;
      return read?.ok ? read.value : null;
    };
    const nothing = measures.every(({ read }) => read.ok && read.value === null);
    const childOnly = editing && nothing;
    const found: Errors = {
      ...(asksChild && !sex ? { sex: words.needsSex } : {}),
      ...(asksChild && !born.ok ? { birth: birthRefusalText[born.reason] } : {}),
      ...(asksChild && !gestation.ok ? { gestation: gestationRefusalText[gestation.reason] } : {}),
      ...(!childOnly && !day.ok ? { day: dayRefusalText[day.reason] } : {}),
      ...Object.fromEntries(measures.flatMap(({ indicator, read }) => (read.ok ? [] : [[indicator, measureRefusalText(indicator, read.reason, value(indicator))]]))),
      ...(nothing && !childOnly ? { any: words.needsMeasure } : {}),
    };
    setErrors(found);
    const first = (['sex', 'birth', 'gestation', 'day', ...growthIndicators, 'any'] as const).find((name) => found[name] !== undefined);
    if (first) box.current?.querySelector<HTMLElement>(first === 'sex' ? '[name="own-sex"]' : `#field-own-${first === 'any' ? 'weight' : first}`)?.focus();
    if (first || !sex || !born.ok || !gestation.ok) return;
    onSave({ sex, birth: born.value, gestation: gestation.value }, childOnly || !day.ok ? null : { day: day.value, weight: of('weight'), length: of('length'), head: of('head') });
    setTyped({});
    setEditing(false);
  };
  return (
    <section class="panel panel--leaf growth-form no-print" aria-labelledby="growth-form-title" ref={box} onKeyDown={(event) => { if (event.key === 'Enter' && event.target instanceof HTMLInputElement) save(); }}>
      <h2 class="panel__title" id="growth-form-title">{words.title}</h2>
      {child && !editing && <p>{childText(child.sex, child.birth)}。{isPreterm(child.gestation) && child.gestation && correctionText(child.gestation)}</p>}
      {asksChild && (
        <div class="growth-form__fields">
          <fieldset class={errors.sex ? 'field field--error growth-choice' : 'growth-choice'}>
            <legend class="field__label">{words.sex}</legend>
            {errors.sex && <p class="field__error" role="alert">{errors.sex}</p>}
            <div class="growth-choice__row">{sexes.map((sex) => <label key={sex} class="choice"><input type="radio" name="own-sex" value={sex} checked={value('sex') === sex} onChange={() => { type('sex')(sex); }} /><span>{sexText[sex]}</span></label>)}</div>
          </fieldset>
          <Line name="birth" label={words.birth} hint={words.dayHint} error={errors.birth} value={value('birth')} onType={type('birth')} />
          <Line name="gestation" label={words.gestation} hint={words.gestationHint} error={errors.gestation} value={value('gestation')} onType={type('gestation')} />
        </div>
      )}
      <div class="growth-form__fields">
        <Line name="day" label={words.day} error={errors.day} value={value('day')} onType={type('day')} />
        {growthIndicators.map((indicator) => <Line key={indicator} name={indicator} label={`${indicatorText[indicator]}，${unitText[indicator]}`} error={errors[indicator]} value={value(indicator)} decimal onType={type(indicator)} />)}
      </div>
      {errors.any ? <p class="field__error" role="alert">{errors.any}</p> : <p class="muted">{words.measures}</p>}
      <p class="growth-form__act">
        <button type="button" class="button" onClick={save}>{editing ? words.saveChild : words.save}</button>
        {child && !editing && <button type="button" class="button button--plain" onClick={() => { setEditing(true); }}>{words.change}</button>}
        {child && <button type="button" class="button button--plain" onClick={() => { setTyped({}); setErrors({}); setEditing(false); onForget(); }}>{words.forget}</button>}
      </p>
      <p class="muted">{words.promise}</p>
      <p role="status">{said}</p>
    </section>
  );
}
