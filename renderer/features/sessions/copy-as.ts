/**
 * Copies sessions as text: addresses, command lines, code. Several stand one below the other. Secrets are masked by the host,
 * unless the user wants them in copies; a toast says so, with a way to copy again as captured.
 */
import { copyTarget } from '#formats/snippets/copy-targets.ts';
import type { CopiedRequest } from '#model/contract/contract.ts';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { App } from '../../app.ts';
import { masksCopies, patternsOf } from '../../state/exporting.ts';
import { usePreferences } from '../../state/preferences.ts';
import { redactionText } from '../../text/redaction.ts';
import { sessionsText } from '../../text/sessions.ts';
import { toast } from '../../ui/toast.ts';

/** `url`, `markdown` or `rows` for tables, or the id of a target in formats/snippets/copy-targets.ts. */
export type CopyFormat = string;

/** What the toast calls it. */
function nameOf(format: CopyFormat): string {
  if (format === 'url') return 'URL';
  if (format === 'markdown') return 'Markdown table';
  if (format === 'rows') return 'Table';
  return format === 'curl' ? 'cURL' : copyTarget(format).title;
}

/** A browser allows writing to the clipboard for some seconds after the key press: no more are read than go in that time. */
const MOST = 200;

/**
 * `masked`: whether secrets are; what the user chose in the settings unless given.
 * @throws SluiceError `too-large`, `not-found`, `not-allowed`, and what the clipboard says.
 */
export async function copyAs(
  app: Pick<App, 'rpc' | 'platform'>,
  format: CopyFormat,
  ids: readonly SessionId[],
  masked: boolean = masksCopies(usePreferences.getState()),
): Promise<void> {
  const { rpc, platform } = app;
  if (ids.length > MOST) throw new SluiceError('too-large', sessionsText.tooMany('copied', MOST));
  const choice = masked ? { patterns: [...patternsOf(usePreferences.getState())] } : ('off' as const);
  const { requests, redaction } = await rpc.call('exports.requests', { ids: [...ids], redaction: choice });
  await platform.copyText(await allOf(format, requests));
  const secrets = redaction?.kinds.reduce((sum, kind) => sum + kind.secrets, 0) ?? 0;
  const title = sessionsText.copied(nameOf(format), ids.length);
  if (secrets === 0) {
    toast(title, { tone: 'ok', timeout: 2500 });
    return;
  }
  const again = () =>
    copyAs(app, format, ids, false).catch((cause: unknown) =>
      toast(toSluiceError(cause).message, { tone: 'err' }),
    );
  toast(title, {
    tone: 'ok',
    detail: redactionText.copiedMasked(secrets),
    action: { label: redactionText.copyAgain, run: () => void again() },
  });
}

async function allOf(format: CopyFormat, requests: readonly CopiedRequest[]): Promise<string> {
  if (format === 'markdown' || format === 'rows') {
    const { markdownTable, tabbedRows } = await import('./table-text.ts');
    const rows = requests.map(({ session }) => session.row);
    return format === 'markdown' ? markdownTable(rows) : tabbedRows(rows);
  }
  const texts: string[] = [];
  for (const request of requests) texts.push(await textOf(format, request));
  return texts.join(format === 'url' ? '\n' : '\n\n');
}

async function textOf(format: CopyFormat, { session, body }: CopiedRequest): Promise<string> {
  return format === 'url' ? session.row.url : copyTarget(format).write(session, body);
}
