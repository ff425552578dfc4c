/** Formats one text and answers; the window ends the worker when it takes too long (THREATS R3). */
import { formatText } from './format.ts';
import type { FormatAnswer, FormatRequest } from './protocol.ts';

// The renderer's types are the window's; a worker's global differs only in what postMessage takes.
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<FormatRequest>) => void) | null;
  postMessage(answer: FormatAnswer, transfer: Transferable[]): void;
};

scope.onmessage = ({ data }) => {
  try {
    const formatted = formatText(data.language, data.source);
    scope.postMessage({ ok: true, formatted }, [formatted.spans.buffer]);
  } catch (error) {
    scope.postMessage({ ok: false, message: error instanceof Error ? error.message : String(error) }, []);
  }
};
