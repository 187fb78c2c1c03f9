import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { cutAt, type Highlight } from '#domain/directory/highlight.ts';
import type { BrowserSearch } from '#domain/directory/browserIndexSearch.ts';
import { loadSearch } from '#islands/search/loadSearch.ts';
import type { GuideOffers, OfferGuides } from '#islands/search/loadGuides.ts';
import { offersFor, withGuides, type Offer } from '#islands/search/offers.ts';
import { countOffers, searchText } from '#text/search.ts';

interface Props {
  readonly input: HTMLInputElement;
  readonly form: HTMLFormElement;
  readonly slug: string;
  readonly action: string;
  /** The list of institutions: where a place or a word of the service leads. */
  readonly list: string;
  /** Addresses of what is searched beside institutions; none on the list itself. */
  readonly guides: readonly string[];
}

type Standing = 'loading' | 'ready' | 'unavailable';

const Marked = ({ text, highlights }: { readonly text: string; readonly highlights: readonly Highlight[] }) => (
  <>{cutAt(text, highlights).map((piece, at) => (piece.marked ? <mark key={at}>{piece.text}</mark> : piece.text))}</>
);

const keptBy = (form: HTMLFormElement, input: HTMLInputElement): readonly (readonly [string, string])[] =>
  [...new FormData(form)].flatMap(([name, value]) => (name === input.name || typeof value !== 'string' ? [] : [[name, value] as const]));

/** 搜索联想: a list box under the field, by the combobox pattern of the ARIA Authoring Practices. Nothing is chosen until the parent chooses it. */
export default function SearchOffers({ input, form, slug, action, list: institutions, guides }: Props) {
  const [standing, setStanding] = useState<Standing>('loading');
  const [typed, setTyped] = useState(input.value);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const search = useRef<BrowserSearch>();
  const [offerGuides, setOfferGuides] = useState<{ readonly offer: OfferGuides }>();
  const list = `${input.id}-offers`;

  const isAsked = isOpen && typed.trim() !== '';
  const own = useMemo(() => {
    if (!isAsked || !search.current) return [];
    return offersFor(search.current, typed, { slug, action: institutions, kept: keptBy(form, input) });
  }, [typed, standing, isAsked]);
  // Pages to read come after institutions stand: a key is never kept waiting for them, and of keys in haste only the last is answered.
  const [guided, setGuided] = useState<{ readonly typed: string; readonly offers: GuideOffers }>();
  useEffect(() => {
    if (!offerGuides || !isAsked) return undefined;
    const timer = setTimeout(() => { setGuided({ typed, offers: offerGuides.offer(typed, own.length === 0) }); });
    return () => { clearTimeout(timer); };
  }, [typed, isAsked, offerGuides, own]);
  const isPending = offerGuides !== undefined && guided?.typed !== typed;
  const groups = isAsked && guided ? withGuides(own, guided.offers) : own;
  const offers = groups.flatMap((group) => group.offers);
  const isShown = offers.length > 0;
  const idOf = (at: number): string => `${list}-${String(at)}`;

  useEffect(() => {
    const institutionsStand = loadSearch(slug).then((loaded) => {
      search.current = loaded;
      setOpen(document.activeElement === input && input.value !== input.defaultValue);
      setTyped(input.value);
      setStanding(loaded ? 'ready' : 'unavailable');
    });
    if (guides.length === 0) return;
    // One after the other: two indexes made at once would both come late.
    institutionsStand.then(() => import('#islands/search/loadGuides.ts')).then(({ loadGuides }) => loadGuides(slug, guides)).then((loaded) => {
      if (!loaded) return;
      setActive(-1); // what comes may stand before what was chosen
      setOfferGuides({ offer: loaded });
      setOpen(document.activeElement === input && input.value !== input.defaultValue);
      setTyped(input.value);
    }, () => undefined); // offline: institutions alone, and the form asks the server
  }, []);

  // Before the next key can be pressed: a reader must never be told of a suggestion that is gone.
  useLayoutEffect(() => {
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', String(isShown)]] as const) input.setAttribute(name, value);
    if (isShown) input.setAttribute('aria-controls', list);
    else input.removeAttribute('aria-controls');
    if (isShown && active >= 0) input.setAttribute('aria-activedescendant', idOf(active));
    else input.removeAttribute('aria-activedescendant');
    if (active >= 0) document.getElementById(idOf(active))?.scrollIntoView({ block: 'nearest' });
  }, [isShown, active, typed]);

  const now = useRef({ offers, active, isShown });
  now.current = { offers, active, isShown };
  useEffect(() => {
    const close = () => { setOpen(false); setActive(-1); };
    const change = () => { setTyped(input.value); setActive(-1); setOpen(true); };
    const away = ({ target }: Event) => { if (target instanceof Node && !form.contains(target)) close(); };
    const leave = ({ relatedTarget }: FocusEvent) => { if (relatedTarget !== null) close(); };
    const press = (event: KeyboardEvent) => {
      if (event.isComposing) return; // the keys belong to the input method
      const { offers: shown, active: at, isShown: open } = now.current;
      const last = shown.length - 1;
      const moves: Readonly<Record<string, number | undefined>> = {
        ArrowDown: at >= last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, ...(at >= 0 ? { Home: 0, End: last } : {}),
      };
      const to = moves[event.key];
      if (to !== undefined && open) {
        event.preventDefault();
        setActive(to);
      } else if (event.key === 'ArrowDown' && input.value !== '') {
        event.preventDefault();
        change();
      } else if (event.key === 'Escape' && open) {
        event.preventDefault();
        close();
      } else if (event.key === 'Enter' && open && at >= 0) {
        event.preventDefault();
        location.assign(shown[at]?.href ?? action);
      } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') setActive(-1);
    };
    // For as long as the page stands; the form and its field go with it.
    input.addEventListener('input', change);
    input.addEventListener('keydown', press);
    input.addEventListener('focusout', leave);
    form.addEventListener('submit', close);
    document.addEventListener('pointerdown', away);
    addEventListener('pageshow', close); // back from the page chosen: the list is not left standing open
  }, []);

  const said = (): string => {
    if (!isAsked || isPending) return '';
    if (standing === 'unavailable' && offers.length === 0) return searchText.unavailable;
    return standing === 'loading' ? '' : countOffers(offers.length);
  };
  const row = (offer: Offer, at: number) => (
    <li key={at} id={idOf(at)} class="offer" role="option" aria-selected={at === active}
      onPointerDown={(event: PointerEvent) => { event.preventDefault(); }} onClick={() => { location.assign(offer.href); }}>
      <span class="offer__text"><Marked text={offer.text} highlights={offer.highlights} /></span>
      {offer.note !== null && <span class="offer__note"><Marked text={offer.note} highlights={offer.noteHighlights} /></span>}
    </li>
  );
  let at = 0;
  return (
    <>
      {isShown && (
        <div class="offers" id={list} role="listbox" aria-label={searchText.list}>
          {groups.map(({ title, offers: own }, index) => (
            <ul key={index} class="offers__group" role="group" aria-labelledby={`${list}-title-${String(index)}`}>
              <li class="offers__title" role="presentation" id={`${list}-title-${String(index)}`}>{title}</li>
              {own.map((offer) => row(offer, at++))}
            </ul>
          ))}
        </div>
      )}
      <p class="hidden-text" role="status">{said()}</p>
    </>
  );
}
