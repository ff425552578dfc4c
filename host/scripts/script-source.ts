/** TypeScript as a script is written in it, as the JavaScript that a sandbox runs: types become blanks, so that lines and columns stay what they were. */
import { stripTypeScriptTypes } from 'node:module';
import type { ScriptProblem } from '#model/scripts/script.ts';

/** Larger is no script that somebody has written. */
export const MAX_SCRIPT_BYTES = 1024 * 1024;

export type Stripped = { readonly code: string } | { readonly problem: ScriptProblem };

/** What Node says of a fault begins with `FILE:LINE`, lines of the source, and a mark below the column. */
const PLACE = /^[^\n]*:(\d+)\n[\s\S]*?\n( *)\^+\n/;

export function strippedSource(source: string, name: string): Stripped {
  if (!name.endsWith('.ts')) return { code: source };
  try {
    return { code: stripTypeScriptTypes(source) };
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const place = PLACE.exec(stack);
    const where = place && { line: Number(place[1]), column: (place[2] ?? '').length + 1 };
    return { problem: { message: `SyntaxError: ${message.split('\n', 1)[0]}`, ...where } };
  }
}
