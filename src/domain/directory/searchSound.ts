import type { SearchLayout } from '#domain/directory/searchLayout.ts';
import { mayHoldSlip, oneSlipApart, reachOfSyllable, reachSpeltOut } from '#domain/shared/readAloud.ts';

/** Told of each stretch of the row that the typed text may be: its first and last position. */
export type Heard = (from: number, last: number) => void;

/** For one state of reading: how far each sound leads, and each character. States count what is read of the typed text. */
type Step = { readonly bySound: ReadonlyMap<number, readonly number[]>; readonly character: number; readonly afterCharacter: number };

const lettersOfLongestSyllable = 6;

/** Steps of all states, backwards from the goal; those that lead nowhere are left out, so that most starts are never tried. */
const makeSteps = (states: number, goal: number, stepsFrom: (state: number) => Step): readonly Step[] => {
  const steps: Step[] = [];
  const leads = new Uint8Array(states + 1);
  leads[goal] = 1;
  for (let state = states - 1; state >= 0; state -= 1) {
    const { bySound, character, afterCharacter } = stepsFrom(state);
    const useful = new Map<number, readonly number[]>();
    for (const [sound, ends] of bySound) {
      const leading = ends.filter((end) => leads[end] === 1);
      if (leading.length > 0) useful.set(sound, leading);
    }
    const step = { bySound: useful, character: leads[afterCharacter] === 1 ? character : -1, afterCharacter };
    steps[state] = step;
    if (state !== goal && (useful.size > 0 || step.character >= 0)) leads[state] = 1;
  }
  return steps;
};

/** Reads on from a start until the goal is reached; gives the last position, -1 when it is not. All readings are followed at once. */
const makeReader = ({ row, sounds, characterNumbers }: SearchLayout, steps: readonly Step[], goal: number) => {
  const blank = characterNumbers.get(' ') ?? -1;
  const stamps = new Uint32Array(goal + 1);
  let stamp = 0;
  let [open, next]: [number[], number[]] = [[], []];
  return (start: number): number => {
    open.length = 0;
    open.push(0);
    for (let at = start; open.length > 0; at += 1) {
      const character = row[at] ?? 0;
      if (character === 0) return -1;
      const sound = sounds[at] ?? 0;
      stamp += 1;
      next.length = 0;
      const reach = (state: number): void => {
        if (stamps[state] === stamp) return;
        stamps[state] = stamp;
        next.push(state);
      };
      for (const state of open) {
        const step = steps[state];
        if (character === blank) reach(state);
        if (step?.character === character) reach(step.afterCharacter);
        const ends = sound === 0 ? undefined : step?.bySound.get(sound);
        if (ends) for (const end of ends) reach(end);
      }
      if (stamps[goal] === stamp) return at;
      [open, next] = [next, open];
    }
    return -1;
  };
};

const readFromEveryStart = (layout: SearchLayout, steps: readonly Step[], goal: number, heard: Heard): void => {
  const [first] = steps;
  if (!first) return;
  const read = makeReader(layout, steps, goal);
  const { positions, positionsFrom, sounds, charactersOf } = layout;
  const readAll = (character: number, sound: number): void => {
    for (let index = positionsFrom[character] ?? 0; index < (positionsFrom[character + 1] ?? 0); index += 1) {
      const start = positions[index] ?? 0;
      if (sound !== 0 && sounds[start] !== sound) continue;
      const last = read(start);
      if (last >= 0) heard(start, last);
    }
  };
  if (first.character > 0) readAll(first.character, 0);
  for (const sound of first.bySound.keys()) {
    for (const character of charactersOf[sound] ?? []) if (character !== first.character) readAll(character, sound);
  }
};

const characterStep = ({ characterNumbers }: SearchLayout, typed: string, at: number): Pick<Step, 'character' | 'afterCharacter'> => {
  const character = String.fromCodePoint(typed.codePointAt(at) ?? 0);
  return { character: characterNumbers.get(character) ?? -1, afterCharacter: at + character.length };
};

/** Every stretch that typed text may be, by characters, syllables and initials in any mixture; the last syllable may be half typed. */
export const hear = (layout: SearchLayout, typed: string, heard: Heard): void => {
  const goal = typed.length;
  if (goal > layout.longest * lettersOfLongestSyllable) return;
  const steps = makeSteps(goal, goal, (at) => ({
    bySound: new Map((layout.soundsByInitial.get(typed.charAt(at)) ?? []).map((sound) => [sound, reachOfSyllable(typed, at, layout.spellings[sound] ?? [])])),
    ...characterStep(layout, typed, at),
  }));
  readFromEveryStart(layout, steps, goal, heard);
};

/** A word and the words it becomes when one letter is left out: two words one slip apart share one of these. */
const withOneLetterLess = (word: string): readonly string[] =>
  [word, ...Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1))];

/** Sounds by what is left of their spellings when a letter is missing; made when the first slip is looked for. */
export type SlipTable = ReadonlyMap<string, readonly { readonly sound: number; readonly spelling: string }[]>;

/** Makes the table of slips of a layout. */
export const makeSlipTable = ({ spellings }: SearchLayout): SlipTable =>
  Map.groupBy(spellings.flatMap((ways, sound) => ways.flatMap((spelling) => withOneLetterLess(spelling).map((short) => ({ short, sound, spelling })))), ({ short }) => short);

const slipsFrom = (table: SlipTable, typed: string, at: number): ReadonlyMap<number, readonly number[]> => {
  const found = new Map<number, readonly number[]>();
  for (let end = at + 1; end <= Math.min(typed.length, at + lettersOfLongestSyllable + 1); end += 1) {
    const written = typed.slice(at, end);
    for (const short of withOneLetterLess(written)) {
      for (const { sound, spelling } of table.get(short) ?? []) {
        const known = found.get(sound) ?? [];
        if (!known.includes(end) && oneSlipApart(written, spelling)) found.set(sound, [...known, end]);
      }
    }
  }
  return found;
};

/** Every stretch of two characters or more that typed pinyin may be with one slip: a letter wrong, missing or too many, or two exchanged. */
export const hearWithSlip = (layout: SearchLayout, table: SlipTable, typed: string, heard: Heard): void => {
  if (!mayHoldSlip(typed)) return;
  const slipped = typed.length + 1; // a state from here on: the same place with the slip made
  const goal = slipped + typed.length;
  const steps = makeSteps(goal, goal, (state) => {
    const made = state >= slipped;
    const [at, plus] = made ? [state - slipped, slipped] : [state, 0];
    const bySound = new Map((layout.soundsByInitial.get(typed.charAt(at)) ?? [])
      .map((sound): [number, readonly number[]] => [sound, reachSpeltOut(typed, at, layout.spellings[sound] ?? []).map((end) => end + plus)]));
    if (!made) for (const [sound, ends] of slipsFrom(table, typed, at)) bySound.set(sound, [...(bySound.get(sound) ?? []), ...ends.map((end) => end + slipped)]);
    const { character, afterCharacter } = characterStep(layout, typed, at);
    return { bySound, character, afterCharacter: afterCharacter + plus };
  });
  readFromEveryStart(layout, steps, goal, (from, last) => { if (last > from) heard(from, last); });
};
