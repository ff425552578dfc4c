/**
 * A request without everything that may say who asks: so thoroughly that an answer as good as before cannot be owed to a credential which was
 * overlooked. Cookies go as a whole, for any of them may be the session; what a cache asks goes too, as it would change the answer.
 */
import type { HeaderPair, Headers } from '#model/headers.ts';
import { credentialKind } from '#model/secrets/credential-names.ts';
import { isJwt, looksRandom } from '#model/secrets/placeholders.ts';

const ALWAYS = /^(?:authorization|cookie|cookie2|proxy-authorization|dpop|x-amz-security-token)$/i;
const CONDITIONS = /^if-(?:match|none-match|modified-since|unmodified-since|range)$/i;
/** Fields that hold random text and say nothing of who asks. */
const HARMLESS =
  /^(?:accept.*|host|user-agent|referer|origin|content-.*|traceparent|tracestate|baggage|sentry-trace|x-b3-.*|x-(?:request|correlation|trace|amzn-trace)-id|sec-.*|te|via|forwarded|x-forwarded-.*|cache-control|pragma|priority)$/i;

export interface Stripped {
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  /** Names of the fields and parameters that are gone, each once. Cookies by their field; conditions are not among them. */
  readonly removed: readonly string[];
}

/** Whether a header field may say who asks. */
function isCredential([name, value]: HeaderPair): boolean {
  if (ALWAYS.test(name)) return value.trim() !== '';
  if (HARMLESS.test(name)) return false;
  return credentialKind(name) !== undefined || isJwt(value) || looksRandom(value);
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** A parameter that names itself a credential, or is a token by its form. Ids in a URL are what is asked for, and stay. */
function isCredentialParameter(pair: string): boolean {
  const equals = pair.indexOf('=');
  if (equals < 0) return false;
  const value = decoded(pair.slice(equals + 1));
  return value !== '' && (credentialKind(decoded(pair.slice(0, equals))) !== undefined || isJwt(value));
}

export function stripCredentials(url: string, headers: Headers): Stripped {
  const removed = new Set<string>();
  const kept = headers.filter((pair) => {
    if (CONDITIONS.test(pair[0])) return false;
    if (!isCredential(pair)) return true;
    removed.add(pair[0]);
    return false;
  });
  // User information never goes out in a target, so it is nothing to take away; but it has no place in a URL that is sent.
  const bare = url.replace(/^([a-z]+:\/\/)[^/?#@]*@/i, '$1');
  const [beforeQuery = '', ...rest] = bare.split('?');
  if (rest.length === 0) return { url: bare, headers: kept, removed: [...removed] };
  const pairs = rest
    .join('?')
    .split('&')
    .filter((pair) => {
      if (!isCredentialParameter(pair)) return true;
      removed.add(decoded(pair.slice(0, pair.indexOf('='))));
      return false;
    });
  const query = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return { url: `${beforeQuery}${query}`, headers: kept, removed: [...removed] };
}
