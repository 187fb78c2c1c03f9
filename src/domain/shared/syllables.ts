const initials = ['b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'j', 'q', 'x', 'zh', 'ch', 'sh', 'r', 'z', 'c', 's', 'y', 'w'] as const;
const finals = [
  'a', 'o', 'e', 'i', 'u', 'v', 'ai', 'ei', 'ui', 'ao', 'ou', 'iu', 'ie', 've', 'ue', 'an', 'en', 'in', 'un', 'vn', 'ang', 'eng', 'ing', 'ong',
  'ia', 'iao', 'ian', 'iang', 'iong', 'ua', 'uo', 'uai', 'uan', 'uang', 'van', 'yu', 'yue',
] as const;
const bare = ['a', 'o', 'e', 'ai', 'ei', 'ao', 'ou', 'an', 'en', 'ang', 'eng', 'er', 'm', 'n', 'ng', 'hm', 'hng'] as const;

/** Everything that may be a syllable of 拼音 as it is typed (ü as v, u or yu): too many rather than too few. */
export const possibleSyllables: ReadonlySet<string> = new Set([...bare, ...initials.flatMap((initial) => finals.map((final) => initial + final))]);

/** The beginnings of possible syllables, whole ones included. */
export const syllableBeginnings: ReadonlySet<string> = new Set([...possibleSyllables].flatMap((syllable) =>
  Array.from({ length: syllable.length }, (_, index) => syllable.slice(0, index + 1))));

/** Letters of the longest possible syllable. */
export const longestSyllable = 6;
