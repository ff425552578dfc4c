/**
 * curl options as a command for PowerShell, Windows PowerShell 5.1 included. The two hand arguments with quotation marks in them to programs
 * in different ways, so nothing that was captured goes into an argument: the options are a config file for curl (`--config -`) in a
 * single-quoted here-string, in which PowerShell replaces nothing. A body that is not text goes by way of a temporary file.
 *
 * It writes `curl.exe`, because `curl` is another command in Windows PowerShell.
 */
import { bytesOf } from '#model/head-text.ts';
import { base64, readable, utf8Text } from '../octets.ts';
import type { CurlOption } from './curl-options.ts';

export function powershellCommand(options: readonly CurlOption[], body: Uint8Array): string {
  const text = printable(body);
  const lines = options.map(({ name, value }) =>
    value === undefined ? name.slice(2) : `${name.slice(2)} = ${quoted(shown(value))}`,
  );
  if (body.length > 0 && text !== undefined) lines.push(`data-raw = ${quoted(text)}`);
  const config = `@'\n${lines.join('\n')}\n'@`;
  const extra = text === undefined ? ' --data-binary "@$body"' : '';
  const piped = `${config} | curl.exe --config -${extra}`;
  const before: string[] = [];
  const after: string[] = [];
  if (text === undefined) {
    before.push(
      '$body = [IO.Path]::GetTempFileName()',
      `[IO.File]::WriteAllBytes($body, [Convert]::FromBase64String('${base64(body)}'))`,
    );
    after.push('Remove-Item $body');
  }
  // Windows PowerShell pipes text as ASCII unless told otherwise; inside braces it is told for this command alone.
  if (/[^\n -~]/.test(config)) {
    before.push('& { $OutputEncoding = [Text.UTF8Encoding]::new($false)');
    return [...before, `${piped} }`, ...after].join('\n');
  }
  return [...before, piped, ...after].join('\n');
}

/** Header values that are not UTF-8 cannot be told apart here from the same characters in UTF-8; what is shown is what is sent. */
const shown = (bytes: string) => readable(bytes).replace(/[^\P{C}\t]/gu, ' ');

/** The body as text that a here-string and a config line can hold: nothing invisible but tabs and line ends. */
function printable(body: Uint8Array): string | undefined {
  const text = utf8Text(body);
  return text === undefined || /[^\P{C}\t\r\n]|[\u2028\u2029]/u.test(text) ? undefined : text;
}

/** A config value, by curl's rules for one in quotation marks. It never holds a line end, so nothing of it can end the here-string. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
const quoted = (text: string) => `"${text.replace(/[\\"\t\n\r]/g, (char) => ESCAPES[char] ?? char)}"`;

/** Whether the header of these octets goes out as other octets. */
export const changesInPowershell = (bytes: string): boolean =>
  utf8Text(bytesOf(bytes)) === undefined || shown(bytes) !== readable(bytes);
