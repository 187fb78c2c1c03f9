import { render } from 'preact';
import SearchOffers from '#islands/search/SearchOffers.tsx';

/** Puts suggestions under a search form that is there already. */
export const mountSearch = (form: HTMLFormElement): void => {
  const input = form.querySelector<HTMLInputElement>('.search__input');
  const row = form.querySelector('.search__row');
  if (!input || !row || form.querySelector('.search__offers')) return;
  const host = document.createElement('div');
  host.className = 'search__offers';
  row.after(host);
  const { pathname } = new URL(form.action);
  render(<SearchOffers input={input} form={form} slug={form.dataset['suggest'] ?? ''} action={pathname} />, host);
};
