/**
 * Lays out JavaScript: statements and members on lines of their own, blocks indented, operators spaced. Line breaks of the source stay,
 * so code that was written for people only gets its indentation. It is a view, not a compiler: it never fails and never drops a token.
 */
import { type JsToken, jsTokens } from './js-tokens.ts';
import { type Formatted, FormatWriter } from './writer.ts';

const SPACED = new Set(
  '= == === != !== => && || ?? + - * / % ** < > <= >= & | ^ << >> >>> += -= *= /= %= **= <<= >>= >>>= &= |= ^= &&= ||= ??= ?'.split(
    ' ',
  ),
);
const UNARY = new Set(['+', '-', '!', '~', '++', '--', '...']);
const OPENERS = new Set(['(', '[', '{']);
const CLOSERS = new Set([')', ']', '}']);
const BEFORE_PARENTHESIS = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'return', 'case']);
const OPERATOR_WORDS = new Set(
  'return typeof case in of delete void throw new else do yield await instanceof'.split(' '),
);
const CONTINUES_BLOCK = new Set([
  'else',
  'catch',
  'finally',
  'while',
  'from',
  'as',
  'instanceof',
  'in',
  'of',
]);

/** The token before ends an operand, so that what follows is an infix or postfix operator. */
function endsOperand(token: JsToken | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'punctuation')
    return CLOSERS.has(token.text) || token.text === '++' || token.text === '--';
  return !(token.kind === 'word' && OPERATOR_WORDS.has(token.text));
}

interface Frame {
  readonly open: string;
  /** The line of the result that it was opened on. */
  readonly line: number;
  indented: boolean;
  ternaries: number;
}

/** A block opened on the line of the brackets around it is indented once, not once for each: `fetch(url, {`. */
function openBlock(out: FormatWriter, frames: readonly Frame[]): void {
  for (const frame of frames.toReversed()) {
    if (frame.open === '{' || frame.line !== out.line) return;
    if (!frame.indented) continue;
    frame.indented = false;
    out.indent(-1);
  }
}

export function formatJavaScript(source: string): Formatted {
  const out = new FormatWriter(source);
  const outside: Frame = { open: '{', line: 0, indented: false, ternaries: 0 };
  const frames: Frame[] = [outside];
  let previous: JsToken | undefined;
  /** `previous` is the name after a dot, whatever word it is: `promise.catch(`. */
  let member = false;
  let unary = false;
  for (const token of jsTokens(source)) {
    const frame = frames.at(-1) ?? outside;
    between(out, previous, token, unary, member);
    unary = false;
    const { text } = token;
    if (token.kind !== 'punctuation') {
      out.copy(token.start, token.end);
      if (token.kind === 'comment' && !text.startsWith('/*')) out.newline();
    } else if (OPENERS.has(text)) {
      out.copy(token.start, token.end);
      if (text === '{') openBlock(out, frames);
      frames.push({ open: text, line: out.line, indented: true, ternaries: 0 });
      out.indent(1);
      if (text === '{') out.newline();
    } else if (CLOSERS.has(text)) {
      const closed = frames.length > 1 ? frames.pop() : undefined;
      if (closed?.indented) out.indent(-1);
      if (text === '}') {
        if (previous?.text === '{') out.glue();
        else out.newline();
      } else out.tight();
      out.copy(token.start, token.end);
    } else if (text === ';') {
      out.tight();
      out.copy(token.start, token.end);
      if (frame.open === '(') out.space();
      else out.newline();
    } else if (text === ',') {
      out.tight();
      out.copy(token.start, token.end);
      if (frame.open === '{') out.newline();
      else out.space();
    } else if (text === ':' && frame.ternaries > 0) {
      frame.ternaries -= 1;
      out.space();
      out.copy(token.start, token.end);
      out.space();
    } else if (text === ':') {
      out.tight();
      out.copy(token.start, token.end);
      out.space();
    } else if (UNARY.has(text) && (!endsOperand(previous) || text === '++' || text === '--')) {
      out.copy(token.start, token.end);
      unary = true;
    } else if (SPACED.has(text)) {
      if (text === '?') frame.ternaries += 1;
      out.space();
      out.copy(token.start, token.end);
      out.space();
    } else out.copy(token.start, token.end);
    member = previous?.text === '.' || previous?.text === '?.';
    previous = token;
  }
  return out.finish();
}

/** White space that two neighbours need whatever the second one is. */
function between(
  out: FormatWriter,
  previous: JsToken | undefined,
  token: JsToken,
  unary: boolean,
  member: boolean,
): void {
  if (previous === undefined) return;
  if (token.breaks > 0 && !unary)
    out.newline(token.breaks > 1 && previous.text !== '{' && token.text !== '}');
  const wordy = (one: JsToken) => one.kind !== 'punctuation' && one.kind !== 'comment';
  if (token.kind === 'comment' && token.breaks === 0) out.space();
  else if (previous.text === '}' && previous.kind === 'punctuation') {
    if (token.kind === 'word' && CONTINUES_BLOCK.has(token.text)) out.space();
    else if (wordy(token)) out.newline();
  } else if (wordy(previous) && wordy(token) && !(token.kind === 'template' && !token.spaced)) out.space();
  else if (token.text === '{' && !['(', '[', '{', '!', '...'].includes(previous.text)) out.space();
  else if (token.text === '(' && !member && previous.kind === 'word' && BEFORE_PARENTHESIS.has(previous.text))
    out.space();
  else if (previous.text === ')' && wordy(token)) out.space();
  else if (
    previous.kind === 'word' &&
    OPERATOR_WORDS.has(previous.text) &&
    !['(', ';', ')', ',', ':', '.'].includes(token.text)
  )
    out.space();
}
