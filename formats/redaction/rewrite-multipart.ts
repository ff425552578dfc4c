/** Secrets in multipart bodies (RFC 7578, RFC 2046 §5.1): each part by its name and its own type. Part heads and boundaries stay. */

import { readResponseHead } from '#model/head-text.ts';
import { parseMediaType } from '#model/headers.ts';
import type { Masker } from './masker.ts';
import { secretKind } from './secret-names.ts';

/** Reads the content of a part by its type. */
export type PartReader = (content: string, mime: string | undefined) => string;

const MAX_PART_HEAD = 16_384;

function rewritePart(head: string, content: string, masker: Masker, read: PartReader): string {
  // A head without a first line of its own: one is put before it.
  const { headers } = readResponseHead(`\r\n${head}\r\n\r\n`);
  const field = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const disposition = field('content-disposition') ?? '';
  const name = /;\s*name="([^"\r\n]*)"/i.exec(disposition)?.[1] ?? '';
  const mime = parseMediaType(field('content-type'))?.essence;
  if (/\bfilename\*?=/i.test(disposition)) return read(content, mime ?? 'application/octet-stream');
  const kind = secretKind(name, content);
  return kind === undefined ? read(content, mime) : masker.mask(kind, content);
}

export function rewriteMultipart(body: string, boundary: string, masker: Masker, read: PartReader): string {
  if (boundary === '') return read(body, undefined);
  const delimiter = `--${boundary}`;
  const pieces: string[] = [];
  let copied = 0;
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const next = body.indexOf(delimiter, at + delimiter.length);
    const partEnd = next < 0 ? body.length : next;
    const headStart = at + delimiter.length;
    const window = body.slice(headStart, Math.min(partEnd, headStart + MAX_PART_HEAD));
    const headLength = window.indexOf('\r\n\r\n');
    if (headLength >= 0) {
      const start = headStart + headLength + 4;
      const end = next >= 0 && body.startsWith('\r\n', next - 2) ? next - 2 : partEnd;
      if (end > start) {
        const content = body.slice(start, end);
        const head = window.slice(0, headLength).replace(/^\r\n/, '');
        pieces.push(body.slice(copied, start), rewritePart(head, content, masker, read));
        copied = end;
      }
    }
    at = next;
  }
  return pieces.join('') + body.slice(copied);
}
