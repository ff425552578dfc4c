/** What the window asks the worker that compares, and what it answers. */
import type { CallContent } from '#formats/compare/call-fields.ts';
import type { LineRows } from './line-rows.ts';

/** A body with the value of its Content-Type. */
export interface TypedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
}

export type CompareQuestion =
  | { readonly kind: 'fields'; readonly call: CallContent }
  /** `pretty`: both are laid out first, where both are of a language that can be. */
  | { readonly kind: 'lines'; readonly a: TypedBody; readonly b: TypedBody; readonly pretty: boolean };

export type CompareResult =
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'lines'; readonly lines: LineRows; readonly pretty: boolean };

export type CompareAnswer =
  | { readonly ok: true; readonly result: CompareResult }
  | { readonly ok: false; readonly message: string };
