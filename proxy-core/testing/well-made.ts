/** Fields of an answer with which no security check finds fault: for tests that count what checks say of something else. */
import type { HeaderPair } from '#model/headers.ts';

export const WELL_MADE: readonly HeaderPair[] = [
  ['Content-Type', 'application/json; charset=utf-8'],
  ['Cache-Control', 'no-store'],
  ['Strict-Transport-Security', 'max-age=31536000'],
  ['X-Content-Type-Options', 'nosniff'],
];
