/** Requests that Sluice itself sends: the same way to the origin as the traffic of clients, and the same events. */
import { pairsFromFlat } from '#model/headers.ts';
import type { SessionFailure, SessionId, SessionState } from '#model/session.ts';
import type { OutgoingRequest } from '../engine.ts';
import { failure } from '../failure.ts';
import { ownFields, validateOwn } from '../own-request.ts';
import { pump } from '../pump.ts';
import { formatAuthority } from '../target.ts';
import type { EngineContext } from './context.ts';
import { responseHead, type UpstreamExchange } from './upstream.ts';

/**
 * Sends `request`; returns its session's number when its beginning is recorded. What happens then is data of the session.
 * @throws SluiceError `bad-url`, `bad-request` or `bad-header` for what cannot be put on the wire.
 */
export function sendRequest(context: EngineContext, request: OutgoingRequest): SessionId {
  const target = validateOwn(request);
  const headers = ownFields(request, target);
  const recorder = context.recording.begin(
    {
      kind: 'http',
      source: request.source,
      url: target.url,
      head: { method: request.method, target: target.path, httpVersion: 'HTTP/1.1', headers },
      ...(request.parentId === undefined ? {} : { parentId: request.parentId }),
    },
    true,
  );
  let upstream: UpstreamExchange | undefined;
  const finish = (state: Exclude<SessionState, 'active'>, reason?: SessionFailure) => {
    recorder.facts(upstream?.clock.facts() ?? {});
    recorder.end(state, upstream?.clock.timings() ?? {}, reason);
  };
  if (request.body.length > 0) void recorder.requestData(request.body);
  recorder.requestEnd();
  upstream = context.upstream.open(
    { target, method: request.method, headers },
    {
      informational: (head) => recorder.informational(head),
      response: (response) => {
        recorder.responseHead(responseHead(response));
        pump(response, undefined, (chunk) => recorder.responseData(chunk));
        response.on('error', () => finish('server-aborted', failure('origin-gone', formatAuthority(target))));
        response.on('end', () => {
          upstream?.clock.responseEnded();
          recorder.responseEnd(pairsFromFlat(response.rawTrailers));
          finish('completed');
        });
      },
      failed: (reason) => finish('failed', reason),
    },
  );
  upstream.request.end(request.body.length > 0 ? request.body : undefined);
  return recorder.id;
}
