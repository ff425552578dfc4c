/** What a host and the thread of a script say to each other. Types alone. */
import type { ScriptProblem } from '#model/scripts/script.ts';
import type { Registered } from './prelude.ts';
import type { SandboxLimits } from './sandbox-limits.ts';

export interface ScriptWorkerOptions {
  readonly source: string;
  /** As it is called in errors. */
  readonly name: string;
  readonly limits: SandboxLimits;
}

export type ToScript =
  /** `input` is JSON. */
  | {
      readonly type: 'call';
      readonly call: number;
      readonly hook: string;
      readonly input: string;
      readonly content?: Uint8Array | undefined;
    }
  | {
      readonly type: 'body';
      readonly call: number;
      readonly side: string;
      readonly body?: Uint8Array | undefined;
      readonly problem?: string | undefined;
    };

export type FromScript =
  | { readonly type: 'loaded'; readonly registered: Registered }
  /** Nothing more comes. */
  | { readonly type: 'broken'; readonly problem: ScriptProblem }
  | { readonly type: 'console'; readonly level: string; readonly text: string }
  | { readonly type: 'want'; readonly call: number; readonly side: string }
  | {
      readonly type: 'done';
      readonly call: number;
      readonly outcome: string;
      readonly bytes?: Uint8Array | undefined;
    }
  | { readonly type: 'failed'; readonly call: number; readonly problem: ScriptProblem };
