import { expect, test } from 'vitest';
import { linkFaults, linksIn } from '#cli/linkFaults.ts';

const page = (path: string, html: string) => ({ path, html });
const leads = (path: string): boolean => path === '/rendered/';

test('finds what leads nowhere and anchors that are not there; leaves telephones and other sites alone', () => {
  const pages = [
    page('/a/', '<a href="/b/#here">1</a><a href="/b/#gone">2</a><a href="#top">3</a><a href="#low">4</a><h2 id="top"></h2><a href="/rendered/?x=1#any">5</a><a href="/nowhere/">6</a><a href="tel:12345">7</a><a href="https://example.org/">8</a><img src="/missing.png">'),
    page('/b/', '<p id="here"></p><a href="../a/">up</a><a href="/a/?q=1#low">other query</a>'),
  ];
  expect(linkFaults(pages, leads)).toEqual(['/a/: /b/#gone has no such anchor', '/a/: #low has no such anchor', '/a/: /nowhere/ leads nowhere', '/a/: /missing.png leads nowhere']);
  expect(linksIn('<a class="x" href="/a/?b=1&amp;c=2">a</a><a href="/a/?b=1&amp;c=2">b</a>')).toEqual(['/a/?b=1&c=2']);
});
