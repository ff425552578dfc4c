/** curl commands as files: a script for bash, and one for PowerShell. For cmd a script needs other quoting than its prompt; there is none. */
import type { FullSession } from '#model/session.ts';
import type { Format, WriteOptions } from '../format.ts';
import type { Losses } from '../losses.ts';
import { readable } from '../octets.ts';
import { addRequestsOnly, writesRequest } from '../request-only.ts';
import { changesInPowershell } from './powershell-text.ts';
import { type CurlShell, toCurl } from './write-curl.ts';

/** What curl makes of a request in another way than it was. */
function addCurlLosses({ session }: FullSession, shell: CurlShell, losses: Losses): void {
  const { httpVersion, headers } = session.request.head;
  if (/^HTTP\/[23]/.test(httpVersion)) losses.add('the version of HTTP, which curl chooses', httpVersion);
  for (const [name, value] of headers) {
    if (shell === 'powershell' && changesInPowershell(value))
      losses.add('octets of a header that are not UTF-8', readable(name));
  }
}

const writer = (shell: CurlShell, first: string) =>
  async function* write(
    sessions: AsyncIterable<FullSession>,
    { losses }: WriteOptions,
  ): AsyncGenerator<string> {
    addRequestsOnly(losses);
    yield first;
    for await (const full of sessions) {
      if (!writesRequest(full, losses)) continue;
      addCurlLosses(full, shell, losses);
      const { row } = full.session;
      const title = `${row.id} ${readable(row.method)} ${readable(row.url)}`
        .replace(/\p{C}+/gu, ' ')
        .slice(0, 200);
      yield `\n# ${title}\n${toCurl(full.session, full.requestBody, shell)}\n`;
    }
  };

export const CURL_FORMAT: Format = {
  id: 'curl',
  title: 'cURL commands for bash',
  extensions: ['.sh'],
  mediaType: 'text/x-shellscript; charset=utf-8',
  exporter: { write: writer('bash', '#!/usr/bin/env bash\n') },
};

export const CURL_POWERSHELL_FORMAT: Format = {
  id: 'curl-powershell',
  title: 'cURL commands for PowerShell',
  extensions: ['.ps1'],
  mediaType: 'text/plain; charset=utf-8',
  // Windows PowerShell reads a script without a byte order mark in the system's old code page.
  exporter: { write: writer('powershell', '\ufeff') },
};
