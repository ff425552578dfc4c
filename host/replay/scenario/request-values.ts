/** The values that a request holds, each with the part it stands in (request-part.ts), so that another can be put there. Pure; bounded. */
import type { HeaderPair } from '#model/headers.ts';
import { parseMediaType } from '#model/headers.ts';
import type { Session } from '#model/session.ts';

export interface RequestValue {
  readonly part: string;
  /** All of the part's value. */
  readonly whole: string;
  /** What of it a variable may be: the credentials of a scheme without its name. */
  readonly value: string;
}

const MOST_LEAVES = 2000;
/** What a browser says of itself or of the message. */
const PLAIN_FIELD =
  /^(?:host|user-agent|accept(?:-[\w-]+)?|content-(?:type|length|encoding)|connection|cache-control|pragma|sec-[\w-]+|upgrade-insecure-requests|origin|referer|if-[\w-]+|te|dnt|priority|cookie)$/i;

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function* urlValues(path: string): Generator<RequestValue> {
  const [plain = '', query = ''] = path.split('?', 2);
  for (const [i, segment] of plain.split('/').entries()) {
    if (i > 0 && segment !== '')
      yield { part: `path.${i}`, whole: decoded(segment), value: decoded(segment) };
  }
  for (const [name, value] of new URLSearchParams(query))
    yield { part: `query.${name}`, whole: value, value };
}

function* headerValues(headers: readonly HeaderPair[]): Generator<RequestValue> {
  for (const [name, value] of headers) {
    if (/^cookie$/i.test(name)) {
      for (const crumb of value.split(';')) {
        const at = crumb.indexOf('=');
        const text = crumb.slice(at + 1).trim();
        if (at > 0) yield { part: `cookie.${crumb.slice(0, at).trim()}`, whole: text, value: text };
      }
    } else if (!PLAIN_FIELD.test(name)) {
      const credentials = /^(?:Bearer|Token|Basic|ApiKey|JWT)\s+(.+)$/i.exec(value)?.[1];
      yield { part: `header.${name}`, whole: value, value: credentials ?? value };
    }
  }
}

function* jsonValues(text: string): Generator<RequestValue> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return;
  }
  const waiting: [path: string, value: unknown][] = [['$', root]];
  for (let i = 0; i < waiting.length && i < MOST_LEAVES; i++) {
    const [path, value] = waiting[i] ?? ['', undefined];
    if (typeof value === 'string' || typeof value === 'number') {
      if (path !== '$') yield { part: path, whole: String(value), value: String(value) };
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        const step = Array.isArray(value)
          ? `[${key}]`
          : `['${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
        waiting.push([path + (/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : step), item]);
      }
    }
  }
}

/** `body`: without content codings. */
export function* requestValues({ row, request }: Session, body: Uint8Array): Generator<RequestValue> {
  yield* urlValues(row.path);
  yield* headerValues(request.head.headers);
  if (body.length === 0) return;
  const type = request.head.headers.find(([name]) => /^content-type$/i.test(name))?.[1];
  const text = new TextDecoder().decode(body);
  if (parseMediaType(type)?.essence === 'application/x-www-form-urlencoded') {
    for (const [name, value] of new URLSearchParams(text))
      yield { part: `form.${name}`, whole: value, value };
  } else yield* jsonValues(text);
}
