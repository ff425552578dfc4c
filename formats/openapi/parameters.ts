/** Parameters of an operation as they stand in a request (OpenAPI 3.1 §4.8.12.2, styles `simple`, `form`, `deepObject` and the like). */
import { isFields, listOf, member, textIn, textOf } from '../requests/json-values.ts';

/** A value as text: objects and lists that no style takes apart are JSON. */
const plain = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(value);

/** Everything but unreserved characters and those that mean nothing where they stand. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/%(?:2C|3A|40|24)/g, decodeURIComponent);

const flat = (value: unknown): string => {
  if (Array.isArray(value)) return listOf(value).map(plain).join(',');
  return isFields(value)
    ? Object.entries(value)
        .flatMap(([name, one]) => [name, plain(one)])
        .join(',')
    : plain(value);
};

/** A value in a path, a header or a cookie. */
export const simpleValue = (value: unknown): string => flat(value);

/** A value in a path, encoded. */
export const pathValue = (value: unknown): string => encodeURIComponent(flat(value));

/** The pairs of a query that a parameter stands for, joined. */
export function queryPairs(parameter: unknown, value: unknown): string {
  const name = encoded(textIn(parameter, 'name'));
  const style = textIn(parameter, 'style') || 'form';
  const explode = member(parameter, 'explode') ?? style === 'form';
  if (Array.isArray(value)) {
    if (explode === true)
      return listOf(value)
        .map((one) => `${name}=${encoded(plain(one))}`)
        .join('&');
    const joint = { spaceDelimited: '%20', pipeDelimited: '%7C' }[style] ?? ',';
    return `${name}=${listOf(value)
      .map((one) => encoded(plain(one)))
      .join(joint)}`;
  }
  if (isFields(value)) {
    const pairs = Object.entries(value);
    if (style === 'deepObject')
      return pairs.map(([key, one]) => `${name}%5B${encoded(key)}%5D=${encoded(plain(one))}`).join('&');
    if (explode === true)
      return pairs.map(([key, one]) => `${encoded(key)}=${encoded(plain(one))}`).join('&');
  }
  return `${name}=${encoded(flat(value))}`;
}
