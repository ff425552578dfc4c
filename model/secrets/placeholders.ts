/**
 * Tells real secrets from stand-ins: documentation examples, templates, masks, empty states. What looks like a stand-in is passed over:
 * a check that cries at "<your token>" is not believed the next time.
 */

const WORDS =
  /example|placeholder|changeme|change_me|your[-_ ]|my[-_]?(?:secret|token|key|password)$|dummy|redacted|replace|insert|sample|xxxx|\*{3}|\.\.\.|…|<[^>]*>|\{\{|\$\{|%\(|\[object /i;
const EMPTY =
  /^(?:null|undefined|none|nil|nan|true|false|yes|no|on|off|0|1|-1|n\/a|deleted|expired|anonymous|guest|required|optional|hidden|secret|token|password|string)?$/i;
/** "{token}", "$TOKEN", "%TOKEN%", ":token", "•••". */
const TEMPLATE = /^(?:\{.*\}|\$[A-Za-z_]\w*|%\w+%|:[a-z_]+|[*•●x.\-_#]+)$/i;

/** Whether a value is empty, a mask or a template. All that can be asked of passwords: people do choose "example" and "secret". */
export function isMask(value: string): boolean {
  const text = value.trim().slice(0, 500);
  return (
    text === '' ||
    TEMPLATE.test(text) ||
    /^(?:null|undefined|true|false|\[object .*)$|<[^>]{1,100}>|redacted/i.test(text)
  );
}

/** Whether a value only stands in for a secret. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().slice(0, 500);
  return EMPTY.test(text) || TEMPLATE.test(text) || WORDS.test(text) || /^(.)\1*$/s.test(text);
}

/** Shannon entropy in bits per character: 0 for "aaaa", about 4 for random hex of some length, up to 6 for random base64. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether a value may be a token, key or session id by its own looks: long enough, one word, not a number, not a word of a language. */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || value.length > 8192 || isPlaceholder(value)) return false;
  if (!/^[\w\-.~+/=%:|!]+$/.test(value) || /^https?:/i.test(value)) return false;
  return /\d/.test(value) && /[a-z]/i.test(value) && entropy(value.slice(0, 256)) >= 3;
}

const JWT = /^eyJ[\w-]{8,}\.eyJ[\w-]{2,}\.[\w-]*$/;

/** A JSON Web Token in compact form (RFC 7519), signed or not. */
export const isJwt = (value: string) => value.length < 16_384 && JWT.test(value);
