import { useEffect, useRef, useState } from 'preact/hooks';
import { daysAfter, daysUntil, exactAge, readBirthDay, readDueDay, type DateRefusal } from '#domain/guidance/babyAge.ts';
import { datedSteps, type CheckupRule, type DatedStep, type DoseRule } from '#domain/guidance/schedule.ts';
import { writeCalendar } from '#domain/guidance/scheduleCalendar.ts';
import { keptDay, type KeptDay } from '#islands/thisMonthStore.ts';
import { beforeText, dateRefusalText, dueText, exactAgeText, fromText, plainDay, stepText, toolText as words } from '#text/thisMonthTool.ts';

interface Props {
  /** The month this page tells about; −1 before birth, 37 after, null none yet. */
  readonly shown: number | null;
  /** Today in Asia/Shanghai, as the site counts it. */
  readonly today: string;
  readonly page: string;
  readonly doses: readonly DoseRule[];
  readonly checkups: readonly CheckupRule[];
}

const store = keptDay(() => localStorage);

const download = (steps: readonly DatedStep[], today: string): void => {
  const entries = steps.map(({ id, name, dose, from }) => ({ uid: `${id}-${from}@this-month.tuoyu`, day: from, nextDay: daysAfter(from, 1), summary: stepText(name, dose), description: words.calendarNote }));
  const address = URL.createObjectURL(new Blob([writeCalendar(words.calendarName, entries, today)], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = words.fileName;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(address); }, 60_000);
};

function Steps({ birth, today, doses, checkups }: Pick<Props, 'today' | 'doses' | 'checkups'> & { readonly birth: string }) {
  const all = datedSteps(birth, doses, checkups);
  const ahead = all.filter(({ from }) => from >= today);
  const nextOf = (kind: DatedStep['kind']) => {
    const first = ahead.find((step) => step.kind === kind);
    return ahead.filter((step) => first && step.kind === kind && step.from === first.from);
  };
  const next = [{ label: words.checkup, steps: nextOf('checkup') }, { label: words.dose, steps: nextOf('dose') }].filter(({ steps }) => steps.length > 0);
  return (
    <>
      {next.length === 0 ? <p>{words.none}</p> : <dl class="month-tool__next">{next.map(({ label, steps }) => <div key={label}><dt>{label}</dt><dd><b>{fromText(steps[0]?.from ?? today)}</b> {steps.map(({ name, dose }) => stepText(name, dose)).join('、')}</dd></div>)}</dl>}
      <p class="muted">{words.calendarNote}</p>
      {ahead.length > 0 && <p class="no-print"><button type="button" class="button" onClick={() => { download(ahead, today); }}>{words.calendar}</button></p>}
      {ahead.length > 0 && <p class="muted no-print">{words.calendarHint}</p>}
      <details>
        <summary>{words.all}</summary>
        <table class="month-tool__all">
          <caption class="hidden-text">{words.tableName}</caption>
          <thead><tr>{words.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
          <tbody>{all.map(({ id, name, dose, from, before }) => <tr key={id}><td>{plainDay(from)}{from < today && <span class="muted">{words.passed}</span>}</td><th scope="row">{stepText(name, dose)}</th><td>{beforeText(before)}</td></tr>)}</tbody>
        </table>
      </details>
    </>
  );
}

/** 按日期算: a birth or expected date that stays on the device; only `months=` ever stands in an address. */
export default function ThisMonth({ shown, today, page, doses, checkups }: Props) {
  const [kept, setKept] = useState<KeptDay>();
  const [kind, setKind] = useState<KeptDay['kind']>('birth');
  const [refusal, setRefusal] = useState<DateRefusal>();
  const [editing, setEditing] = useState(true);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const monthOf = (of: KeptDay): number => (of.kind === 'due' ? -1 : exactAge(of.day, today)?.months ?? -1);
  useEffect(() => {
    const found = store.read();
    if (!found) return;
    setKept(found);
    setKind(found.kind);
    setEditing(false);
    const months = monthOf(found);
    if (shown === null && location.search === '' && months <= 36) location.replace(`${page}?months=${String(months)}`);
  }, []);
  const submit = () => {
    const typed = field.current?.value ?? '';
    const read = kind === 'birth' ? readBirthDay(typed, today) : readDueDay(typed, today);
    if (!read.ok) {
      setRefusal(read.reason);
      field.current?.focus();
      return;
    }
    const next: KeptDay = { kind, day: read.value };
    setRefusal(undefined);
    setSaid(store.keep(next) ? '' : words.notKept);
    setKept(next);
    setEditing(false);
    const months = monthOf(next);
    if (months !== shown && months <= 36 && store.read() !== undefined) location.assign(`${page}?months=${String(months)}`);
  };
  const forget = () => {
    store.forget();
    setKept(undefined);
    setEditing(true);
    setSaid(words.forgotten);
  };
  const age = kept?.kind === 'birth' ? exactAge(kept.day, today) : null;
  const own = kept && monthOf(kept);
  return (
    <section class={editing ? 'panel panel--leaf month-tool no-print' : 'panel panel--leaf month-tool'} aria-labelledby="month-tool-title">
      <h2 class="panel__title" id="month-tool-title">{kept && !editing ? (age ? exactAgeText(age.months, age.days) : dueText(daysUntil(today, kept.day))) : words.title}</h2>
      {editing ? (
        <div class="month-tool__form no-print">
          <fieldset class="month-tool__which">
            <legend class="hidden-text">{words.which}</legend>
            {(['birth', 'due'] as const).map((one) => <label key={one} class="choice"><input type="radio" checked={kind === one} onChange={() => { setKind(one); }} /><span>{words[one]}</span></label>)}
          </fieldset>
          <div class={refusal ? 'field field--error' : 'field'}>
            <label class="field__label" for="field-day">{words[kind]}</label>
            <p class="field__hint" id="hint-day">{words.hint}</p>
            {refusal && <p class="field__error" id="error-day" role="alert">{dateRefusalText[refusal]}</p>}
            <input ref={field} class="input input--short" id="field-day" type="text" inputMode="numeric" autocomplete="off" maxLength={20} defaultValue={kept?.day ?? ''} aria-invalid={refusal ? 'true' : undefined} aria-describedby={refusal ? 'hint-day error-day' : 'hint-day'} onKeyDown={(event) => { if (event.key === 'Enter') submit(); }} />
          </div>
          <button type="button" class="button" onClick={submit}>{words.submit}</button>
          <p class="muted">{words.promise}</p>
        </div>
      ) : kept && (
        <>
          {own !== undefined && own > 36 && <p>{words.older}</p>}
          {own !== undefined && own <= 36 && own !== shown && <p><a href={`${page}?months=${String(own)}`}>{own < 0 ? words.toExpecting : words.toMonth}</a></p>}
          {age && age.months <= 36 && <Steps birth={kept.day} today={today} doses={doses} checkups={checkups} />}
          <p class="month-tool__change no-print"><button type="button" class="button button--plain" onClick={() => { setEditing(true); setSaid(''); }}>{words.change}</button><button type="button" class="button button--plain" onClick={forget}>{words.forget}</button></p>
        </>
      )}
      <p class="muted" role="status">{said}</p>
    </section>
  );
}
