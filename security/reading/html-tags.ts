/**
 * The tags of an HTML page with their attributes and byte ranges, its comments and its scripts. One pass, lenient as browsers are; what
 * stands in scripts, styles, comments and templates of scripts is no tag. Reads no DOM: who is whose child is not known.
 */
import type { CheckInput } from '../check.ts';
import { factsOf } from './head-fields.ts';

export interface Attribute {
  /** With the few character references that URLs hold decoded. */
  readonly value: string;
  /** Of the value as it stands, without quotes; of the name where there is no value. */
  readonly start: number;
  readonly end: number;
}

export interface Tag {
  /** Lower case; "/form" for a closing tag. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly start: number;
  readonly end: number;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Html {
  readonly tags: readonly Tag[];
  readonly comments: readonly Span[];
  /** What stands between the tags of scripts without src. */
  readonly scripts: readonly Span[];
}

const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'noembed', 'noframes']);
/** Real pages stay below; the rest of a longer one is generated. */
const MAX_TAGS = 20_000;
const MAX_TAG = 16_384;
const NAME = /\/?[a-z][^\s/>]{0,60}/iy;
const ATTRIBUTE =
  /[\s/]*([^\s=>"'/][^\s=>/]{0,100})(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/y;

const decode = (text: string) =>
  text.includes('&')
    ? text.replace(/&(amp|quot|lt|gt|#0?39|#x27|#x2f|#47);/gi, (_, name: string) => {
        const key = name.toLowerCase();
        return { amp: '&', quot: '"', lt: '<', gt: '>', '#x2f': '/', '#47': '/' }[key] ?? "'";
      })
    : text;

/** Where the tag that opens at `open` ends (behind its ">"), quotes respected; -1 when that is not within reach. */
function tagEnd(html: string, open: number): number {
  let quote = '';
  const limit = Math.min(html.length, open + MAX_TAG);
  for (let i = open + 1; i < limit; i++) {
    const char = html[i] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '>') return i + 1;
    else if ((char === '"' || char === "'") && html[i - 1] === '=') quote = char;
  }
  return -1;
}

function attributesOf(tag: string, from: number, offset: number): Map<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  ATTRIBUTE.lastIndex = from;
  for (let found = ATTRIBUTE.exec(tag); found !== null; found = ATTRIBUTE.exec(tag)) {
    const [all, name = '', double, single, bare] = found;
    const value = double ?? single ?? bare;
    const quoted = double !== undefined || single !== undefined;
    const end = offset + found.index + all.length - (quoted ? 1 : 0);
    const start = end - (value?.length ?? name.length);
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, { value: decode(value ?? ''), start, end });
  }
  return attributes;
}

/** Tags, comments and scripts of a page, in order. `html` has one unit per byte. */
export function readHtml(html: string): Html {
  const tags: Tag[] = [];
  const comments: Span[] = [];
  const scripts: Span[] = [];
  let at = html.indexOf('<');
  while (at >= 0 && tags.length < MAX_TAGS) {
    if (html.startsWith('<!--', at)) {
      const close = html.indexOf('-->', at + 4);
      comments.push({ start: at + 4, end: close < 0 ? html.length : close });
      if (close < 0) break;
      at = html.indexOf('<', close + 3);
      continue;
    }
    NAME.lastIndex = at + 1;
    const name = NAME.exec(html)?.[0].toLowerCase();
    if (name === undefined) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    const end = tagEnd(html, at);
    if (end < 0) {
      at = html.indexOf('<', at + MAX_TAG);
      continue;
    }
    const attributes = attributesOf(html.slice(at, end - 1), 1 + name.length, at);
    tags.push({ name, attributes, start: at, end });
    at = html.indexOf('<', end);
    if (!RAW.has(name)) continue;
    const closing = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
    closing.lastIndex = end;
    const close = closing.exec(html)?.index ?? html.length;
    if (name === 'script' && !attributes.has('src')) scripts.push({ start: end, end: close });
    at = close >= html.length ? -1 : close;
  }
  return { tags, comments, scripts };
}

const NONE: Html = { tags: [], comments: [], scripts: [] };
const cache = new WeakMap<CheckInput, Html>();

/** Of the response, when it is a page; nothing otherwise. Read once for all checks of a session. */
export function htmlOf(input: CheckInput): Html {
  const { text } = input.response;
  if (text === undefined || !factsOf(input).html) return NONE;
  let html = cache.get(input);
  if (html === undefined) {
    html = readHtml(text);
    cache.set(input, html);
  }
  return html;
}

/** Evidence for a part of the response's body. */
export const inBody = ({ start, end }: Span) => ({ part: 'response-body' as const, start, end });

/** The absolute form of a URL that stands in the page; undefined when it is none, or not of the web. */
export function pageUrl(input: CheckInput, text: string): URL | undefined {
  const trimmed = text.trim();
  const url = trimmed === '' ? null : URL.parse(trimmed, input.session.row.url);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}
