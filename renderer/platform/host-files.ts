/** Files that the host streams by HTTP, past the WebSocket: exports as downloads, imports as uploads. */

import * as z from 'zod';
import { type ErrorCode, SluiceError } from '#model/errors.ts';
import { LossReport } from '#model/loss-report.ts';

/** Address of a file that `exports.start` prepared; it can be had once. */
export function exportJobAddress(job: string, name: string): string {
  return `/api/export?${new URLSearchParams({ job, download: name })}`;
}

/** Lets the browser, or the shell around it, save what the host answers. */
export function startDownload(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

const ImportAnswer = z.object({ imported: z.int(), losses: LossReport });
export type ImportAnswer = z.infer<typeof ImportAnswer>;

export interface UploadOptions {
  readonly signal: AbortSignal;
  readonly password?: string;
  /** Told which part of the file, up to 1, has been sent; the host reads it as it comes. */
  readonly onProgress?: (part: number) => void;
}
const Failure = z.object({ code: z.string(), message: z.string() });

/** Uploads a file of sessions; answers what came of it. @throws SluiceError, also when `signal` cancels it. */
export function uploadFile(
  file: File,
  { signal, password, onProgress = () => {} }: UploadOptions,
): Promise<ImportAnswer> {
  return new Promise((resolve, reject) => {
    const cancelled = () => reject(new SluiceError('cancelled', 'The import was cancelled.'));
    if (signal.aborted) return cancelled();
    // fetch tells nothing of how far an upload is.
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1);
    request.onload = () => {
      try {
        resolve(importedOf(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onabort = cancelled;
    request.onerror = () =>
      reject(new SluiceError('connection-lost', 'The file could not be sent to Sluice. Try again.'));
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.open('POST', `/api/import?${new URLSearchParams({ name: file.name })}`);
    request.setRequestHeader('content-type', 'application/json');
    // Not in the address, which is remembered.
    if (password !== undefined) request.setRequestHeader('x-sluice-password', encodeURIComponent(password));
    request.send(file);
  });
}

function importedOf(status: number, text: string): ImportAnswer {
  const body = parse(text);
  const answer = ImportAnswer.safeParse(body);
  if (status === 200 && answer.success) return answer.data;
  const failure = Failure.safeParse(body);
  if (failure.success) throw new SluiceError(failure.data.code as ErrorCode, failure.data.message);
  throw new SluiceError('internal', `The import failed with status ${status}.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
