/** Takes Alt-Svc (RFC 7838 §3) out of a response: a browser that follows it speaks HTTP/3 with the origin, past the proxy. */
import type { ResponseHead } from '#model/session.ts';

/** `head` itself when it has none. */
export function withoutAltSvc(head: ResponseHead): ResponseHead {
  const headers = head.headers.filter(([name]) => name.toLowerCase() !== 'alt-svc');
  if (headers.length === head.headers.length) return head;
  const { raw: _, ...plain } = head;
  return { ...plain, headers };
}
