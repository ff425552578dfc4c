/** A place of evidence with a little of what stands around it, read from the session when it is shown. */
import type { Evidence } from '#model/finding.ts';
import { bytesOf, requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { Session } from '#model/session.ts';
import type { RpcClient } from '../../rpc/client.ts';

/** Bytes shown on either side, and of the place itself. */
const AROUND = 60;
const LONGEST = 400;

export interface Excerpt {
  readonly text: string;
  /** The place within `text`, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Cuts a range out of bytes that begin at `base`; ellipses stand for what was cut off. */
export function cutExcerpt(
  bytes: Uint8Array,
  base: number,
  total: number,
  { start, end }: Evidence,
): Excerpt {
  const decode = (from: number, to: number) =>
    new TextDecoder().decode(bytes.subarray(Math.max(0, from - base), Math.max(0, to - base)));
  const from = Math.max(base, start - AROUND);
  const shownEnd = Math.min(end, start + LONGEST);
  const to = Math.min(total, shownEnd + AROUND);
  // Characters cut in two at the ends are left out; lines end the context, so that what is shown is about the place.
  const before =
    (from > 0 ? '…' : '') +
    decode(from, start)
      .replace(/^\uFFFD+/, '')
      .replace(/^[\s\S]*\n/, '');
  const value = decode(start, shownEnd) + (shownEnd < end ? '…' : '');
  const after =
    decode(shownEnd, to)
      .replace(/\uFFFD+$/, '')
      .replace(/\r?\n[\s\S]*$/, '') + (to < total ? '…' : '');
  return { text: before + value + after, start: before.length, end: before.length + value.length };
}

/** Reads no more of a body than the excerpt needs, or the one message. Rejects with the SluiceError of the call. */
export async function readExcerpt(
  rpc: Pick<RpcClient, 'call'>,
  session: Session,
  evidence: Evidence,
): Promise<Excerpt> {
  const { part } = evidence;
  if (part === 'message') {
    const asked = { id: session.row.id, from: evidence.message ?? 0, limit: 1 };
    const { messages } = await rpc.call('sessions.messages', asked);
    const data = messages[0]?.data ?? new Uint8Array();
    return cutExcerpt(data, 0, data.length, evidence);
  }
  if (part === 'request-head' || part === 'response-head') {
    const response = session.response ? responseHeadText(session.response.head) : '';
    const bytes = bytesOf(part === 'request-head' ? requestHeadText(session.request.head) : response);
    return cutExcerpt(bytes, 0, bytes.length, evidence);
  }
  const start = Math.max(0, evidence.start - AROUND);
  const { data, total } = await rpc.call('sessions.body', {
    id: session.row.id,
    side: part === 'request-body' ? 'request' : 'response',
    decoded: true,
    start,
    end: Math.min(evidence.end, evidence.start + LONGEST) + AROUND,
  });
  return cutExcerpt(data, start, total, evidence);
}
