/** Reads requests out of a text in a worker: a hostile or huge one costs its worker, never the window. */
import type { ReadRequests } from '#formats/requests/read-requests.ts';
import { SluiceError } from '#model/errors.ts';
import type { ReadAnswer, ReadQuestion } from './protocol.ts';

/** Longest time a text may take, in ms. */
export const READ_LIMIT_MS = 15_000;

/** What is needed of a Worker; tests give one of their own. */
export interface ReaderWorker {
  onmessage: ((event: MessageEvent<ReadAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(question: ReadQuestion): void;
  terminate(): void;
}

const spawn = (): ReaderWorker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** @throws SluiceError what the reader says, `too-large` when it takes too long */
export function readInWorker(
  question: ReadQuestion,
  makeWorker: () => ReaderWorker = spawn,
  limitMs = READ_LIMIT_MS,
): Promise<ReadRequests> {
  return new Promise((resolve, reject) => {
    const worker = makeWorker();
    const fail = (error: SluiceError) => {
      end();
      reject(error);
    };
    const timer = setTimeout(
      () =>
        fail(
          new SluiceError(
            'too-large',
            `Reading this took longer than ${limitMs / 1000} s: try a smaller part of it.`,
          ),
        ),
      limitMs,
    );
    const end = () => {
      clearTimeout(timer);
      worker.terminate();
    };
    worker.onmessage = ({ data }) => {
      if (!data.ok) return fail(new SluiceError(data.code, data.message));
      end();
      resolve(data.read);
    };
    worker.onerror = () => fail(new SluiceError('internal', 'The reader of requests stopped unexpectedly.'));
    worker.postMessage(question);
  });
}
