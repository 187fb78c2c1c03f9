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
  const slug = form.dataset['suggest'] ?? '';
  const guides = (form.dataset['guides'] ?? '').split(' ').filter((address) => address !== '');
  // Where everything is searched, a place or a word of the service still leads to the list.
  const list = guides.length > 0 ? `/${slug}/institutions/` : pathname;
  render(<SearchOffers input={input} form={form} slug={slug} action={pathname} list={list} guides={guides} />, host);
};
