/** Formats text in a worker, one at a time: a text that takes longer than the limit costs its worker, never the window. */
import type { FormatLanguage } from './format.ts';
import type { FormatAnswer, FormatRequest } from './protocol.ts';

/** Longest time a text may take, in ms. */
export const FORMAT_LIMIT_MS = 4000;

/** What is needed of a Worker; tests give one of their own. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<FormatAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: FormatRequest): void;
  terminate(): void;
}

const spawn = (): WorkerLike => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** The formatted text, or why there is none. Never rejects; aborting resolves with a message nobody will see. */
export function formatInWorker(
  language: FormatLanguage,
  source: string,
  signal: AbortSignal,
  makeWorker: () => WorkerLike = spawn,
  limitMs = FORMAT_LIMIT_MS,
): Promise<FormatAnswer> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ ok: false, message: 'cancelled' });
    const worker = makeWorker();
    const finish = (answer: FormatAnswer) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      worker.terminate();
      resolve(answer);
    };
    const cancel = () => finish({ ok: false, message: 'cancelled' });
    const timer = setTimeout(
      () => finish({ ok: false, message: `formatting took longer than ${limitMs / 1000} s` }),
      limitMs,
    );
    signal.addEventListener('abort', cancel);
    worker.onmessage = ({ data }) => finish(data);
    worker.onerror = () => finish({ ok: false, message: 'the formatter stopped unexpectedly' });
    worker.postMessage({ language, source });
  });
}
