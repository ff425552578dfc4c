/** What the window and the formatting worker say to each other. */
import type { FormatLanguage } from './format.ts';
import type { Formatted } from './writer.ts';

export interface FormatRequest {
  readonly language: FormatLanguage;
  readonly source: string;
}

export type FormatAnswer =
  | { readonly ok: true; readonly formatted: Formatted }
  | { readonly ok: false; readonly message: string };
