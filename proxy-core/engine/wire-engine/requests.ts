/** What is done with each request of an HTTP/1.1 connection: an exchange with its origin, one of Sluice's own pages, or a refusal. */
import { headerValue } from '#model/headers.ts';
import type { RequestHead } from '#model/session.ts';
import { type Destination, destinationOf, type Entrance } from '../destination.ts';
import { failure } from '../failure.ts';
import { failurePage } from '../failure-page.ts';
import { asciiAuthority } from '../inbound/idn.ts';
import { proxyAuthorization, proxyAuthRequired } from '../inbound/proxy-auth.ts';
import { readLeniently } from '../lenient-head.ts';
import { makeTarget, parseAbsolute, parseAuthority, type Target } from '../target.ts';
import type { Arrivals } from './arrivals.ts';
import type { Client } from './client.ts';
import type { ClientHttp1, RequestSink } from './client-http1.ts';
import type { EngineContext } from './context.ts';
import { Exchange } from './exchange.ts';
import { firstOf } from './field-kinds.ts';
import type { Http1Stream } from './http1-stream.ts';
import { lastHopAnswer } from './last-hop.ts';
import { pageMessage, writePage } from './pages.ts';
import { passRequestOn } from './pass-on.ts';
import { startRuled } from './ruled-request.ts';
import type { ClientStream, Framing, Rejection } from './streams.ts';

const ESTABLISHED = Buffer.from('HTTP/1.1 200 Connection Established\r\n\r\n', 'latin1');

const entranceOf = ({ description }: Client, port: number): Entrance => ({
  ...(description.tunnel === undefined ? {} : { tunnel: description.tunnel }),
  ...(description.tls === undefined ? {} : { tls: description.tls }),
  ...(description.reverse === undefined ? {} : { reverse: description.reverse }),
  transparentBeside: port,
});

export class Requests implements RequestSink {
  readonly #context: EngineContext;
  readonly #arrivals: () => Arrivals;

  /** `arrivals` and requests know each other: tunnels begin with a request and end in requests. */
  constructor(context: EngineContext, arrivals: () => Arrivals) {
    this.#context = context;
    this.#arrivals = arrivals;
  }

  request(stream: ClientStream, head: RequestHead, framing: Framing): void {
    const context = this.#context;
    const destination = this.#destination(stream.client, head);
    if (destination.kind === 'local') {
      writePage(stream, context.options.localPage(destination.request), head.method);
      return;
    }
    if (!this.#admitted(stream.client, head)) {
      writePage(stream, proxyAuthRequired(), head.method);
      return;
    }
    const upgrade = /^websocket$/i.test(firstOf(head.headers, 'upgrade') ?? '');
    const interception = context.options.interception;
    const book = interception?.book;
    const plan =
      book === undefined || destination.kind !== 'origin'
        ? undefined
        : book.plan({
            head,
            url: destination.target.url,
            host: destination.target.host,
            kind: upgrade ? 'websocket' : 'http',
            bodySize: framing.kind === 'length' ? framing.length : 0,
          });
    const recorder = context.recording.begin(
      {
        kind: upgrade ? 'websocket' : 'http',
        source: 'proxy',
        url: destination.kind === 'origin' ? destination.target.url : destination.url,
        head,
      },
      context.options.capturing() && !plan?.hides,
    );
    if (destination.kind === 'invalid') {
      const reason = failure('bad-request', '', destination.reason);
      recorder.facts(stream.client.facts);
      recorder.end('failed', {}, reason);
      const accept = headerValue(head.headers, 'accept');
      // Whose framing or target is in doubt is not read on.
      stream.closeAfter();
      writePage(stream, failurePage(reason, destination.url, accept), head.method);
      return;
    }
    const own = lastHopAnswer(head);
    if (own !== undefined) {
      recorder.facts(stream.client.facts);
      recorder.requestEnd();
      recorder.responseHead({
        httpVersion: 'HTTP/1.1',
        status: own.status,
        reason: 'OK',
        headers: [...own.headers],
      });
      void recorder.responseData(own.body);
      recorder.responseEnd();
      recorder.end('completed', {});
      writePage(stream, own, head.method);
      return;
    }
    const { target, connectTo } = destination;
    const parts = { context, stream, recorder, head, framing, target, connectTo };
    if (plan === undefined || book === undefined || interception === undefined) new Exchange(parts).start();
    else startRuled({ ...parts, interception, book, plan });
  }

  /** Requests of a connection mostly go where the one before went: then only the path is read anew. */
  #destination(client: Client, head: RequestHead): Destination {
    const again = client.places.recall(head);
    if (again !== undefined) return { kind: 'origin', target: again, connectTo: again };
    const httpVersion = head.httpVersion.slice('HTTP/'.length);
    const destination = destinationOf({ ...head, httpVersion }, entranceOf(client, this.#context.port));
    if (destination.kind === 'origin' && destination.target === destination.connectTo) {
      client.places.remember(head, destination.target);
    }
    return destination;
  }

  /** Where the proxy asks for credentials: not inside a tunnel, whose opening had them, and not of a reverse listener's clients. */
  #admitted({ description }: Client, head: RequestHead): boolean {
    const credentials = this.#context.options.inbound?.credentials;
    if (credentials === undefined || description.tunnel || description.reverse) return true;
    return proxyAuthorization(head.headers, credentials) === 'ok';
  }

  connect(connection: ClientHttp1, stream: Http1Stream, head: RequestHead): void {
    const arrivals = this.#arrivals();
    if (!this.#admitted(connection.client, head)) {
      writePage(stream, proxyAuthRequired());
      return;
    }
    const authority = parseAuthority(asciiAuthority(head.target) ?? '', 443);
    if (authority === undefined || !isHost(authority.host) || !/:\d+$/.test(head.target)) {
      const reason = arrivals.refuseTunnel(
        head,
        connection.client.description,
        'the CONNECT target is not host:port',
      );
      connection.refuse(pageMessage({ status: 400, failure: reason }, `tunnel://${head.target}`));
      return;
    }
    // The reader stops at this head: what follows is the tunnel's.
    connection.pauseReader();
    connection.out.write(ESTABLISHED);
    // Released once the reader is out of the chunk that held this head, so that what follows in it is not lost.
    queueMicrotask(() => {
      const { socket, rest } = connection.release();
      void arrivals.tunnel(socket, rest, { authority, head }, connection.client.description);
    });
  }

  malformed(connection: ClientHttp1, rejection: Rejection): void {
    const { unread } = connection;
    const head = readLeniently(unread.toString('latin1'));
    const { tunnel, reverse, tls } = connection.client.description;
    const target = tunnel
      ? makeTarget(tls ? 'https' : 'http', tunnel, head.target)
      : reverse
        ? makeTarget(reverse.scheme, reverse.authority, head.target)
        : parseAbsolute(head.target, head.method);
    const url = target?.url ?? 'http://invalid/';
    const recorder = this.#context.recording.begin(
      { kind: 'http', source: 'proxy', url, head },
      this.#context.options.capturing(),
    );
    recorder.facts(connection.client.facts);
    const { fault } = rejection;
    if (fault !== undefined && target !== undefined && this.#passes(connection.client, target)) {
      const { client } = connection;
      void passRequestOn({
        context: this.#context,
        client,
        taken: connection.release(),
        recorder,
        target,
        fault,
      });
      return;
    }
    // What is no message has no parts: all that came is kept as it came.
    void recorder.requestData(unread);
    recorder.end('failed', {}, rejection.failure);
    connection.refuse(pageMessage(rejection, url));
  }

  /** Whether what came for `target` goes on as it is. Not where it may hold credentials that are for Sluice. */
  #passes({ description }: Client, { host, port }: Target): boolean {
    if (!this.#context.protocol.lenient(host, port)) return false;
    return description.tunnel !== undefined || this.#context.options.inbound?.credentials === undefined;
  }
}

const isHost = (host: string) => /^[\w.:%~-]+$/.test(host) && !/^\.*$/.test(host);
