/**
 * Lays out HTML and XML by their tags alone: no tree is built, nothing is repaired and nothing can run. Scripts and styles inside HTML are
 * laid out by their own formatters; `pre` and `textarea` stay as sent. Never fails.
 */
import { formatCss } from './css.ts';
import { formatJavaScript } from './javascript.ts';
import { formatJson } from './json.ts';
import { type Formatted, FormatWriter } from './writer.ts';

const PIECE =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<[!/]?[\p{L}_:](?:[^>"']|"[^"]*"|'[^']*')*>?|<|[^<]+/gu;
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const INLINE = new Set(
  'a abbr b bdi bdo br button cite code data del dfn em i img input ins kbd label mark q s samp small span strong sub sup time tspan u var wbr'.split(
    ' ',
  ),
);
/** Their end tags may be left out, so an open one must not indent what follows for ever. */
const OPTIONAL_END = new Set(['p', 'li', 'dt', 'dd', 'option', 'tr', 'td', 'th', 'thead', 'tbody', 'tfoot']);
const RAW = new Set(['script', 'style', 'pre', 'textarea']);

const tagName = (piece: string) => /^<[!/]?([^\s/>]+)/.exec(piece)?.[1]?.toLowerCase() ?? '';

/** The body of a script or style laid out by its own formatter; undefined leaves it as sent. */
function inner(tag: string, name: string, content: string): Formatted | undefined {
  if (name === 'style') return formatCss(content);
  if (name !== 'script') return undefined;
  const type = /\stype\s*=\s*["']?([^"'\s>]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
  try {
    if (/json|importmap/.test(type)) return formatJson(content);
    return type === '' || /javascript|module|ecmascript/.test(type) ? formatJavaScript(content) : undefined;
  } catch {
    return undefined;
  }
}

/** Copies `formatted`, whose source began at `at`, line by line at the writer's own depth. */
function copyInner(out: FormatWriter, formatted: Formatted, at: number): void {
  const { spans, text } = formatted;
  let textEnd = 0;
  let depth = 0;
  for (let i = 0; i < spans.length; i += 3) {
    const start = spans[i] ?? 0;
    const place = spans[i + 1] ?? 0;
    const length = spans[i + 2] ?? 0;
    const gap = text.slice(textEnd, place);
    if (gap.includes('\n')) {
      const wanted = (gap.length - gap.lastIndexOf('\n') - 1) / 2;
      for (; depth < wanted; depth++) out.indent(1);
      for (; depth > wanted; depth--) out.indent(-1);
      out.newline(gap.startsWith('\n\n'));
    } else if (gap !== '') out.space();
    out.copy(at + start, at + start + length);
    textEnd = place + length;
  }
  for (; depth > 0; depth--) out.indent(-1);
}

function copyText(out: FormatWriter, source: string, start: number, end: number): void {
  for (const line of source.slice(start, end).matchAll(/[^\r\n]+/g)) {
    const trimmed = line[0].trim();
    const at = start + line.index + line[0].indexOf(trimmed);
    if (line.index > 0 && trimmed !== '') out.newline();
    else if (/^\s/.test(line[0])) out.space();
    out.copy(at, at + trimmed.length);
  }
  if (/\s$/.test(source.slice(start, end))) out.space();
}

export function formatMarkup(source: string, language: 'html' | 'xml'): Formatted {
  const out = new FormatWriter(source);
  const open: string[] = [];
  /** The piece before was text or inline, so the next may stay on its line. */
  let inFlow = false;
  PIECE.lastIndex = 0;
  for (let found = PIECE.exec(source); found !== null; found = PIECE.exec(source)) {
    const piece = found[0];
    const start = found.index;
    const end = start + piece.length;
    const name = tagName(piece);
    const inline = language === 'html' && INLINE.has(name);
    if (!piece.startsWith('<') || piece === '<') {
      if (piece.trim() === '') {
        if (inFlow) out.space();
        continue;
      }
      copyText(out, source, start, end);
      inFlow = true;
    } else if (piece.startsWith('</')) {
      const at = open.lastIndexOf(name);
      const justOpened = at === open.length - 1;
      if (at >= 0) {
        for (let i = open.length - at; i > 0; i--) out.indent(-1);
        open.length = at;
      }
      if (!inline && !(inFlow && justOpened)) out.newline();
      else out.tight();
      out.copy(start, end);
      inFlow = inline;
      if (!inline) out.newline();
    } else if (/^<[!?]/.test(piece)) {
      if (!inFlow || piece.startsWith('<?') || /^<!doctype/i.test(piece)) out.newline();
      out.copy(start, end);
      if (!piece.startsWith('<![CDATA[')) out.newline();
      inFlow = piece.startsWith('<![CDATA[');
    } else {
      if (!inline) {
        if (OPTIONAL_END.has(name) && language === 'html' && open.at(-1) === name) {
          open.pop();
          out.indent(-1);
        }
        out.newline();
      }
      out.copy(start, end);
      const closed = piece.endsWith('/>') || (language === 'html' && VOID.has(name));
      if (closed) {
        if (!inline) out.newline();
        inFlow = inline;
      } else if (language === 'html' && RAW.has(name)) {
        const close = new RegExp(`</${name}`, 'gi');
        close.lastIndex = end;
        const contentEnd = close.exec(source)?.index ?? source.length;
        const content = source.slice(end, contentEnd);
        const formatted = inner(piece, name, content);
        if (formatted === undefined) out.copy(end, contentEnd);
        else if (content.trim() !== '') {
          out.indent(1);
          out.newline();
          copyInner(out, formatted, end);
          out.indent(-1);
          out.newline();
        }
        PIECE.lastIndex = contentEnd;
        inFlow = formatted === undefined || content.trim() === '';
        open.push(name);
        out.indent(1);
      } else {
        open.push(name);
        out.indent(1);
        // Text may follow on this line; a tag asks for its own line itself.
        inFlow = true;
      }
    }
  }
  return out.finish();
}
