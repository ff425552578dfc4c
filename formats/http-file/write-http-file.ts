/**
 * Sessions' requests as a .http file for VS Code's REST Client and JetBrains' HTTP Client. The format has no escapes: a body that would be
 * read as something else, or that is not text, is left out and reported.
 */
import type { FullSession } from '#model/session.ts';
import type { Format } from '../format.ts';
import type { Losses } from '../losses.ts';
import { readable, utf8Text } from '../octets.ts';
import { addRequestsOnly, writesRequest } from '../request-only.ts';

/** Framing and the connection are the client's own. */
const LEFT_OUT = /^(?:content-length|transfer-encoding|connection|proxy-connection|keep-alive|:.*)$/i;

/** What the clients read as their own inside a body: another request, a file, a script, a variable. */
const READ_OTHERWISE = /^(?:###|<[ @]|>[ >{]|<>)|\{\{/m;

const oneLine = (text: string) => text.replace(/\p{C}+/gu, ' ');

function bodyText(body: Uint8Array, losses: Losses): string {
  const text = utf8Text(body);
  if (text === undefined || /[^\P{C}\t\r\n]/u.test(text)) {
    losses.add('body that is not text', `${body.length} bytes`);
    return `# ${body.length} bytes that are not text were left out here\n`;
  }
  if (READ_OTHERWISE.test(text)) {
    losses.add('body that would be read as something else', `${body.length} bytes`);
    return `# ${body.length} bytes that this format would read as something else were left out here\n`;
  }
  if (/\r|^\s*\n|\s$/.test(text)) losses.add('blanks and line ends at the ends of the body');
  return `\n${text}\n`;
}

/** One request, its section line first; "" for a session that has none. */
export function httpFileSection(full: FullSession, losses: Losses): string {
  if (!writesRequest(full, losses)) return '';
  const { row, request } = full.session;
  const title = row.comment === undefined || row.comment === '' ? `${row.method} ${row.path}` : row.comment;
  const lines = [
    `### ${row.id} ${oneLine(readable(title)).slice(0, 200)}`,
    `${row.method} ${readable(row.url)}`,
  ];
  for (const [name, value] of request.head.headers) {
    if (LEFT_OUT.test(name)) continue;
    if (/\{\{|\p{C}/u.test(readable(value))) losses.add('header that is read in another way', readable(name));
    lines.push(`${readable(name)}: ${oneLine(readable(value))}`);
  }
  const body = full.requestBody.length === 0 ? '' : bodyText(full.requestBody, losses);
  return `${lines.join('\n')}\n${body}\n`;
}

export const HTTP_FILE_FORMAT: Format = {
  id: 'http',
  title: 'HTTP requests (.http)',
  extensions: ['.http', '.rest'],
  mediaType: 'text/plain; charset=utf-8',
  exporter: {
    async *write(
      sessions: AsyncIterable<FullSession>,
      { losses }: { readonly losses: Losses },
    ): AsyncGenerator<string> {
      addRequestsOnly(losses);
      for await (const full of sessions) yield httpFileSection(full, losses);
    },
  },
};
