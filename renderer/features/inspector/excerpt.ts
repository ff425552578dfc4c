/** A place of evidence with a little of what stands around it, read from the session when it is shown. */
import type { Params, Result } from '#model/contract/contract.ts';
import type { Evidence } from '#model/finding.ts';
import { bytesOf, requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { Session } from '#model/session.ts';

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

/** Reads no more of a body than the excerpt needs. Rejects with the SluiceError of the call. */
export async function readExcerpt(
  read: (params: Params<'sessions.body'>) => Promise<Result<'sessions.body'>>,
  session: Session,
  evidence: Evidence,
): Promise<Excerpt> {
  const { part } = evidence;
  if (part === 'request-head' || part === 'response-head') {
    const response = session.response ? responseHeadText(session.response.head) : '';
    const bytes = bytesOf(part === 'request-head' ? requestHeadText(session.request.head) : response);
    return cutExcerpt(bytes, 0, bytes.length, evidence);
  }
  const start = Math.max(0, evidence.start - AROUND);
  const { data, total } = await read({
    id: session.row.id,
    side: part === 'request-body' ? 'request' : 'response',
    decoded: true,
    start,
    end: Math.min(evidence.end, evidence.start + LONGEST) + AROUND,
  });
  return cutExcerpt(data, start, total, evidence);
}
