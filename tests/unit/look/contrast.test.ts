import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Palette = ReadonlyMap<string, string>;

const css = readFileSync(new URL('../../../src/styles/tokens.css', import.meta.url), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');

/** Colours of one rule: `--name: #rrggbb` pairs. */
const coloursIn = (body: string): Palette => new Map([...body.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})\s*;/g)].map(([, name = '', hex = '']) => [name, hex]));

/** The body of `selector`, inside the dark media query or outside any. */
function ruleBody(selector: string, dark: boolean): string {
  const rules = [...css.matchAll(/(@media[^{]*)\{((?:[^{}]*\{[^{}]*\})*)\s*\}|([^{}@]+)\{([^{}]*)\}/g)];
  const bodies = rules.flatMap(([, media, inner, outerSelector, outerBody]) => {
    if (media === undefined) return !dark && outerSelector?.trim() === selector ? [outerBody ?? ''] : [];
    if (!dark || !media.includes('prefers-color-scheme: dark')) return [];
    return [...(inner ?? '').matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, name]) => name?.trim() === selector).map(([, , body]) => body ?? '');
  });
  expect(bodies, `${selector} ${dark ? 'dark' : 'light'} stands once in tokens.css`).toHaveLength(1);
  return bodies[0] ?? '';
}

const elder = ':root[data-mode="elder"]';
const light = coloursIn(ruleBody(':root', false));
const merged = (...palettes: readonly Palette[]): Palette => new Map(palettes.flatMap((palette) => [...palette]));
const lightElder = merged(light, coloursIn(ruleBody(elder, false)));
const dark = merged(light, coloursIn(ruleBody(':root', true)));
// The cascade in the dark: elder's light values are overridden by elder's dark ones, never by plain dark ones.
const darkElder = merged(dark, coloursIn(ruleBody(elder, false)), coloursIn(ruleBody(elder, true)));

const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => channel(Number.parseInt(hex.slice(start, start + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(palette: Palette, one: string, other: string): number {
  const [a, b] = [one, other].map((name) => palette.get(name));
  if (a === undefined || b === undefined) throw new Error(`tokens.css has no colour for ${one} or ${other}`);
  const [first, second] = [luminance(a), luminance(b)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

const grounds = ['paper', 'card', 'field', 'plain-wash', 'leaf-wash', 'amber-wash', 'red-wash'] as const;
const pairs: readonly (readonly [text: string, ground: string, least: number])[] = [
  ...grounds.map((ground) => ['ink', ground, 10] as const),
  ...(['paper', 'card', 'field', 'plain-wash', 'leaf-wash', 'red-wash'] as const).map((ground) => ['ink-2', ground, 7] as const),
  ['leaf', 'paper', 7], ['leaf', 'card', 7], ['on-leaf', 'leaf', 7], ['on-leaf', 'leaf-strong', 7],
  ['leaf-strong', 'leaf-wash', 7], ['leaf-strong', 'card', 7],
  ['amber', 'amber-wash', 7], ['red', 'red-wash', 7], ['red', 'paper', 7], ['red', 'card', 7],
  ['on-ribbon', 'ribbon', 10],
  ['control', 'paper', 3], ['control', 'card', 3], ['control', 'field', 3], ['leaf', 'leaf-wash', 3],
  ['focus', 'paper', 3], ['focus', 'card', 3], ['focus', 'leaf-wash', 3], ['focus', 'amber-wash', 3], ['focus', 'red-wash', 3],
];

describe.each([
  ['light', light], ['dark', dark], ['elder', lightElder], ['elder in the dark', darkElder],
])('contrast in %s', (_, palette) => {
  test.each(pairs)('%s on %s is at least %s to 1', (text, ground, least) => {
    expect(contrast(palette, text, ground)).toBeGreaterThanOrEqual(least);
  });
});

test('the formula gives the known ends of the scale', () => {
  const ends = new Map([['black', '#000000'], ['white', '#ffffff'], ['grey', '#767676']]);
  expect(contrast(ends, 'black', 'white')).toBeCloseTo(21, 5);
  expect(contrast(ends, 'grey', 'white')).toBeCloseTo(4.54, 2);
});

test('no text of elder mode is below 24 px', () => {
  const sizes = [...ruleBody(elder, false).matchAll(/--text-[a-z0-9]+:\s*([\d.]+)rem/g)].map(([, rem]) => Number(rem) * 16);
  expect(sizes.length).toBeGreaterThanOrEqual(8);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24);
});
