/** The forms of a URL (model/rules/matcher.ts) as functions, and which hosts each can be for. */
import type { UrlForm } from '#model/rules/matcher.ts';
import { compilePattern } from './pattern.ts';

/** Scheme and host, which are the same in any case, in lower case. */
function normal(url: string): string {
  const end = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;
  return url.slice(0, end).toLowerCase() + url.slice(end);
}

/** `*` stands for any run of characters; time is in proportion to both texts. */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first) || text.length < first.length + last.length) return false;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.endsWith(last) && at <= text.length - last.length;
  };
}

/** A URL with nothing behind its authority means the root of it. */
const withPath = (url: string) => (/^[^/]*\/\/[^/?#]+$/.test(url) ? `${url}/` : url);

export function urlTest(form: UrlForm): (url: string) => boolean {
  if ('exact' in form) {
    const wanted = withPath(normal(form.exact));
    return (url) => url === wanted;
  }
  if ('prefix' in form) {
    const wanted = normal(form.prefix);
    return (url) => url.startsWith(wanted);
  }
  if ('wildcard' in form) return wildcardTest(normal(form.wildcard));
  const pattern = compilePattern(form.regex);
  return (url) => pattern.matcher(url).find();
}

/** The one host a form can be for, lower case, IPv6 in brackets; undefined where it may be several. */
export function hostOfForm(form: UrlForm): string | undefined {
  if ('regex' in form) return undefined;
  const text = 'exact' in form ? withPath(form.exact) : 'prefix' in form ? form.prefix : form.wildcard;
  // Only where the authority has come to its end before a star.
  const host = /^https?:\/\/(\[[^\]*]*\]|[^/?#:*@[\]]+)(?::\d+)?[/?#]/i.exec(text)?.[1];
  return host?.toLowerCase();
}

/** What of `url` stands behind the form's fixed beginning: what `*` means in the target of a map. */
export function restBehind(form: UrlForm | undefined, url: string): string {
  if (form === undefined) return '';
  const fixed =
    'prefix' in form ? form.prefix : 'wildcard' in form ? (form.wildcard.split('*')[0] ?? '') : url;
  return url.slice(fixed.length);
}
