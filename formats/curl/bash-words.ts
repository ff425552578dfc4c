/**
 * The commands that bash or zsh would run for a text (POSIX.1 §2.2 and §2.7, bash's `$'…'`): quotation marks, line continuations, comments,
 * pipes of known output, here-documents. It runs nothing and knows no variables: what would be replaced stays as it is and is reported.
 */
import { utf8ByteString } from '../octets.ts';
import { knownOutput, type ShellCommand, type ShellText, unclosed } from './shell-command.ts';

const BLANK = /[ \t]+|\\\n/y;
const PLAIN = /[^\s'"\\$`|&;<>()]+/y;
const IN_DOUBLE = /[^"\\$`]+/y;
/** Of bounded length, so that very many that are not closed cost no more than their number. */
const VARIABLE = /\$(?:\w+|[*@#?$!-]|\{[^}\n]{0,500}\}|\([^\n)]{0,500}\))/y;

/** bash manual §3.1.2.4. */
const ANSI: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function ansi(name: string): string {
  const kind = name[0] ?? '';
  if (/^[0-7]/.test(name)) return String.fromCharCode(Number.parseInt(name, 8) & 0xff);
  const code = Number.parseInt(name.slice(1), 16);
  if (kind === 'x' && name.length > 1) return String.fromCharCode(code & 0xff);
  if ((kind === 'u' || kind === 'U') && name.length > 1) {
    return code <= 0x10ffff ? utf8ByteString(String.fromCodePoint(code)) : '';
  }
  if (kind === 'c' && name.length > 1) return String.fromCharCode(name.charCodeAt(1) & 0x1f);
  return ANSI[kind] ?? (/['"\\?]/.test(kind) ? kind : `\\${name}`);
}

/** What stands between `$'` and `'`. */
export const ansiString = (inner: string): string =>
  inner.replace(
    /\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|c.|.)/gs,
    (_, name: string) => ansi(name),
  );

class Scanner {
  readonly #text: string;
  readonly #unknown: string[] = [];
  readonly #commands: ShellCommand[] = [];
  #at = 0;
  #words: string[] = [];
  #input: string | undefined;
  #documents: { readonly end: string; readonly tabs: boolean }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): ShellText {
    while (this.#at < this.#text.length) this.#step();
    this.#endCommand();
    return { commands: this.#commands, unknown: this.#unknown };
  }

  /** What the sticky pattern matches here, taken. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #step(): void {
    if (this.#take(BLANK) !== undefined || this.#take(/#[^\n]*/y) !== undefined) return;
    const operator = this.#take(/\n|\|\|?|&&?|;+|[()]/y);
    const redirection = operator === undefined ? this.#take(/\d?(?:<<<|<<-?|<|>>?)(?:&\d)?/y) : undefined;
    if (operator !== undefined) this.#operator(operator);
    else if (redirection !== undefined) this.#redirection(redirection);
    else this.#words.push(this.#word());
  }

  #operator(operator: string): void {
    if (operator === '|') {
      const output = knownOutput({ words: this.#words });
      this.#words = [];
      this.#input = output;
      if (output === undefined) this.#unknown.push('output of another program');
      return;
    }
    if (operator === '\n' && this.#documents.length > 0) this.#readDocuments();
    this.#endCommand();
  }

  #redirection(operator: string): void {
    if (operator.includes('&')) return;
    this.#take(BLANK);
    const from = this.#at;
    const word = this.#word();
    if (operator.endsWith('<<<')) this.#input = `${word}\n`;
    else if (operator.includes('<<')) {
      if (!/['"\\]/.test(this.#text.slice(from, this.#at)))
        this.#unknown.push('variables of a here-document');
      this.#documents.push({ end: word, tabs: operator.endsWith('-') });
    } else if (operator.endsWith('<')) this.#unknown.push(`the file ${word}`);
  }

  #readDocuments(): void {
    for (const { end, tabs } of this.#documents) {
      const from = this.#at;
      const lines: string[] = [];
      for (;;) {
        if (this.#at >= this.#text.length) unclosed('here-document', this.#text, from);
        const line = (this.#take(/[^\n]*/y) ?? '').replace(tabs ? /^\t+/ : /^$/, '');
        this.#at += 1;
        if (line === end) break;
        lines.push(`${line}\n`);
      }
      this.#input = lines.join('');
    }
    this.#documents = [];
  }

  #endCommand(): void {
    const input = this.#input === undefined ? {} : { input: this.#input };
    if (this.#words.length > 0) this.#commands.push({ words: this.#words, ...input });
    this.#words = [];
    this.#input = undefined;
  }

  #word(): string {
    const parts: string[] = [];
    for (let more = true; more && this.#at < this.#text.length; ) {
      const plain = this.#take(PLAIN);
      if (plain !== undefined) parts.push(plain);
      else if (this.#text[this.#at] === '&' && this.#isInAddress(parts)) {
        parts.push('&');
        this.#at += 1;
      } else {
        const quoted = this.#quoted();
        more = quoted !== undefined;
        if (quoted !== undefined) parts.push(quoted);
      }
    }
    return parts.join('');
  }

  /** Addresses are pasted without quotation marks all the time; an ampersand amid one is not meant for the shell. */
  #isInAddress(parts: readonly string[]): boolean {
    return (parts[0] ?? '').includes('://') && /[^\s&]/.test(this.#text[this.#at + 1] ?? '');
  }

  /** Something other than plain characters that belongs to a word; undefined at its end. */
  #quoted(): string | undefined {
    const from = this.#at;
    const literal = this.#take(/\$?'/y);
    if (literal === "'") {
      const inner = this.#take(/[^']*'/y);
      return inner?.slice(0, -1) ?? unclosed('quotation mark', this.#text, from);
    }
    if (literal !== undefined) {
      const inner = this.#take(/[^'\\]*(?:\\[\s\S][^'\\]*)*'/y);
      return inner === undefined
        ? unclosed('quotation mark', this.#text, from)
        : ansiString(inner.slice(0, -1));
    }
    if (this.#take(/\$?"/y) !== undefined) return this.#double(from);
    if (this.#take(/\\\n/y) !== undefined) return '';
    const escaped = this.#take(/\\[\s\S]?/y);
    if (escaped !== undefined) return escaped.slice(1);
    return this.#expansion();
  }

  #double(from: number): string {
    const parts: string[] = [];
    for (;;) {
      const plain = this.#take(IN_DOUBLE);
      if (plain !== undefined) parts.push(plain);
      else if (this.#take(/"/y) !== undefined) return parts.join('');
      else if (this.#take(/\\\n/y) !== undefined) continue;
      else {
        const escaped = this.#take(/\\[\s\S]/y);
        if (escaped !== undefined) parts.push(/[$`"\\]/.test(escaped[1] ?? '') ? escaped.slice(1) : escaped);
        else parts.push(this.#expansion() ?? unclosed('quotation mark', this.#text, from));
      }
    }
  }

  /** A variable or the output of a command: not known, kept as it stands. */
  #expansion(): string | undefined {
    const found = this.#take(VARIABLE) ?? this.#take(/`[^`\n]{0,500}`/y);
    if (found !== undefined) this.#unknown.push(found);
    return found ?? this.#take(/[$`]/y);
  }
}

/** @throws SluiceError `bad-file` for what is not closed */
export const bashWords = (text: string): ShellText => new Scanner(text).read();
