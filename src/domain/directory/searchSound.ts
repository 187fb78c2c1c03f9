import type { SearchLayout } from '#domain/directory/searchLayout.ts';
import { oneSlipApart, reachOfSyllable, reachSpeltOut } from '#domain/shared/readAloud.ts';

/** Told of each stretch of the row that the typed text may be: its first and last position. */
export type Heard = (from: number, last: number) => void;

/** For one state of reading: how far each sound leads, and each character. States count what is read of the typed text. */
type Step = { readonly bySound: ReadonlyMap<number, readonly number[]>; readonly character: number; readonly afterCharacter: number };

const lettersOfLongestSyllable = 6;

type Reach = (at: number, spellings: readonly string[]) => readonly number[];

/** How far each sound that begins as the typed text goes on leads from there. */
const soundsFrom = ({ soundsByInitial, spellings }: SearchLayout, typed: string, at: number, reach: Reach): Map<number, readonly number[]> => {
  const bySound = new Map<number, readonly number[]>();
  for (const sound of soundsByInitial.get(typed.charAt(at)) ?? []) {
    const ends = reach(at, spellings[sound] ?? []);
    if (ends.length > 0) bySound.set(sound, ends);
  }
  return bySound;
};

/**
 * Steps of all states that can be come to, every one of which leads to a later state; then, from the goal back, what leads
 * nowhere is taken out, so that most starts are never tried.
 */
const makeSteps = (goal: number, stepsFrom: (state: number) => Step): readonly (Step | undefined)[] => {
  const cameTo = new Uint8Array(goal + 1);
  cameTo[0] = 1;
  const steps: (Step | undefined)[] = [];
  for (let state = 0; state < goal; state += 1) {
    if (cameTo[state] === 0) continue;
    const step = stepsFrom(state);
    steps[state] = step;
    for (const ends of step.bySound.values()) for (const end of ends) cameTo[end] = 1;
    if (step.character >= 0) cameTo[step.afterCharacter] = 1;
  }
  const leads = new Uint8Array(goal + 1);
  leads[goal] = 1;
  for (let state = goal - 1; state >= 0; state -= 1) {
    const step = steps[state];
    if (!step) continue;
    const useful = new Map<number, readonly number[]>();
    for (const [sound, ends] of step.bySound) {
      const leading = ends.every((end) => leads[end] === 1) ? ends : ends.filter((end) => leads[end] === 1);
      if (leading.length > 0) useful.set(sound, leading);
    }
    const character = leads[step.afterCharacter] === 1 ? step.character : -1;
    steps[state] = useful.size > 0 || character >= 0 ? { bySound: useful, character, afterCharacter: step.afterCharacter } : undefined;
    leads[state] = steps[state] ? 1 : 0;
  }
  return steps;
};

type Steps = readonly (Step | undefined)[];

/** Reads on from a position in some states until the goal is reached; gives the last position, -1 when it is not. All readings are followed at once. */
const makeReader = ({ row, sounds }: SearchLayout, steps: Steps, goal: number, blank: number) => {
  const stamps = new Uint32Array(goal + 1);
  let stamp = 0;
  let [open, next]: [number[], number[]] = [[], []];
  return (from: number, states: readonly number[]): number => {
    open.length = 0;
    for (const state of states) open.push(state);
    for (let at = from; open.length > 0; at += 1) {
      const character = row[at] ?? 0;
      if (character === 0) return -1;
      const sound = sounds[at] ?? 0;
      stamp += 1;
      next.length = 0;
      for (const state of open) {
        const step = steps[state];
        if (character === blank && stamps[state] !== stamp) {
          stamps[state] = stamp;
          next.push(state);
        }
        if (step === undefined) continue;
        if (step.character === character && stamps[step.afterCharacter] !== stamp) {
          stamps[step.afterCharacter] = stamp;
          next.push(step.afterCharacter);
        }
        const ends = sound === 0 ? undefined : step.bySound.get(sound);
        if (ends === undefined) continue;
        for (const end of ends) {
          if (stamps[end] === stamp) continue;
          stamps[end] = stamp;
          next.push(end);
        }
      }
      if (stamps[goal] === stamp) return at;
      [open, next] = [next, open];
    }
    return -1;
  };
};

/** Tries every place where a reading may begin; where the next character cannot follow, no further. */
const readFromEveryStart = (layout: SearchLayout, steps: Steps, goal: number, heard: Heard): void => {
  const [first] = steps;
  if (!first) return;
  const { row, positions, positionsFrom, sounds, charactersOf, characterNumbers, spellings } = layout;
  const blank = characterNumbers.get(' ') ?? -1;
  const read = makeReader(layout, steps, goal, blank);
  const mayFollow = new Uint8Array(spellings.length);
  const begin = (sound: number, characters: readonly number[], states: readonly number[]): void => {
    const isWhole = states.includes(goal);
    const following = [blank];
    mayFollow.fill(0);
    for (const state of states) {
      for (const follower of steps[state]?.bySound.keys() ?? []) mayFollow[follower] = 1;
      following.push(steps[state]?.character ?? -1);
    }
    for (const character of characters) {
      for (let index = positionsFrom[character] ?? 0; index < (positionsFrom[character + 1] ?? 0); index += 1) {
        const start = positions[index] ?? 0;
        if (sound !== 0 && sounds[start] !== sound) continue;
        if (isWhole) heard(start, start);
        else if (mayFollow[sounds[start + 1] ?? 0] === 1 || following.includes(row[start + 1] ?? 0)) {
          const last = read(start + 1, states);
          if (last >= 0) heard(start, last);
        }
      }
    }
  };
  if (first.character > 0) begin(0, [first.character], [first.afterCharacter]);
  for (const [sound, states] of first.bySound) begin(sound, charactersOf[sound] ?? [], states);
};

const characterStep = ({ characterNumbers }: SearchLayout, typed: string, at: number): Pick<Step, 'character' | 'afterCharacter'> => {
  const character = String.fromCodePoint(typed.codePointAt(at) ?? 0);
  return { character: characterNumbers.get(character) ?? -1, afterCharacter: at + character.length };
};

/** Every stretch that typed text may be, by characters, syllables and initials in any mixture; the last syllable may be half typed. */
export const hear = (layout: SearchLayout, typed: string, heard: Heard): void => {
  if (typed.length > layout.longest * lettersOfLongestSyllable) return;
  const steps = makeSteps(typed.length, (at) => ({
    bySound: soundsFrom(layout, typed, at, (from, spellings) => reachOfSyllable(typed, from, spellings)), ...characterStep(layout, typed, at),
  }));
  readFromEveryStart(layout, steps, typed.length, heard);
};

/** Whether some text spells out what is typed, in whole syllables (the last may be half typed, not by its initial alone) or in the characters themselves. */
export const isSpeltOut = (layout: SearchLayout, typed: string): boolean => {
  if (typed.length > layout.longest * lettersOfLongestSyllable) return false;
  let found = false;
  const steps = makeSteps(typed.length, (at) => ({
    bySound: at === typed.length - 1 ? new Map() : soundsFrom(layout, typed, at, (from, spellings) => reachSpeltOut(typed, from, spellings)),
    ...characterStep(layout, typed, at),
  }));
  readFromEveryStart(layout, steps, typed.length, () => { found = true; });
  return found;
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
  const last = Math.min(at === 0 ? typed.length - 1 : typed.length, at + lettersOfLongestSyllable + 1); // one syllable alone is no guess
  for (let end = at + 1; end <= last; end += 1) {
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
  const slipped = typed.length + 1; // a state from here on: the same place with the slip made
  const goal = slipped + typed.length;
  const steps = makeSteps(goal, (state) => {
    const made = state >= slipped;
    const [at, plus] = made ? [state - slipped, slipped] : [state, 0];
    const bySound = soundsFrom(layout, typed, at, (from, spellings) => reachSpeltOut(typed, from, spellings).map((end) => end + plus));
    if (!made) for (const [sound, ends] of slipsFrom(table, typed, at)) bySound.set(sound, [...(bySound.get(sound) ?? []), ...ends.map((end) => end + slipped)]);
    const { character, afterCharacter } = characterStep(layout, typed, at);
    return { bySound, character, afterCharacter: afterCharacter + plus };
  });
  readFromEveryStart(layout, steps, goal, (from, last) => { if (last > from) heard(from, last); });
};
