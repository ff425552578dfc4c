/** Files that the host streams by HTTP, past the WebSocket: exports as downloads, imports as uploads. */

import * as z from 'zod';
import { type ErrorCode, SluiceError } from '#model/errors.ts';

/** Address of a HAR export: of these sessions, or of those a filter selects; "" selects all. */
export function harExportAddress(
  what: { readonly filter: string } | { readonly ids: readonly number[] },
): string {
  const parameters = new URLSearchParams();
  if ('ids' in what) parameters.set('ids', what.ids.join(','));
  else if (what.filter) parameters.set('filter', what.filter);
  const query = parameters.toString();
  return `/api/export/har${query ? `?${query}` : ''}`;
}

/** Lets the browser, or the shell around it, save what the host answers. */
export function startDownload(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

const ImportAnswer = z.object({ imported: z.int() });
const Failure = z.object({ code: z.string(), message: z.string() });

/** Uploads a HAR; answers how many sessions came of it. @throws SluiceError, also when `signal` cancels it. */
export async function uploadHar(file: Blob, signal: AbortSignal): Promise<number> {
  let answer: Response;
  try {
    answer = await fetch('/api/import/har', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: file,
      signal,
    });
  } catch (cause) {
    if (signal.aborted) throw new SluiceError('cancelled', 'The import was cancelled.', { cause });
    throw new SluiceError('connection-lost', 'The file could not be sent to Sluice. Try again.', { cause });
  }
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return ImportAnswer.parse(body).imported;
  const failure = Failure.safeParse(body);
  if (failure.success) throw new SluiceError(failure.data.code as ErrorCode, failure.data.message);
  throw new SluiceError('internal', `The import failed with status ${answer.status}.`);
}
