/** Search and replace as rules write it: a text, or a pattern in linear time (RE2) whose groups are `$1` or `$<name>` there. */
import { compilePattern } from './pattern.ts';

export interface Replacing {
  readonly find: string;
  readonly with: string;
  readonly regex?: boolean | undefined;
}

export type Replacer = (text: string) => string;

/** Compiled once. Groups that the pattern does not have are left as they are written. */
export function replacerOf({ find, with: put, regex }: Replacing): Replacer {
  if (!regex) return (text) => text.replaceAll(find, () => put);
  const pattern = compilePattern(find);
  return (text) => pattern.matcher(text).replaceAll(put);
}
