/** Packs events as they come, without keeping them: the main thread's share of a session's cost is here, and little more. */
import type { CaptureEvent } from '#model/capture-event.ts';
import { type Headers, headerValue } from '#model/headers.ts';
import { responseMime } from '#model/session-fold.ts';
import { type Batch, BEGIN, OPERATION } from './batch.ts';
import { BoundedMap } from './bounded-map.ts';
import { ByteWriter } from './byte-writer.ts';
import { codeOf, FAILURES, KINDS, SOURCES, STATES } from './codes.ts';
import { nameFacts } from './facts-codec.ts';
import { putMessage } from './message-codec.ts';
import { Names } from './names.ts';
import {
  ENTRY,
  putBodyEndEntry,
  putFactsEntry,
  putRequestEntry,
  putResponseEntry,
  putSessionEndEntry,
  putTouchEntry,
} from './session-log.ts';

/** A batch is sent when it has a megabyte: there is room for that and the event that completes it. */
const BUFFER_BYTES = 1280 * 1024;
/** Larger ones are not kept for the next batch: one great event must not cost its size for ever. */
const KEPT_BYTES = 4 * 1024 * 1024;
/** Buffers kept for batches to come, besides two for each batch that is under way: in a burst all come back, afterwards few stay. */
const KEPT_BUFFERS = 4;

type EventOf<T extends CaptureEvent['type']> = Extract<CaptureEvent, { type: T }>;

export class BatchPacker {
  readonly #spare: Buffer<ArrayBuffer>[] = [];
  readonly #operations = new ByteWriter(this.#buffer());
  readonly #bytes = new ByteWriter(this.#buffer());
  readonly #names: Names;
  /** Media types by value of Content-Type. */
  readonly #mimes = new BoundedMap<number>(1024, 256 * 1024);
  /** Where the operation in hand begins. */
  #start = 0;

  /** Names are numbered from `nextName` on. */
  constructor(nextName: number) {
    this.#names = new Names(nextName, {
      text: (id, text) => {
        this.#operations.byte(OPERATION.text);
        this.#operations.count(id);
        this.#operations.text(text);
        this.#start = this.#operations.length;
      },
      origin: (id, prefix, { scheme, host, port }) => {
        this.#operations.byte(OPERATION.origin);
        this.#operations.count(id);
        this.#operations.text(prefix);
        this.#operations.text(scheme);
        this.#operations.text(host);
        this.#operations.number(port);
        this.#start = this.#operations.length;
      },
    });
  }

  /** Bytes packed and not yet taken. */
  get size(): number {
    return this.#operations.length + this.#bytes.length;
  }

  /** Packs an event; its bytes are copied, because producers hand in slices of buffers that others still use. */
  add(event: CaptureEvent): void {
    this.#start = this.#operations.length;
    try {
      this.#pack(event);
    } catch (error) {
      // Half an operation would make all that follows unreadable.
      this.#operations.cut(this.#start);
      throw error;
    }
  }

  /** What has been packed since the last time. */
  take(): Batch {
    const batch = { operations: this.#operations.written, bytes: this.#bytes.written };
    this.#operations.reset(this.#buffer());
    this.#bytes.reset(this.#buffer());
    return batch;
  }

  /** Gives back the buffers of a batch that nobody reads any more, when so many others are still under way. */
  recycle(buffers: readonly ArrayBuffer[], batchesUnderWay: number): void {
    for (const buffer of buffers) {
      if (buffer.byteLength <= KEPT_BYTES) this.#spare.push(Buffer.from(buffer));
    }
    this.#spare.splice(KEPT_BUFFERS + 2 * batchesUnderWay);
  }

  #buffer(): Buffer<ArrayBuffer> {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  #operation(type: number, id: number): ByteWriter {
    const to = this.#operations;
    to.byte(type);
    to.count(id);
    return to;
  }

  #pack(event: CaptureEvent): void {
    switch (event.type) {
      case 'begin':
        this.#begin(event);
        return;
      case 'request-sent':
        putRequestEntry(this.#operation(OPERATION.logged, event.id), ENTRY.requestSent, event.head);
        return;
      case 'informational':
        putResponseEntry(this.#operation(OPERATION.logged, event.id), ENTRY.informational, event.head);
        return;
      case 'request-data':
        this.#data(OPERATION.requestData, event.id, event.data);
        return;
      case 'request-end':
        putBodyEndEntry(this.#operation(OPERATION.logged, event.id), ENTRY.requestEnd, event);
        return;
      case 'response-head':
        this.#response(event);
        return;
      case 'response-sent':
        putResponseEntry(this.#operation(OPERATION.logged, event.id), ENTRY.responseSent, event.head);
        return;
      case 'response-data':
        this.#data(OPERATION.responseData, event.id, event.data);
        return;
      case 'response-end':
        putBodyEndEntry(this.#operation(OPERATION.logged, event.id), ENTRY.responseEnd, event);
        return;
      case 'message':
        this.#message(event);
        return;
      case 'touched':
        putTouchEntry(this.#operation(OPERATION.logged, event.id), event.touch);
        return;
      case 'facts': {
        const facts = nameFacts(this.#names, event.facts);
        putFactsEntry(this.#operation(OPERATION.logged, event.id), facts);
        if (facts.process !== 0) this.#operation(OPERATION.process, event.id).count(facts.process - 1);
        return;
      }
      case 'end':
        this.#end(event);
        return;
    }
  }

  #begin({ id, kind, source, at, url, head, parentId }: EventOf<'begin'>): void {
    const { origin, path, url: whole } = this.#names.url(url);
    const method = this.#names.text(head.method);
    const version = this.#names.text(head.httpVersion);
    const to = this.#operation(OPERATION.begin, id);
    to.byte(
      (parentId === undefined ? 0 : BEGIN.hasParent) |
        (whole === undefined ? 0 : BEGIN.hasUrl) |
        (origin.scheme === 'https' ? BEGIN.secure : 0),
    );
    to.byte(codeOf(KINDS, kind));
    to.byte(codeOf(SOURCES, source));
    to.float(at);
    to.count(method);
    to.count(version);
    to.count(origin.id);
    to.text(path);
    if (parentId !== undefined) to.count(parentId);
    if (whole !== undefined) to.text(whole);
    putRequestEntry(to, ENTRY.requestHead, head);
  }

  #response({ id, head, kind }: EventOf<'response-head'>): void {
    const mime = this.#mime(head.headers);
    const to = this.#operation(OPERATION.response, id);
    to.byte(kind === undefined ? 0 : codeOf(KINDS, kind) + 1);
    to.number(head.status);
    to.count(mime);
    putResponseEntry(to, ENTRY.responseHead, head);
  }

  #mime(headers: Headers): number {
    const type = headerValue(headers, 'content-type');
    if (type === undefined) return 0;
    const known = this.#mimes.get(type);
    if (known !== undefined) return known;
    const mime = this.#names.text(responseMime(headers) ?? '');
    this.#mimes.add(type, mime);
    return mime;
  }

  #data(type: number, id: number, data: Uint8Array): void {
    this.#operation(type, id).count(data.length);
    this.#bytes.raw(data);
  }

  #message({ id, message }: EventOf<'message'>): void {
    const to = this.#operation(OPERATION.message, id);
    to.count(message.data.length);
    const start = to.openBlock();
    putMessage(to, message);
    to.closeBlock(start);
    this.#bytes.raw(message.data);
  }

  #end(event: EventOf<'end'>): void {
    const { id, at, state, failure } = event;
    const to = this.#operation(OPERATION.end, id);
    to.byte(codeOf(STATES, state));
    to.float(at);
    to.byte(failure === undefined ? 0 : codeOf(FAILURES, failure.code));
    putSessionEndEntry(to, event);
  }
}
