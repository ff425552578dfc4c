/** A command pasted where an address goes becomes the request that it sends; anything else is pasted as text. */
import { type ClipboardEvent, useCallback } from 'react';
import { looksLikeCurl } from '#formats/curl/read-curl.ts';
import { toSluiceError } from '#model/errors.ts';
import { useComposer } from '../../../state/composer.ts';
import { toast } from '../../../ui/toast.ts';
import { draftOfImported } from '../draft.ts';
import { composerText } from '../text.ts';
import { readInWorker } from './read-in-worker.ts';

/** `key`: the draft that is filled. */
export function usePasteRequest(key: number): (event: ClipboardEvent<HTMLInputElement>) => void {
  return useCallback(
    (event) => {
      const text = event.clipboardData.getData('text/plain');
      if (!looksLikeCurl(text)) return;
      event.preventDefault();
      const fill = async () => {
        const { requests, losses } = await readInWorker({ text, name: '' });
        const [request] = requests;
        if (request === undefined) return;
        const { method, url, headers, body } = draftOfImported(key, request);
        useComposer.getState().edit(key, { method, url, headers, body });
        const detail = [
          ...(requests.length > 1 ? [composerText.pastedFirst(requests.length)] : []),
          ...(losses.counts.length > 0 ? losses.counts.map(({ what }) => composerText.notTaken(what)) : []),
        ];
        toast(
          composerText.pasted,
          detail.length > 0 ? { detail: detail.join(' ') } : { tone: 'ok', timeout: 2500 },
        );
      };
      fill().catch((cause: unknown) => toast(toSluiceError(cause).message, { tone: 'err' }));
    },
    [key],
  );
}
