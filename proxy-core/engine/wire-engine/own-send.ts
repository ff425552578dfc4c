/** Requests that Sluice itself sends: the same way to the origin as the traffic of clients. There is no client's side: answers are only recorded. */
import type { RequestHead, ResponseHead, SessionId } from '#model/session.ts';
import type { OutgoingRequest } from '../engine.ts';
import { ownFields, validateOwn } from '../own-request.ts';
import type { Target } from '../target.ts';
import { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import { Exchange } from './exchange.ts';
import { NO_HANDLER } from './no-handler.ts';
import type { ClientHandler, ClientStream, Framing } from './streams.ts';

/** No connection stands behind it, so it has no address and no number. */
class Nobody extends Client {
  override readonly facts = {};
}

/** Takes an answer and does nothing with it. The request's body is given at once, so nothing needs to be held back but that. */
class OwnStream implements ClientStream {
  readonly client = new Nobody({ number: 0 });
  readonly httpVersion = 'HTTP/1.1';
  handler: ClientHandler;
  #body: Buffer | undefined;

  constructor(body: Uint8Array, handler: ClientHandler) {
    this.#body = Buffer.from(body.buffer, body.byteOffset, body.length);
    this.handler = handler;
  }

  pauseBody(): void {}

  /** Called when there is a connection. */
  resumeBody(): void {
    const body = this.#body;
    this.#body = undefined;
    if (body === undefined) return;
    if (body.length > 0) this.handler.requestData(body);
    this.handler.requestEnd([], []);
  }

  informational(): void {}
  respond(head: ResponseHead): ResponseHead {
    return head;
  }
  write(): boolean {
    return true;
  }
  end(): void {}
  closeAfter(): void {}
  abort(): void {}
}

function framingOf(headers: RequestHead['headers'], size: number): Framing {
  const chunked = headers.some(
    ([name, value]) => /^transfer-encoding$/i.test(name) && /chunked/i.test(value),
  );
  if (chunked) return { kind: 'chunked' };
  return size === 0 ? { kind: 'none' } : { kind: 'length', length: size };
}

/**
 * Sends `request`; returns its session's number when its beginning is recorded. What happens then is data of the session.
 * @throws SluiceError `bad-url`, `bad-request` or `bad-header` for what cannot be put on the wire.
 */
export function sendOwn(context: EngineContext, request: OutgoingRequest): SessionId {
  const target: Target = validateOwn(request);
  const head: RequestHead = {
    method: request.method,
    target: target.path,
    httpVersion: 'HTTP/1.1',
    headers: ownFields(request, target),
  };
  const recorder = context.recording.begin(
    {
      kind: 'http',
      source: request.source,
      url: target.url,
      head,
      ...(request.parentId === undefined ? {} : { parentId: request.parentId }),
    },
    true,
  );
  const stream = new OwnStream(request.body, NO_HANDLER);
  const framing = framingOf(head.headers, request.body.length);
  new Exchange({ context, stream, recorder, head, framing, target, connectTo: target }).start();
  if (framing.kind === 'none') stream.resumeBody();
  return recorder.id;
}
