import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import lunr from 'lunr';
import { expect, test } from 'vitest';
import { takeFromLunr } from '#cli/lessLunr.mjs';
import { makeTextIndex } from '#domain/directory/browserIndexLunr.ts';
import { fields } from '#domain/directory/searchLayout.ts';
import { tokens } from '#domain/shared/tokens.ts';
import { aDistrict } from '#tests/unit/directory/browserFixture.ts';

const { layout } = aDistrict(200).index;
const characters = ['', ...layout.characterNumbers.keys()];
const texts = [...layout.textFields.keys()].filter((text) => layout.textFields[text] !== fields.address)
  .map((text) => ({ text, written: [...layout.row.slice(layout.textFrom[text], (layout.textFrom[text + 1] ?? 1) - 1)].map((number) => characters[number]).join('') }));
const index = makeTextIndex(layout);

/** The same texts through lunr's own builder. */
const built = lunr((builder) => {
  builder.pipeline.reset();
  builder.searchPipeline.reset();
  builder.ref('text');
  builder.field('pairs');
  const cut = (text: unknown): lunr.Token[] => [...new Set(tokens(String(text)).filter((token) => token.length > 1 && !index.isCommon(token)))].map((token) => new lunr.Token(token, {}));
  Object.assign(builder, { tokenizer: cut });
  for (const { text, written } of texts) builder.add({ text: String(text), pairs: written });
});

const asked = fc.array(fc.nat().chain((which) => {
  const held = tokens(texts[which % texts.length]?.written ?? '').filter((token) => token.length > 1 && !index.isCommon(token));
  return held.length === 0 ? fc.constant('无有') : fc.constantFrom(...held);
}), { minLength: 1, maxLength: 4 });

test('the index made from columns finds and orders texts as one made by lunr itself', () => {
  fc.assert(fc.property(asked, (terms) => {
    const own = built.query((query) => { for (const term of terms) query.term(term, { presence: lunr.Query.presence.REQUIRED, usePipeline: false }); });
    expect(index.withAll(terms).toSorted((one, other) => one - other)).toEqual(own.map(({ ref }) => Number(ref)).toSorted((one, other) => one - other));
    const some = index.withSome(terms);
    const all = built.query((query) => { for (const term of terms) query.term(term, { presence: lunr.Query.presence.OPTIONAL, usePipeline: false }); });
    expect(new Set(some.map(({ text }) => text))).toEqual(new Set(all.map(({ ref }) => Number(ref))));
    const best = new Set(all.filter(({ score }) => score === all[0]?.score).map(({ ref }) => Number(ref)));
    if (best.size === 1) expect(some[0]?.text, terms.join(' ')).toBe([...best][0]);
  }), { numRuns: 200 });
});

test('what is taken out of lunr leaves a module, and another lunr is refused', () => {
  const code = readFileSync('node_modules/lunr/lunr.js', 'utf8');
  const less = takeFromLunr(code);
  expect(less.length).toBeLessThan(code.length * 0.55);
  expect(less).toMatch(/export default lunr;\n$/);
  expect(less).not.toMatch(/stemmer = |QueryLexer = /);
  expect(() => takeFromLunr(code.replace(' * lunr.stemmer\n', ' * lunr.stem\n'))).toThrow('other parts');
  expect(() => takeFromLunr(code.replaceAll('lunr.Vector.prototype.toJSON', 'lunr.Vector.prototype.toJson'))).toThrow('toJSON');
});
