/**
 * Lays out JSON (RFC 8259) without parsing it into values: long numbers, duplicate keys and escapes stay as sent. Takes one value, several
 * (NDJSON), and the `)]}'` line that some servers put in front. Iterative, so nesting cannot exhaust the stack.
 */
import { FormatError, type Formatted, FormatWriter } from './writer.ts';

const DEEPEST = 10_000;
/** An array or object of scalars no longer than this stays on one line. */
const ONE_LINE = 72;
const TOKEN = /\s+|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|"/gsy;
const SCALAR = /^(?:"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$|true$|false$|null$)/;

function oneLineEnd(source: string, open: number): number {
  const slice = source.slice(open + 1, open + 1 + ONE_LINE);
  const found = /^(?:[^"[\]{}]|"(?:[^"\\]|\\.)*")*\]/.exec(slice);
  return found === null || found[0].includes('\n\n') ? -1 : open + found[0].length;
}

/** Throws a FormatError that says at which offset the text stops being JSON. */
export function formatJson(source: string): Formatted {
  const out = new FormatWriter(source);
  const stack: string[] = [];
  let oneLine = -1;
  let previous = '';
  let at = 0;
  const prefix = /^\uFEFF?\)\]\}'[^\n{["]*\n?/.exec(source)?.[0] ?? /^\uFEFF/.exec(source)?.[0];
  if (prefix !== undefined) {
    out.copy(0, prefix.trimEnd().length);
    if (prefix.length > 1) out.newline();
    at = prefix.length;
  }
  TOKEN.lastIndex = at;
  for (let found = TOKEN.exec(source); found !== null; found = TOKEN.exec(source)) {
    const token = found[0];
    const start = found.index;
    const first = token[0] ?? '';
    if (/\s/.test(first)) continue;
    const refuse = () => new FormatError(`not JSON at character ${start + 1}: ${token.slice(0, 20)}`);
    const flat = start <= oneLine;
    if (token === '{' || token === '[') {
      if (!['', ',', ':', '{', '['].includes(previous) && stack.length > 0) throw refuse();
      if (stack.length === 0 && previous !== '') out.newline();
      stack.push(token);
      if (stack.length > DEEPEST) throw new FormatError(`nested more than ${DEEPEST} levels deep`);
      out.copy(start, start + 1);
      if (token === '[' && !flat) oneLine = Math.max(oneLine, oneLineEnd(source, start));
      out.indent(1);
      if (start > oneLine || oneLine < 0) out.newline();
    } else if (token === '}' || token === ']') {
      if (stack.pop() !== (token === '}' ? '{' : '[') || previous === ',' || previous === ':') throw refuse();
      out.indent(-1);
      const empty = previous === '{' || previous === '[';
      if (empty) out.glue();
      else if (!flat) out.newline();
      out.copy(start, start + 1);
    } else if (token === ',') {
      if (stack.length === 0 || ['', ',', ':', '{', '['].includes(previous)) throw refuse();
      out.copy(start, start + 1);
      if (flat) out.space();
      else out.newline();
    } else if (token === ':') {
      if (stack.at(-1) !== '{' || !previous.startsWith('"')) throw refuse();
      out.copy(start, start + 1);
      out.space();
    } else {
      if (!SCALAR.test(token) || token === '"') throw refuse();
      if (stack.length > 0 && !['', ',', ':', '{', '['].includes(previous)) throw refuse();
      if (stack.length === 0 && previous !== '') out.newline();
      out.copy(start, start + token.length);
    }
    previous = first === '"' ? '"' : token;
  }
  if (stack.length > 0) throw new FormatError('the JSON text ends before its last bracket is closed');
  if (previous === '') throw new FormatError('there is no JSON value in it');
  return out.finish();
}
