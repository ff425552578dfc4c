/** How the command line ends: exit codes, and errors as one sentence with a code. Pure. */
import { type ErrorCode, toSluiceError } from '#model/errors.ts';

/** 0 done, 1 the answer is no, 2 used wrongly, 3 failed. */
export type ExitCode = 0 | 1 | 2 | 3;

const USED_WRONGLY = new Set<ErrorCode>([
  'usage',
  'port-in-use',
  'filter-syntax',
  'bad-request',
  'bad-url',
  'bad-header',
  'unknown-format',
  'bad-rules',
  'bad-script',
  'bad-findings',
]);

export function exitCodeOf(error: unknown): ExitCode {
  const { code } = toSluiceError(error);
  if (code === 'not-found') return 1;
  return USED_WRONGLY.has(code) ? 2 : 3;
}

/** `sluice: message [code]` on one line. */
export function errorLine(error: unknown): string {
  const { code, message } = toSluiceError(error);
  return `sluice: ${message.replace(/\s*\n\s*/g, ' ')} [${code}]`;
}
