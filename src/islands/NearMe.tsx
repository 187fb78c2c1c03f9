import { useEffect, useState } from 'preact/hooks';
import { nearText } from '#text/near.ts';

interface Props {
  /** The list without a position; `near` is added to it. */
  readonly list: string;
  /** Metres asked for when no range was chosen before. */
  readonly radius: number;
  /** Where the press leads while no script runs: the form of starting points. Null on that form itself. */
  readonly form: string | null;
  readonly look: 'chip' | 'button';
}

type Standing = 'waiting' | 'ready' | 'asking' | 'denied' | 'unavailable' | 'outOfReach';

const rounded = (degrees: number): string => String(Math.round(degrees * 1000) / 1000);

/** 用我现在的位置: asks the browser only when pressed; only the position rounded to three decimals leaves the page, in the list's address. */
export default function NearMe({ list, radius, form, look }: Props) {
  const [standing, setStanding] = useState<Standing>('waiting');
  useEffect(() => {
    if ('geolocation' in navigator) setStanding('ready');
  }, []);
  const found = ({ coords: { longitude, latitude } }: GeolocationPosition) => {
    if (longitude < 73 || longitude > 136 || latitude < 3 || latitude > 54) {
      setStanding('outOfReach');
      return;
    }
    const to = new URL(list, location.href);
    for (const [name, value] of [['near', `${rounded(longitude)},${rounded(latitude)}`], ['crs', 'wgs84'], ['radius', String(radius)], ['sort', 'distance']] as const) to.searchParams.set(name, value);
    location.assign(to.href);
    setStanding('ready'); // for a way back that shows this page as it was
  };
  const ask = () => {
    setStanding('asking');
    navigator.geolocation.getCurrentPosition(found, ({ code, PERMISSION_DENIED }) => { setStanding(code === PERMISSION_DENIED ? 'denied' : 'unavailable'); }, { timeout: 15_000, maximumAge: 60_000 });
  };
  const pin = <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0Z" /><path d="M12 2v4M12 18v4M2 12h4M18 12h4" /></svg>;
  const face = look === 'chip' ? 'chip' : 'button';
  return (
    <>
      {standing === 'waiting' && form !== null && <a class={face} href={form}>{pin}<span>{nearText.here}</span></a>}
      {(standing !== 'waiting' || form === null) && <button class={`${face} near__here`} type="button" onClick={ask} aria-disabled={standing === 'asking'}>{pin}<span>{nearText.here}</span></button>}
      <p class="near__standing" role="status">{standing === 'asking' && nearText.asking}</p>
      {(standing === 'denied' || standing === 'unavailable' || standing === 'outOfReach') && <p class="near__standing near__standing--wrong" role="alert">{nearText[standing]}</p>}
    </>
  );
}
