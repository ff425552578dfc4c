/** Reads what can be read of bytes that are no valid head, so that a refused message can still be looked at. */
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead } from '#model/session.ts';

const SHOWN_FIELDS = 100;

/** Reads what it can of a head that is not one. Never throws. */
export function readLeniently(text: string): RequestHead {
  const [first = '', ...lines] = (text.split(/\r?\n\r?\n/, 1)[0] ?? '').split(/\r?\n/);
  const [method = '', target = '', httpVersion = ''] = first.split(' ');
  const headers = lines.slice(0, SHOWN_FIELDS).map((line): HeaderPair => {
    const colon = line.indexOf(':');
    return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { method, target, httpVersion, headers };
}
