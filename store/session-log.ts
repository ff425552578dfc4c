/**
 * A session's log: what its row in the index does not say, as the events that told it. The queue writes the entries, the worker copies
 * them into a segment as they are, and a reader folds them again (model/session-fold.ts), so what a session is has one definition.
 */
import type { CaptureEvent } from '#model/capture-event.ts';
import type { Headers } from '#model/headers.ts';
import type { RequestHead, ResponseHead, SessionFailure, SessionRow, Timings } from '#model/session.ts';
import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { codeOf, FAILURES, wordOf } from './codes.ts';
import { type NamedFacts, putFacts, putTimings, type TextOf, takeFacts, takeTimings } from './facts-codec.ts';
import {
  putPairs,
  putRequestHead,
  putResponseHead,
  takePairs,
  takeRequestHead,
  takeResponseHead,
} from './head-codec.ts';
import type { Place } from './segments.ts';

/** Part of the format: never renumbered. */
export const ENTRY = {
  requestHead: 1,
  requestSent: 2,
  informational: 3,
  requestEnd: 4,
  responseHead: 5,
  responseSent: 6,
  responseEnd: 7,
  facts: 8,
  end: 9,
  firstRun: 10,
} as const;

type EntryType = (typeof ENTRY)[keyof typeof ENTRY];

/** An entry is its type, the size of what follows, and that; `put` writes that. */
function putEntry<T>(to: ByteWriter, type: EntryType, put: (to: ByteWriter, value: T) => void, value: T) {
  to.byte(type);
  const start = to.openBlock();
  put(to, value);
  to.closeBlock(start);
}

export const putRequestEntry = (to: ByteWriter, type: EntryType, head: RequestHead) =>
  putEntry(to, type, putRequestHead, head);

export const putResponseEntry = (to: ByteWriter, type: EntryType, head: ResponseHead) =>
  putEntry(to, type, putResponseHead, head);

export const putFactsEntry = (to: ByteWriter, facts: NamedFacts) =>
  putEntry(to, ENTRY.facts, putFacts, facts);

interface BodyEnd {
  readonly trailers?: Headers;
  readonly chunkExtensions?: readonly string[];
}

function putBodyEnd(to: ByteWriter, { trailers, chunkExtensions }: BodyEnd): void {
  if ((trailers === undefined || trailers.length === 0) && chunkExtensions === undefined) return;
  putPairs(to, trailers ?? []);
  to.count(chunkExtensions === undefined ? 0 : chunkExtensions.length + 1);
  for (const extension of chunkExtensions ?? []) to.text(extension);
}

function takeBodyEnd(from: ByteReader): BodyEnd {
  if (from.done) return {};
  const trailers = takePairs(from);
  const count = from.count();
  if (count === 0) return { trailers };
  return { trailers, chunkExtensions: Array.from({ length: count - 1 }, () => from.text()) };
}

export const putBodyEndEntry = (to: ByteWriter, type: EntryType, end: BodyEnd) =>
  putEntry(to, type, putBodyEnd, end);

interface SessionEnd {
  readonly timings: Timings;
  readonly failure?: SessionFailure;
}

function putSessionEnd(to: ByteWriter, { timings, failure }: SessionEnd): void {
  putTimings(to, timings);
  if (failure === undefined) return;
  to.byte(codeOf(FAILURES, failure.code));
  to.text(failure.detail);
}

function takeSessionEnd(from: ByteReader): SessionEnd {
  const timings = takeTimings(from);
  if (from.done) return { timings };
  const code = wordOf(FAILURES, from.byte());
  if (code === '') throw new RangeError('a failure without a code');
  return { timings, failure: { code, detail: from.text() } };
}

export const putSessionEndEntry = (to: ByteWriter, end: SessionEnd) =>
  putEntry(to, ENTRY.end, putSessionEnd, end);

/** Where the first run of a body's bytes lies; `side` is 0 for the request's, 1 for the response's. */
export interface FirstRun extends Place {
  readonly side: number;
}

function putFirstRun(to: ByteWriter, { side, segment, position }: FirstRun): void {
  to.byte(side);
  to.count(segment);
  to.count(position);
}

export const putFirstRunEntry = (to: ByteWriter, run: FirstRun) =>
  putEntry(to, ENTRY.firstRun, putFirstRun, run);

type LaterEvent = Exclude<CaptureEvent, { type: 'begin' }>;

/** What a log tells of the exchange. Without an end, nobody told how the session ended. */
export interface SessionLog {
  readonly head: RequestHead;
  readonly events: readonly LaterEvent[];
}

function readEvent(type: number, from: ByteReader, row: SessionRow, textOf: TextOf): LaterEvent {
  const { id } = row;
  switch (type) {
    case ENTRY.requestSent:
      return { type: 'request-sent', id, head: takeRequestHead(from) };
    case ENTRY.informational:
      return { type: 'informational', id, head: takeResponseHead(from) };
    case ENTRY.requestEnd:
      return { type: 'request-end', id, ...takeBodyEnd(from) };
    case ENTRY.responseHead:
      return { type: 'response-head', id, head: takeResponseHead(from) };
    case ENTRY.responseSent:
      return { type: 'response-sent', id, head: takeResponseHead(from) };
    case ENTRY.responseEnd:
      return { type: 'response-end', id, ...takeBodyEnd(from) };
    case ENTRY.facts:
      return { type: 'facts', id, facts: takeFacts(from, textOf) };
    case ENTRY.end: {
      const { state, startedAt } = row;
      if (state === 'active') throw new RangeError('an active session has an end');
      return { type: 'end', id, at: startedAt, state, ...takeSessionEnd(from) };
    }
    default:
      throw new RangeError(`no entry is of type ${type}`);
  }
}

function* entriesOf(pieces: readonly Buffer[]): Generator<{ type: number; from: ByteReader }> {
  for (const bytes of pieces) {
    for (const outer = new ByteReader(bytes); !outer.done; ) {
      const type = outer.byte();
      const { start, end } = outer.block();
      yield { type, from: new ByteReader(bytes, start, end) };
    }
  }
}

/** Reads a log from its pieces, in order. @throws RangeError or what JSON and zod say when it is damaged */
export function readLog(pieces: readonly Buffer[], row: SessionRow, textOf: TextOf): SessionLog {
  let head: RequestHead | undefined;
  const events: LaterEvent[] = [];
  for (const { type, from } of entriesOf(pieces)) {
    if (type === ENTRY.requestHead) head = takeRequestHead(from);
    else if (type !== ENTRY.firstRun) events.push(readEvent(type, from, row, textOf));
  }
  if (head === undefined) throw new RangeError('the log has no request head');
  return { head, events };
}

/** The entries of a log without those that tell where bodies begin. @throws RangeError when the log is damaged */
export function withoutRuns(pieces: readonly Buffer[]): Buffer[] {
  return pieces.flatMap((bytes) => {
    const kept: Buffer[] = [];
    for (const outer = new ByteReader(bytes); !outer.done; ) {
      const start = outer.at;
      const type = outer.byte();
      const { end } = outer.block();
      if (type !== ENTRY.firstRun) kept.push(bytes.subarray(start, end));
    }
    return kept;
  });
}

/** Where the bodies begin: nothing for a body that is empty. @throws RangeError when the log is damaged */
export function readFirstRuns(pieces: readonly Buffer[]): FirstRun[] {
  const runs: FirstRun[] = [];
  for (const { type, from } of entriesOf(pieces)) {
    if (type === ENTRY.firstRun)
      runs.push({ side: from.byte(), segment: from.count(), position: from.count() });
  }
  return runs;
}
