/**
 * Joins what is written to a socket during one event into one write: a head and its body, several pipelined answers. Neighbouring views of
 * one buffer, as a forwarded head and body mostly are, are joined without copying.
 *
 * Drivers run what an event causes in `duringEvent`; what is written outside of any event goes out at once.
 */
import type { Socket } from 'node:net';

/** Up to this many octets are copied together; more are handed to the socket as they are. */
const COPY_LIMIT = 64 * 1024;

/** Something that holds back octets until the event is over. Flushing calls no code but the socket's. */
export interface Flushable {
  flush(): void;
}

const dirty: Flushable[] = [];
let depth = 0;

/**
 * Runs what an event of `socket` causes, or one of no connection in particular. A fault in that, which would be one of Sluice's own, ends this connection and is told as a warning
 * of the process: everybody else's traffic goes on.
 */
export function duringEvent(socket: Socket | undefined, run: () => void): void {
  depth += 1;
  try {
    run();
  } catch (fault) {
    socket?.destroy();
    const { message, stack = '' } = fault instanceof Error ? fault : new Error(String(fault));
    process.emitWarning(`A fault in Sluice has ended one connection: ${message}`, {
      code: 'SLUICE_FAULT',
      detail: stack,
    });
  } finally {
    depth -= 1;
    if (depth === 0) flushAll();
  }
}

function flushAll(): void {
  // Nothing is added to the list meanwhile.
  for (const flushable of dirty) flushable.flush();
  dirty.length = 0;
}

/** Flushes it when the event is over; outside of any event, when what runs now has run. */
export function flushLater(flushable: Flushable): void {
  if (depth > 0) dirty.push(flushable);
  else queueMicrotask(() => flushable.flush());
}

export class Gather implements Flushable {
  readonly #socket: Socket;
  #parts: Buffer[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Takes octets; false when the socket asks to wait for its `drain`. */
  write(bytes: Buffer): boolean {
    if (bytes.length > 0) {
      if (depth === 0) this.#socket.write(bytes);
      else this.#add(bytes);
    }
    return !this.#socket.writableNeedDrain;
  }

  #add(bytes: Buffer): void {
    const last = this.#parts.length - 1;
    if (last < 0) {
      this.#parts.push(bytes);
      dirty.push(this);
      return;
    }
    const before = this.#parts[last];
    if (
      before !== undefined &&
      before.buffer === bytes.buffer &&
      before.byteOffset + before.length === bytes.byteOffset
    ) {
      this.#parts[last] = Buffer.from(bytes.buffer, before.byteOffset, before.length + bytes.length);
    } else this.#parts.push(bytes);
  }

  /** Hands everything to the socket now. */
  flush(): void {
    const parts = this.#parts;
    if (parts.length === 0) return;
    this.#parts = [];
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) {
      this.#socket.write(only);
      return;
    }
    let size = 0;
    for (const part of parts) size += part.length;
    if (size <= COPY_LIMIT) {
      this.#socket.write(Buffer.concat(parts, size));
      return;
    }
    this.#socket.cork();
    for (const part of parts) this.#socket.write(part);
    this.#socket.uncork();
  }

  /** Ends the writing half after everything taken so far. */
  end(): void {
    this.flush();
    this.#socket.end();
  }
}
