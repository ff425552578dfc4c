/**
 * Values in an answer that a later request may need: leaves of JSON, HTML inputs and metas, header fields, cookies, the query of a redirect. Each
 * with the place it is taken from, so that the same place of another answer gives its new value. Pure; bounded.
 */
import { headerValue } from '#model/headers.ts';
import type { ValueSource } from '#model/replay/scenario.ts';
import type { Session } from '#model/session.ts';
import { readHtml } from '#security/reading/html-tags.ts';

export interface AnswerValue {
  readonly source: ValueSource;
  readonly value: string;
}

const MOST_VALUES = 5000;
const MAX_DEPTH = 50;

const step = (key: string) =>
  /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;

function* jsonValues(text: string): Generator<AnswerValue> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return;
  }
  const waiting: [path: string, value: unknown, depth: number][] = [['$', root, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, value, depth] = next;
    if (typeof value === 'string' || typeof value === 'number') {
      yield { source: { kind: 'json', path }, value: String(value) };
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
      const children = Array.isArray(value)
        ? value.map((item, i): [string, unknown] => [`[${i}]`, item])
        : Object.entries(value).map(([key, item]): [string, unknown] => [step(key), item]);
      for (const [name, item] of children.reverse()) waiting.push([path + name, item, depth + 1]);
    }
  }
}

function* htmlValues(text: string): Generator<AnswerValue> {
  for (const { name: tag, attributes } of readHtml(text).tags) {
    const of = (attribute: string) => attributes.get(attribute)?.value;
    const name = of('name') ?? (tag === 'meta' ? undefined : of('id'));
    const value = of(tag === 'meta' ? 'content' : 'value');
    if (name === undefined || value === undefined) continue;
    if (tag === 'meta') yield { source: { kind: 'meta', name }, value };
    else if (tag === 'input' || tag === 'button') yield { source: { kind: 'input', name }, value };
  }
}

/** Fields that say something of the message or the server, never something a client is to send back. */
const PLAIN_FIELD =
  /^(?:date|server|content-[\w-]+|cache-control|expires|vary|connection|keep-alive|transfer-encoding|strict-transport-security|x-content-type-options|x-frame-options|permissions-policy|referrer-policy|cross-origin-[\w-]+|access-control-[\w-]+|alt-svc|via|age|accept-ranges|x-powered-by|set-cookie|location)$/i;

function* headValues({ response }: Session): Generator<AnswerValue> {
  for (const [name, value] of response?.head.headers ?? []) {
    if (/^set-cookie$/i.test(name)) {
      const [, cookie, text = ''] = /^\s*([^=;]+)=([^;]*)/.exec(value) ?? [];
      if (cookie !== undefined) yield { source: { kind: 'cookie', name: cookie.trim() }, value: text.trim() };
    } else if (/^location$/i.test(name)) {
      const query = /[?#](.*)$/s.exec(value)?.[1] ?? '';
      for (const [key, text] of new URLSearchParams(query.replace('#', '&'))) {
        yield { source: { kind: 'location', name: key }, value: text };
      }
    } else if (!PLAIN_FIELD.test(name)) {
      yield { source: { kind: 'header', name: name.toLowerCase() }, value: value.trim() };
    }
  }
}

/** In the order in which they are preferred as a source. `text`: the body, decoded. */
export function* answerValues(session: Session, text: string): Generator<AnswerValue> {
  const type = headerValue(session.response?.head.headers ?? [], 'content-type') ?? '';
  yield* headValues(session);
  let left = MOST_VALUES;
  const body =
    /html/i.test(type) || /^\s*<(?:!doctype html|html)/i.test(text) ? htmlValues(text) : jsonValues(text);
  for (const value of body) {
    if (left <= 0) return;
    left -= 1;
    yield value;
  }
}

const keyOf = (source: ValueSource) => JSON.stringify(source);

/** The value at that place of an answer; undefined when it has none. */
export function valueAt(session: Session, text: string, source: ValueSource): string | undefined {
  const wanted = keyOf(source);
  for (const found of answerValues(session, text)) if (keyOf(found.source) === wanted) return found.value;
  return undefined;
}
