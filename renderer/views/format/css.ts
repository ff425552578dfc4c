/** Lays out CSS (CSS Syntax 3, tokens only): one declaration a line, blocks indented. Comments, strings and url() stay as sent. */
import { type Formatted, FormatWriter } from './writer.ts';

const TOKEN =
  /\s+|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|url\([^)'"]*\)?|[{};,:]|[()[\]]|(?:[^\s{};,:()[\]"'/\\u]|\\[\s\S]?|\/(?!\*)|u(?!rl\())+/gy;

/** Never fails: unbalanced braces only end the indentation early. */
export function formatCss(source: string): Formatted {
  const out = new FormatWriter(source);
  let parentheses = 0;
  let blocks = 0;
  let spaced = false;
  let breaks = 0;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(source); found !== null; found = TOKEN.exec(source)) {
    const token = found[0];
    const start = found.index;
    const end = start + token.length;
    if (/^\s/.test(token)) {
      spaced = true;
      breaks = token.split('\n').length - 1;
      continue;
    }
    if (token === '{' && parentheses === 0) {
      out.space();
      out.copy(start, end);
      out.indent(1);
      blocks += 1;
      out.newline();
    } else if (token === '}' && parentheses === 0) {
      out.indent(-1);
      blocks = Math.max(0, blocks - 1);
      out.newline();
      out.copy(start, end);
      out.newline(blocks === 0);
    } else if (token === ';' && parentheses === 0) {
      out.tight();
      out.copy(start, end);
      out.newline();
    } else if (token === ',') {
      out.copy(start, end);
      if (parentheses === 0 && blocks === 0) out.newline();
      else out.space();
    } else if (token === ':') {
      // In a selector a colon begins a pseudo-class and takes no space; in a declaration it does.
      if (spaced && parentheses === 0 && !isDeclaration(source, start, blocks)) out.space();
      out.copy(start, end);
      if (parentheses === 0 && isDeclaration(source, start, blocks)) out.space();
    } else {
      if (token.startsWith('/*') && breaks > 0) out.newline();
      if (spaced && !out.atLineStart && token !== ')') out.space();
      out.copy(start, end);
      if (token === '(') parentheses += 1;
      if (token === ')') parentheses = Math.max(0, parentheses - 1);
      if (token.startsWith('/*')) out.newline();
    }
    spaced = false;
    breaks = 0;
  }
  return out.finish();
}

/** Inside a block, and the next of `{ ; }` is not an opening brace (which would make this a nested selector). */
function isDeclaration(source: string, at: number, blocks: number): boolean {
  if (blocks === 0) return false;
  const next = /[{};]/.exec(source.slice(at, at + 400))?.[0];
  return next !== '{';
}
