/**
 * Cuts JavaScript into tokens, enough of ECMA-262 §12 to lay it out: it never fails, and what it does not understand is punctuation.
 * Whether a slash begins a regular expression is decided by the token before it, which is right for all but contrived code.
 */

export type JsTokenKind = 'word' | 'number' | 'string' | 'template' | 'regex' | 'comment' | 'punctuation';

export interface JsToken {
  readonly kind: JsTokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Line breaks between the token before and this one. */
  readonly breaks: number;
  readonly spaced: boolean;
}

const SPACE = /[\s\uFEFF]+/y;
const COMMENT = /\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|<!--[^\n\r]*|#![^\n\r]*/y;
const STRING = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y;
const NUMBER = /(?:0[xob][\da-f_]+|\.?\d[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d+)?)n?/iy;
const WORD = /[#@]?[\p{ID_Start}$_\\](?:[\p{ID_Continue}$\\]|\u200c|\u200d)*/uy;
const REGEX = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/iy;
const PUNCTUATION =
  />>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|[\s\S]/uy;

const BEFORE_REGEX = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'new',
  'else',
  'do',
  'yield',
  'await',
  'instanceof',
]);

function regexMayStart(previous: JsToken | undefined): boolean {
  if (previous === undefined) return true;
  if (previous.kind === 'word') return BEFORE_REGEX.has(previous.text);
  if (previous.kind !== 'punctuation') return false;
  return ![')', ']', '}', '++', '--'].includes(previous.text);
}

/** End of the template literal that begins at `start`, its substitutions included; the end of the source when it is not closed. */
function templateEnd(source: string, start: number): number {
  const braces: number[] = [];
  let at = start + 1;
  while (at < source.length) {
    const unit = source[at];
    const inText = braces.length === 0 || braces.at(-1) === -1;
    if (inText) {
      if (unit === '\\') at += 1;
      else if (unit === '`') {
        if (braces.length === 0) return at + 1;
        braces.pop();
      } else if (unit === '$' && source[at + 1] === '{') {
        braces.push(0);
        at += 1;
      }
    } else if (unit === '`') braces.push(-1);
    else if (unit === '"' || unit === "'") {
      STRING.lastIndex = at;
      at += (STRING.exec(source)?.[0].length ?? 1) - 1;
    } else if (unit === '{') braces.push((braces.pop() ?? 0) + 1);
    else if (unit === '}') {
      const open = braces.pop() ?? 0;
      if (open > 0) braces.push(open - 1);
    }
    at += 1;
  }
  return source.length;
}

/** The tokens of `source` in order; joined with the white space between them they are the source again. */
export function* jsTokens(source: string): Generator<JsToken> {
  let at = 0;
  let previous: JsToken | undefined;
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0].length ?? 0;
  };
  while (at < source.length) {
    const start = at + match(SPACE);
    const gap = source.slice(at, start);
    at = start;
    if (at >= source.length) return;
    const [kind, length] = ((): [JsTokenKind, number] => {
      const comment = match(COMMENT);
      if (comment > 0 && (source[at] !== '#' || at === 0)) return ['comment', comment];
      if (source[at] === '`') return ['template', templateEnd(source, at) - at];
      const string = match(STRING);
      if (string > 0) return ['string', string];
      const regex = source[at] === '/' && regexMayStart(previous) ? match(REGEX) : 0;
      if (regex > 0) return ['regex', regex];
      const number = match(NUMBER);
      if (number > 0) return ['number', number];
      const word = match(WORD);
      return word > 0 ? ['word', word] : ['punctuation', Math.max(1, match(PUNCTUATION))];
    })();
    const token: JsToken = {
      kind,
      text: source.slice(at, at + length),
      start: at,
      end: at + length,
      breaks: gap.split('\n').length - 1,
      spaced: gap !== '',
    };
    if (kind !== 'comment') previous = token;
    at += length;
    yield token;
  }
}
