/**
 * Decodes a content-coded body (RFC 9110 §8.4) while it runs, for display: what has come in is out again at once, whether or not the coding's
 * frame is complete. zlib's threads do the work. Bounded while inflating: output waits for whoever takes it, and a body that grows out of
 * all proportion is given up. The bytes that pass are not its business.
 */
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Pressure } from './pump.ts';

/** More stacked codings than this are left alone: real servers use one, and each may multiply the size. */
const MAX_CODINGS = 3;
const MIB = 1024 * 1024;

/** At each coding: so much output is free, beyond it a multiple of the input so far. A long stream that repeats itself stays below. */
export interface ContentLimits {
  readonly free: number;
  readonly ratio: number;
}
export const DEFAULT_CONTENT_LIMITS: ContentLimits = { free: 64 * MIB, ratio: 200 };

/** RFC 9110 §8.4.1.2 means the zlib format by "deflate", but some servers send raw DEFLATE: the zlib header tells them apart. */
function isZlib([cmf = 0, flg = 0]: Uint8Array): boolean {
  return (cmf & 0x0f) === 8 && ((cmf << 8) | flg) % 31 === 0;
}

const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH, ZSTD_e_flush } = zlib.constants;
const SYNC = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };
const BROTLI = { flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH };

/** `start`: the first two octets at least. */
const OPENERS = new Map<string, (start: Uint8Array) => Transform>([
  ['gzip', () => zlib.createGunzip(SYNC)],
  ['x-gzip', () => zlib.createGunzip(SYNC)],
  ['deflate', (start) => (isZlib(start) ? zlib.createInflate(SYNC) : zlib.createInflateRaw(SYNC))],
  ['br', () => zlib.createBrotliDecompress(BROTLI)],
]);
// Electron's Node may be built without zstd.
if (typeof zlib.createZstdDecompress === 'function') {
  OPENERS.set('zstd', () => zlib.createZstdDecompress({ flush: ZSTD_e_flush, finishFlush: ZSTD_e_flush }));
}

export interface ContentReceiver {
  data(bytes: Uint8Array): Pressure;
  /** Called once at the most; no data comes after it. One sentence for people. */
  problem(text: string): void;
}

const closed = (stream: Transform) =>
  new Promise<void>((resolve) => {
    stream.once('close', resolve);
  });

const drained = (stream: Transform) =>
  new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });

export class ContentStream {
  readonly #codings: readonly string[];
  readonly #receiver: ContentReceiver;
  readonly #limits: ContentLimits;
  #stages: Transform[] = [];
  /** Kept until there is enough to tell the format by. */
  #start: Buffer | undefined = Buffer.alloc(0);
  #input = 0;
  #failed = false;

  /** `contentEncoding`: the field's value, members in the order they were applied. */
  constructor(
    contentEncoding: string | undefined,
    receiver: ContentReceiver,
    limits: ContentLimits = DEFAULT_CONTENT_LIMITS,
  ) {
    const codings = (contentEncoding ?? '').split(',').map((coding) => coding.trim().toLowerCase());
    this.#codings = codings.filter((coding) => coding !== '' && coding !== 'identity').reverse();
    this.#receiver = receiver;
    this.#limits = limits;
  }

  /** Takes the next octets, which must not change while a promise is out. Write no more until it resolves. */
  write(chunk: Buffer): Pressure {
    if (this.#failed) return undefined;
    if (this.#codings.length === 0) return this.#receiver.data(chunk);
    this.#input += chunk.length;
    let bytes = chunk;
    if (this.#start !== undefined) {
      bytes = Buffer.concat([this.#start, chunk]);
      this.#start = bytes.length < 2 ? bytes : undefined;
      if (this.#start !== undefined || !this.#open(bytes)) return undefined;
    }
    const [first] = this.#stages;
    return first === undefined || first.write(bytes) ? undefined : drained(first);
  }

  /** No more comes. The promise, where something is still being decoded, resolves when it is out. */
  end(): Pressure {
    this.#stages[0]?.end();
    const last = this.#stages.at(-1);
    return last === undefined || last.closed ? undefined : closed(last);
  }

  #open(start: Uint8Array): boolean {
    const unknown = this.#codings.find((coding) => !OPENERS.has(coding));
    if (unknown !== undefined) this.#fail(`the content coding "${unknown.slice(0, 40)}" is not known`);
    else if (this.#codings.length > MAX_CODINGS) {
      this.#fail(`${this.#codings.length} stacked content codings: only ${MAX_CODINGS} are decoded`);
    }
    if (this.#failed) return false;
    this.#stages = this.#codings.flatMap((coding) => OPENERS.get(coding)?.(start) ?? []);
    this.#stages.forEach((stage, i) => {
      this.#bound(stage);
      stage.on('error', () => this.#fail(`the ${this.#codings[i]} body is damaged`));
      const next = this.#stages[i + 1];
      if (next === undefined) this.#deliver(stage);
      else stage.pipe(next);
    });
    return true;
  }

  /** A stage in the middle may grow alone, its output decoding to nothing: each is measured. */
  #bound(stage: Transform): void {
    let output = 0;
    stage.on('data', (bytes: Buffer) => {
      output += bytes.length;
      if (output > this.#limits.free + this.#input * this.#limits.ratio) {
        this.#fail('the content decodes to more than the limit');
      }
    });
  }

  #deliver(stage: Transform): void {
    stage.on('data', (bytes: Buffer) => {
      const pressure = this.#failed ? undefined : this.#receiver.data(bytes);
      if (pressure === undefined) return;
      stage.pause();
      void pressure.then(() => stage.resume());
    });
  }

  #fail(text: string): void {
    if (this.#failed) return;
    this.#failed = true;
    for (const stage of this.#stages) stage.destroy();
    this.#receiver.problem(text);
  }
}
