/**
 * curl options as a command for cmd.exe's prompt. Two parsers read it one after the other: cmd takes carets off, then the C runtime of
 * curl.exe takes quotation marks and backslashes apart. So a value is quoted for the second and every mark in it is careted for the first,
 * also its quotation marks: cmd then never thinks that it is inside quotation marks. A percent sign is careted too, which breaks the name of
 * any variable. In a batch file percent signs would have to be doubled; this is for pasting.
 *
 * A body that is not plain ASCII on one line, or too long for a command line, goes by way of a temporary file.
 */
import { base64, byteString, readable } from '../octets.ts';
import type { CurlOption } from './curl-options.ts';

/** cmd.exe reads lines up to 8191 characters. */
const MOST_LINE = 8000;
/** Base64 characters a line, as certutil itself writes them. */
const BASE64_LINE = 64;
const CODED = '"%TEMP%\\sluice-body.b64"';
const FILE = '%TEMP%\\sluice-body.bin';

export function cmdCommand(options: readonly CurlOption[], body: Uint8Array): string {
  const words = options.map(({ name, value }) => {
    if (name === '--url') return quoted(readable(value ?? ''));
    return value === undefined ? name : `${name} ${quoted(readable(value).replace(/\p{C}/gu, ' '))}`;
  });
  const command = (last: readonly string[]) => `curl ${[...words, ...last].join(' ^\n  ')}`;
  if (body.length === 0) return command([]);
  const data = byteString(body);
  if (data.length < MOST_LINE && /^[ -~]*$/.test(data)) {
    const inline = command([`--data-raw ${quoted(data)}`]);
    if (inline.length < MOST_LINE) return inline;
  }
  const lines = base64(body).match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? [];
  return [
    `>${CODED} (`,
    ...lines.map((line) => `echo ${line}`),
    ')',
    `certutil -f -decode ${CODED} "${FILE}" >nul`,
    command([`--data-binary "@${FILE}"`]),
  ].join('\n');
}

/**
 * What the C runtime reads as `text`: backslashes count only before a quotation mark, where they are doubled. Every run of them is matched
 * whole, so that a long one costs its length and not its square.
 */
function argument(text: string): string {
  const inner = text.replace(
    /(\\+)("?)|"/g,
    (found: string, run: string | undefined, mark: string, at: number) => {
      if (run === undefined) return '\\"';
      if (mark !== '') return `${run}${run}\\"`;
      return at + found.length === text.length ? run + run : run;
    },
  );
  return `"${inner}"`;
}

const quoted = (text: string) => argument(text).replace(/["^&|<>()%!]/g, '^$&');
