/**
 * A session's request as a curl command line, for "copy as cURL" and exports. Pure: the workbench imports it. Which options there are is
 * decided in curl-options.ts; each shell has a file that quotes them.
 */
import type { Session } from '#model/session.ts';
import { bashCommand } from './bash-text.ts';
import { cmdCommand } from './cmd-text.ts';
import { curlOptions } from './curl-options.ts';
import { powershellCommand } from './powershell-text.ts';

/** `bash` is for zsh too. */
export const CURL_SHELLS = ['bash', 'powershell', 'cmd'] as const;
export type CurlShell = (typeof CURL_SHELLS)[number];

const WRITERS = { bash: bashCommand, powershell: powershellCommand, cmd: cmdCommand } as const;

/**
 * The command line, one option a line.
 * @param body the request body as captured (before content decoding)
 */
export const toCurl = (session: Session, body: Uint8Array, shell: CurlShell = 'bash'): string =>
  WRITERS[shell](curlOptions(session, body.length > 0), body);
