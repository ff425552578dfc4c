/**
 * The answers of a capture, found by what is asked: the same method and URL; else the same path whatever the query; else the same endpoint with its ids
 * taken out. What was recorded several times is answered in that order, and the last of it again and again.
 */
import { endpointOf } from '#model/path-template.ts';
import type { SessionId, SessionRow } from '#model/session.ts';

/** What is asked. `path` has the query in it. */
export type Asked = Pick<SessionRow, 'method' | 'scheme' | 'host' | 'port' | 'path'>;
export type HowFound = 'url' | 'path' | 'endpoint';

/** Beyond this a capture is no mock any more. */
export const MAX_ANSWERS = 1_000_000;

interface Sequence {
  readonly ids: SessionId[];
  next: number;
}

const plainPath = (path: string) => path.split(/[?#]/, 1)[0] ?? '';
/** Without the scheme: a mock is asked by http for what was recorded over https. */
const authority = ({ host, port, scheme }: Asked) =>
  port === (scheme === 'https' ? 443 : 80) || port === 0 ? host : `${host}:${port}`;

const KEYS: readonly (readonly [HowFound, (asked: Asked) => string])[] = [
  ['url', (asked) => `${asked.method} ${authority(asked)}${asked.path}`],
  ['path', (asked) => `${asked.method} ${authority(asked)}${plainPath(asked.path)}`],
  ['endpoint', (asked) => endpointOf(asked).replace(/^(\S+) https?:\/\//, '$1 ')],
];

export class RecordedAnswers {
  readonly #sequences = new Map<string, Sequence>();
  /** Session → whether its answer is one to a question with a condition (304). */
  readonly #conditional = new Set<SessionId>();
  readonly #hosts = new Map<string, number>();
  size = 0;

  /** In the order in which they were recorded. What has no answer is left out. */
  add(row: SessionRow): void {
    if (row.kind !== 'http' || row.status === undefined || row.status < 200 || this.size >= MAX_ANSWERS)
      return;
    this.size += 1;
    this.#hosts.set(row.host, (this.#hosts.get(row.host) ?? 0) + 1);
    if (row.status === 304) this.#conditional.add(row.id);
    for (const [how, key] of KEYS) {
      const name = `${how} ${key(row)}`;
      const known = this.#sequences.get(name);
      if (known === undefined) this.#sequences.set(name, { ids: [row.id], next: 0 });
      else known.ids.push(row.id);
    }
  }

  /** How many answers there are of each host, the most first. */
  get hosts(): readonly (readonly [host: string, answers: number])[] {
    return [...this.#hosts].toSorted((a, b) => b[1] - a[1]);
  }

  /** The next answer to that, undefined when nothing like it was recorded. `conditional`: a 304 may answer it. */
  next(asked: Asked, conditional: boolean): { readonly id: SessionId; readonly how: HowFound } | undefined {
    for (const [how, key] of KEYS) {
      const id = this.#take(`${how} ${key(asked)}`, conditional);
      if (id !== undefined) return { id, how };
    }
    return undefined;
  }

  #take(name: string, conditional: boolean): SessionId | undefined {
    const sequence = this.#sequences.get(name);
    if (sequence === undefined) return undefined;
    const fits = (id: SessionId | undefined) =>
      id !== undefined && (conditional || !this.#conditional.has(id));
    const ahead = sequence.ids.slice(sequence.next).findIndex(fits);
    if (ahead >= 0) {
      const at = sequence.next + ahead;
      sequence.next = at + 1;
      return sequence.ids[at];
    }
    return sequence.ids.findLast(fits);
  }
}
