/** A name for a saved body: what the address calls it, made safe, with an extension that fits what it is. */
import type { BodySide, SessionRow } from '#model/session.ts';
import type { BodyClass } from '../content/classify.ts';

const EXTENSIONS: Readonly<Record<string, string>> = {
  JSON: 'json',
  HTML: 'html',
  XML: 'xml',
  CSS: 'css',
  JavaScript: 'js',
  Text: 'txt',
  YAML: 'yaml',
  GraphQL: 'graphql',
  Markdown: 'md',
  Form: 'txt',
  PNG: 'png',
  JPEG: 'jpg',
  GIF: 'gif',
  WebP: 'webp',
  AVIF: 'avif',
  BMP: 'bmp',
  Icon: 'ico',
  SVG: 'svg',
};
const LONGEST = 80;

/** "session-request.json", "logo.png", "17-response.bin". Never a path, a hidden file or a name with characters that systems forbid. */
export function bodyFileName(row: Pick<SessionRow, 'id' | 'path'>, side: BodySide, body: BodyClass): string {
  const last = row.path.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  const safe = last
    .replace(/[^\p{L}\p{N}._-]/gu, '_')
    .replace(/^[._]+/, '')
    .slice(-LONGEST);
  const extension = EXTENSIONS[body.label] ?? 'bin';
  const stem = safe.replace(/\.[^.]*$/, '');
  if (side === 'response' && /\.[a-z0-9]{1,8}$/i.test(safe)) return safe;
  return `${stem || row.id}${side === 'request' || stem === '' ? `-${side}` : ''}.${extension}`;
}
