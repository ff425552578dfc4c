/**
 * The endpoint a request belongs to: its path with ids taken out, so that /orders/1 and /orders/2 are one line in a list. It also keeps
 * secrets out of findings, whose endpoints are shown and exported: the query is dropped, and what looks like a token becomes one word.
 */
import type { SessionRow } from './session.ts';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };
const MAX_PATH = 500;

/** `METHOD scheme://host/path` with ids templated: "GET https://acme.test/orders/{id}". */
export function endpointOf(row: Pick<SessionRow, 'method' | 'scheme' | 'host' | 'port' | 'path'>): string {
  return `${row.method} ${hostOf(row).slice(2)}${templatePath(row.path)}`;
}

/** The host as the endpoint of what concerns all of it: "* https://acme.test". */
export function hostOf(row: Pick<SessionRow, 'scheme' | 'host' | 'port'>): string {
  const port = row.port === 0 || row.port === DEFAULT_PORTS[row.scheme] ? '' : `:${row.port}`;
  return `* ${row.scheme}://${row.host}${port}`;
}

/** A path without its query and with every segment that names one thing among many templated. */
export function templatePath(path: string): string {
  const [plain = ''] = path.split(/[?#]/, 1);
  const template = plain.split('/').map(templateSegment).join('/');
  return template.length > MAX_PATH ? `${template.slice(0, MAX_PATH)}…` : template;
}

/** The templated path itself and every one above it, the shortest first: /v2, /v2/orders, /v2/orders/{id}. */
export function pathsAbove(path: string): string[] {
  const template = templatePath(path);
  const found: string[] = [];
  for (let at = template.indexOf('/', 1); at >= 0; at = template.indexOf('/', at + 1)) {
    found.push(template.slice(0, at));
  }
  return [...found, template];
}

/** One segment as `templatePath` shows it. */
export function templateSegment(segment: string): string {
  // Matrix parameters carry session ids (";jsessionid=…").
  const [name = '', ...matrix] = segment.split(';');
  const tail = matrix.map((part) => `;${part.split('=', 1)[0]?.slice(0, 40)}`).join('');
  return template(name) + tail;
}

function template(segment: string): string {
  if (/^eyJ[\w-]+\.[\w-]+/.test(segment)) return '{token}';
  // No name is this long; and the patterns below are for short text.
  if (segment.length > 100) return '{id}';
  if (/^\d{4}-\d\d-\d\d(?:T.*)?$/.test(segment)) return '{date}';
  if (/^-?\d+$/.test(segment)) return '{id}';
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(segment)) return '{id}';
  if (/^[^@]+(?:@|%40)[^@]+\.[a-z]+$/i.test(segment)) return '{id}';
  const numbered = /^([a-z]{2,20}[-_.])\d{2,}$/i.exec(segment);
  if (numbered !== null) return `${numbered[1]}{id}`;
  const file = /^(.*?)(\.(?:[cm]?js|css|map|json|xml|html?|png|jpe?g|gif|svg|webp|woff2?|pdf))$/i.exec(
    segment,
  );
  const stem = file?.[1] ?? segment;
  return looksLikeId(stem) ? `{id}${file?.[2] ?? ''}` : segment;
}

/** Long, and too irregular for words: hex, base64, ULIDs, hashes in file names. */
function looksLikeId(text: string): boolean {
  if (/^[0-9a-f]{12,}$/i.test(text) && /\d/.test(text)) return true;
  if (text.length > 64) return true;
  const digits = text.match(/\d/g)?.length ?? 0;
  if (text.length >= 16 && digits >= 3 && !/[-_ .]/.test(text)) return true;
  if (text.length >= 20 && digits >= 4) return true;
  // Mixed case within one word, without digits: base64.
  return text.length >= 20 && /^[\w-]+$/.test(text) && (text.match(/[a-z][A-Z]/g)?.length ?? 0) >= 4;
}
