/** Edits of header fields that leave the order, case and octets of all others as they were. Pure: each gives a new list. */
import type { HeaderPair } from '#model/headers.ts';

const isNamed = (name: string) => {
  const wanted = name.toLowerCase();
  return ([key]: HeaderPair) => key.length === wanted.length && key.toLowerCase() === wanted;
};

/** The first field of that name gets the value, its others go; added at the end when there is none. */
export function setHeader(headers: readonly HeaderPair[], name: string, value: string): HeaderPair[] {
  const named = isNamed(name);
  const at = headers.findIndex(named);
  if (at < 0) return [...headers, [name, value]];
  return headers.flatMap((pair, index): HeaderPair[] =>
    index === at ? [[pair[0], value]] : named(pair) ? [] : [pair],
  );
}

export const removeHeader = (headers: readonly HeaderPair[], name: string): HeaderPair[] => {
  const named = isNamed(name);
  return headers.filter((pair) => !named(pair));
};

export function mapHeader(
  headers: readonly HeaderPair[],
  name: string,
  edit: (value: string) => string,
): HeaderPair[] {
  const named = isNamed(name);
  return headers.map((pair) => (named(pair) ? [pair[0], edit(pair[1])] : pair));
}
