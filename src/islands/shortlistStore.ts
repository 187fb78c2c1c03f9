/** Most institutions one device keeps for one place; as many as one address of a comparison may name. */
export const mostKept = 20;

const idForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** 收藏 of one place on this device: numbers of institutions in the order they were kept, nothing else. */
export type Shortlist = {
  /** What is kept now; other tabs may have changed it. */
  readonly read: () => readonly string[];
  /** Keeps one more, or no longer; `full` leaves everything as it was. */
  readonly keep: (id: string, kept: boolean) => 'done' | 'full';
  /** false once the browser has refused to store: then the list lives as long as the page. */
  readonly lasts: () => boolean;
};

/** Where the browser keeps the list of a place. */
export const keyOf = (slug: string): string => `tuoyu:shortlist:${slug}`;

const parse = (text: string | null): readonly string[] => {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? [...new Set(value.filter((id): id is string => typeof id === 'string' && idForm.test(id)))].slice(0, mostKept) : [];
  } catch {
    return []; // somebody else's text, or a torn one: an empty list harms nobody
  }
};

/** Opens the list of a place. `storage` may throw when it is asked for at all, as browsers do that block it. */
export const openShortlist = (slug: string, storage: () => Pick<Storage, 'getItem' | 'setItem'>): Shortlist => {
  let held: readonly string[] | undefined;
  const read = (): readonly string[] => {
    if (held !== undefined) return held;
    try {
      return parse(storage().getItem(keyOf(slug)));
    } catch {
      return held = []; // blocked: from here on only this page remembers
    }
  };
  return {
    read, lasts: () => held === undefined,
    keep: (id, kept) => {
      const others = read().filter((other) => other !== id);
      if (kept && others.length >= mostKept) return 'full';
      const next = kept ? [...others, id] : others;
      try {
        if (held === undefined) storage().setItem(keyOf(slug), JSON.stringify(next));
        else held = next;
      } catch {
        held = next;
      }
      return 'done';
    },
  };
};
