/**
 * Capture events on their way to the worker: the events as one JSON text, every byte of body and message in one buffer that is
 * transferred, not copied. One text and one buffer cost far less to post than thousands of small objects.
 */
import type { CaptureEvent } from '#model/capture-event.ts';

export interface Batch {
  /** A JSON array of events; where an event has bytes, it has their length instead. */
  readonly events: string;
  /** Those bytes, one after the other in the order of the events. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type DataEvent = Extract<CaptureEvent, { type: 'request-data' | 'response-data' }>;
type MessageEvent = Extract<CaptureEvent, { type: 'message' }>;
type Packed =
  | Exclude<CaptureEvent, DataEvent | MessageEvent>
  | { readonly type: 'request-data'; readonly id: number; readonly data: number }
  | { readonly type: 'response-data'; readonly id: number; readonly data: number }
  | {
      readonly type: 'message';
      readonly id: number;
      readonly message: Omit<MessageEvent['message'], 'data'> & { readonly data: number };
    };

/** The bytes an event carries; none for most. */
export function bytesIn(event: CaptureEvent): Uint8Array | undefined {
  if (event.type === 'request-data' || event.type === 'response-data') return event.data;
  return event.type === 'message' ? event.message.data : undefined;
}

/** Packs events. Their bytes are copied, because producers hand in slices of buffers that others still use. */
export function packBatch(events: readonly CaptureEvent[]): Batch {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const packed = events.map((event): Packed => {
    const data = bytesIn(event);
    if (data !== undefined) {
      pieces.push(data);
      size += data.length;
    }
    if (event.type === 'request-data' || event.type === 'response-data') {
      return { type: event.type, id: event.id, data: event.data.length };
    }
    if (event.type === 'message') {
      return { ...event, message: { ...event.message, data: event.message.data.length } };
    }
    return event;
  });
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { events: JSON.stringify(packed), bytes };
}

/** An event out of a batch, with where its bytes begin in the batch's buffer. */
export interface PlacedEvent {
  readonly event: CaptureEvent;
  readonly offset: number;
}

/** The events of a batch, in order; their bytes are views of the batch's buffer. */
export function unpackBatch({ events, bytes }: Batch): PlacedEvent[] {
  let offset = 0;
  const take = (length: number) => {
    offset += length;
    return bytes.subarray(offset - length, offset);
  };
  return (JSON.parse(events) as Packed[]).map((packed): PlacedEvent => {
    const start = offset;
    if (packed.type === 'request-data' || packed.type === 'response-data') {
      return { offset: start, event: { ...packed, data: take(packed.data) } };
    }
    if (packed.type === 'message') {
      return {
        offset: start,
        event: { ...packed, message: { ...packed.message, data: take(packed.message.data) } },
      };
    }
    return { offset: start, event: packed };
  });
}
