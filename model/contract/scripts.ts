/** What the workbench asks about scripts: the part of the contract for them. */
import * as z from 'zod';
import { ScriptState } from '../scripts/script.ts';
import { SessionId } from '../session.ts';
import { call, stream } from './define.ts';

const Nothing = z.object({});
/** The path of a script that is known. */
const File = z.string().min(1).max(4096);

export const ScriptsState = z.object({
  /** Where new ones are kept. */
  folder: z.string(),
  scripts: z.array(ScriptState),
});
export type ScriptsState = z.infer<typeof ScriptsState>;

/** What a script's own columns and views make of a session: shown as text, in the order of the script. */
export const ScriptValue = z.object({
  script: z.string(),
  name: z.string(),
  /** Of a view: which body it shows. */
  side: z.enum(['request', 'response']).optional(),
  text: z.string(),
});
export type ScriptValue = z.infer<typeof ScriptValue>;

export const scriptsContract = {
  /** Answers at once and again whenever a script, its state or its console has changed. */
  'scripts.watch': stream(Nothing, ScriptsState),
  'scripts.source': call(z.object({ file: File }), z.object({ text: z.string() })),
  /** Writes one that is known, or, by its bare name, a new one of the folder, which is off. */
  'scripts.save': call(
    z.object({ file: File, text: z.string().max(1024 * 1024) }),
    z.object({ file: z.string() }),
  ),
  /** On: loads it (again). What is wrong then stands in its state. */
  'scripts.switch': call(z.object({ file: File, on: z.boolean() }), Nothing),
  /** Ends one of the folder, and takes its file away. */
  'scripts.remove': call(z.object({ file: File }), Nothing),
  /** What own columns and views of all scripts say of a session; empty for none. */
  'scripts.values': call(z.object({ id: SessionId }), z.object({ values: z.array(ScriptValue) })),
} as const;
