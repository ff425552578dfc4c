/** Addresses of a Postman collection: a text, or taken apart into parts; `:name` in a path is a variable of the address. */
import { listIn, listOf, member, textIn, textOf } from '../requests/json-values.ts';

const segments = (value: unknown, joint: string): string =>
  typeof value === 'string'
    ? value
    : listOf(value)
        .map((part) => textOf(part) || textIn(part, 'value'))
        .join(joint);

function query(url: unknown): string {
  const pairs = listIn(url, 'query').filter((pair) => member(pair, 'disabled') !== true);
  return pairs
    .map((pair) => {
      const value = member(pair, 'value');
      return textIn(pair, 'key') + (value === null || value === undefined ? '' : `=${textOf(value)}`);
    })
    .join('&');
}

/** From its parts; they, not `raw`, say what is switched off. */
function fromParts(url: unknown): string {
  const protocol = textIn(url, 'protocol');
  const host = segments(member(url, 'host'), '.');
  const port = textIn(url, 'port');
  const path = segments(member(url, 'path'), '/');
  const asked = query(url);
  return [
    protocol === '' ? '' : `${protocol.replace(/:?\/*$/, '')}://`,
    host,
    port === '' ? '' : `:${port}`,
    // An address that ends in a slash has one empty part.
    path === '' && listIn(url, 'path').length === 0 ? '' : `/${path.replace(/^\//, '')}`,
    asked === '' ? '' : `?${asked}`,
  ].join('');
}

/** The address, with its own variables filled in and those in braces still in it. `http://` where it has no scheme. */
export function postmanUrl(url: unknown): string {
  const whole = typeof url === 'string' ? url : fromParts(url) || textIn(url, 'raw');
  const own = new Map(listIn(url, 'variable').map((one) => [textIn(one, 'key'), textIn(one, 'value')]));
  const [path = '', ...rest] = whole.split('?');
  const filled = path.replace(/\/:([^/?#:]+)/g, (found: string, name: string) => {
    const value = own.get(name);
    return value === undefined || value === '' ? found : `/${value}`;
  });
  const address = [filled, ...rest].join('?');
  return address === '' || /^(?:[a-z][a-z0-9+.-]*:\/\/|\{\{)/i.test(address) ? address : `http://${address}`;
}
