/** Everything that one request can be written as for people to copy: command lines, calls, code, a section of a .http file. */
import { SluiceError } from '#model/errors.ts';
import type { Session } from '#model/session.ts';
import { toCurl } from '../curl/write-curl.ts';
import { toFetch } from '../fetch.ts';
import { httpFileSection } from '../http-file/write-http-file.ts';
import { Losses } from '../losses.ts';
import { SNIPPET_TARGETS } from './snippet-targets.ts';

export interface CopyTarget {
  /** For `--as` and actions; never renamed. */
  readonly id: string;
  readonly title: string;
  /** @param body the request body as captured. @throws SluiceError `not-allowed` */
  write(session: Session, body: Uint8Array): string | Promise<string>;
}

function httpFile(session: Session, requestBody: Uint8Array): string {
  const losses = new Losses();
  const text = httpFileSection(
    { session, requestBody, responseBody: new Uint8Array(), messages: [] },
    losses,
  );
  const [lost] = losses.report().losses;
  if (lost === undefined) return text.trimEnd();
  throw new SluiceError(
    'not-allowed',
    `A .http file cannot hold this request: ${lost.what}. Copy it as cURL.`,
  );
}

/** In the order of menus. */
export const COPY_TARGETS: readonly CopyTarget[] = [
  { id: 'curl', title: 'cURL (bash)', write: (session, body) => toCurl(session, body, 'bash') },
  {
    id: 'curl-powershell',
    title: 'cURL (PowerShell)',
    write: (session, body) => toCurl(session, body, 'powershell'),
  },
  { id: 'curl-cmd', title: 'cURL (cmd)', write: (session, body) => toCurl(session, body, 'cmd') },
  { id: 'fetch', title: 'fetch', write: toFetch },
  { id: 'http', title: 'HTTP request (.http)', write: httpFile },
  ...SNIPPET_TARGETS.map(
    (target): CopyTarget => ({
      id: target.id,
      title: target.title,
      async write(session, body) {
        const { toSnippet } = await import('./write-snippet.ts');
        return toSnippet(session, body, target);
      },
    }),
  ),
];

/** @throws SluiceError `usage` naming those that there are */
export function copyTarget(id: string): CopyTarget {
  const found = COPY_TARGETS.find((one) => one.id === id);
  if (found) return found;
  throw new SluiceError(
    'usage',
    `"${id}" is nothing to copy as: use one of ${COPY_TARGETS.map((one) => one.id).join(', ')}.`,
  );
}
