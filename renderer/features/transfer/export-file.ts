/**
 * Exports sessions as a file: the host prepares a job, the browser (or the shell) downloads it like any file, and a toast follows how far
 * it is. The window never holds the file, so that its size does not matter.
 */
import type { ExportProgress, ExportRequest } from '#model/contract/contract.ts';
import type { SluiceError } from '#model/errors.ts';
import { summaryLine } from '#model/redaction.ts';
import { exportJobAddress, startDownload } from '../../platform/host-files.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { redactionText } from '../../text/redaction.ts';
import { transferText } from '../../text/sessions.ts';
import { startTask, type Task } from '../../ui/task.ts';
import { toast } from '../../ui/toast.ts';
import { lossNote } from './losses-toast.ts';

/** "/captures/2026-11-24_08-32-27.sluice" → "2026-11-24_08-32-27.har". */
export function exportName(capture: string, extension = '.har'): string {
  const name = capture.split(/[\\/]/).at(-1) ?? '';
  return `${name.replace(/\.sluice$/, '') || 'sluice'}${extension}`;
}

/** Resolves when the file has been handed over or will not be. @throws SluiceError when it cannot even begin. */
export async function exportFile(
  rpc: RpcClient,
  what: ExportRequest,
  name: string,
  download: (address: string) => void = startDownload,
): Promise<void> {
  const { id, total } = await rpc.call('exports.start', what);
  if (total === 0) {
    toast(transferText.nothing);
    return;
  }
  const task = startTask(transferText.exporting(total));
  task.signal.addEventListener('abort', () => void rpc.call('exports.cancel', { id }).catch(() => undefined));
  download(exportJobAddress(id, name));
  const last = await followed(rpc, id, task);
  if (last.state === 'done') {
    const masked = last.redaction === undefined ? transferText.exportedTo(name) : summaryLine(last.redaction);
    const lost = lossNote(last.losses);
    const detail = [lost?.text, masked].filter((text) => text !== undefined).join(' ');
    task.done(transferText.exported(last.written), {
      ...(detail === '' ? {} : { detail }),
      ...(lost ? { action: lost.action } : {}),
    });
  } else if (last.state === 'cancelled') task.done(transferText.exportCancelled, { tone: 'info' });
  else task.fail(transferText.exportFailed, last.problem);
}

/** The last that is said of the job. */
function followed(rpc: RpcClient, id: string, task: Task): Promise<ExportProgress> {
  return new Promise((resolve) => {
    let last: ExportProgress = { state: 'failed', written: 0, total: 0 };
    const failed = (error?: SluiceError) =>
      resolve({ ...last, state: 'failed', ...(error ? { problem: error.message } : {}) });
    rpc.watch(
      'exports.watch',
      { id },
      {
        item(progress) {
          last = progress;
          if (progress.state === 'running') {
            const { written, total, looked = 0 } = progress;
            // Looking for secrets in all of them comes first.
            if (written === 0 && looked > 0)
              task.progress(looked / total, redactionText.looking(looked, total));
            else task.progress(written / total, transferText.exportProgress(written, total));
          }
        },
        end: () => resolve(last),
        error: failed,
      },
    );
  });
}
