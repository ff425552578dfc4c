/**
 * A PowerShell script as tokens (about_Quoting_Rules, about_Special_Characters): words, strings and here-strings, marks, ends of statements;
 * and from these the commands in it. It runs nothing and knows no variables: what would be replaced stays as it is and is reported. Of
 * expressions inside strings it knows `$([char]0x20ac)`, as browsers write for what is not ASCII.
 */
import { utf8ByteString } from '../octets.ts';
import { type ShellCommand, type ShellText, unclosed } from './shell-command.ts';

export interface Token {
  /** `mark` is one of `| ; ( ) { } @{ @( = ,`; a line end is a `;`. */
  readonly kind: 'word' | 'string' | 'mark';
  readonly text: string;
  /** Nothing stood between it and the token before. */
  readonly joined: boolean;
}

/** about_Special_Characters. */
const NAMED: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The characters of a string in double quotation marks, backticks and known expressions resolved. */
function expanded(inner: string, unknown: string[]): string {
  return inner.replace(
    /`u\{([0-9a-fA-F]{1,6})\}|`([\s\S])|""|\$\(\[char\]\s*(0x[0-9a-fA-F]{1,6}|\d{1,7})\)|\$(?:\w+|\{[^}\n]{0,500}\}|\([^)\n]{0,500}\))/g,
    (found: string, hex?: string, escaped?: string, char?: string) => {
      if (found === '""') return '"';
      if (escaped !== undefined) return escaped === '\n' ? '' : (NAMED[escaped] ?? escaped);
      if (hex === undefined && char === undefined) {
        unknown.push(found);
        return found;
      }
      const code = hex === undefined ? Number(char) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? utf8ByteString(String.fromCodePoint(code)) : '';
    },
  );
}

const BLANK = /(?:[ \t]|`\n)+/y;
const COMMENT = /#[^\n]*/y;
const MARK = /@\{|@\(|[|;(){}=,\n]|&(?=\s|\{)/y;
const HERE = /@(['"])[ \t]*\n/y;
const SINGLE = /'([^']*(?:''[^']*)*)'/y;
const DOUBLE = /"([^"`]*(?:(?:`[\s\S]|"")[^"`]*)*)"/y;
const WORD = /(?:`[^\n]|[^\s'"`|;(){}=,])+/y;

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly unknown: readonly string[];
}

/** @throws SluiceError `bad-file` for what is not closed */
export function powershellTokens(text: string): Tokens {
  const tokens: Token[] = [];
  const unknown: string[] = [];
  let joined = false;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found;
  };
  const push = (kind: Token['kind'], value: string) => {
    tokens.push({ kind, text: value, joined });
    joined = kind !== 'mark' || value === '=' || value === ',';
  };
  while (at < text.length) {
    const from = at;
    if (take(BLANK) !== null || (!joined && take(COMMENT) !== null)) joined = false;
    else if (take(MARK) !== null) push('mark', text.slice(from, at) === '\n' ? ';' : text.slice(from, at));
    else {
      const here = take(HERE);
      if (here !== null) {
        const end = text.indexOf(`\n${here[1]}@`, at - 1);
        if (end < 0) unclosed('here-string', text, from);
        const inner = text.slice(at, Math.max(at, end));
        push('string', here[1] === "'" ? inner : expanded(inner, unknown));
        at = end + 3;
        continue;
      }
      const single = take(SINGLE);
      const double = single === null ? take(DOUBLE) : null;
      if (single !== null) push('string', (single[1] ?? '').replaceAll("''", "'"));
      else if (double !== null) push('string', expanded(double[1] ?? '', unknown));
      else if (/['"]/.test(text[at] ?? '')) unclosed('quotation mark', text, from);
      else if (take(WORD) !== null) push('word', text.slice(from, at).replace(/`(.)/g, '$1'));
      // A backtick that stands before nothing.
      else at += 1;
    }
  }
  return { tokens, unknown };
}

/**
 * Windows PowerShell hands quotation marks on as they are, so people put backslashes before them for the program's sake; where every one has
 * its backslash that is what was meant.
 */
const withoutBackslashes = (text: string) =>
  /"/.test(text) && !/(?:^|[^\\])"/.test(text) ? text.replaceAll('\\"', '"') : text;

/** The commands of the script; a string that is piped into one is its standard input. @throws SluiceError `bad-file` */
export function powershellWords(text: string): ShellText {
  const { tokens, unknown } = powershellTokens(text);
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let onlyStrings = true;
  let input: string | undefined;
  const end = () => {
    if (words.length > 0) commands.push({ words, ...(input === undefined ? {} : { input }) });
    words = [];
    input = undefined;
    onlyStrings = true;
  };
  for (const { kind, text: value, joined } of tokens) {
    if (kind === 'mark' && value === '|') {
      const piped = onlyStrings ? words[0] : undefined;
      words = [];
      onlyStrings = true;
      input = piped === undefined ? undefined : `${piped}\n`;
    } else if (kind === 'mark' && ';(){}&@{@('.includes(value)) end();
    else {
      if (kind !== 'string') onlyStrings = false;
      const last = joined || value === '=' || value === ',' ? words.pop() : undefined;
      words.push((last ?? '') + (kind === 'string' ? withoutBackslashes(value) : value));
    }
  }
  end();
  return { commands, unknown };
}
