/**
 * Imports a file that the user chose or dropped: uploaded to the host, which knows its format and reads it as it comes. One sentence says
 * what came of it, and what of the file was lost.
 */
import { toSluiceError } from '#model/errors.ts';
import { uploadFile } from '../../platform/host-files.ts';
import { askPassword } from '../../state/files.ts';
import { transferText } from '../../text/sessions.ts';
import { startTask, type Task } from '../../ui/task.ts';
import { lossNote } from './losses-toast.ts';

/** For file choosers: what formats there are, compressed too, and JSON that may be one of them. */
export const filesToOffer = (formats: readonly { reads: boolean; extensions: readonly string[] }[]): string =>
  [
    ...formats.filter(({ reads }) => reads).flatMap(({ extensions }) => extensions),
    '.zhar',
    '.gz',
    '.json',
  ].join(',');

/** After these the host has kept what stood before the place of the fault. */
const KEPT = new Set(['bad-har', 'bad-file']);

/** Resolves when it is over, well or not; never rejects. */
export async function importFile(file: File, upload = uploadFile, ask = askPassword): Promise<void> {
  let password: string | undefined;
  for (;;) {
    const task = startTask(transferText.importing(file.name));
    const again = await attempt(file, task, upload, password);
    if (again === undefined) return;
    password = await ask(file.name, password !== undefined);
    if (password === undefined) return;
  }
}

/** "password" when the file wants one, or another one. */
async function attempt(
  file: File,
  task: Task,
  upload: typeof uploadFile,
  password: string | undefined,
): Promise<'password' | undefined> {
  const { name } = file;
  try {
    const { imported, losses } = await upload(file, {
      signal: task.signal,
      ...(password === undefined ? {} : { password }),
      onProgress: (part) =>
        task.progress(part < 1 ? part : null, part < 1 ? undefined : transferText.reading),
    });
    const lost = lossNote(losses);
    const detail = [transferText.importedFrom(name), ...(lost ? [lost.text] : [])].join('. ');
    if (imported > 0) {
      task.done(transferText.imported(imported), { detail, ...(lost ? { action: lost.action } : {}) });
    } else task.done(transferText.importedNone(name), { tone: 'info' });
  } catch (cause) {
    const { code, message } = toSluiceError(cause);
    if (code === 'password') {
      task.close();
      return code;
    }
    if (code === 'cancelled') task.done(transferText.importCancelled, { tone: 'info' });
    else if (code === 'unknown-format') task.fail(transferText.notImported(name), message);
    else {
      const kept = KEPT.has(code) ? ` ${transferText.keptBefore}` : '';
      task.fail(transferText.importFailed(name), `${message}${kept}`);
    }
  }
  return undefined;
}
