/** Fields of a flow, whichever version of mitmproxy wrote it and under which name: the wrong kind of value is as good as none. */
import { byteString, utf8ByteString } from '../octets.ts';
import type { TnetMap, TnetValue } from './tnetstring.ts';

const NONE: TnetMap = new Map();

export const isMap = (value: TnetValue | undefined): value is TnetMap => value instanceof Map;

/** The map of that name; an empty one where there is none. */
export function mapIn(map: TnetMap, name: string): TnetMap {
  const value = map.get(name);
  return isMap(value) ? value : NONE;
}

export function listIn(map: TnetMap, name: string): readonly TnetValue[] {
  const value = map.get(name);
  return Array.isArray(value) ? value : [];
}

/** A byte string, of octets or of a text. */
export function octetsOf(value: TnetValue | undefined): string {
  if (value instanceof Uint8Array) return byteString(value);
  return typeof value === 'string' ? utf8ByteString(value) : '';
}

/** The first of the names that holds something, as text. */
export function textIn(map: TnetMap, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = map.get(name);
    if (typeof value === 'string' && value !== '') return value;
    if (value instanceof Uint8Array && value.length > 0) return new TextDecoder().decode(value);
  }
  return undefined;
}

export function numberIn(map: TnetMap, name: string): number | undefined {
  const value = map.get(name);
  return typeof value === 'number' ? value : undefined;
}

/** `[host, port, …]` as `ip:port`, IPv6 in brackets. */
export function addressIn(map: TnetMap, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const [host, port] = listIn(map, name);
    const text = octetsOf(host);
    if (text !== '' && typeof port === 'number') return `${text.includes(':') ? `[${text}]` : text}:${port}`;
  }
  return undefined;
}
