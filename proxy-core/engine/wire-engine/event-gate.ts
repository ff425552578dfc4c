/**
 * Lets the events of an event stream (HTML, §9.2.5) through one by one, each when breakpoints, scripts and edits have said how. Octets of an event that nobody
 * changes stay as they are.
 */
import type { RuledSession } from './ruled-session.ts';

/** An event that grows beyond this passes without being shown. */
const MAX_EVENT_BYTES = 1024 * 1024;

/** Just behind the first blank line from `from` on; -1 without one. */
function eventEnd(text: string, from: number): number {
  const blank = /\r\n\r\n|\n\n|\r\r/g;
  blank.lastIndex = from;
  return blank.exec(text) === null ? -1 : blank.lastIndex;
}

export class EventGate {
  readonly #session: RuledSession;
  readonly #out: { write(bytes: Buffer): void; drained(): void };
  #unread = '';
  #waiting: Promise<void> = Promise.resolve();
  #count = 0;

  constructor(session: RuledSession, out: { write(bytes: Buffer): void; drained(): void }) {
    this.#session = session;
    this.#out = out;
  }

  /** False while an event waits. */
  write(bytes: Buffer): boolean {
    this.#unread += bytes.toString('latin1');
    for (;;) {
      const end = eventEnd(this.#unread, 0);
      if (end < 0 && this.#unread.length <= MAX_EVENT_BYTES) break;
      const event = end < 0 ? this.#unread : this.#unread.slice(0, end);
      this.#unread = this.#unread.slice(event.length);
      this.#enqueue(Buffer.from(event, 'latin1'), end >= 0);
    }
    return this.#count === 0;
  }

  /** Called once all before it has passed; what is no whole event passes as it is. */
  afterwards(done: () => void): void {
    if (this.#unread !== '') this.#enqueue(Buffer.from(this.#unread, 'latin1'), false);
    this.#unread = '';
    this.#waiting = this.#waiting.then(done);
  }

  #enqueue(event: Buffer, whole: boolean): void {
    this.#count += 1;
    this.#waiting = this.#waiting.then(async () => {
      const out = whole ? await this.#pass(event) : event;
      if (out.length > 0 && !this.#session.gone.aborted) this.#out.write(out);
      this.#count -= 1;
      if (this.#count === 0) this.#out.drained();
    });
  }

  async #pass(event: Buffer): Promise<Buffer> {
    const passed = await this.#session.passMessage({ direction: 'received', text: true, content: event });
    if (passed === undefined) return Buffer.alloc(0);
    if (passed === event) return event;
    const text = Buffer.from(passed);
    // Without its blank line it would run into the next.
    return /(\r\n\r\n|\n\n|\r\r)$/.test(text.toString('latin1'))
      ? text
      : Buffer.concat([text, Buffer.from('\n\n')]);
  }
}
