/**
 * Typed netstrings as mitmproxy writes them: `length:payload` and a letter for the type, lists and dictionaries nested. Octets stay octets
 * (`,`), texts are UTF-8 (`;`). A file is one after the other. Hostile files meet limits on size, depth and count.
 */
import { SluiceError } from '#model/errors.ts';

export type TnetValue = null | boolean | number | string | Uint8Array | readonly TnetValue[] | TnetMap;
/** Keys are texts; older files have them as octets, which are read as texts. */
export type TnetMap = ReadonlyMap<string, TnetValue>;

export interface TnetLimits {
  /** Of one value at the top, in bytes. */
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Values within one at the top. */
  readonly maxValues: number;
}

export const DEFAULT_LIMITS: TnetLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxDepth: 50,
  maxValues: 2_000_000,
};

const COLON = 58;
/** mitmproxy itself takes up to 12 digits. */
const MOST_DIGITS = 12;
const TEXT = new TextDecoder('utf-8');

const fail = (what: string): never => {
  throw new SluiceError('bad-file', `It is not a file of mitmproxy flows: ${what}.`);
};

/** The number before a colon at `at`, and where the payload begins; undefined when the bytes end before the colon. */
function lengthAt(bytes: Uint8Array, at: number, end: number): { length: number; start: number } | undefined {
  let length = 0;
  for (let i = at; i < end; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === COLON && i > at) return { length, start: i + 1 };
    if (byte < 48 || byte > 57 || i - at >= MOST_DIGITS)
      return fail(`at byte ${i} of a value stands no length`);
    length = length * 10 + (byte - 48);
  }
  return end - at > MOST_DIGITS ? fail('a length has too many digits') : undefined;
}

class Parser {
  readonly #bytes: Uint8Array;
  readonly #limits: TnetLimits;
  #values = 0;

  constructor(bytes: Uint8Array, limits: TnetLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
  }

  /** The value at `at`, and where the next begins. */
  value(at: number, end: number, depth: number): { value: TnetValue; next: number } {
    this.#values += 1;
    if (this.#values > this.#limits.maxValues) fail(`a flow has more than ${this.#limits.maxValues} values`);
    if (depth > this.#limits.maxDepth) fail(`a flow nests deeper than ${this.#limits.maxDepth} levels`);
    const { length, start } = lengthAt(this.#bytes, at, end) ?? fail('a value is cut off');
    const stop = start + length;
    if (stop >= end) fail('a value is longer than what it is in');
    const type = String.fromCharCode(this.#bytes[stop] ?? 0);
    return { value: this.#typed(type, start, stop, depth), next: stop + 1 };
  }

  #typed(type: string, start: number, stop: number, depth: number): TnetValue {
    switch (type) {
      case ',':
        return this.#bytes.subarray(start, stop);
      case ';':
        return this.#text(start, stop);
      case '#':
      case '^': {
        const number = Number(this.#text(start, stop));
        return Number.isFinite(number) ? number : null;
      }
      case '!':
        return this.#text(start, stop) === 'true';
      case '~':
        return null;
      case ']':
        return this.#list(start, stop, depth);
      case '}':
        return this.#map(start, stop, depth);
      default:
        return fail(`there is no type "${type}"`);
    }
  }

  #text = (start: number, stop: number) => TEXT.decode(this.#bytes.subarray(start, stop));

  #list(start: number, stop: number, depth: number): TnetValue[] {
    const list: TnetValue[] = [];
    for (let at = start; at < stop; ) {
      const { value, next } = this.value(at, stop, depth + 1);
      list.push(value);
      at = next;
    }
    return list;
  }

  #map(start: number, stop: number, depth: number): TnetMap {
    const map = new Map<string, TnetValue>();
    for (let at = start; at < stop; ) {
      const key = this.value(at, stop, depth + 1);
      const { value, next } = this.value(key.next, stop, depth + 1);
      map.set(key.value instanceof Uint8Array ? TEXT.decode(key.value) : String(key.value), value);
      at = next;
    }
    return map;
  }
}

/** Bytes that came and were not taken yet. */
class Arrived {
  #chunks: Uint8Array[] = [];
  size = 0;

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.size += chunk.length;
  }

  /** All of it in one piece. */
  whole(): Uint8Array {
    const [only] = this.#chunks;
    if (this.#chunks.length === 1 && only !== undefined) return only;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }

  drop(length: number): void {
    this.#chunks = [this.whole().subarray(length)];
    this.size -= length;
  }
}

/** The values of a file, one at a time in memory. @throws SluiceError `bad-file`; what came before was yielded */
export async function* readTnetstrings(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: TnetLimits = DEFAULT_LIMITS,
): AsyncGenerator<TnetValue, void, undefined> {
  const arrived = new Arrived();
  /** Bytes of the next value, once its length is known: until then nothing is joined again and again. */
  let needed = 1;
  for await (const chunk of chunks) {
    arrived.push(chunk);
    while (arrived.size >= needed && arrived.size > 0) {
      const bytes = arrived.whole();
      const found = lengthAt(bytes, 0, bytes.length);
      if (found === undefined) break;
      if (found.length > limits.maxBytes) fail(`a flow is larger than ${limits.maxBytes} bytes`);
      needed = found.start + found.length + 1;
      if (bytes.length < needed) break;
      yield new Parser(bytes, limits).value(0, needed, 0).value;
      arrived.drop(needed);
      needed = 1;
    }
  }
  if (arrived.size > 0) fail('the last flow is cut off');
}
