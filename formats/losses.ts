/**
 * Collects what an import or export cannot represent. Formats only `add`; whoever moves the sessions through knows which session that
 * was and `settle`s it. Every loss is counted; only the first are kept one by one, so that memory is flat.
 */
import type { Loss, LossReport } from '#model/loss-report.ts';
import type { Session } from '#model/session.ts';

/** Losses listed one by one. */
export const MOST_LISTED = 1000;
/** Different things that are told apart; what comes beyond is counted together. */
const MOST_KINDS = 200;

export class Losses {
  readonly #counts = new Map<string, number>();
  readonly #listed: Loss[] = [];
  #open: Omit<Loss, 'session'>[] = [];
  #openCount = 0;
  #sessions = 0;
  #lossy = 0;

  /**
   * The session at hand loses something: `what` is the same short noun phrase for every session, `detail` what of it in this one. An
   * importer adds before it yields the session, an exporter before it takes the next.
   */
  add(what: string, detail?: string): void {
    this.#openCount += 1;
    this.#count(what);
    if (this.#listed.length + this.#open.length < MOST_LISTED) {
      this.#open.push({ what, ...(detail === undefined ? {} : { detail }) });
    }
  }

  /** Something is lost that belongs to no session: fields of the file itself, entries that are no sessions. */
  addToFile(what: string, detail?: string): void {
    this.#count(what);
    if (this.#listed.length + this.#open.length < MOST_LISTED) {
      this.#listed.push({ session: 0, what, ...(detail === undefined ? {} : { detail }) });
    }
  }

  /** A session went through, and what was added since the last one is its. */
  settle(session: number): void {
    this.#sessions += 1;
    if (this.#openCount === 0) return;
    this.#lossy += 1;
    for (const loss of this.#open) this.#listed.push({ session, ...loss });
    this.#open = [];
    this.#openCount = 0;
  }

  /** What was added after the last session counts as the file's. */
  report(): LossReport {
    const counts = [...this.#counts].map(([what, count]) => ({ what, count }));
    return {
      sessions: this.#sessions,
      lossy: this.#lossy,
      counts: counts.sort((a, b) => b.count - a.count),
      losses: [...this.#listed, ...this.#open.map((loss) => ({ session: 0, ...loss }))],
    };
  }

  #count(what: string): void {
    const kind = this.#counts.has(what) || this.#counts.size < MOST_KINDS ? what : 'other things';
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }
}

/**
 * Tells of line breaks within header fields (obs-fold, RFC 9112 §5.2): importers read them as spaces, because in a head that is sent again
 * they could be further fields.
 */
export function addFolded({ request, response }: Session, losses: Losses): void {
  const folded = [...request.head.headers, ...(response?.head.headers ?? [])].filter(([, value]) =>
    /[\r\n]/.test(value),
  );
  for (const [name] of folded) losses.add('line breaks within a header field', name);
}
