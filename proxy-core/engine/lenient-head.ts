/** Reads what can be read of bytes that are no valid head, so that a refused message can still be looked at. */
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';

const SHOWN_FIELDS = 100;

function partsOf(text: string): { first: string; headers: HeaderPair[] } {
  const [first = '', ...lines] = (text.split(/\r?\n\r?\n/, 1)[0] ?? '').split(/\r?\n/);
  const headers = lines.slice(0, SHOWN_FIELDS).map((line): HeaderPair => {
    const colon = line.indexOf(':');
    return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { first, headers };
}

/** Reads what it can of a head that is not one. Never throws. */
export function readLeniently(text: string): RequestHead {
  const { first, headers } = partsOf(text);
  const [method = '', target = '', httpVersion = ''] = first.split(' ');
  return { method, target, httpVersion, headers };
}

/** The same of a response. Its status is 0 where none can be made out. */
export function readResponseLeniently(text: string): ResponseHead {
  const { first, headers } = partsOf(text);
  const [, httpVersion = '', status = '0', reason = ''] = /^(\S*) +(\d{3})(?!\d) ?(.*)$/.exec(first) ?? [];
  return { httpVersion, status: Number(status), reason, headers };
}
