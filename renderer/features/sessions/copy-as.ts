/** Copies sessions as text: addresses, curl command lines, fetch calls. Several stand one below the other. */
import { toCurl } from '#formats/curl/write-curl.ts';
import { toFetch } from '#formats/fetch.ts';
import { SluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { App } from '../../app.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { readBody, readSession } from '../../rpc/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { toast } from '../../ui/toast.ts';

export type CopyFormat = 'url' | 'curl' | 'fetch';
const NAMES = { url: 'URL', curl: 'cURL', fetch: 'fetch' } as const;

/** A browser allows writing to the clipboard for some seconds after the key press: no more are read than go in that time. */
const MOST = 200;
/** A body beyond this is for a file, not for a clipboard. */
const MOST_BODY_BYTES = 4 * 1024 * 1024;

/** @throws SluiceError `too-large`, `not-found`, `not-allowed`, and what the clipboard says. */
export async function copyAs(
  { rpc, platform }: Pick<App, 'rpc' | 'platform'>,
  format: CopyFormat,
  ids: readonly SessionId[],
): Promise<void> {
  if (ids.length > MOST) throw new SluiceError('too-large', sessionsText.tooMany('copied', MOST));
  const texts: string[] = [];
  for (const id of ids) texts.push(await textOf(rpc, format, id));
  await platform.copyText(texts.join(format === 'url' ? '\n' : '\n\n'));
  toast(sessionsText.copied(NAMES[format], ids.length), { tone: 'ok', timeout: 2500 });
}

async function textOf(rpc: RpcClient, format: CopyFormat, id: SessionId): Promise<string> {
  const session = await readSession(rpc, id);
  if (format === 'url') return session.row.url;
  const { size } = session.request.body;
  const body = size === 0 ? new Uint8Array(0) : await readBody(rpc, id, 'request', MOST_BODY_BYTES);
  return format === 'curl' ? toCurl(session, body) : toFetch(session, body);
}
