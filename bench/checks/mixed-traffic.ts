/** What APIs and sites send all day, in the proportions in which a browser and a phone ask for it: for measuring how fast it is checked. */
import type { HeaderPair } from '#model/headers.ts';
import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';

const ASKED: readonly HeaderPair[] = [
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'],
  ['Accept', '*/*'],
  ['Accept-Language', 'en'],
  ['Cookie', 'sid=hT8fK2mQx9Zr7vB4nLq8; theme=dark'],
  ['Authorization', 'Bearer q8ZrT2mVbX5nK7wLp3Hd'],
];
const answered = (type: string): HeaderPair[] => [
  ['Content-Type', type],
  ['Date', 'Sun, 15 Jun 2025 15:06:40 GMT'],
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Strict-Transport-Security', 'max-age=31536000'],
];

const list = (count: number) =>
  JSON.stringify({
    items: Array.from({ length: count }, (_, i) => ({
      id: i,
      name: `Thing ${i}`,
      price: i * 1.5,
      sku: `SKU-${i}-AB`,
      updated: '2025-06-15',
    })),
  });
const ROW =
  '<div class="row"><a href="/p/1?x=2&amp;y=3">Item</a><img src="/i.png" alt="x"><p>Lorem ipsum dolor sit amet</p></div>\n';
const PAGE = `<!doctype html><title>Shop</title><script src="/a.js"></script>${ROW.repeat(80)}<form method="post"><input name="_csrf" value="x"></form>`;
const SCRIPT =
  'function total(items) { return items.map((item) => item.price).reduce((a, b) => a + b, 0); }\n'.repeat(
    200,
  );
const STYLE = '.row { color: #fff; margin: 0 10px 1px 2px }\n'.repeat(200);

/** Of twenty: thirteen answers of an API, two pages, two scripts, a style sheet, two pictures. */
export function mixedTraffic(count: number): SessionOverrides[] {
  const [small, large] = [list(8), list(80)];
  return Array.from({ length: count }, (_, i): SessionOverrides => {
    const base = { url: `https://api.acme.test/orders/${i}?page=2&sort=name`, requestHeaders: ASKED };
    const kind = i % 20;
    if (kind < 8) return { ...base, responseHeaders: answered('application/json'), responseBody: small };
    if (kind < 11) {
      const requestHeaders: HeaderPair[] = [...ASKED, ['Content-Type', 'application/json']];
      return {
        ...base,
        method: 'POST',
        requestHeaders,
        requestBody: '{"name":"tea","count":2}',
        responseHeaders: answered('application/json'),
        responseBody: '{"id":1}',
      };
    }
    if (kind < 13) return { ...base, responseHeaders: answered('text/html'), responseBody: PAGE };
    if (kind < 15)
      return {
        ...base,
        url: `https://api.acme.test/a${i}.js`,
        responseHeaders: answered('text/javascript'),
        responseBody: SCRIPT,
      };
    if (kind < 16)
      return {
        ...base,
        url: `https://api.acme.test/a${i}.css`,
        responseHeaders: answered('text/css'),
        responseBody: STYLE,
      };
    if (kind < 18)
      return {
        ...base,
        url: `https://api.acme.test/a${i}.png`,
        responseHeaders: answered('image/png'),
        responseBody: new Uint8Array(4096).fill(0x89),
      };
    if (kind < 19) return { ...base, responseHeaders: answered('application/json'), responseBody: large };
    return {
      ...base,
      status: 404,
      responseHeaders: answered('application/json'),
      responseBody: '{"error":"not found"}',
    };
  });
}
