/** The header fields of a session in groups, in the order they went over the wire, with what Sluice changed before it sent them on. */
import type { Headers } from '#model/headers.ts';
import type { RequestHead, ResponseHead, Session } from '#model/session.ts';
import { type HeadChange, headChanges } from './head-changes.ts';
import { inspectorText } from './text.ts';

export interface HeaderGroup {
  readonly title: string;
  /** Request or status line, byte string. */
  readonly line?: string;
  /** The line that was sent on, where it is another. */
  readonly sentLine?: string;
  readonly fields: readonly HeadChange[];
  readonly moved: boolean;
}

const requestLine = ({ method, target, httpVersion }: RequestHead) => `${method} ${target} ${httpVersion}`;
const statusLine = ({ httpVersion, status, reason }: ResponseHead) =>
  `${httpVersion} ${status} ${reason}`.trimEnd();

const plain = (title: string, headers: Headers, line?: string): HeaderGroup => ({
  title,
  ...(line === undefined ? {} : { line }),
  ...headChanges(headers, headers),
});

function changed(
  title: string,
  received: Headers,
  line: string,
  sent: Headers,
  sentLine: string,
): HeaderGroup {
  return {
    title,
    line,
    ...(sentLine === line ? {} : { sentLine }),
    ...headChanges(received, sent),
  };
}

const trailers = (title: string, headers: Headers): HeaderGroup[] =>
  headers.length > 0 ? [plain(title, headers)] : [];

/** Heads first as received; trailers follow their message, informational responses come before the final one. */
export function headerGroups({ request, response, informational }: Session): HeaderGroup[] {
  const sentRequest = request.sent ?? request.head;
  const groups = [
    changed(
      inspectorText.requestHeaders,
      request.head.headers,
      requestLine(request.head),
      sentRequest.headers,
      requestLine(sentRequest),
    ),
    ...trailers(inspectorText.requestTrailers, request.trailers),
    ...informational.map((head) =>
      plain(inspectorText.informational(head.status), head.headers, statusLine(head)),
    ),
  ];
  if (!response) return groups;
  const sentResponse = response.sent ?? response.head;
  return [
    ...groups,
    changed(
      inspectorText.responseHeaders,
      response.head.headers,
      statusLine(response.head),
      sentResponse.headers,
      statusLine(sentResponse),
    ),
    ...trailers(inspectorText.responseTrailers, response.trailers),
  ];
}

/** Extensions of chunks (RFC 9112 §7.1.1), each with its semicolon as it was sent; sides without any are left out. */
export function chunkExtensionGroups({ request, response }: Session) {
  return [
    { title: inspectorText.requestExtensions, extensions: request.chunkExtensions ?? [] },
    { title: inspectorText.responseExtensions, extensions: response?.chunkExtensions ?? [] },
  ].filter(({ extensions }) => extensions.length > 0);
}
