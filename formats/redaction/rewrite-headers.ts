/** Secrets in header fields by their names: credentials, cookies, keys, and the URLs and values that fields carry. */
import type { HeaderPair, Headers } from '#model/headers.ts';
import { looksRandom } from '#model/secrets/placeholders.ts';
import type { Masker } from './masker.ts';
import { base64Text, percentDecode } from './octets.ts';
import { rewriteUrl } from './rewrite-fields.ts';
import { rewriteValue } from './rewrite-value.ts';
import { secretKind } from './secret-names.ts';

/** Credentials (RFC 9110 §11.4). */
const CREDENTIALS =
  /^(?:proxy-)?authorization$|^x-(?:forwarded-|original-)?authorization$|^authentication-info$/;
const CHALLENGE = /^(?:proxy|www)-authenticate$/;
/** Fields that hold a URL or a reference alone. */
const URLS =
  /^(?:location|content-location|referer|origin|:path|x-original-ur[il]|x-rewrite-url|x-forwarded-uri|destination|sourcemap)$/;
/** Keys in name only. */
const HARMLESS =
  /^(?:sec-websocket-(?:key|accept)|(?:x-)?idempotency-key|(?:x-)?(?:cache|surrogate|partition|routing|group|sort|shard|rate-?limit)-key|etag|if-none-match)$/;
/** Parameters of credentials that say how, not who (RFC 7616, RFC 5849, AWS Signature Version 4). */
const PUBLIC_PARAMETER =
  /^(?:realm|uri|algorithm|qop|nc|charset|userhash|signedheaders|headers|version|oauth_version|oauth_signature_method|oauth_timestamp|ts|stale|domain)$/i;

/** A user's name and password: the password is a secret wherever it stands, and so is a key that stands in for the name. */
function basic(credentials: string, masker: Masker): string {
  const pair = base64Text(credentials);
  const colon = pair?.indexOf(':') ?? -1;
  if (pair !== undefined && colon >= 0) {
    const user = pair.slice(0, colon);
    const password = pair.slice(colon + 1);
    masker.know(password === '' ? 'api-key' : 'password', password === '' ? user : password);
    if (password !== '' && looksRandom(user)) masker.know('api-key', user);
  }
  return masker.mask('basic', credentials);
}

function credentials(value: string, masker: Masker): string {
  const [, scheme = '', blank = '', rest = ''] = /^([\w-]+)( +)(\S.*)$/s.exec(value) ?? [];
  if (rest === '')
    return value.trim() === '' || /^[A-Za-z]{1,12}$/.test(value)
      ? value
      : masker.mask('authorization', value);
  if (/^basic$/i.test(scheme)) return `${scheme}${blank}${basic(rest.trim(), masker)}`;
  if (!/^[\w-]+\s{0,3}=\s{0,3}["\w]/.test(rest)) {
    return `${scheme}${blank}${masker.mask(/^bearer$/i.test(scheme) ? 'bearer' : 'authorization', rest)}`;
  }
  const parameters = rest.replace(
    /([\w-]{1,64})(\s{0,3}=\s{0,3})("[^"]*"|[^\s,"]+)/g,
    (whole, name, equals, text) => {
      if (PUBLIC_PARAMETER.test(name)) return whole;
      const quoted = String(text).startsWith('"');
      const bare = quoted ? String(text).slice(1, -1) : String(text);
      if (bare === '') return whole;
      const by = masker.mask('authorization', bare);
      return `${name}${equals}${quoted ? `"${by}"` : by}`;
    },
  );
  return `${scheme}${blank}${parameters}`;
}

const cookieKind = (name: string, value: string) => secretKind(name, value) ?? 'cookie';

function cookie(pair: string, masker: Masker): string {
  const equals = pair.indexOf('=');
  const start = equals + 1;
  const name = pair.slice(0, Math.max(0, equals)).trim();
  const [, lead = '', quote = '', value = ''] = /^(\s*)("?)(.*?)\2\s*$/s.exec(pair.slice(start)) ?? [];
  if (value === '') return pair;
  // A cookie that is percent-encoded in one place may stand decoded in another.
  const decoded = percentDecode(value, false);
  if (decoded !== value) masker.know(cookieKind(name, decoded), decoded);
  return `${pair.slice(0, start)}${lead}${quote}${masker.mask(cookieKind(name, value), value)}${quote}`;
}

const cookies = (value: string, masker: Masker) =>
  value
    .split(';')
    .map((pair) => cookie(pair, masker))
    .join(';');

/** The value alone: a cookie's attributes are no secrets. */
function setCookie(value: string, masker: Masker): string {
  const end = value.indexOf(';');
  const [pair, attributes] = end < 0 ? [value, ''] : [value.slice(0, end), value.slice(end)];
  return cookie(pair, masker) + masker.sweep(attributes);
}

/** Each word of a value by itself: one of them may be base64 or a token (Sec-WebSocket-Protocol). */
const words = (value: string, masker: Masker) =>
  value
    .split(/([\s,;]+)/)
    .map((word, i) => (i % 2 === 1 || base64Text(word) === undefined ? word : rewriteValue(word, masker)))
    .join('');

function rewriteField([name, value]: HeaderPair, masker: Masker): HeaderPair {
  const key = name.toLowerCase();
  if (value === '') return [name, value];
  const inner = (text: string) => rewriteValue(text, masker, 1);
  if (CREDENTIALS.test(key)) return [name, credentials(value, masker)];
  if (key === 'cookie') return [name, cookies(value, masker)];
  if (key === 'set-cookie') return [name, setCookie(value, masker)];
  if (HARMLESS.test(key)) return [name, masker.sweep(value)];
  if (CHALLENGE.test(key)) {
    const token = /^(?:negotiate|ntlm) +(\S{16,})$/i.exec(value)?.[1];
    return [
      name,
      token === undefined
        ? masker.sweep(value)
        : value.replace(token, () => masker.mask('authorization', token)),
    ];
  }
  if (URLS.test(key)) return [name, rewriteUrl(value, masker, inner)];
  const kind =
    secretKind(key, value) ?? (/^x-.*-key$/.test(key) && looksRandom(value) ? 'api-key' : undefined);
  if (kind !== undefined) {
    return [
      name,
      kind === 'authorization' || /^[a-z]+ \S+$/i.test(value)
        ? credentials(value, masker)
        : masker.mask(kind, value),
    ];
  }
  return [name, rewriteValue(words(value, masker), masker)];
}

/** The fields with their secrets masked; those without one are the same pairs. `where` is "request" or "response". */
export function rewriteHeaders(headers: Headers, where: string, masker: Masker): HeaderPair[] {
  return headers.map((pair) => {
    masker.place = `${where} header ${pair[0].slice(0, 60)}`;
    // The URL again.
    const read = () => rewriteField(pair, masker);
    const [name, value] = pair[0] === ':path' ? masker.uncounted(read) : read();
    return value === pair[1] ? pair : [name, value];
  });
}
