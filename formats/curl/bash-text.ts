/**
 * curl options as a command for bash and zsh: plain text and UTF-8 stand in single quotes, anything else in `$'…'`. A body with NUL octets,
 * which no argument can hold, or longer than an argument may be, comes through printf (a builtin without that limit) and a pipe.
 */
import { bytesOf } from '#model/head-text.ts';
import { byteString, utf8Text } from '../octets.ts';
import type { CurlOption } from './curl-options.ts';

/** Linux allows 128 KiB for one argument (MAX_ARG_STRLEN). */
const MOST_ARGUMENT = 100_000;

export function bashCommand(options: readonly CurlOption[], body: Uint8Array): string {
  const words = options.map(({ name, value }) => {
    if (name === '--url') return quote(value ?? '');
    return value === undefined ? name : `${name} ${quote(value)}`;
  });
  const command = (pipe: string, last: readonly string[]) =>
    `${pipe}curl ${[...words, ...last].join(' \\\n  ')}`;
  if (body.length === 0) return command('', []);
  const data = byteString(body);
  if (data.includes('\0')) return command(`printf '%b' ${printfQuote(data)} | `, ['--data-binary @-']);
  if (data.length > MOST_ARGUMENT) return command(`printf '%s' ${quote(data)} | `, ['--data-binary @-']);
  return command('', [`--data-raw ${quote(data)}`]);
}

/** A byte string as one shell word: readable where its bytes are printable UTF-8, `$'…'` escapes (bash, zsh) otherwise. */
function quote(bytes: string): string {
  const text = printableText(bytes);
  if (text !== undefined) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${escaped(bytes, { '\n': '\\n', '\r': '\\r', '\t': '\\t', "'": "\\'" })}'`;
}

/** For printf's %b, which alone among shell means can write NUL. Octal with a leading zero, as POSIX wants. */
function printfQuote(bytes: string): string {
  const text = bytes.replace(/[^\x20-\x7e]|[\\']/g, (char) => octal(char, '\\0'));
  return `'${text}'`;
}

function escaped(bytes: string, named: Readonly<Record<string, string>>): string {
  return bytes.replace(/[^\x20-\x7e]|[\\']/g, (char) =>
    char === '\\' ? '\\\\' : (named[char] ?? octal(char, '\\')),
  );
}

// Three digits always, so that a digit that follows is not taken for part of it.
const octal = (char: string, prefix: string) => prefix + char.charCodeAt(0).toString(8).padStart(3, '0');

/** The text, if single quotes can hold it: line ends survive them; control characters and invisible formatting do not survive a clipboard. */
function printableText(bytes: string): string | undefined {
  const text = utf8Text(bytesOf(bytes));
  return text === undefined || /[^\P{C}\n]|[\u2028\u2029]/u.test(text) ? undefined : text;
}
