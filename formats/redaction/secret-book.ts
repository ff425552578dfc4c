/**
 * The secrets of one export: each value has one placeholder, wherever it stands, so that who reads the export still sees what belongs
 * together. Values stay in here; what is told of them is a sample of a few characters.
 */
import { createHash } from 'node:crypto';
import type { KindCount, MaskedSecret } from '#model/redaction.ts';
import { entropy, isPlaceholder, looksRandom } from '#model/secrets/placeholders.ts';
import type { SessionId } from '#model/session.ts';
import { KnownSecrets } from './known-secrets.ts';
import { spellings } from './octets.ts';

/** A secret as the book has it. */
export interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly value: string;
  /** "[redacted:jwt:1]"; the value itself where it is kept. */
  readonly stands: string;
  readonly kept: boolean;
  count: number;
  readonly sessions: Set<SessionId>;
  readonly places: Set<string>;
}

/** Counted exactly up to here, so that one cookie on a million requests does not hold a million numbers. */
const MOST_SESSIONS = 1000;
const MOST_PLACES = 8;

/** The first letters, and how long it is: enough to know it again, too little to use it. */
export function sampleOf(value: string): string {
  const shown = value.length >= 24 ? 5 : value.length >= 12 ? 2 : 0;
  const start = [...value.slice(0, shown)].map((c) => (c >= ' ' && c <= '~' ? c : '.')).join('');
  return `${start}…(${value.length})`;
}

/** A name for a secret that does not tell it: the same in every export of the same traffic. */
export const secretId = (value: string): string =>
  createHash('sha256').update(`sluice ${value}`, 'latin1').digest('hex').slice(0, 16);

/** Whether a secret is so much its own that it may be looked for everywhere, not only where its name says what it is. */
export function isDistinct(kind: string, value: string): boolean {
  if (value.length < KnownSecrets.shortest || isPlaceholder(value)) return false;
  if (/^[a-z][a-z+.-]*:\/\//i.test(value) && kind !== 'connection-string' && kind !== 'custom') return false;
  if (kind === 'custom' || kind === 'private-key') return true;
  // A cookie may hold a language, a version, an address: only what is long and irregular is worth looking for.
  if (kind === 'cookie') return value.length >= 20 && looksRandom(value);
  if (/^[A-Za-z]+\d{0,3}$/.test(value) && value.length < 16) return false;
  if (/^\d+$/.test(value)) return value.length >= 16;
  return entropy(value) >= 2.5;
}

export class SecretBook {
  readonly #entries = new Map<string, Entry>();
  readonly #numbers = new Map<string, number>();
  readonly #known = new KnownSecrets<Entry>();
  readonly #keep: ReadonlySet<string>;

  /** `keep`: ids of secrets that are left as they are. */
  constructor(keep: Iterable<string> = []) {
    this.#keep = new Set(keep);
  }

  /** The entry of this value; a value that was met before keeps its first kind. */
  entry(kind: string, value: string): Entry {
    const had = this.#entries.get(value);
    if (had !== undefined) return had;
    const number = (this.#numbers.get(kind) ?? 0) + 1;
    this.#numbers.set(kind, number);
    const id = secretId(value);
    const kept = this.#keep.has(id);
    const stands = kept ? value : `[redacted:${kind}:${number}]`;
    const entry: Entry = { id, kind, value, stands, kept, count: 0, sessions: new Set(), places: new Set() };
    this.#entries.set(value, entry);
    if (isDistinct(kind, value)) for (const text of spellings(value)) this.#known.add(text, entry);
    return entry;
  }

  /** Every distinct secret that stands in `text`, in any spelling. */
  occurrences(text: string) {
    return this.#known.find(text);
  }

  /** Counts one occurrence. */
  count(entry: Entry, session: SessionId, place: string): void {
    entry.count += 1;
    if (entry.sessions.size < MOST_SESSIONS) entry.sessions.add(session);
    if (entry.places.size < MOST_PLACES) entry.places.add(place);
  }

  /** Kinds by how many secrets they have, without those that are kept. */
  kinds(): KindCount[] {
    const kinds = new Map<string, { secrets: number; count: number }>();
    for (const { kind, kept, count } of this.#entries.values()) {
      if (kept || count === 0) continue;
      const sum = kinds.get(kind) ?? { secrets: 0, count: 0 };
      kinds.set(kind, { secrets: sum.secrets + 1, count: sum.count + count });
    }
    return [...kinds]
      .map(([kind, sum]) => ({ kind, ...sum }))
      .sort((a, b) => b.secrets - a.secrets || a.kind.localeCompare(b.kind));
  }

  /** What may be told of each secret, most frequent first; at most `limit`. */
  secrets(limit: number): MaskedSecret[] {
    return [...this.#entries.values()]
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, limit)
      .map(({ id, kind, value, stands, kept, count, sessions, places }) => ({
        id,
        kind,
        sample: sampleOf(value),
        ...(kept ? {} : { placeholder: stands }),
        kept,
        count,
        sessions: sessions.size,
        firstSession: Math.min(...sessions),
        places: [...places],
      }));
  }

  get size(): number {
    return this.#entries.size;
  }
}
