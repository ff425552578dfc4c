/**
 * Puts placeholders where secrets stand: by value, where a reader knows what it is (`mask`), and by looks in any text (`sweep`). It knows
 * where in a session the reader is, for the counts. It decides nothing about names: readers do.
 */
import { RE2JS } from 're2js';
import { SluiceError } from '#model/errors.ts';
import { isMask } from '#model/secrets/placeholders.ts';
import type { SessionId } from '#model/session.ts';
import type { Entry, SecretBook } from './secret-book.ts';
import { type Found, shapesIn } from './token-shapes.ts';

/** How a placeholder is written where the text has its own rules (URLs); `original` is what it stands for there. */
export type Write = (placeholder: string, original: string) => string;

const asItIs: Write = (placeholder) => placeholder;

/** In URLs and forms brackets are not allowed as they are (RFC 3986 §2.2). */
export const inUrl: Write = (placeholder) => placeholder.replaceAll('[', '%5B').replaceAll(']', '%5D');

/** As long as what it replaces: lengths inside binary formats stay right. */
export const sameLength: Write = (placeholder, original) =>
  placeholder.slice(0, original.length).padEnd(original.length, '*');

interface Place {
  readonly start: number;
  readonly end: number;
  readonly entry: Entry;
}

/** The user's own patterns: RE2, case as written; the first group, where there is one, is the secret. @throws SluiceError `usage` */
export function compilePatterns(patterns: readonly string[]): RE2JS[] {
  return patterns.map((pattern) => {
    try {
      return RE2JS.compile(pattern);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new SluiceError('usage', `The pattern "${pattern}" cannot be read: ${reason}.`, { cause });
    }
  });
}

export class Masker {
  /** Where the text that is read stands: "response body". */
  place = '';
  session: SessionId = 1;
  /** Occurrences masked so far, kept ones aside. */
  masked = 0;
  /** What is read now repeats what was read before, and is counted there. */
  #repeated = false;
  readonly #book: SecretBook;
  readonly #patterns: readonly RE2JS[];
  readonly #counting: boolean;

  /** Without `counting` secrets are only learnt. */
  constructor(book: SecretBook, patterns: readonly RE2JS[], counting = true) {
    this.#book = book;
    this.#patterns = patterns;
    this.#counting = counting;
  }

  /** What stands for a secret, which a reader knows by its place; `value` is decoded. */
  mask(kind: string, value: string): string {
    // What was redacted before is not a secret any more.
    if (isMask(value)) return value;
    return this.#counted(this.#book.entry(this.#ownKind(value) ?? kind, value));
  }

  /** Reads something that says again what was counted elsewhere, as a request target does of a URL. */
  uncounted<T>(read: () => T): T {
    const before = this.#repeated;
    this.#repeated = true;
    try {
      return read();
    } finally {
      this.#repeated = before;
    }
  }

  /** Makes a secret known that stands here in another form only: it is masked wherever else it stands. */
  know(kind: string, value: string): void {
    if (!isMask(value)) this.#book.entry(this.#ownKind(value) ?? kind, value);
  }

  /** `text` with every secret masked that its looks, a pattern of the user or another place gives away. */
  sweep(text: string, write: Write = asItIs): string {
    const places = this.#placesIn(text);
    if (places.length === 0) return text;
    let result = '';
    let at = 0;
    for (const { start, end, entry } of places) {
      const stands = this.#counted(entry);
      const original = text.slice(start, end);
      result += text.slice(at, start) + (entry.kept ? original : write(stands, original));
      at = end;
    }
    return result + text.slice(at);
  }

  #counted(entry: Entry): string {
    if (this.#counting && !this.#repeated) this.#book.count(entry, this.session, this.place);
    if (!entry.kept) this.masked += 1;
    return entry.stands;
  }

  /** A JWT in a cookie is a JWT. */
  #ownKind(value: string): string | undefined {
    for (const { start, end, kind } of shapesIn(value)) if (start === 0 && end === value.length) return kind;
    return undefined;
  }

  #placesIn(text: string): Place[] {
    const found: Range[] = [];
    for (const pattern of this.#patterns) found.push(...matchesOf(pattern, text));
    found.push(...shapesIn(text), ...this.#book.occurrences(text));
    const places: Place[] = [];
    // Only what is left of overlapping ones becomes a secret of its own.
    for (const { start, end, kind, of } of found.length < 2 ? found : disjoint(found)) {
      const value = text.slice(start, end);
      if (of === undefined && (kind === undefined || isMask(value))) continue;
      places.push({ start, end, entry: of ?? this.#book.entry(kind ?? '', value) });
    }
    return places;
  }
}

/** Found by its looks, which tell its kind, or known from elsewhere. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly kind?: string;
  readonly of?: Entry;
}

function* matchesOf(pattern: RE2JS, text: string): Generator<Found> {
  const matcher = pattern.matcher(text);
  const group = pattern.groupCount() > 0 ? 1 : 0;
  while (matcher.find()) {
    const start = matcher.start(group);
    const end = matcher.end(group);
    if (start >= 0 && end > start) yield { start, end, kind: 'custom' };
  }
}

/** Of overlapping places the first and longest, and what sticks out of it. */
function disjoint(places: readonly Range[]): Range[] {
  const sorted = [...places].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Range[] = [];
  let free = 0;
  for (const place of sorted) {
    if (place.end <= free) continue;
    result.push(place.start >= free ? place : { ...place, start: free });
    free = place.end;
  }
  return result;
}
