/** A birth or expected date that a family keeps on its own device. */
export type KeptDay = { readonly kind: 'birth' | 'due'; readonly day: string };

/** Where the browser keeps the date; the one thing of a child this site keeps anywhere, and it never leaves. */
export const keptDayKey = 'tuoyu:this-month';

const parse = (text: string | null): KeptDay | undefined => {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null || !('kind' in value) || !('day' in value)) return undefined;
    const { kind, day } = value;
    return (kind === 'birth' || kind === 'due') && typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { kind, day } : undefined;
  } catch {
    return undefined; // somebody else's text, or a torn one: the family is asked again
  }
};

/** Opens the kept date. `storage` may throw when it is asked for at all, as browsers do that block it. */
export const keptDay = (storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) => ({
  read: (): KeptDay | undefined => {
    try {
      return parse(storage().getItem(keptDayKey));
    } catch {
      return undefined; // blocked: then nothing was kept either
    }
  },
  /** Keeps the date; false when the browser refuses. */
  keep: (kept: KeptDay): boolean => {
    try {
      storage().setItem(keptDayKey, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  },
  forget: (): void => {
    try {
      storage().removeItem(keptDayKey);
    } catch {
      // blocked: nothing is kept
    }
  },
});
