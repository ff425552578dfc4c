/**
 * Judges regular expressions where their engine need not be there: it is large, and the workbench loads it when somebody types a pattern. Until then every
 * pattern passes here; what runs patterns loads the engine (pattern.ts), and with it this is exact.
 */

/** Why a pattern is none, as one sentence; undefined when it is one. */
export type PatternCheck = (pattern: string) => string | undefined;

let engine: PatternCheck = () => undefined;

/** By the engine, if it is loaded. */
export const checkIfLoaded: PatternCheck = (pattern) => engine(pattern);

/** Called by the engine when it is loaded. */
export function provideEngine(check: PatternCheck): void {
  engine = check;
}
