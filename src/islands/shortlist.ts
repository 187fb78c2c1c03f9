// 收藏: makes the hearts of a page remember. One small module for all of them; without it they are boxes of a form.
import { keyOf, openShortlist } from '#islands/shortlistStore.ts';
import { shortlistText as words } from '#text/shortlist.ts';

const all = <Found extends Element>(selector: string): readonly Found[] => [...document.querySelectorAll<Found>(selector)];

const start = (form: HTMLFormElement, slug: string): void => {
  const list = openShortlist(slug, () => localStorage);
  const [said] = all<HTMLElement>('[data-shortlist-said]');
  const [go] = all<HTMLAnchorElement>('[data-shortlist-go]');
  const hearts = all<HTMLInputElement>('.heart__box');
  const buttons = all<HTMLButtonElement>('[data-keep]');
  const forget = all<HTMLButtonElement>('[data-forget]');

  const compareAddress = (): string => {
    const fields = [...new FormData(form)].filter(([name]) => name !== 'ids').map(([name, value]) => `&${name}=${encodeURIComponent(String(value))}`);
    return `${form.action}?ids=${list.read().join(',')}${fields.join('')}`;
  };
  const sentence = (count: number): string => {
    const many = count === 0 || (go && count > 1) ? '' : count === 1 ? words.one : words.many(count); // a link says it otherwise
    return list.lasts() ? many : [many, words.blocked].filter(Boolean).join('。');
  };
  const show = (instead?: string): void => {
    const kept = list.read();
    for (const heart of hearts) heart.checked = kept.includes(heart.value);
    for (const button of buttons) {
      const isKept = kept.includes(button.dataset['keep'] ?? '');
      button.setAttribute('aria-pressed', String(isKept));
      const word = button.querySelector('.keep__word');
      if (word) word.textContent = isKept ? words.kept : words.keep;
    }
    form.dataset['count'] = String(kept.length);
    const sentenceNow = instead ?? sentence(kept.length);
    if (said && said.textContent !== sentenceNow) said.textContent = sentenceNow;
    if (go) {
      go.hidden = kept.length < 2;
      go.href = compareAddress();
      go.textContent = words.goCompare(kept.length);
    }
    for (const button of forget) button.hidden = !(button.dataset['forget'] ?? '').split(',').some((id) => kept.includes(id));
  };
  const keep = (id: string, kept: boolean): void => { show(list.keep(id, kept) === 'full' ? words.full : undefined); };

  for (const heart of hearts) heart.addEventListener('change', () => { keep(heart.value, heart.checked); });
  for (const button of forget) button.addEventListener('click', () => {
    for (const id of (button.dataset['forget'] ?? '').split(',')) list.keep(id, false);
    show(words.forgotten);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [own] = buttons;
    if (own) keep(own.dataset['keep'] ?? '', own.getAttribute('aria-pressed') !== 'true');
    else location.assign(compareAddress());
  });
  addEventListener('storage', ({ key }) => { if (key === keyOf(slug) || key === null) show(); });
  addEventListener('pageshow', () => { show(); }); // back from another page: the browser restores boxes as they were left
  show();
};

const [form] = all<HTMLFormElement>('form[data-shortlist]');
if (form) start(form, form.dataset['shortlist'] ?? '');
