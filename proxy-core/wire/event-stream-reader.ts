/**
 * Reads server-sent events (HTML Standard §9.2.6) out of a text/event-stream, sans I/O: octets in any division, an event as soon as its empty
 * line is there. Shows what a browser would be told: blocks without data are no events, though their id and retry count, and stand with the
 * event that follows. Data stays octets; nothing is refused. Of each event no more is held than its limit.
 */
import type { Message } from '#model/session.ts';
import { PayloadBuffer } from './payload-buffer.ts';
import { validUtf8 } from './utf8.ts';

/** An event as a message, but for direction and time. */
export type SeenEvent = Pick<Message, 'opcode' | 'data' | 'wireSize' | 'flaw' | 'event'>;

const TEXT = 1;
const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const BOM = [0xef, 0xbb, 0xbf];
const LINE_FEED = Buffer.of(LF);
const DEFAULT_EVENT_BYTES = 16 * 1024 * 1024;
/** Of event types and ids; real ones have a few dozen octets. */
const FIELD_BYTES = 4096;
/** The longest field name that means something, and one more to tell that a name is longer. */
const NAME_BYTES = 6;

export class EventStreamReader {
  readonly #emit: (event: SeenEvent) => void;
  readonly #data: PayloadBuffer;
  readonly #value = new PayloadBuffer(FIELD_BYTES);
  #hasData = false;
  #type = '';
  #id: string | undefined;
  #retry: number | undefined;
  /** The field of the line in hand: what is known of its name, then where its value goes. */
  #state: 'name' | 'space' | 'value' = 'name';
  #name = '';
  #lineEmpty = true;
  #afterCr = false;
  /** Octets of the byte order mark seen; its length once the stream has begun. */
  #bom = 0;

  /** `maxBytes`: octets of data kept of one event; 16 MiB when absent. */
  constructor(emit: (event: SeenEvent) => void, maxBytes: number = DEFAULT_EVENT_BYTES) {
    this.#emit = emit;
    this.#data = new PayloadBuffer(maxBytes);
  }

  push(chunk: Uint8Array): void {
    let at = this.#bom < BOM.length ? this.#skipBom(chunk) : 0;
    // Each is searched for again only once it has been passed, else a stream of LF alone would be searched for CR at every line.
    let cr = -1;
    let lf = -1;
    while (at < chunk.length) {
      if (this.#afterCr) {
        this.#afterCr = false;
        if (chunk[at] === LF && ++at === chunk.length) return;
      }
      if (cr < at) cr = found(chunk.indexOf(CR, at), chunk);
      if (lf < at) lf = found(chunk.indexOf(LF, at), chunk);
      const end = Math.min(cr, lf);
      this.#read(chunk, at, end);
      if (end === chunk.length) return;
      this.#endLine();
      this.#afterCr = end === cr;
      at = end + 1;
    }
  }

  /** The stream has ended. A browser discards the event that is not finished then; here it is shown, and the flaw says so. */
  finish(): void {
    if (!this.#lineEmpty) this.#endLine();
    if (this.#hasData) this.#dispatch('not finished when the stream ended: a browser discards it');
  }

  #skipBom(chunk: Uint8Array): number {
    let at = 0;
    while (at < chunk.length && this.#bom < BOM.length) {
      if (chunk[at] !== BOM[this.#bom]) {
        // What looked like a mark was the beginning of a line.
        this.#read(Uint8Array.from(BOM.slice(0, this.#bom)), 0, this.#bom);
        this.#bom = BOM.length;
        return at;
      }
      this.#bom += 1;
      at += 1;
    }
    return at;
  }

  /** Reads chunk[from, end), a part of one line. */
  #read(chunk: Uint8Array, from: number, end: number): void {
    let at = from;
    if (at < end) this.#lineEmpty = false;
    if (this.#state === 'name') at = this.#readName(chunk, at, end);
    if (this.#state === 'space' && at < end) {
      if (chunk[at] === SPACE) at += 1;
      this.#state = 'value';
    }
    if (this.#state === 'value' && at < end) this.#target()?.append(chunk, at, end);
  }

  #readName(chunk: Uint8Array, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const octet = chunk[at] ?? 0;
      if (octet === COLON) {
        this.#beginValue();
        return at + 1;
      }
      if (this.#name.length < NAME_BYTES) this.#name += String.fromCharCode(octet);
    }
    return end;
  }

  #beginValue(): void {
    this.#state = 'space';
    if (this.#name !== 'data') return;
    if (this.#hasData) this.#data.append(LINE_FEED, 0, 1);
    this.#hasData = true;
  }

  /** Where the value goes; comments and unknown fields are nothing. */
  #target(): PayloadBuffer | undefined {
    if (this.#name === 'data') return this.#data;
    return this.#name === 'event' || this.#name === 'id' || this.#name === 'retry' ? this.#value : undefined;
  }

  #endLine(): void {
    if (this.#lineEmpty) this.#endBlock();
    else {
      // A line without a colon is a field without a value.
      if (this.#state === 'name') this.#beginValue();
      this.#takeField();
    }
    this.#state = 'name';
    this.#name = '';
    this.#lineEmpty = true;
  }

  #takeField(): void {
    if (this.#name === 'data' || this.#target() === undefined) return;
    const value = Buffer.from(this.#value.take()).toString('utf8');
    if (this.#name === 'event') this.#type = value;
    else if (this.#name === 'id' && !value.includes('\0')) this.#id = value;
    else if (this.#name === 'retry' && /^\d{1,15}$/.test(value)) this.#retry = Number(value);
  }

  #endBlock(): void {
    if (this.#hasData) this.#dispatch(undefined);
    this.#type = '';
  }

  #dispatch(unfinished: string | undefined): void {
    const { size, cut } = this.#data;
    const data = this.#data.take();
    const fields: NonNullable<SeenEvent['event']> = { type: this.#type === '' ? 'message' : this.#type };
    if (this.#id !== undefined) fields.id = this.#id;
    if (this.#retry !== undefined) fields.retry = this.#retry;
    const event: SeenEvent = { opcode: TEXT, data, event: fields };
    if (cut) event.wireSize = size;
    const flaws = [validUtf8(data, cut) ? undefined : 'not valid UTF-8', unfinished];
    const flaw = flaws.filter((each) => each !== undefined).join('; ');
    if (flaw !== '') event.flaw = flaw;
    this.#hasData = false;
    this.#type = '';
    this.#id = undefined;
    this.#retry = undefined;
    this.#emit(event);
  }
}

const found = (index: number, chunk: Uint8Array) => (index < 0 ? chunk.length : index);
