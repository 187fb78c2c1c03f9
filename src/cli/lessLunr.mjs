// Builds the browser's script without the parts of lunr that nobody here asks for: its English (tokenizer, stemmer, stop words,
// trimmer), its builder of indexes and its query language. Texts are cut by our own tokens, the index is made from columns.
const unused = ['lunr.tokenizer', 'lunr.stemmer', 'lunr.stopWordFilter', 'lunr.trimmer', 'lunr.Builder', 'lunr.QueryLexer', 'lunr.QueryParser'];
const kept = ['lunr.utils', 'lunr.Set', 'lunr.Pipeline', 'lunr.Vector', 'lunr.TokenSet', 'lunr.Index', 'lunr.MatchData', 'lunr.Query'];

/** Functions of the kept parts that nobody calls: reading and writing of indexes, wildcards and edit distance, pipelines with steps. */
const uncalled = [
  'lunr.TokenSet.fromFuzzyString', 'lunr.TokenSet.fromArray', 'lunr.TokenSet.prototype.intersect', 'lunr.TokenSet.prototype.toString', 'lunr.TokenSet.Builder', 'lunr.TokenSet.Builder.prototype.insert',
  'lunr.TokenSet.Builder.prototype.finish', 'lunr.TokenSet.Builder.prototype.minimize', 'lunr.Index.load', 'lunr.Index.prototype.search', 'lunr.Index.prototype.toJSON',
  'lunr.Pipeline.registerFunction', 'lunr.Pipeline.warnIfFunctionNotRegistered', 'lunr.Pipeline.load', 'lunr.Pipeline.prototype.add', 'lunr.Pipeline.prototype.after',
  'lunr.Pipeline.prototype.before', 'lunr.Pipeline.prototype.remove', 'lunr.Pipeline.prototype.run', 'lunr.Pipeline.prototype.runString', 'lunr.Pipeline.prototype.reset',
  'lunr.Pipeline.prototype.toJSON', 'lunr.Vector.prototype.insert', 'lunr.Vector.prototype.toArray', 'lunr.Vector.prototype.toJSON', 'lunr.utils.clone',
  'lunr.MatchData.prototype.combine', 'lunr.idf', 'lunr.Token', 'lunr.Token.prototype.toString', 'lunr.Token.prototype.update', 'lunr.Token.prototype.clone', 'lunr.QueryParseError',
];

const heading = /^ {0,2}\/\*!\r?\n \* (lunr\.\w+)\r?\n/m;

/** Takes the unused parts out of lunr.js; throws where its parts are not the known ones. */
export function takeFromLunr(code) {
  const end = code.lastIndexOf('  /**\n   * export the module via AMD');
  const parts = code.slice(0, end).split(/(?=^ {0,2}\/\*!\r?\n \* lunr\.\w+\r?\n|^lunr\.(?:MatchData|Query|QueryParseError|QueryLexer|QueryParser) = function )/m);
  const nameOf = (part) => heading.exec(part)?.[1] ?? /^(lunr\.\w+) = function /.exec(part)?.[1];
  const names = parts.map(nameOf);
  if (end < 0 || [...unused, ...kept].some((name) => !names.includes(name))) throw new Error(`lunr.js has other parts than expected: ${names.join(', ')}`);
  let rest = parts.filter((part) => !unused.includes(nameOf(part))).join('');
  for (const name of uncalled) {
    const without = rest.replace(new RegExp(`^${name.replaceAll('.', '\\.')} = function[\\s\\S]*?^}$`, 'm'), '');
    if (without === rest) throw new Error(`lunr.js has no ${name}`);
    rest = without;
  }
  // What is left is an ordinary module: no wrapper for other loaders, and no test of them.
  const opening = ';(function(){';
  if (!rest.includes(opening)) throw new Error('lunr.js does not begin as expected');
  const maker = /^var lunr = function \(config\) \{[\s\S]*?^}$/m;
  if (!maker.test(rest)) throw new Error('lunr.js does not make itself as expected');
  return `${rest.replace(maker, 'var lunr = {}').replace(/^lunr\.QueryParseError\.prototype = .*$/m, '').replace(opening, '')}\nexport default lunr;\n`;
}

/** The Vite plugin. */
export const lessLunr = () => ({
  name: 'less-lunr',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) => (/\/lunr\/lunr\.js(\?|$)/.test(id) ? { code: takeFromLunr(code), map: null } : undefined),
});
