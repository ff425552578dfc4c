/** What goes wrong in a sandbox, as people read it: a sentence, and the line of their script. Pure. */
import type { ScriptProblem } from '#model/scripts/script.ts';

export interface RawFault {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

const MAX_FRAMES = 10;
const MAX_MESSAGE = 1000;

/** `    at request (my.ts:3:20)`, `    at my.ts:1:9`; what stands in no file, and what is the prelude's, is nobody's business. */
const FRAME = /^\s*at (?:(.*?) \()?([^()]*):(\d+):(\d+)\)?\s*$/;

/** @param file the script's name as the sandbox knows it */
export function problemOf({ name, message, stack }: RawFault, file: string): ScriptProblem {
  const frames = stack.split('\n').flatMap((row) => {
    const [, what, where, line, column] = FRAME.exec(row) ?? [];
    return where === file ? [{ what, line: Number(line), column: Number(column) }] : [];
  });
  const [first] = frames;
  const text = name === 'Thrown' || name === 'Limit' ? message : `${name}: ${message}`;
  return {
    message: text.slice(0, MAX_MESSAGE),
    ...(first && { line: first.line, column: first.column }),
    ...(frames.length > 1 && {
      stack: frames
        .slice(0, MAX_FRAMES)
        .map(({ what, line, column }) => `${what || 'the script'} (${file}:${line}:${column})`),
    }),
  };
}
