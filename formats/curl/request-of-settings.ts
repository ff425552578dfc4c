/** The request that curl would send for its settings (curl(1)), as a draft for the composer. */
import { bytesOf } from '#model/head-text.ts';
import type { Losses } from '../losses.ts';
import { base64, readable } from '../octets.ts';
import { multipart } from '../requests/form-body.ts';
import type { ImportedHeader, RequestParts } from '../requests/imported-request.ts';
import { CollectedSettings, type DataPiece } from './collected-settings.ts';
import type { Setting } from './curl-arguments.ts';

/** Pieces of `--json` follow each other as they are, all others as fields of a form. */
const dataText = (pieces: readonly DataPiece[]): string =>
  pieces.reduce(
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
    const reading = new CollectedSettings(losses, input);
    for (const setting of settings) if (setting.name !== 'url') reading.take(setting);
    if (!settings.some(({ name }) => name === 'globoff') && /[{[][^{}[\]]*[,-]/.test(value)) {
      losses.add('addresses that curl would make of brackets or braces', readable(value));
    }
    return requestOf(reading, value);
  });
}

function requestOf(reading: CollectedSettings, given: string): RequestParts {
  const { data: pieces, parts, query, cookies, switches, values, removed } = reading;
  const { url, user: userInUrl } = address(given);
  const headers: ImportedHeader[] = [...reading.headers];
  const add = (name: string, value: string) => {
    const key = name.toLowerCase();
    if (!removed.has(key) && !headers.some((one) => one.name.toLowerCase() === key))
      headers.push({ name, value, on: true });
  };
  const upload = values.get('upload-file');
  const data = dataText(pieces);
  const inQuery = switches.has('get') ? [...query, ...(pieces.length > 0 ? [data] : [])] : query;
  const form = parts.length > 0 ? multipart(parts) : undefined;
  const hasData = pieces.length > 0 && !switches.has('get');
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
    const json = pieces.some(({ kind }) => kind === 'json');
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
