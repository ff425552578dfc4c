/** Secrets in HTML and XML: fields of forms, meta elements, elements and attributes with telling names; scripts inside are scripts. */
import type { Masker } from './masker.ts';
import { markupEscape, markupUnescape } from './octets.ts';
import type { Inner } from './rewrite-fields.ts';
import { rewriteText } from './rewrite-text.ts';
import { mayNameSecret, secretKind } from './secret-names.ts';

const FIELD = /<(?:input|meta|param|property|add|setting)\b[^<>]{1,8192}>/gi;
const ATTRIBUTE =
  /\b(name|id|property|key|value|content|type)\s{0,3}=\s{0,3}(?:"([^"]{0,8192})"|'([^']{0,8192})'|([^\s"'<>=`]{1,8192}))/gi;
/** An element that holds text alone; its name without a prefix says what the text is. */
const ELEMENT =
  /<([A-Za-z_][\w.:-]{0,80})((?:\s[^<>]{0,2048})?)>\s{0,64}(?:<!\[CDATA\[)?([^<>]{1,65536}?)(?:\]\]>)?\s{0,64}<\/\1\s{0,8}>/g;

/** The value of a field whose name or type tells what it is. */
function rewriteTag(tag: string, masker: Masker): string {
  let name = '';
  let type = '';
  let value: { text: string; at: number } | undefined;
  for (const match of tag.matchAll(ATTRIBUTE)) {
    const [whole, key = '', double, single, bare] = match;
    const text = double ?? single ?? bare ?? '';
    const word = key.toLowerCase();
    if (word === 'type') type = text;
    else if (word === 'value' || word === 'content')
      value = { text, at: match.index + whole.length - (bare === undefined ? 1 : 0) - text.length };
    else if (name === '' || mayNameSecret(text)) name = text;
  }
  if (value === undefined || value.text === '') return tag;
  const decoded = markupUnescape(value.text);
  const kind = secretKind(type.toLowerCase() === 'password' ? 'password' : name, decoded);
  if (kind === undefined) return tag;
  const by = markupEscape(masker.mask(kind, decoded));
  return tag.slice(0, value.at) + by + tag.slice(value.at + value.text.length);
}

/** Text between tags, the tags themselves and comments. */
function rewriteOutsideScripts(markup: string, masker: Masker, inner: Inner): string {
  const tagged = markup.replace(FIELD, (tag) => rewriteTag(tag, masker));
  const named = tagged.replace(ELEMENT, (whole, name: string, _: string, text: string) => {
    const local = name.slice(name.indexOf(':') + 1);
    const decoded = markupUnescape(text);
    const kind = mayNameSecret(local) ? secretKind(local, decoded.trim()) : undefined;
    // What is escaped may hide more of the same.
    const by =
      kind === undefined ? (decoded === text ? decoded : inner(decoded)) : masker.mask(kind, decoded.trim());
    if (by === decoded) return whole;
    const start = whole.indexOf(text, name.length + 2 + _.length);
    return whole.slice(0, start) + markupEscape(by) + whole.slice(start + text.length);
  });
  return rewriteText(named, 'prose', masker);
}

export function rewriteMarkup(markup: string, masker: Masker, inner: Inner): string {
  let result = '';
  let at = 0;
  const lower = markup.toLowerCase();
  while (at < markup.length) {
    const open = lower.indexOf('<script', at);
    const start = open < 0 ? markup.length : open;
    result += rewriteOutsideScripts(markup.slice(at, start), masker, inner);
    if (open < 0) break;
    const close = lower.indexOf('</script', start);
    const end = close < 0 ? markup.length : close;
    result += rewriteText(markup.slice(start, end), 'script', masker);
    at = end;
    if (close < 0) break;
    // The closing tag itself belongs to what comes next.
    const after = markup.indexOf('>', end);
    result += markup.slice(end, after < 0 ? markup.length : after + 1);
    at = after < 0 ? markup.length : after + 1;
  }
  return result;
}
