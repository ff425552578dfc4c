/** Reads a batch's operations for the worker, each where it lies: entries of logs are told by their place and copied from there. */
import { type Batch, BEGIN, OPERATION } from './batch.ts';
import { ByteReader } from './byte-reader.ts';

/** What a beginning says of a session's row. Words are numbers of codes.ts, `method`, `version` and `origin` numbers of names.ts. */
export interface Beginning {
  readonly id: number;
  readonly kind: number;
  readonly source: number;
  readonly startedAt: number;
  readonly method: number;
  readonly version: number;
  readonly origin: number;
  /** Whether the URL's scheme is https. */
  readonly secure: boolean;
  readonly path: string;
  /** Where it is not the origin's prefix and `path`. */
  readonly url: string | undefined;
  readonly parentId: number | undefined;
}

/** Hears of operations in order. `name` and `mime` are numbers of names.ts, `start` and `end` are offsets in the operations, `offset` in the bytes. */
export interface BatchHandler {
  text(id: number, text: string): void;
  origin(id: number, prefix: string, scheme: string, host: string, port: number): void;
  begin(beginning: Beginning, start: number, end: number): void;
  /** `kind`: the session's from now on, undefined when it stays as it was. */
  response(
    id: number,
    status: number,
    mime: number,
    kind: number | undefined,
    start: number,
    end: number,
  ): void;
  logged(id: number, start: number, end: number): void;
  data(id: number, side: 0 | 1, offset: number, length: number): void;
  message(id: number, offset: number, start: number, end: number): void;
  process(id: number, name: number): void;
  end(id: number, state: number, endedAt: number, failure: number, start: number, end: number): void;
}

function beginning(from: ByteReader, id: number): Beginning {
  const bits = from.byte();
  return {
    id,
    secure: (bits & BEGIN.secure) !== 0,
    kind: from.byte(),
    source: from.byte(),
    startedAt: from.float(),
    method: from.count(),
    version: from.count(),
    origin: from.count(),
    path: from.text(),
    parentId: bits & BEGIN.hasParent ? from.count() : undefined,
    url: bits & BEGIN.hasUrl ? from.text() : undefined,
  };
}

/** @throws RangeError when the operations make no sense; the handler has then heard of those before */
export function readBatch(batch: Batch, handler: BatchHandler): void {
  const { buffer, byteOffset, length } = batch.operations;
  const from = new ByteReader(Buffer.from(buffer, byteOffset, length));
  let offset = 0;
  /** End of the entry that comes next. */
  const entryEnd = () => {
    from.byte();
    return from.block().end;
  };
  while (!from.done) {
    const type = from.byte();
    const id = from.count();
    switch (type) {
      case OPERATION.text:
        handler.text(id, from.text());
        break;
      case OPERATION.origin:
        handler.origin(id, from.text(), from.text(), from.text(), from.number());
        break;
      case OPERATION.begin: {
        const begun = beginning(from, id);
        const start = from.at;
        handler.begin(begun, start, entryEnd());
        break;
      }
      case OPERATION.response: {
        const kind = from.byte();
        const status = from.number();
        const mime = from.count();
        const start = from.at;
        handler.response(id, status, mime, kind === 0 ? undefined : kind - 1, start, entryEnd());
        break;
      }
      case OPERATION.logged: {
        const start = from.at;
        handler.logged(id, start, entryEnd());
        break;
      }
      case OPERATION.requestData:
      case OPERATION.responseData: {
        const size = from.count();
        handler.data(id, type === OPERATION.requestData ? 0 : 1, offset, size);
        offset += size;
        break;
      }
      case OPERATION.message: {
        const size = from.count();
        const { start, end } = from.block();
        handler.message(id, offset, start, end);
        offset += size;
        break;
      }
      case OPERATION.process:
        handler.process(id, from.count());
        break;
      case OPERATION.end: {
        const state = from.byte();
        const endedAt = from.float();
        const failure = from.byte();
        const start = from.at;
        handler.end(id, state, endedAt, failure, start, entryEnd());
        break;
      }
      default:
        throw new RangeError(`no operation is of type ${type}`);
    }
  }
}
