/** Compares in a thread of its own; the window ends it when one question takes too long (THREATS R3). */
import { answerQuestion } from './answer.ts';
import type { CompareAnswer, CompareQuestion } from './protocol.ts';

// The renderer's types are the window's; a worker's global differs only in what postMessage takes.
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<CompareQuestion>) => void) | null;
  postMessage(answer: CompareAnswer): void;
};

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ ok: true, result: answerQuestion(data) });
  } catch (error) {
    scope.postMessage({ ok: false, message: error instanceof Error ? error.message : String(error) });
  }
};
