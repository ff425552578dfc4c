/**
 * The one WebSocket message (RFC 6455) that the load sends, and recognising it when it comes back. No sockets. Every octet of an echo is
 * compared, which costs nothing at this size; another message, a fragment or a control frame is an error.
 */

/** What came back is not what was sent. */
export class WrongEcho extends Error {}

/** The longest text whose length fits the second octet. */
const TEXT = Buffer.from('{"event":"tick","symbol":"SLCE","price":'.padEnd(124, '1').concat('}'));
const MASK = Buffer.from([0x5a, 0x17, 0xc3, 0x80]);
const FINAL_TEXT = 0x81;
const MASKED = 0x80;

/** As a client sends it. The mask is always the same: what a random one protects is not here. */
export const sentFrame = (): Buffer =>
  Buffer.concat([
    Buffer.from([FINAL_TEXT, MASKED | TEXT.length]),
    MASK,
    TEXT.map((octet, index) => octet ^ (MASK[index % MASK.length] ?? 0)),
  ]);

/** As a server sends it. */
export const echoedFrame = (): Buffer => Buffer.concat([Buffer.from([FINAL_TEXT, TEXT.length]), TEXT]);

export class EchoReader {
  readonly #expected = echoedFrame();
  /** How much of the next echo has come. */
  #seen = 0;

  /** How many echoes `chunk` completes. @throws WrongEcho */
  push(chunk: Buffer): number {
    let completed = 0;
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(this.#expected.length - this.#seen, chunk.length - at);
      if (this.#expected.compare(chunk, at, at + taken, this.#seen, this.#seen + taken) !== 0) {
        throw new WrongEcho(`not the echo of what was sent: ${chunk.toString('hex', at, at + 16)}`);
      }
      at += taken;
      this.#seen += taken;
      if (this.#seen < this.#expected.length) continue;
      this.#seen = 0;
      completed += 1;
    }
    return completed;
  }
}
