/**
 * The request that curl would send for its settings (curl(1)), as a draft for the composer. What is about the connection, certificates or
 * files is the user's machine's and is reported as lost; what is about curl's own output means nothing here.
 */
import { bytesOf } from '#model/head-text.ts';
import type { Losses } from '../losses.ts';
import { base64, readable } from '../octets.ts';
import { type FormPart, multipart, percentEncoded } from '../requests/form-body.ts';
import type { ImportedHeader, RequestParts } from '../requests/imported-request.ts';
import type { Setting } from './curl-arguments.ts';

/** About what curl shows, keeps or tries again: nothing of the request. */
const MEANS_NOTHING =
  /^(?:(?:no-)?(?:silent|show-error|verbose|include|location|fail.*|compressed-ssh|progress-.*|buffer|alpn|keepalive|sessionid)|disable|globoff|path-as-is|output.*|remote-.*|write-out|dump-header|trace.*|stderr|retry.*|max-.*|connect-timeout|speed-.*|limit-rate|parallel.*|styled-output|tcp-.*|http1\.1|http2.*|http3.*|keepalive-time|cookie-jar|junk-session-cookies|create-.*|raw|post30.|libcurl|rate|http0\.9|expect100-timeout|happy-.*|ipv4|ipv6|suppress-.*|fail-early|next)$/;

interface Body {
  readonly kind: 'data' | 'json' | 'urlencode';
  readonly text: string;
}

/** `content`, `=content`, `name=content`: what comes after the first `=` is encoded. */
function urlencodeData(value: string): string {
  const at = value.indexOf('=');
  if (at < 0) return percentEncoded(value);
  const name = value.slice(0, at);
  return `${name === '' ? '' : `${name}=`}${percentEncoded(value.slice(at + 1))}`;
}

class Reading {
  readonly #losses: Losses;
  readonly #input: string | undefined;
  readonly headers: ImportedHeader[] = [];
  readonly removed = new Set<string>();
  readonly bodies: Body[] = [];
  readonly parts: FormPart[] = [];
  readonly query: string[] = [];
  readonly cookies: string[] = [];
  readonly switches = new Set<string>();
  readonly values = new Map<string, string>();

  constructor(losses: Losses, input: string | undefined) {
    this.#losses = losses;
    this.#input = input;
  }

  /** What `@name` stands for: standard input as far as the text gives it; files are not read. */
  file(name: string): string {
    if (name === '-' && this.#input !== undefined) return this.#input;
    this.#losses.add('content of a file', readable(name));
    return '';
  }

  take({ name, value }: Setting): void {
    switch (name) {
      case 'header':
        return this.#header(value);
      case 'data':
      case 'data-ascii':
        // curl takes line ends and NUL out of files it reads this way.
        if (value.startsWith('@')) return this.#data(this.file(value.slice(1)).replace(/[\r\n\0]/g, ''));
        return this.#data(value);
      case 'data-binary':
        return this.#data(value.startsWith('@') ? this.file(value.slice(1)) : value);
      case 'data-raw':
        return this.#data(value);
      case 'data-urlencode':
        this.bodies.push({ kind: 'urlencode', text: this.#urlencode(value) });
        return;
      case 'json':
        this.bodies.push({ kind: 'json', text: value.startsWith('@') ? this.file(value.slice(1)) : value });
        return;
      case 'url-query':
        this.query.push(value.startsWith('+') ? value.slice(1) : this.#urlencode(value));
        return;
      case 'form':
      case 'form-string':
        this.parts.push(this.#part(value, name === 'form'));
        return;
      case 'cookie':
        if (value.includes('=')) this.cookies.push(value);
        else this.file(value);
        return;
      case 'get':
      case 'head':
      case 'compressed':
      case 'http1.0':
        this.switches.add(name);
        return;
      case 'request':
      case 'user':
      case 'user-agent':
      case 'referer':
      case 'range':
      case 'oauth2-bearer':
      case 'upload-file':
        this.values.set(name, value);
        return;
      default:
        if (!MEANS_NOTHING.test(name)) this.#losses.add('option of curl', `--${readable(name)}`);
    }
  }

  #data(text: string): void {
    this.bodies.push({ kind: 'data', text });
  }

  #urlencode(value: string): string {
    const [, name, file] = /^([^=@]*)@([\s\S]*)$/.exec(value) ?? [];
    if (name === undefined || file === undefined) return urlencodeData(value);
    return `${name === '' ? '' : `${name}=`}${percentEncoded(this.file(file))}`;
  }

  #header(line: string): void {
    if (line.startsWith('@')) {
      this.file(line.slice(1));
      return;
    }
    const at = line.search(/[:;]/);
    if (at < 0) return;
    const name = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    if (line[at] === ';' && value !== '') return;
    if (line[at] === ':' && value === '') this.removed.add(name.toLowerCase());
    else this.headers.push({ name, value, on: true });
  }

  /** `name=content;type=…`, `name=@file`, `name=<file`. */
  #part(value: string, special: boolean): FormPart {
    const at = value.indexOf('=');
    const name = at < 0 ? value : value.slice(0, at);
    const rest = at < 0 ? '' : value.slice(at + 1);
    if (!special) return { name, content: rest };
    const [plain = '', ...settings] = rest.startsWith('"') ? quotedAndRest(rest) : rest.split(/;(?=\s*\w+=)/);
    const setting = (key: string) =>
      settings
        .map((one) => one.trim())
        .find((one) => one.startsWith(`${key}=`))
        ?.slice(key.length + 1)
        .replace(/^"|"$/g, '');
    const type = setting('type');
    const typed = type === undefined ? {} : { type };
    if (plain.startsWith('@')) {
      const path = plain.slice(1);
      const fileName = setting('filename') ?? path.split(/[\\/]/).at(-1) ?? '';
      return { name, fileName, content: this.file(path), type: type ?? 'application/octet-stream' };
    }
    const fileName = setting('filename');
    return {
      name,
      content: plain.startsWith('<') ? this.file(plain.slice(1)) : plain,
      ...typed,
      ...(fileName === undefined ? {} : { fileName }),
    };
  }
}

function quotedAndRest(text: string): string[] {
  const [whole = '', inner = ''] = /^"([^"\\]*(?:\\.[^"\\]*)*)"/.exec(text) ?? [];
  return [inner.replace(/\\(.)/g, '$1'), ...text.slice(whole.length).split(';')];
}

/** Pieces of `--json` follow each other as they are, all others as fields of a form. */
const bodyText = (bodies: readonly Body[]): string =>
  bodies.reduce(
    (text, { kind, text: next }, i) => (i === 0 || kind === 'json' ? text + next : `${text}&${next}`),
    '',
  );

/** An address as curl completes it, and the password in it. */
function address(url: string): { url: string; user?: string } {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  const [, scheme = '', user, rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)(?:([^/?#@]*)@)?([\s\S]*)$/i.exec(whole) ?? [];
  return user === undefined ? { url: whole } : { url: scheme + rest, user: unescaped(user) };
}

const unescaped = (text: string) =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** One request for each address among the settings. @param input what stands on standard input, as far as it is known */
export function requestsOfSettings(
  settings: readonly Setting[],
  input: string | undefined,
  losses: Losses,
): RequestParts[] {
  const urls = settings.filter(({ name }) => name === 'url');
  return urls.map(({ value }) => {
    const reading = new Reading(losses, input);
    for (const setting of settings) if (setting.name !== 'url') reading.take(setting);
    if (!settings.some(({ name }) => name === 'globoff') && /[{[][^{}[\]]*[,-]/.test(value)) {
      losses.add('addresses that curl would make of brackets or braces', readable(value));
    }
    return requestOf(reading, value);
  });
}

function requestOf(reading: Reading, given: string): RequestParts {
  const { bodies, parts, query, cookies, switches, values, removed } = reading;
  const { url, user: userInUrl } = address(given);
  const headers: ImportedHeader[] = [...reading.headers];
  const add = (name: string, value: string) => {
    const key = name.toLowerCase();
    if (!removed.has(key) && !headers.some((one) => one.name.toLowerCase() === key))
      headers.push({ name, value, on: true });
  };
  const upload = values.get('upload-file');
  const data = bodyText(bodies);
  const inQuery = switches.has('get') ? [...query, ...(bodies.length > 0 ? [data] : [])] : query;
  const form = parts.length > 0 ? multipart(parts) : undefined;
  const hasData = bodies.length > 0 && !switches.has('get');
  let body = new Uint8Array(0);
  if (form !== undefined) body = form.body;
  else if (hasData) body = bytesOf(data);
  else if (upload !== undefined) body = bytesOf(reading.file(upload));

  const agent = values.get('user-agent');
  if (agent !== undefined && agent !== '') add('User-Agent', agent);
  const referer = values.get('referer')?.replace(/;auto$/, '');
  if (referer !== undefined && referer !== '') add('Referer', referer);
  if (cookies.length > 0) add('Cookie', cookies.join('; '));
  const user = values.get('user') ?? userInUrl;
  const token = values.get('oauth2-bearer');
  if (token !== undefined) add('Authorization', `Bearer ${token}`);
  if (user !== undefined)
    add('Authorization', `Basic ${base64(bytesOf(user.includes(':') ? user : `${user}:`))}`);
  const range = values.get('range');
  if (range !== undefined) add('Range', `bytes=${range}`);
  if (switches.has('compressed')) add('Accept-Encoding', 'gzip, deflate, br, zstd');
  if (form !== undefined) add('Content-Type', form.type);
  else if (hasData) {
    const json = bodies.some(({ kind }) => kind === 'json');
    if (json) add('Accept', 'application/json');
    add('Content-Type', json ? 'application/json' : 'application/x-www-form-urlencoded');
  }
  add('Accept', '*/*');

  let method = 'GET';
  if (form !== undefined || hasData) method = 'POST';
  else if (switches.has('head')) method = 'HEAD';
  else if (upload !== undefined) method = 'PUT';
  return { method: values.get('request') ?? method, url: readable(withQuery(url, inQuery)), headers, body };
}

function withQuery(url: string, query: readonly string[]): string {
  if (query.length === 0) return url;
  const [plain = '', ...fragment] = url.split('#');
  const joint = plain.includes('?') ? '&' : '?';
  return [plain + joint + query.join('&'), ...fragment].join('#');
}
