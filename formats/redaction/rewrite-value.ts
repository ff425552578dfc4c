/**
 * Reads a text by its looks, for values that nothing else describes: JSON in a string, a URL in a parameter, base64 in a header. Values
 * inside values are read to a depth that real traffic does not reach; below it, and beside all, there is the sweep.
 */
import type { Masker } from './masker.ts';
import { base64Like, base64Text } from './octets.ts';
import { rewriteFields, rewriteUrl } from './rewrite-fields.ts';
import { rewriteJson } from './rewrite-json.ts';
import { rewriteMarkup } from './rewrite-markup.ts';
import { rewriteText, type TextKind } from './rewrite-text.ts';

const MAX_DEPTH = 5;

/** White space, the packet type of Engine.IO and Socket.IO with a name space and an id, XSSI guards, then an object or array. */
const JSON_START = /^(?:\)\]\}',?)?\s{0,100}(?:\d{1,4}(?:-\d{0,10})?(?:\/[\w/-]{0,100},\d{0,10})?)?(?=[{[])/;
const URL_START = /^(?:[a-z][a-z0-9+.-]{1,30}:\/\/|\/(?!\s)|\?)[^\s"'<>]*$/i;
const FIELDS = /^[\w.[\]%~$-]{1,100}=[^\s"'<>{}]*(?:&[\w.[\]%~$-]{1,100}=[^\s"'<>{}]*)*$/;

export const looksLikeJson = (text: string): boolean => JSON_START.test(text);

/** Whether a text is HTML or XML by its beginning. */
export const looksLikeMarkup = (text: string): boolean => /^\uFEFF?(?:ï»¿)?\s{0,100}<[!?a-z]/i.test(text);

/** `value` with the secrets in it masked, whatever it is. */
export function rewriteValue(value: string, masker: Masker, depth = 0, prose: TextKind = 'prose'): string {
  if (value.length < 6) return value;
  if (depth >= MAX_DEPTH) return masker.sweep(value);
  const inner = (text: string) => rewriteValue(text, masker, depth + 1);
  if (looksLikeJson(value)) return masker.sweep(rewriteJson(value, masker, inner));
  if (looksLikeMarkup(value)) return masker.sweep(rewriteMarkup(value, masker, inner));
  // Short values alone: patterns over megabytes would run out of stack.
  if (value.length < 65_536) {
    if (URL_START.test(value)) return rewriteUrl(value, masker, inner);
    const decoded = base64Text(value);
    if (decoded !== undefined && /[{=:<]/.test(decoded)) {
      const rewritten = inner(decoded);
      return rewritten === decoded ? masker.sweep(value) : base64Like(rewritten, value);
    }
    if (FIELDS.test(value)) return masker.sweep(rewriteFields(value, masker, inner, true));
  }
  return masker.sweep(rewriteText(value, prose, masker));
}
