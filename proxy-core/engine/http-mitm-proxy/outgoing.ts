/** Requests that Sluice itself sends: the same way to the origin as the traffic of clients, and the same events. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { SluiceError } from '#model/errors.ts';
import { type HeaderPair, headerValue, pairsFromFlat } from '#model/headers.ts';
import type { SessionFailure, SessionId, SessionState } from '#model/session.ts';
import type { OutgoingRequest } from '../engine.ts';
import { failure } from '../failure.ts';
import { requestFields } from '../fields.ts';
import { pump } from '../pump.ts';
import { formatAuthority, parseAbsolute, type Target } from '../target.ts';
import type { EngineContext } from './context.ts';
import { responseHead, type UpstreamExchange } from './upstream.ts';

const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function validate(request: OutgoingRequest): Target {
  const target = parseAbsolute(request.url, request.method);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  if (!target || /[\u0000-\u0020\u007f]|[^\u0000-\u00ff]/.test(target.path)) {
    throw new SluiceError(
      'bad-url',
      `"${request.url}" is not an http or https URL; correct it and send again.`,
    );
  }
  if (!METHOD.test(request.method) || request.method === 'CONNECT') {
    throw new SluiceError(
      'bad-request',
      `"${request.method}" is not a method that can be sent; use one like GET.`,
    );
  }
  for (const [name, value] of request.headers) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (error) {
      throw new SluiceError('bad-header', `The header "${name}" cannot be sent; correct its name or value.`, {
        cause: error,
      });
    }
  }
  return target;
}

/** The fields as they will be sent: Host when missing, and the length that the body has unless it is sent in chunks. */
function fieldsFor(request: OutgoingRequest, target: Target): HeaderPair[] {
  const hostField = headerValue(request.headers, 'host') ?? target.hostField;
  const fields = requestFields(request.headers, hostField);
  const chunked = fields.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  const length: HeaderPair = ['Content-Length', String(request.body.length)];
  if (chunked) return fields.filter(([name]) => name.toLowerCase() !== 'content-length');
  const stated = fields.findIndex(([name]) => name.toLowerCase() === 'content-length');
  if (stated >= 0) {
    return fields
      .filter(([name], index) => index <= stated || name.toLowerCase() !== 'content-length')
      .map((pair, index): HeaderPair => (index === stated ? [pair[0], length[1]] : pair));
  }
  const bodyless = request.body.length === 0 && /^(GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(request.method);
  return bodyless ? fields : [...fields, length];
}

/**
 * Sends `request`; returns its session's number when its beginning is recorded. What happens then is data of the session.
 * @throws SluiceError `bad-url`, `bad-request` or `bad-header` for what cannot be put on the wire.
 */
export function sendRequest(context: EngineContext, request: OutgoingRequest): SessionId {
  const target = validate(request);
  const headers = fieldsFor(request, target);
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
