/** Actions made ready to be done: what takes time or a file to prepare has been prepared. Types alone; compile-action.ts makes them. */
import type { Network } from '#model/rules/throttle.ts';
import type { Detour } from '../engine/upstream/detour.ts';
import type { Answer } from './answer.ts';
import type { MessageDraft, RequestDraft } from './drafts.ts';
import type { ScriptPort } from './script-port.ts';

/** What a step may know beside the message. */
export interface StepContext {
  /** The request as it stands; with the response, as it was sent on. */
  readonly request: RequestDraft;
  /** What of the URL stands behind the fixed part of the rule's URL form. */
  readonly rest: string;
}

export type Step =
  /** Changes the head. */
  | { readonly kind: 'head'; readonly apply: (draft: MessageDraft, context: StepContext) => void }
  /** Changes `draft.content`, which is there. */
  | {
      readonly kind: 'content';
      readonly apply: (draft: MessageDraft & { content: Buffer }) => void | Promise<void>;
    }
  /** An answer, or none: then the request goes on. `needsContent`: of the request. */
  | {
      readonly kind: 'answer';
      readonly needsContent: boolean;
      readonly make: (draft: RequestDraft, context: StepContext) => Promise<Answer | undefined>;
    }
  | { readonly kind: 'cut'; readonly how: 'close' | 'reset' | 'hang' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'throttle'; readonly network: Network }
  | { readonly kind: 'break'; readonly limitMs: number }
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'detour'; readonly detour: Detour }
  | { readonly kind: 'script'; readonly script: ScriptPort };

/** What is done with each message of a WebSocket, and each event of an event stream. */
export type MessageStep =
  | { readonly kind: 'break'; readonly limitMs: number }
  /** Of text; undefined: it stays. */
  | {
      readonly kind: 'edit';
      readonly edit: (text: string, direction: 'sent' | 'received') => string | undefined;
    }
  | { readonly kind: 'script'; readonly script: ScriptPort };

/** What is written on a session. */
export interface Note {
  readonly mark?: 0 | 1 | 2 | 3 | 4 | 5;
  readonly comment?: string;
}
