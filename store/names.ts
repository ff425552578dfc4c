/**
 * Texts that come again and again (methods, media types, TLS parameters with their certificates) and origins of URLs are written once
 * and have a number from then on. Numbers are given out here, on the producer's side, so that what it writes can be kept as it is. A text
 * may come to have several numbers (the cache is bounded, and every run begins a new one); a number never has several texts.
 */
import type { TlsFacts } from '#model/session.ts';
import { splitUrl, type UrlParts } from '#model/session-fold.ts';
import { BoundedMap } from './bounded-map.ts';

const MAX_ENTRIES = 4096;
const MAX_UNITS = 4 * 1024 * 1024;

/** Hears of every text and origin before its number is used. */
export interface Definitions {
  text(id: number, text: string): void;
  /** `prefix` is the part of a URL before its path, as it stands there. */
  origin(id: number, prefix: string, parts: UrlParts): void;
}

export interface Origin {
  readonly id: number;
  readonly scheme: string;
}

/** A URL taken apart: `url` is there only where it is not `prefix` and `path`, one after the other. */
export interface NamedUrl {
  readonly origin: Origin;
  readonly path: string;
  readonly url?: string;
}

export class Names {
  readonly #definitions: Definitions;
  readonly #texts = new BoundedMap<number>(MAX_ENTRIES, MAX_UNITS);
  readonly #origins = new BoundedMap<Origin | 'odd'>(MAX_ENTRIES, MAX_UNITS);
  /** Engines keep one object for each connection: finding it by identity spares writing it out to compare. */
  readonly #tls = new WeakMap<TlsFacts, number>();
  #next: number;

  /** Numbers from `next` on are free in the capture. The empty text is number 0 in each. */
  constructor(next: number, definitions: Definitions) {
    this.#next = next;
    this.#definitions = definitions;
  }

  text(text: string): number {
    if (text === '') return 0;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const id = this.#next++;
    this.#definitions.text(id, text);
    this.#texts.add(text, id);
    return id;
  }

  /** TLS facts as a text of JSON. They must not change afterwards. */
  tls(facts: TlsFacts): number {
    const known = this.#tls.get(facts);
    if (known !== undefined) return known;
    const id = this.text(JSON.stringify(facts));
    this.#tls.set(facts, id);
    return id;
  }

  url(url: string): NamedUrl {
    const scheme = url.indexOf('://');
    const slash = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
    const prefix = slash < 0 ? url : url.slice(0, slash);
    const origin = this.#origins.get(prefix) ?? this.#addOrigin(prefix);
    if (origin !== 'odd' && slash >= 0) return { origin, path: url.slice(slash) };
    const { path, ...parts } = splitUrl(url);
    if (origin !== 'odd') return path === '' ? { origin, path } : { origin, path, url };
    const plain = `${parts.scheme}://${parts.host}:${parts.port}`;
    const found = this.#origins.get(plain) ?? this.#addOrigin(plain);
    return { origin: found === 'odd' ? this.#define(plain, { ...parts, path }) : found, path, url };
  }

  /** `odd`: what looks like the part before the path has some of what belongs behind it, or there is no scheme. */
  #addOrigin(prefix: string): Origin | 'odd' {
    const parts = splitUrl(prefix);
    const odd = parts.scheme === '' || /[?#]/.test(prefix);
    const origin = odd ? 'odd' : this.#define(prefix, parts);
    this.#origins.add(prefix, origin);
    return origin;
  }

  #define(prefix: string, parts: UrlParts): Origin {
    const id = this.#next++;
    this.#definitions.origin(id, prefix, parts);
    return { id, scheme: parts.scheme };
  }
}
