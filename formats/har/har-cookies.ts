/** Cookies as HAR 1.2 lists them, from Cookie and Set-Cookie fields (RFC 6265). Lenient: a part that says nothing is left out. */
import { type Headers, headerValues } from '#model/headers.ts';

export interface HarCookie {
  readonly name: string;
  readonly value: string;
  path?: string;
  domain?: string;
  /** ISO 8601. */
  expires?: string;
  httpOnly?: boolean;
  secure?: boolean;
  /** HAR 1.2 knows no SameSite. */
  _sameSite?: string;
}

function nameAndValue(part: string): [string, string] {
  const at = part.indexOf('=');
  return at < 0 ? ['', part.trim()] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

/** The pairs of all Cookie fields. */
export function requestCookies(headers: Headers): HarCookie[] {
  return headerValues(headers, 'cookie')
    .flatMap((line) => line.split(';'))
    .filter((part) => part.trim() !== '')
    .map(nameAndValue)
    .map(([name, value]) => ({ name, value }));
}

/** One cookie per Set-Cookie field. An Expires that is no date is dropped, as browsers do. */
export function responseCookies(headers: Headers): HarCookie[] {
  return headerValues(headers, 'set-cookie').map(parseSetCookie);
}

function parseSetCookie(line: string): HarCookie {
  const [first = '', ...attributes] = line.split(';');
  const [name, value] = nameAndValue(first);
  const cookie: HarCookie = { name, value, httpOnly: false, secure: false };
  for (const attribute of attributes) {
    const at = attribute.indexOf('=');
    const key = (at < 0 ? attribute : attribute.slice(0, at)).trim().toLowerCase();
    const text = at < 0 ? '' : attribute.slice(at + 1).trim();
    if (key === 'path') cookie.path = text;
    else if (key === 'domain') cookie.domain = text;
    else if (key === 'httponly') cookie.httpOnly = true;
    else if (key === 'secure') cookie.secure = true;
    else if (key === 'samesite') cookie._sameSite = text;
    else if (key === 'expires') {
      // RFC 6265 §5.1.1 wants a time of day; Date.parse would take "0" for a year.
      const time = /\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
      // The schema wants four-digit years.
      if (time >= 0 && time < 253_402_300_800_000) cookie.expires = new Date(time).toISOString();
    }
  }
  return cookie;
}
