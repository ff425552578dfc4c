/**
 * What a row of curl's settings amounts to: headers, data, parts of a form, cookies, and the last value of what counts once. What is about
 * the connection, certificates or files is the user's machine's and is reported as lost; what is about curl's own output means nothing here.
 */
import type { Losses } from '../losses.ts';
import { readable } from '../octets.ts';
import { type FormPart, percentEncoded } from '../requests/form-body.ts';
import type { ImportedHeader } from '../requests/imported-request.ts';
import type { Setting } from './curl-arguments.ts';

/** About what curl shows, keeps or tries again: nothing of the request. */
const MEANS_NOTHING =
  /^(?:(?:no-)?(?:silent|show-error|verbose|include|location|fail.*|compressed-ssh|progress-.*|buffer|alpn|keepalive|sessionid)|disable|globoff|path-as-is|output.*|remote-.*|write-out|dump-header|trace.*|stderr|retry.*|max-.*|connect-timeout|speed-.*|limit-rate|parallel.*|styled-output|tcp-.*|http1\.1|http2.*|http3.*|keepalive-time|cookie-jar|junk-session-cookies|create-.*|raw|post30.|libcurl|rate|http0\.9|expect100-timeout|happy-.*|ipv4|ipv6|suppress-.*|fail-early|next)$/;

export interface DataPiece {
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

export class CollectedSettings {
  readonly #losses: Losses;
  readonly #input: string | undefined;
  readonly headers: ImportedHeader[] = [];
  readonly removed = new Set<string>();
  readonly data: DataPiece[] = [];
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
    const handler = HANDLERS.get(name);
    if (handler !== undefined) handler(this, value);
    else if (SWITCHES.has(name)) this.switches.add(name);
    else if (COUNT_ONCE.has(name)) this.values.set(name, value);
    else if (!MEANS_NOTHING.test(name)) this.#losses.add('option of curl', `--${readable(name)}`);
  }

  encode(value: string): string {
    const [, name, file] = /^([^=@]*)@([\s\S]*)$/.exec(value) ?? [];
    if (name === undefined || file === undefined) return urlencodeData(value);
    return `${name === '' ? '' : `${name}=`}${percentEncoded(this.file(file))}`;
  }

  header(line: string): void {
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
  part(value: string, special: boolean): FormPart {
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

type Handler = (to: CollectedSettings, value: string) => void;

const SWITCHES: ReadonlySet<string> = new Set(['get', 'head', 'compressed']);
const COUNT_ONCE: ReadonlySet<string> = new Set([
  'request',
  'user',
  'user-agent',
  'referer',
  'range',
  'oauth2-bearer',
  'upload-file',
]);

const isFile = (value: string) => value.startsWith('@');
const data: Handler = (to, value) => {
  // curl takes line ends and NUL out of files it reads this way.
  const text = isFile(value) ? to.file(value.slice(1)).replace(/[\r\n\0]/g, '') : value;
  to.data.push({ kind: 'data', text });
};
const binary: Handler = (to, value) =>
  void to.data.push({ kind: 'data', text: isFile(value) ? to.file(value.slice(1)) : value });

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['header', (to, value) => to.header(value)],
  ['data', data],
  ['data-ascii', data],
  ['data-binary', binary],
  ['data-raw', (to, text) => void to.data.push({ kind: 'data', text })],
  ['data-urlencode', (to, value) => void to.data.push({ kind: 'urlencode', text: to.encode(value) })],
  [
    'json',
    (to, value) => void to.data.push({ kind: 'json', text: isFile(value) ? to.file(value.slice(1)) : value }),
  ],
  ['url-query', (to, value) => void to.query.push(value.startsWith('+') ? value.slice(1) : to.encode(value))],
  ['form', (to, value) => void to.parts.push(to.part(value, true))],
  ['form-string', (to, value) => void to.parts.push(to.part(value, false))],
  ['cookie', (to, value) => void (value.includes('=') ? to.cookies.push(value) : to.file(value))],
]);

function quotedAndRest(text: string): string[] {
  const [whole = '', inner = ''] = /^"([^"\\]*(?:\\.[^"\\]*)*)"/.exec(text) ?? [];
  return [inner.replace(/\\(.)/g, '$1'), ...text.slice(whole.length).split(';')];
}
