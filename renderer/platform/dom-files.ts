/** Files by means every browser has, Electron's included: a download link and a file input. */

/** Long enough for a browser to have begun reading the blob; it keeps what it has begun. */
const REVOKE_AFTER_MS = 60_000;

/** Starts a download of `data` under `name`; where it goes is between browser and user. */
export function downloadBlob(name: string, data: Blob): void {
  const url = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}

/** Shows the browser's file chooser. Must be called from a user's gesture. */
export function pickFile(accept: string): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}
