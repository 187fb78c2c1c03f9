import sheet from 'leaflet/dist/leaflet.css?url';
import { useEffect, useRef, useState } from 'preact/hooks';
import { clusterText, nearText } from '#text/near.ts';

interface Props {
  readonly tileHost: string;
  readonly tileKey: string;
  /** 审图号 and whose map it is, always shown on it. */
  readonly credit: string;
  /** WGS-84, which the base map's own datum equals within a metre. */
  readonly start: { readonly lng: number; readonly lat: number };
  readonly radius: number | null;
  readonly rows: readonly { readonly number: number; readonly name: string; readonly href: string; readonly said: string; readonly point: { readonly lng: number; readonly lat: number } }[];
}

const layerAt = (host: string, key: string, layer: 'vec' | 'cva'): string =>
  `${host}/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`;

const element = (tag: string, className: string, text: string): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

type Row = Props['rows'][number];
const spotOf = ({ point }: Row): [number, number] => [point.lat, point.lng];

/** Side of the square a finger needs, px. */
const markSize = 44;

/** Institutions whose marks would lie upon one another share one; `at` says where each stands on the screen. */
const groupsOf = (rows: readonly Row[], at: (row: Row) => { readonly x: number; readonly y: number }): readonly (readonly Row[])[] => {
  const groups: { readonly x: number; readonly y: number; readonly rows: Row[] }[] = [];
  for (const row of rows) {
    const { x, y } = at(row);
    const near = groups.find((group) => Math.max(Math.abs(group.x - x), Math.abs(group.y - y)) < markSize + 2);
    if (near) near.rows.push(row);
    else groups.push({ x, y, rows: [row] });
  }
  return groups.map((group) => group.rows);
};

const popupOf = (rows: readonly Row[]): HTMLElement => {
  const popup = element('div', 'tile-popup', '');
  for (const { name, href, said } of rows) {
    const link = element('a', '', name);
    link.setAttribute('href', href);
    popup.append(link, element('p', '', said));
  }
  return popup;
};

/** By its address: a sheet that is imported would be linked by every page that might ever need it. */
const addSheet = (): Promise<void> => new Promise((resolve, reject) => {
  if (document.querySelector(`link[href="${sheet}"]`)) {
    resolve();
    return;
  }
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = sheet;
  link.addEventListener('load', () => { resolve(); });
  link.addEventListener('error', () => { reject(new Error('The sheet of the map did not come.')); });
  document.head.append(link);
});

/** Draws the map; the library and its sheet are fetched only now. */
const draw = async (into: HTMLElement, { tileHost, tileKey, credit, start, radius, rows }: Props): Promise<() => void> => {
  const [{ default: leaflet }] = await Promise.all([import('leaflet'), addSheet()]);
  const map = leaflet.map(into, { attributionControl: false, zoomControl: false });
  leaflet.control.zoom({ zoomInTitle: nearText.mapZoomIn, zoomOutTitle: nearText.mapZoomOut }).addTo(map);
  leaflet.control.attribution({ prefix: false }).addAttribution(credit).addTo(map);
  // The provider tells sites apart by where a request comes from; it learns the site, never the page.
  for (const layer of ['vec', 'cva'] as const) leaflet.tileLayer(layerAt(tileHost, tileKey, layer), { minZoom: 3, maxZoom: 18, referrerPolicy: 'origin' }).addTo(map);
  const centre: [number, number] = [start.lat, start.lng];
  leaflet.circleMarker(centre, { radius: 9, className: 'tile-start', interactive: false }).addTo(map);
  if (radius !== null) leaflet.circle(centre, { radius, className: 'tile-ring', interactive: false }).addTo(map);
  map.fitBounds(leaflet.latLngBounds([centre, ...rows.map(spotOf)]).pad(0.15), { maxZoom: 16, animate: false });
  const marks = leaflet.layerGroup().addTo(map);
  const lay = () => {
    marks.clearLayers();
    for (const group of groupsOf(rows, (row) => map.latLngToLayerPoint(spotOf(row)))) {
      const [first] = group;
      if (!first) continue;
      const said = group.length === 1 ? `${String(first.number)}，${first.name}` : clusterText(group.map(({ number }) => number));
      const icon = leaflet.divIcon({ html: element('b', '', group.length === 1 ? String(first.number) : `${String(group.length)}家`), className: 'tile-mark', iconSize: [markSize, markSize] });
      leaflet.marker(spotOf(first), { icon, title: said, alt: said }).bindPopup(popupOf(group)).addTo(marks);
    }
  };
  lay();
  map.on('zoomend', lay);
  return () => { map.remove(); };
};

/** 在天地图上看: a map for those who ask for it. Nothing is fetched from anywhere until the button is pressed. */
export default function TileMap(props: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [standing, setStanding] = useState<'closed' | 'open' | 'failed'>('closed');
  useEffect(() => {
    if (standing !== 'open' || !frame.current) return undefined;
    let [remove, isGone]: [(() => void) | undefined, boolean] = [undefined, false];
    draw(frame.current, props).then((made) => {
      remove = made;
      if (isGone) made();
    }, () => { setStanding('failed'); });
    return () => {
      isGone = true;
      remove?.();
    };
  }, [standing]);
  if (standing === 'failed') return <p role="alert">{nearText.mapFailed}</p>;
  if (standing === 'open') return <div ref={frame} class="tile-map" role="region" aria-label={nearText.mapLabel} tabIndex={-1} />;
  return (
    <div class="tile-offer">
      <button class="button button--quiet" type="button" onClick={() => { setStanding('open'); }}>{nearText.map}</button>
      <p class="note">{nearText.mapHint}</p>
    </div>
  );
}
