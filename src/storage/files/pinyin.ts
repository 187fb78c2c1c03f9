import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { pinyin } from 'pinyin-pro';
import { z } from 'zod';
import type { PinyinText } from '#domain/shared/pinyinText.ts';
import { isHan, normalise } from '#domain/shared/tokens.ts';

const overrideRow = z.strictObject({
  text: z.string().min(1), pinyin: z.string().regex(/^[a-z]+( [a-z]+)*$/, 'syllables'), why: z.string().min(1), source: z.string().min(1),
});

/** Words read otherwise than the pinyin library reads them: the word, normalised, and its syllables. */
export type PinyinOverrides = ReadonlyMap<string, readonly string[]>;

/** Reads `data/search/pinyin-overrides.csv`; a row whose syllables do not match its characters is refused by line. */
export const readPinyinOverrides = async (path: string): Promise<PinyinOverrides> => {
  const rows: unknown[] = parse(await readFile(path, 'utf8'), { columns: true, bom: true, skip_empty_lines: true });
  return new Map(rows.map((raw, index) => {
    const row = overrideRow.parse(raw);
    const syllables = row.pinyin.split(' ');
    const word = normalise(row.text);
    if (Array.from(word).length !== syllables.length) {
      throw new Error(`${path} line ${String(index + 2)}, column pinyin: expected one syllable for each character of "${row.text}"`);
    }
    return [word, syllables] as const;
  }));
};

const writeOver = (syllables: readonly string[], characters: readonly string[], overrides: PinyinOverrides): readonly string[] => {
  const written = [...syllables];
  for (const [word, own] of overrides) {
    for (let start = 0; start + own.length <= characters.length; start += 1) {
      if (characters.slice(start, start + own.length).join('') === word) written.splice(start, own.length, ...own);
    }
  }
  return written;
};

/** 拼音 of one text, a syllable for each normalised character, ü as v. */
export const pinyinOf = (text: string, overrides: PinyinOverrides): PinyinText => {
  const plain = normalise(text);
  const characters = Array.from(plain);
  const read = pinyin(plain, { toneType: 'none', type: 'array', v: true, nonZh: 'spaced' });
  const aligned = read.length === characters.length
    ? read
    : characters.map((character) => pinyin(character, { toneType: 'none', v: true }));
  const full = writeOver(aligned, characters, overrides)
    .map((syllable, index) => (isHan(characters[index] ?? '') ? syllable.toLowerCase() : characters[index] ?? ''));
  const initials = full.map((syllable, index) => (isHan(characters[index] ?? '') ? syllable.charAt(0) : syllable)).join('').replace(/ /g, '');
  return { full, initials };
};

/** 拼音 of each text one institution is searched by, as the directory's search text wants it. */
export type PinyinOfSearched = {
  name: PinyinText; aliases: PinyinText[]; subdistrict: PinyinText | null; address: PinyinText | null;
};

/** 拼音 of all that one institution is searched by, made once when it is imported. */
export const searchTextOf = (
  searched: { readonly name: string; readonly aliases: readonly string[]; readonly address: string | null; readonly subdistrictName: string | null },
  overrides: PinyinOverrides,
): PinyinOfSearched => ({
  name: pinyinOf(searched.name, overrides),
  aliases: searched.aliases.map((alias) => pinyinOf(alias, overrides)),
  subdistrict: searched.subdistrictName === null ? null : pinyinOf(searched.subdistrictName, overrides),
  address: searched.address === null ? null : pinyinOf(searched.address, overrides),
});
