/** Reads requests out of one text and answers; the window ends the worker when it takes too long (THREATS R3, S1). */
import { readRequests } from '#formats/requests/read-requests.ts';
import { toSluiceError } from '#model/errors.ts';
import type { ReadAnswer, ReadQuestion } from './protocol.ts';

// The renderer's types are the window's; a worker's global differs only in what postMessage takes.
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<ReadQuestion>) => void) | null;
  postMessage(answer: ReadAnswer): void;
};

scope.onmessage = ({ data }) => {
  readRequests(data.text, data.name).then(
    (read) => scope.postMessage({ ok: true, read }),
    (error: unknown) => {
      const { code, message } = toSluiceError(error);
      scope.postMessage({ ok: false, code, message });
    },
  );
};
