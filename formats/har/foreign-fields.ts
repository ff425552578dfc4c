/**
 * What other tools say in a HAR entry beyond the format (`_initiator`, `_priority`, `pageref`, comments of its parts, …) and no session
 * has a place for. Kept as JSON text with the session and written out again where it stood; never read by anything else.
 */
type Fields = Readonly<Record<string, unknown>>;

/** What the rest of the reader reads, or could work out again, part by part. */
const KNOWN = {
  entry: [
    ...[
      'startedDateTime',
      'time',
      'request',
      'response',
      'timings',
      'serverIPAddress',
      'connection',
      'comment',
    ],
    ...['_error', '_webSocketMessages', '_eventSourceMessages', '_sluice'],
  ],
  request: [
    ...['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'postData', 'headersSize'],
    'bodySize',
  ],
  response: [
    ...['status', 'statusText', 'httpVersion', 'cookies', 'headers', 'content', 'redirectURL', 'headersSize'],
    ...['bodySize', '_error'],
  ],
  content: ['size', 'compression', 'mimeType', 'text', 'encoding', 'comment'],
  timings: ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'],
} as const satisfies Record<string, readonly string[]>;

type Part = keyof typeof KNOWN;
const PARTS = Object.keys(KNOWN) as Part[];
const known = new Map(PARTS.map((part) => [part, new Set<string>(['__proto__', ...KNOWN[part]])]));

/** More than this of one session is not kept: Chrome's stacks of initiators can be long. */
export const MAX_FOREIGN_CHARS = 256 * 1024;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fields = (value: unknown): Fields => (isFields(value) ? value : {});
const isEmpty = (value: unknown) => isFields(value) && Object.keys(value).length === 0;

const partsOf = (entry: Fields): Record<Part, Fields> => {
  const response = fields(entry.response);
  return {
    entry,
    request: fields(entry.request),
    response,
    content: fields(response.content),
    timings: fields(entry.timings),
  };
};

function unknownOf(part: Part, all: Fields): [string, unknown][] {
  const ours = (key: string, value: unknown) =>
    known.get(part)?.has(key) === true ||
    (part === 'entry' && key === 'cache' && isEmpty(value)) ||
    (part === 'entry' && key === '_resourceType' && value === 'websocket');
  return Object.entries(all).filter(([key, value]) => !ours(key, value));
}

/** The foreign fields of an entry as JSON text, by part; undefined when there are none. */
export function foreignFields(entry: Fields): string | undefined {
  const parts = partsOf(entry);
  const found = PARTS.map((part) => [part, unknownOf(part, parts[part])] as const)
    .filter(([, pairs]) => pairs.length > 0)
    .map(([part, pairs]) => [part, Object.fromEntries(pairs)] as const);
  return found.length === 0 ? undefined : JSON.stringify(Object.fromEntries(found));
}

/** Adds to each part of `entry` what `text` holds for it; what the entry says itself stands. Text that is not ours adds nothing. */
export function withForeignFields<E extends Fields>(entry: E, text: string | undefined): E {
  const stored = fields(parse(text));
  if (isEmpty(stored)) return entry;
  const more = (part: Part): Fields => Object.fromEntries(unknownOf(part, fields(stored[part])));
  const { response, request, timings } = entry;
  return {
    ...entry,
    ...more('entry'),
    request: { ...fields(request), ...more('request') },
    response: {
      ...fields(response),
      ...more('response'),
      content: { ...fields(fields(response).content), ...more('content') },
    },
    timings: { ...fields(timings), ...more('timings') },
  };
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
