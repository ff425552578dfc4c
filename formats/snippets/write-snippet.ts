/**
 * A session's request as code, through @readme/httpsnippet, of which only the writers of code are used. They do not quote every captured text
 * as its language needs it (some do not quote at all), and take addresses and forms apart; so they are given placeholders for every captured
 * text, and what stood on the wire is put into the finished code, quoted here. Nothing is sent by writing code.
 */
import { SluiceError } from '#model/errors.ts';
import type { Session } from '#model/session.ts';
import { readable, utf8Text } from '../octets.ts';
import type { SnippetTarget } from './snippet-targets.ts';
import { LITERALS } from './string-literals.ts';

/** Framing and the connection are the library's own that the code calls. */
const LEFT_OUT = /^(?:host|content-length|transfer-encoding|connection|proxy-connection|keep-alive|:.*)$/i;
/** Names that mean something in some language are left out: no header that is used has one. */
const PLAIN_NAME = /^[A-Za-z0-9_-]+$/;

/** The address with every character as octets that could end a literal or begin a variable in one of the languages. */
const quotedUrl = (url: string): string =>
  url.replace(
    /[^A-Za-z0-9\-._~:/?#[\]@!&()*+,;=%]/g,
    (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** Placeholders have a blank, so that shells' writers quote them too. */
class Placeholders {
  readonly #texts: string[] = [];

  for(text: string): string {
    this.#texts.push(text);
    return `sluice ${this.#texts.length - 1} text`;
  }

  /** The code with every placeholder's text, as the literal needs it in which it stands. */
  fill(code: string, { language }: SnippetTarget['library']): string {
    return code.replace(/sluice (\d+) text/g, (_, number: string, at: number) => {
      const line = code.slice(code.lastIndexOf('\n', at) + 1, at);
      const delimiter = /["'`](?=[^"'`]*$)/.exec(line)?.[0];
      if (delimiter === undefined)
        throw new SluiceError('internal', 'A text of the request stands in no literal of the code.');
      return LITERALS[language](this.#texts[Number(number)] ?? '', delimiter);
    });
  }
}

function headersOf(session: Session): Map<string, string> {
  const headers = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of session.request.head.headers) {
    if (LEFT_OUT.test(name) || !PLAIN_NAME.test(name)) continue;
    const key = name.toLowerCase();
    const known = headers.get(key) ?? { name, values: [] };
    known.values.push(readable(value));
    headers.set(key, known);
  }
  // Most libraries take a header once: RFC 9110 §5.3, and RFC 6265 §5.4 for cookies.
  return new Map(
    [...headers].map(([key, { name, values }]) => [name, values.join(key === 'cookie' ? '; ' : ', ')]),
  );
}

/** What the library's writers read of a request: its own type says more than they need. */
function libraryRequest(session: Session, text: string, placeholders: Placeholders, target: SnippetTarget) {
  const { method } = session.request.head;
  const url = quotedUrl(session.row.url);
  const { protocol, host, hostname, port, pathname, search } = new URL(url);
  const headers = headersOf(session);
  const filled = Object.fromEntries([...headers].map(([name, value]) => [name, placeholders.for(value)]));
  const type = [...headers].find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const mimeType = type === undefined ? placeholders.for('text/plain') : placeholders.for(type);
  return {
    method,
    url,
    fullUrl: url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    cookiesObj: {},
    headers: [],
    headersObj: filled,
    // The writer of PowerShell fails without a type.
    allHeaders:
      type === undefined && text !== '' && target.id === 'powershell'
        ? { ...filled, 'content-type': mimeType }
        : filled,
    queryString: [],
    queryObj: {},
    headersSize: -1,
    bodySize: -1,
    postData: text === '' ? { mimeType } : { mimeType, text: placeholders.for(text) },
    uriObj: {
      protocol,
      slashes: true,
      auth: null,
      host,
      hostname,
      port: port === '' ? null : port,
      hash: null,
      search,
      query: {},
      pathname,
      path: pathname + search,
      href: url,
    },
  };
}

function bodyText(body: Uint8Array): string {
  const text = utf8Text(body);
  if (text !== undefined && !text.includes('\0')) return text;
  throw new SluiceError(
    'not-allowed',
    'The body is not text, which code cannot hold: copy the request as cURL.',
  );
}

/**
 * The code. The library is loaded with its first use.
 * @param body the request body as captured (before content decoding)
 * @throws SluiceError `not-allowed` for what the target has no words for: bodies that are not text, unusual methods
 */
export async function toSnippet(session: Session, body: Uint8Array, target: SnippetTarget): Promise<string> {
  const { method } = session.request.head;
  const unsupported = () =>
    new SluiceError(
      'not-allowed',
      `${target.title} code cannot be written for ${readable(method).slice(0, 40)}: copy the request as cURL.`,
    );
  if (session.row.kind === 'tunnel' || !/^[A-Z-]{1,20}$/.test(method)) throw unsupported();
  const placeholders = new Placeholders();
  const request = libraryRequest(session, bodyText(body), placeholders, target);
  const { targets } = await import('@readme/httpsnippet/targets');
  const client = new Map(Object.entries(targets)).get(target.library.target)?.clientsById[
    target.library.client
  ];
  if (client === undefined) throw new SluiceError('internal', `There is no writer of ${target.title} code.`);
  const code = client.convert(request);
  if (/^Method not supported/i.test(code)) throw unsupported();
  // `echo` would add a line end to the body.
  const exact = target.id === 'httpie' ? code.replace(/^echo /, "printf '%s' ") : code;
  return placeholders.fill(exact, target.library).trimEnd();
}
