/**
 * `GET /api/body/ID/request|response?decoded=0|1[&download=NAME]`: captured bytes, for images in the workbench and for saving. Hostile
 * content: only types that a browser draws keep their name, and even those come in a sandbox without scripts.
 */
import { SluiceError } from '#model/errors.ts';
import { headerValue, parseMediaType } from '#model/headers.ts';
import type { BodySide, Session } from '#model/session.ts';
import { type BodyViews, piecesOf } from '../bodies.ts';
import { answerJson, pour } from './answer.ts';
import { byteRange } from './byte-range.ts';
import type { Route } from './loopback-server.ts';
import { dataHeaders } from './security-headers.ts';

/** Types that the workbench shows by their address. */
const DRAWN = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/x-icon',
  'image/vnd.microsoft.icon',
  'image/svg+xml',
  'audio/aac',
  'audio/flac',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/ogg',
  'video/webm',
]);

function typeOf(session: Session, side: BodySide): string {
  const head = side === 'request' ? session.request.head : session.response?.head;
  const type = parseMediaType(headerValue(head?.headers ?? [], 'content-type'))?.essence ?? '';
  return DRAWN.has(type) ? type : 'application/octet-stream';
}

/** RFC 6266 with RFC 8187 for names beyond ASCII; a path in it means nothing to a browser, but is taken out all the same. */
export function disposition(name: string | null): string {
  if (name === null || name === '') return 'attachment';
  const bare = name.replace(/[/\\]/g, '_');
  const ascii = bare.replace(/[^\x20-\x7e]|["%]/g, '_');
  const exact = encodeURIComponent(bare).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}

export function bodyRoute(bodies: BodyViews): Route {
  return async (request, response, url) => {
    const [, id, side] = /^\/api\/body\/(\d{1,15})\/(request|response)$/.exec(url.pathname) ?? [];
    if (id === undefined)
      throw new SluiceError('not-found', 'A body is at /api/body/ID/request or /response.');
    const view = await bodies.open(Number(id), side as BodySide, url.searchParams.get('decoded') === '1');
    const range = byteRange(request.headers.range, view.total);
    if (range.kind === 'unsatisfiable') {
      answerJson(
        response,
        416,
        { code: 'bad-request', message: 'The body is shorter than that.' },
        {
          'Content-Range': `bytes */${view.total}`,
        },
      );
      return;
    }
    const { start, end } = range.kind === 'part' ? range : { start: 0, end: view.total };
    response.writeHead(range.kind === 'part' ? 206 : 200, {
      ...dataHeaders(),
      'Content-Type': typeOf(view.session, side as BodySide),
      'Content-Length': end - start,
      'Content-Disposition': disposition(url.searchParams.get('download')),
      'Accept-Ranges': 'bytes',
      ...(range.kind === 'part' ? { 'Content-Range': `bytes ${start}-${end - 1}/${view.total}` } : {}),
      // Header values are ASCII; the sentence may quote what was captured.
      ...(view.problem === undefined ? {} : { 'X-Sluice-Problem': encodeURIComponent(view.problem) }),
    });
    if (request.method === 'HEAD') response.end();
    else await pour(piecesOf(view, start, end), response);
  };
}
