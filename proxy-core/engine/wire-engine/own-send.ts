/** Requests that Sluice itself sends: the same way to the origin as the traffic of clients. There is no client's side: answers are only recorded. */
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead, ResponseHead, SessionId } from '#model/session.ts';
import type { OutgoingRequest } from '../engine.ts';
import { ownFields, validateOwn } from '../own-request.ts';
import type { Target } from '../target.ts';
import { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import { Exchange } from './exchange.ts';
import { NO_HANDLER } from './no-handler.ts';
import type { ClientHandler, ClientStream, Framing, LastOctet } from './streams.ts';

/** No connection stands behind it, so it has no address and no number. */
class Nobody extends Client {
  override readonly facts = {};
}

/** Takes an answer and does nothing with it. The request's body is given at once, so nothing needs to be held back but that. */
class OwnStream implements ClientStream {
  readonly client = new Nobody({ number: 0 });
  readonly httpVersion: 'HTTP/1.1' | 'HTTP/2.0';
  handler: ClientHandler = NO_HANDLER;
  readonly #runner: Runner | undefined;
  #body: Buffer | undefined;

  constructor({ body, httpVersion = 'HTTP/1.1' }: OutgoingRequest, runner: Runner | undefined) {
    this.#body = Buffer.from(body.buffer, body.byteOffset, body.length);
    this.httpVersion = httpVersion;
    this.#runner = runner;
  }

  pauseBody(): void {}

  /** Called when there is a connection. */
  resumeBody(): void {
    const body = this.#body;
    this.#body = undefined;
    if (body === undefined) return;
    if (this.#runner === undefined) this.#send(body);
    else {
      if (body.length > 1) this.handler.requestData(body.subarray(0, -1));
      this.#runner.hold(() => this.#send(body.subarray(-1)));
      this.#runner.ready();
    }
  }

  #send(body: Buffer): void {
    if (body.length > 0) this.handler.requestData(body);
    this.handler.requestEnd([], []);
  }

  informational(): void {}
  /** Also with the reason why there is no connection. */
  respond(head: ResponseHead): ResponseHead {
    this.#runner?.ready();
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

/** One of several requests that are to end at the same moment. */
export interface Runner extends LastOctet {
  /** All but what it holds is out, or it will never be. */
  ready(): void;
}

/** Of HTTP/1.1 alone (RFC 9113 §8.2.2). */
const CONNECTION_FIELD = /^(?:connection|keep-alive|proxy-connection|transfer-encoding|upgrade|host)$/i;

/** Field names of HTTP/2 are in small letters (RFC 9113 §8.2). */
const fieldsOfHttp2 = (fields: readonly HeaderPair[]): HeaderPair[] =>
  fields.filter(([name]) => !CONNECTION_FIELD.test(name)).map(([name, value]) => [name.toLowerCase(), value]);

/**
 * Sends `request`; returns its session's number when its beginning is recorded. What happens then is data of the session. With a `runner`
 * the last octet waits for it.
 * @throws SluiceError `bad-url`, `bad-request` or `bad-header` for what cannot be put on the wire.
 */
export function sendOwn(context: EngineContext, request: OutgoingRequest, runner?: Runner): SessionId {
  const target: Target = validateOwn(request);
  const { httpVersion = 'HTTP/1.1' } = request;
  const fields = ownFields(request, target);
  const head: RequestHead = {
    method: request.method,
    target: target.path,
    httpVersion,
    headers: httpVersion === 'HTTP/2.0' ? fieldsOfHttp2(fields) : fields,
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
  const stream = new OwnStream(request, runner);
  const framing = framingOf(head.headers, request.body.length);
  new Exchange({
    context,
    stream,
    recorder,
    head,
    framing,
    target,
    connectTo: target,
    last: runner,
  }).start();
  if (framing.kind === 'none' && runner === undefined) stream.resumeBody();
  return recorder.id;
}
