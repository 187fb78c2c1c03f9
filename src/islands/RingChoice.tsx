import { useEffect, useState } from 'preact/hooks';
import { nearText } from '#text/near.ts';

interface Row {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly href: string;
  readonly said: string;
}

interface Props {
  readonly rows: readonly Row[];
}

const marksIn = (): readonly SVGAElement[] => [...document.querySelectorAll<SVGAElement>('.rings a[data-numbers]')];
const numbersOf = (mark: Element): readonly number[] => (mark.getAttribute('data-numbers') ?? '').split(' ').map(Number);
const cardOf = (id: string): Element | null => document.querySelector(`.cards .card__link[href*="/institutions/${id}/"]`)?.closest('.card') ?? null;

/** Shows which marks, rows and cards are chosen, and lets one of them take the focus from the keyboard. */
const show = (rows: readonly Row[], chosen: readonly number[]): void => {
  for (const mark of marksIn()) {
    const isChosen = numbersOf(mark).some((number) => chosen.includes(number));
    mark.classList.toggle('mark--chosen', isChosen);
    if (isChosen) mark.setAttribute('aria-current', 'true');
    else mark.removeAttribute('aria-current');
  }
  for (const { number, id } of rows) {
    document.querySelector(`#near-${String(number)}`)?.classList.toggle('near-row--chosen', chosen.includes(number));
    cardOf(id)?.classList.toggle('card--chosen', chosen.includes(number));
  }
};

/** 方位图's choice: pressing a mark names its institutions here and points them out in the list and among the cards. */
export default function RingChoice({ rows }: Props) {
  const [chosen, setChosen] = useState<readonly number[]>([]);
  useEffect(() => {
    show(rows, chosen);
  }, [chosen]);
  useEffect(() => {
    const marks = marksIn();
    // One stop for the keyboard; the arrows lead from the nearest to the farthest.
    const stopAt = (stop: SVGAElement | undefined) => { for (const mark of marks) mark.setAttribute('tabindex', mark === stop ? '0' : '-1'); };
    stopAt(marks[0]);
    const press = (event: Event) => {
      if (!(event.currentTarget instanceof SVGAElement)) return;
      event.preventDefault();
      stopAt(event.currentTarget);
      setChosen(numbersOf(event.currentTarget));
    };
    const move = (event: KeyboardEvent) => {
      const at = marks.findIndex((mark) => mark === event.currentTarget);
      const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
      const mark = next === undefined ? undefined : marks[Math.min(marks.length - 1, Math.max(0, next))];
      if (!mark) return;
      event.preventDefault();
      stopAt(mark);
      mark.focus();
    };
    for (const mark of marks) {
      mark.addEventListener('click', press);
      mark.addEventListener('keydown', move);
    }
    const list = document.querySelector('.near-rows');
    const point = (event: Event) => {
      const row = event.target instanceof Element ? event.target.closest('[data-number]') : null;
      if (row) setChosen([Number(row.getAttribute('data-number'))]);
    };
    list?.addEventListener('focusin', point);
    return () => {
      for (const mark of marks) {
        mark.removeEventListener('click', press);
        mark.removeEventListener('keydown', move);
      }
      list?.removeEventListener('focusin', point);
    };
  }, []);
  const named = rows.filter(({ number }) => chosen.includes(number));
  return (
    <div class="near-choice" role="status">
      {named.length === 0 && <p class="note">{nearText.hint}</p>}
      {named.map(({ number, name, href, said }) => <p key={number}><b class="near-number">{number}</b><span><a href={href}>{name}</a><span class="near-said">{said}</span></span></p>)}
    </div>
  );
}
