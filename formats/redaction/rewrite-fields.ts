/** Names and values of URLs and forms: URL-encoded fields, paths, matrix parameters. What is changed is encoded again, the rest stays. */
import { looksRandom } from '#model/secrets/placeholders.ts';
import { inUrl, type Masker } from './masker.ts';
import { percentDecode, percentEncode } from './octets.ts';
import { secretKind } from './secret-names.ts';

/** Reads a decoded value that no name says anything about: the text with its secrets masked. */
export type Inner = (value: string) => string;

/** What is left of an encoded placeholder. */
const encoded = (text: string): string => percentEncode(text).replaceAll('%3A', ':');

/** An OAuth code is called like a country's: only beside these it is one. */
const OAUTH = /(?:^|[&?#])(?:state|redirect_uri|grant_type|session_state|scope|iss)=/;

/** `a=1&b=2` (URL standard §5.1). `form`: "+" is a space. */
export function rewriteFields(text: string, masker: Masker, inner: Inner, form: boolean): string {
  return text
    .split('&')
    .map((field) => {
      const equals = field.indexOf('=');
      if (equals < 0) return field;
      const name = percentDecode(field.slice(0, equals), form).replace(/^amp;/, '');
      const raw = field.slice(equals + 1);
      const value = percentDecode(raw, form);
      const kind =
        secretKind(name, value) ?? (name === 'code' && value !== '' && OAUTH.test(text) ? 'code' : undefined);
      const rewritten = kind === undefined ? inner(value) : masker.mask(kind, value);
      return rewritten === value ? field : `${field.slice(0, equals + 1)}${encoded(rewritten)}`;
    })
    .join('&');
}

/** What stands in a path before a secret of its own: links in mails, above all. */
const BEFORE_SECRET = /password|passwd|token|secret|session|verif|confirm|activat|invit|magic|otp/i;

/** A path without its query: `/reset-password/SECRET`, `;jsessionid=SECRET`, and what stands encoded in a segment. */
function rewritePath(path: string, masker: Masker, inner: Inner): string {
  let before = '';
  return path
    .split('/')
    .map((segment) => {
      const named = BEFORE_SECRET.test(before.slice(0, 100)) && looksRandom(segment);
      before = segment;
      if (named) return encoded(masker.mask('token', percentDecode(segment, false)));
      if (!/[;%=]/.test(segment)) return segment;
      const [name = '', ...matrix] = segment.split(';');
      const value = percentDecode(name, false);
      const read = inner(value);
      const parts = matrix.map((part) => rewriteFields(part, masker, inner, false));
      return [read === value ? name : encoded(read), ...parts].join(';');
    })
    .join('/');
}

const PARTS = /^((?:[a-z][a-z0-9+.-]{0,30}:)?\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** A URL or a reference to one (RFC 3986 §4.1), absolute or not. */
export function rewriteUrl(url: string, masker: Masker, inner: Inner): string {
  const [, authority = '', path = '', query = '', fragment = ''] = PARTS.exec(url) ?? [undefined, '', url];
  const fields = (text: string) =>
    text.length < 2 ? text : text[0] + rewriteFields(text.slice(1), masker, inner, text.startsWith('?'));
  const parts = [authority, rewritePath(path, masker, inner), fields(query), fields(fragment)];
  return parts.map((part) => masker.sweep(part, inUrl)).join('');
}
