/**
 * Finds HTTP/1.1 responses in what a connection receives and checks each: status 200, and a body of exactly the length expected, framed
 * by Content-Length. No sockets. Made to cost next to nothing, because the generator must not be what limits a measurement: bodies are
 * counted and never looked at. Refuses chunked bodies: the origin sends none, so a proxy that makes one has changed the message.
 */

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const STATUS_200 = Buffer.from('HTTP/1.1 200 ');
/** More than any proxy here adds. */
const MAX_HEAD = 16 * 1024;

/** A response is not what was asked for; the message says what came instead. */
export class WrongResponse extends Error {}

const startsWell = (bytes: Buffer, at: number) =>
  STATUS_200.compare(bytes, at, Math.min(at + STATUS_200.length, bytes.length)) === 0;

/** @throws WrongResponse when the head is not that of a 200 with a body of `bodyLength`. */
function checkHead(head: string, bodyLength: number): void {
  if (!head.startsWith('HTTP/1.1 200 ')) throw new WrongResponse(`not a 200: ${head.slice(0, 200)}`);
  const [, length] = /^content-length:[ \t]*(\d+)[ \t]*$/im.exec(head) ?? [];
  if (length === undefined) throw new WrongResponse(`no Content-Length: ${head}`);
  if (Number(length) !== bodyLength)
    throw new WrongResponse(`Content-Length ${length} instead of ${bodyLength}`);
}

export class ResponseReader {
  readonly #bodyLength: number;
  /** Start of a head that has not come whole. */
  #partial: Buffer | undefined;
  /** Bytes of the body still to come. */
  #missing = 0;
  /** Length of the head that was last read in full; the next is most likely as long. */
  #usualHead = 0;
  /** Body bytes received so far. */
  bodyBytes = 0;

  constructor(bodyLength: number) {
    this.#bodyLength = bodyLength;
  }

  /** How many responses `chunk` completes. Reads it and does not keep it. @throws WrongResponse */
  push(chunk: Buffer): number {
    let bytes = chunk;
    if (this.#partial) {
      bytes = Buffer.concat([this.#partial, chunk]);
      this.#partial = undefined;
    }
    let completed = 0;
    let at = 0;
    while (at < bytes.length) {
      if (this.#missing === 0) {
        const end = this.#headEnd(bytes, at);
        if (end === undefined) {
          // A copy: the caller may use its buffer again.
          this.#partial = Buffer.from(bytes.subarray(at));
          return completed;
        }
        at = end;
        this.#missing = this.#bodyLength;
      }
      const taken = Math.min(this.#missing, bytes.length - at);
      at += taken;
      this.bodyBytes += taken;
      this.#missing -= taken;
      if (this.#missing === 0) completed += 1;
    }
    return completed;
  }

  /** Where the head that begins at `at` ends; undefined when it is not there whole. */
  #headEnd(bytes: Buffer, at: number): number | undefined {
    const usual = at + this.#usualHead;
    const same = this.#usualHead > 0 && usual <= bytes.length && startsWell(bytes, at);
    // Only the date differs, so a head that ends where the last one did is one more of them; the length of its body is checked by the
    // next response beginning where it must.
    if (same && bytes.indexOf(END_OF_HEAD, at) === usual - END_OF_HEAD.length) return usual;
    const blank = bytes.indexOf(END_OF_HEAD, at);
    if (blank === -1) {
      if (bytes.length - at > MAX_HEAD) throw new WrongResponse(`a head longer than ${MAX_HEAD} bytes`);
      return undefined;
    }
    checkHead(bytes.toString('latin1', at, blank + 2), this.#bodyLength);
    this.#usualHead = blank + END_OF_HEAD.length - at;
    return blank + END_OF_HEAD.length;
  }
}
