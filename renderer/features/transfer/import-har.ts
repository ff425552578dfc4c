/** Imports a HAR that the user chose or dropped: uploaded to the host, which reads it as it comes. One sentence says what came of it. */
import { toSluiceError } from '#model/errors.ts';
import { uploadHar } from '../../platform/host-files.ts';
import { transferText } from '../../text/sessions.ts';
import { startTask } from '../../ui/task.ts';
import { toast } from '../../ui/toast.ts';

/** For file choosers. */
export const HAR_FILES = '.har,.json,application/json';

/** By its name alone: what is in it the host judges. */
export const looksLikeHar = (name: string): boolean => /\.(?:har|json)$/i.test(name);

/** Resolves when it is over, well or not; never rejects. */
export async function importHar(file: File, upload: typeof uploadHar = uploadHar): Promise<void> {
  const { name } = file;
  if (!looksLikeHar(name)) {
    toast(transferText.notHar(name), { tone: 'err' });
    return;
  }
  const task = startTask(transferText.importing(name));
  try {
    const imported = await upload(file, task.signal, (part) =>
      task.progress(part < 1 ? part : null, part < 1 ? undefined : transferText.reading),
    );
    if (imported > 0) task.done(transferText.imported(imported), { detail: transferText.importedFrom(name) });
    else task.done(transferText.importedNone(name), { tone: 'info' });
  } catch (cause) {
    const { code, message } = toSluiceError(cause);
    if (code === 'cancelled') task.done(transferText.importCancelled, { tone: 'info' });
    else {
      const kept = code === 'bad-har' ? ` ${transferText.keptBefore}` : '';
      task.fail(transferText.importFailed(name), `${message}${kept}`);
    }
  }
}
