/** What is known of a script that users have had loaded: what it takes part in, what it has said, and why it was switched off. Definitions alone. */
import * as z from 'zod';

export const SCRIPT_HOOKS = ['request', 'response', 'message', 'finished'] as const;
export const ScriptHook = z.enum(SCRIPT_HOOKS);
export type ScriptHook = z.infer<typeof ScriptHook>;

/** Lines and columns begin with 1; absent where the fault has no place in the script. */
export const ScriptProblem = z.object({
  message: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
  /** Who called whom, innermost first. */
  stack: z.array(z.string()).optional(),
});
export type ScriptProblem = z.infer<typeof ScriptProblem>;

export const ConsoleLevel = z.enum(['log', 'info', 'warn', 'error', 'debug']);
export type ConsoleLevel = z.infer<typeof ConsoleLevel>;

export const ConsoleLine = z.object({
  /** ms since the epoch. */
  at: z.number(),
  level: ConsoleLevel,
  text: z.string(),
});
export type ConsoleLine = z.infer<typeof ConsoleLine>;

/** `MESSAGE (FILE:LINE)`: for a log, a session, a terminal. */
export const problemText = (file: string, { message, line }: ScriptProblem): string =>
  line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`;

export const ScriptState = z.object({
  /** Its path. */
  file: z.string(),
  /** Unique among the scripts: its file's name, with more of its path where two are alike. */
  name: z.string(),
  on: z.boolean(),
  /** Loads right now. */
  loading: z.boolean(),
  hooks: z.array(ScriptHook),
  /** For which requests it is; "" for all. */
  filter: z.string(),
  columns: z.array(z.string()),
  views: z.array(z.string()),
  /** Hooks called in this run. */
  calls: z.int(),
  /** Why it was switched off. */
  problem: ScriptProblem.optional(),
  /** The newest lines, oldest first. */
  console: z.array(ConsoleLine),
  /** Rules name it, or the command line does: it cannot be taken away in the workbench. */
  fixed: z.boolean(),
});
export type ScriptState = z.infer<typeof ScriptState>;
