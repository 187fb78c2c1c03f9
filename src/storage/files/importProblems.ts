/** Sentences about a file, in the order of its lines; at most `cap` are kept, all are counted. */
export type ProblemList = { readonly sentences: readonly string[]; readonly count: number };

/** Faults after this many are counted, not listed. */
export const problemCap = 200;

/** A file that cannot be read as a table at all; the message is for the person who sent it. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

const controlCharacter = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;
const longest = 60;

/** A cell as it may be printed: one line, control characters visible, cut at sixty characters. */
export const showCell = (cell: string): string => {
  const characters = Array.from(cell);
  const shown = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : cell;
  return `"${shown.replace(controlCharacter, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
};

/** `line N, column X: expected …, got "…"`. */
export const cellProblem = (line: number, column: string, expected: string, cell: string): string =>
  `line ${line}, column ${column}: expected ${expected}, got ${showCell(cell)}`;

/** Collects sentences as they are found: counts all, keeps those of the earliest lines. */
export type ProblemNotes = {
  readonly add: (line: number, sentence: string) => void;
  readonly count: () => number;
  readonly list: () => ProblemList;
};

/** An empty collection of sentences. */
export function makeNotes(): ProblemNotes {
  let count = 0;
  let kept: readonly { readonly line: number; readonly sentence: string }[] = [];
  let fresh: { readonly line: number; readonly sentence: string }[] = [];
  const settle = (): void => {
    kept = [...kept, ...fresh].toSorted((one, other) => one.line - other.line).slice(0, problemCap);
    fresh = [];
  };
  return {
    add: (line, sentence) => {
      count += 1;
      fresh.push({ line, sentence });
      if (fresh.length >= 1_000) settle();
    },
    count: () => count,
    list: () => {
      settle();
      return { sentences: kept.map(({ sentence }) => sentence), count };
    },
  };
}
