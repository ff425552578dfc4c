/**
 * The beginning of a body, read in pieces and never more of it than asked for. One reader belongs to one view (session, side, decoded or
 * not); when the view changes, a new reader is made and the old one's answers are dropped.
 */
import type { Params, Result } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';

/** Bytes asked for at once: small enough that other answers on the same connection do not wait long. */
export const PIECE_BYTES = 1024 * 1024;

export type ReadBody = (params: Params<'sessions.body'>) => Promise<Result<'sessions.body'>>;

export interface BodyRef {
  readonly id: number;
  readonly side: 'request' | 'response';
  readonly decoded: boolean;
}

/** Bytes [0, data.length) of `total`; `problem` says why decoding stopped. */
export interface BodyStart {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly total: number;
  readonly problem: string | undefined;
}

function append(one: Uint8Array, two: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(one.length + two.length);
  joined.set(one);
  joined.set(two, one.length);
  return joined;
}

/**
 * Reads on from `have` until `wanted` bytes are there, the body ends or `signal` is aborted; tells `onProgress` of every piece.
 * Rejects with the SluiceError of the call, or `cancelled`.
 */
export async function readStart(
  read: ReadBody,
  ref: BodyRef,
  have: BodyStart | undefined,
  wanted: number,
  signal: AbortSignal,
  onProgress: (start: BodyStart) => void = () => {},
): Promise<BodyStart> {
  let start: BodyStart = have ?? {
    data: new Uint8Array(),
    total: Number.POSITIVE_INFINITY,
    problem: undefined,
  };
  while (start.data.length < Math.min(wanted, start.total)) {
    const from = start.data.length;
    const { data, total, problem } = await read({
      ...ref,
      start: from,
      end: Math.min(wanted, from + PIECE_BYTES),
    });
    if (signal.aborted) throw new SluiceError('cancelled', 'Reading the body was cancelled.');
    start = { data: from === 0 ? data : append(start.data, data), total, problem };
    // A body that shrank or ends early must not make this loop for ever.
    if (data.length === 0) return { ...start, total: Math.min(start.total, start.data.length) };
    onProgress(start);
  }
  return start.total === Number.POSITIVE_INFINITY ? { ...start, total: 0 } : start;
}
