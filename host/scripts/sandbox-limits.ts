/** How much of the machine a script may have. Apart from the sandbox, so that who only names limits does not load the interpreter. */

export interface SandboxLimits {
  readonly memoryBytes: number;
  /** Of the interpreter's own stack. */
  readonly stackBytes: number;
  /** Processor time until the script's module is evaluated, ms. */
  readonly loadMs: number;
  /** Processor time of a hook between two things that it waits for, ms. */
  readonly callMs: number;
}

export const LIMITS: SandboxLimits = {
  memoryBytes: 128 * 1024 * 1024,
  stackBytes: 192 * 1024,
  loadMs: 1000,
  callMs: 500,
};
