/**
 * Redaction of an export: first every session is looked through (`learn`), so that a secret which only one place tells is masked at all
 * places; then each is given back with placeholders (`redact`). One redactor for one export: the same secret has the same placeholder
 * throughout. It needs Node and is meant for a worker thread.
 */

import type { RedactionOptions, RedactionSummary, UnreadBody } from '#model/redaction.ts';
import type { FullSession } from '#model/session.ts';
import { compilePatterns, Masker } from './masker.ts';
import { unicode, utf8 } from './octets.ts';
import { redactSession } from './redact-session.ts';
import { SecretBook } from './secret-book.ts';

const MOST_LISTED = 500;
const MOST_UNREAD = 100;

export class Redactor {
  readonly #book: SecretBook;
  readonly #learner: Masker;
  readonly #masker: Masker;
  readonly #unread: UnreadBody[] = [];
  #unreadTotal = 0;
  #sessions = 0;
  #maskedSessions = 0;

  /** @throws SluiceError `usage` for a pattern that is none. */
  constructor({ patterns = [], keep = [] }: RedactionOptions = {}) {
    const compiled = compilePatterns(patterns);
    this.#book = new SecretBook(keep);
    this.#learner = new Masker(this.#book, compiled, false);
    this.#masker = new Masker(this.#book, compiled);
  }

  /** Learns the secrets of a session. */
  async learn(full: FullSession): Promise<void> {
    await redactSession(full, this.#learner);
  }

  /** The session with every secret masked that has been learnt, or that it shows itself. */
  async redact(full: FullSession): Promise<FullSession> {
    const before = this.#masker.masked;
    const { full: redacted, unread } = await redactSession(full, this.#masker);
    this.#sessions += 1;
    if (this.#masker.masked > before) this.#maskedSessions += 1;
    this.#unreadTotal += unread.length;
    this.#unread.push(...unread.slice(0, MOST_UNREAD - this.#unread.length));
    return redacted;
  }

  /** Text of ours that may hold captured values, with every secret masked that has been learnt or that its looks give away. */
  text(text: string): string {
    this.#masker.place = 'text';
    return unicode(this.#masker.uncounted(() => this.#masker.sweep(utf8(text))));
  }

  /** What `redact` has masked so far. */
  summary(): RedactionSummary {
    return {
      sessions: this.#sessions,
      masked: this.#maskedSessions,
      kinds: this.#book.kinds(),
      secrets: this.#book.secrets(MOST_LISTED),
      unread: [...this.#unread],
      unreadTotal: this.#unreadTotal,
    };
  }
}
