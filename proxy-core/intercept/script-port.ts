/** A user's script as rules know it. What runs it, and where, is the host's. Types alone. */
import type { PausedResolution } from '#model/rules/paused.ts';
import type { ScriptHook } from '#model/scripts/script.ts';
import type { SessionId } from '#model/session.ts';
import type { MessageDraft, RequestDraft } from './drafts.ts';
import type { Note } from './step.ts';

/** A request or a response that a script is asked about. */
export interface ScriptSubject {
  readonly draft: MessageDraft;
  /** With a response, as it was sent on. */
  readonly request: RequestDraft;
  /** 0 where it is not recorded. */
  readonly session: SessionId;
  /** The body after content decoding; held back from now on. @throws ActionError when it is not to be had */
  content(): Promise<Buffer>;
}

export interface ScriptMessage {
  readonly direction: 'sent' | 'received';
  readonly text: boolean;
  readonly content: Uint8Array;
  readonly url: string;
  readonly session: SessionId;
}

export interface ScriptPort {
  /** What it takes part in; undefined while nobody knows yet, since it loads. */
  readonly hooks: ReadonlySet<ScriptHook> | undefined;
  /** How a request or a response goes on. @throws ActionError when the script could not say: it is switched off then */
  head(subject: ScriptSubject): Promise<{ readonly resolution: PausedResolution; readonly note: Note }>;
  /** The same of a message. */
  message(message: ScriptMessage): Promise<PausedResolution>;
}

/** Whether a step for that hook is worth anything. */
export const mayWant = ({ hooks }: ScriptPort, hook: ScriptHook): boolean =>
  hooks === undefined || hooks.has(hook);
