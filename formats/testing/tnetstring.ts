/** Writes typed netstrings, for tests: what mitmproxy of another version than the one at hand would have written. */

/** Plain values; a Map or object is a dictionary, a Uint8Array octets. */
export function tnetstring(value: unknown): Buffer {
  const [type, payload] = encoded(value);
  return Buffer.concat([Buffer.from(`${payload.length}:`), payload, Buffer.from(type)]);
}

function encoded(value: unknown): [type: string, payload: Buffer] {
  if (value === null || value === undefined) return ['~', Buffer.alloc(0)];
  if (typeof value === 'boolean') return ['!', Buffer.from(String(value))];
  if (typeof value === 'number') return [Number.isInteger(value) ? '#' : '^', Buffer.from(String(value))];
  if (typeof value === 'string') return [';', Buffer.from(value)];
  if (value instanceof Uint8Array) return [',', Buffer.from(value)];
  if (Array.isArray(value)) return [']', Buffer.concat(value.map(tnetstring))];
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return ['}', Buffer.concat(entries.flat().map(tnetstring))];
}

export const octets = (text: string): Buffer => Buffer.from(text, 'latin1');
