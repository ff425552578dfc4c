/**
 * Inflates one direction's WebSocket messages (RFC 7692 §7.2.2) for display. The last octets of output are kept as the dictionary of the next
 * message, so nothing of zlib lives between messages and an idle connection costs only what it has said. Small messages are inflated at
 * once, in a few microseconds; what needs more goes to zlib's threads. Limits hold while inflating. After damage, or after a limit, messages
 * that may point back into what is missing are not guessed at: they stay as they were, and their flaw says so.
 */
import * as zlib from 'node:zlib';
import { PayloadBuffer } from './payload-buffer.ts';
import type { DeflateSide } from './permessage-deflate.ts';
import { SlidingWindow } from './sliding-window.ts';
import { validUtf8 } from './utf8.ts';
import { FLAW, flawText } from './websocket-flaws.ts';
import { DEFAULT_MESSAGE_BYTES, type SeenMessage } from './websocket-reader.ts';

/** All in octets of output but `ratio`. */
export interface InflateLimits {
  /** Kept for display. */
  readonly kept: number;
  /** Where a message is given up. */
  readonly output: number;
  /** How many times its size a message may become, once it is over `free`. */
  readonly ratio: number;
  readonly free: number;
}

export const DEFAULT_INFLATE_LIMITS: InflateLimits = {
  kept: DEFAULT_MESSAGE_BYTES,
  output: 64 * 1024 * 1024,
  ratio: 200,
  free: DEFAULT_MESSAGE_BYTES,
};

/** Larger messages, and what inflates to more, would keep the event loop from others for too long. */
const AT_ONCE_INPUT = 8 * 1024;
const AT_ONCE_OUTPUT = 64 * 1024;

/** Why a message stays compressed. */
const LEFT = {
  damaged: 'not a valid DEFLATE stream (RFC 7692 §7.2.2): shown compressed',
  over: 'inflates to more than the limit: shown compressed',
  cut: 'too large to inflate: shown compressed',
  context: 'may point into an earlier message that was not inflated: shown compressed',
} as const;
type Left = keyof typeof LEFT;

interface Inflated {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly cut: boolean;
  /** Octets of input that were used: less than all when a final block came before their end. */
  readonly used: number;
  /** The end of the output. */
  readonly last: Uint8Array;
}

interface WithInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function withFlaws(message: SeenMessage, flaws: readonly (string | undefined)[]): SeenMessage {
  const said = flaws.filter((flaw) => flaw !== undefined);
  return said.length === 0 ? message : { ...message, flaw: said.join('; ') };
}

export class MessageInflater {
  readonly #takeover: boolean;
  readonly #windowSize: number;
  readonly #window: SlidingWindow;
  readonly #limits: InflateLimits;
  /** Output is missing that later messages may point into. */
  #broken = false;

  constructor(side: DeflateSide, limits: InflateLimits = DEFAULT_INFLATE_LIMITS) {
    this.#takeover = !side.noContextTakeover;
    this.#windowSize = this.#takeover ? 1 << side.windowBits : 0;
    this.#window = new SlidingWindow(this.#windowSize);
    this.#limits = limits;
  }

  /** The message inflated, when that takes no time to speak of; undefined when `inflate` must do it. Messages go in order. */
  inflateNow(message: SeenMessage): SeenMessage | undefined {
    const unfit = this.#unfit(message);
    if (unfit !== undefined) return this.#leave(message, unfit);
    if (message.data.length > AT_ONCE_INPUT) return undefined;
    const { kept, output } = this.#limits;
    try {
      // With `info`, which the types do not know, the answer tells how much of the input was used.
      const { buffer, engine } = zlib.inflateRawSync(message.data, {
        ...this.#options(),
        maxOutputLength: Math.min(AT_ONCE_OUTPUT, kept, output),
        info: true,
      }) as unknown as WithInfo;
      const data = new Uint8Array(buffer);
      return this.#show(message, { data, cut: false, used: engine.bytesWritten, last: data });
    } catch (error) {
      return isTooLarge(error) ? undefined : this.#leave(message, 'damaged');
    }
  }

  /** The message inflated, however long that takes; one at a time. Never rejects. */
  async inflate(message: SeenMessage): Promise<SeenMessage> {
    const result = this.#unfit(message) ?? (await this.#run(message.data));
    return typeof result === 'string' ? this.#leave(message, result) : this.#show(message, result);
  }

  #unfit(message: SeenMessage): Left | undefined {
    if (this.#broken) return 'context';
    return message.wireSize === undefined ? undefined : 'cut';
  }

  /** What senders take off a message's end is an empty block: to inflate each message by itself it is not needed. */
  #options(): zlib.ZlibOptions {
    const { last } = this.#window;
    const finishFlush = zlib.constants.Z_SYNC_FLUSH;
    return last.length === 0 ? { finishFlush } : { finishFlush, dictionary: last };
  }

  #run(data: Uint8Array): Promise<Inflated | Left> {
    const { kept, output, ratio, free } = this.#limits;
    const most = Math.min(output, Math.max(free, data.length * ratio));
    const stream = zlib.createInflateRaw({ ...this.#options(), chunkSize: AT_ONCE_OUTPUT });
    const payload = new PayloadBuffer(kept);
    const window = new SlidingWindow(this.#windowSize);
    return new Promise((resolve) => {
      const end = (result: Inflated | Left) => {
        stream.destroy();
        resolve(result);
      };
      stream.on('data', (chunk: Buffer) => {
        payload.append(chunk, 0, chunk.length);
        window.append(chunk);
        if (payload.size > most) end('over');
      });
      stream.on('error', () => end('damaged'));
      stream.on('end', () => {
        const { cut } = payload;
        end({ data: payload.take(), cut, used: stream.bytesWritten, last: window.last });
      });
      stream.end(data);
    });
  }

  #show(message: SeenMessage, { data, cut, used, last }: Inflated): SeenMessage {
    // A final block is allowed and padded by an octet (RFC 7692 §7.2.3.5). Streams after it are unheard of.
    const more = message.data.length > used + 1;
    if (more) this.#lose();
    else this.#window.append(last);
    const partial = cut || more || message.flaw !== undefined;
    const sound = message.opcode !== 1 || validUtf8(data, partial);
    return withFlaws({ ...message, data, wireSize: message.data.length }, [
      message.flaw,
      sound ? undefined : flawText(FLAW.utf8),
      cut ? `shown up to ${data.length} bytes` : undefined,
      more ? 'shown up to its final DEFLATE block, which is not its end' : undefined,
    ]);
  }

  #leave(message: SeenMessage, why: Left): SeenMessage {
    this.#lose();
    return withFlaws(message, [message.flaw, LEFT[why]]);
  }

  #lose(): void {
    this.#broken = this.#takeover;
    this.#window.clear();
  }
}
