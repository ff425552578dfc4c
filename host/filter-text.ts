/** Filter-language text as the store wants it. */
import { SluiceError } from '#model/errors.ts';
import type { Filter } from '#model/filter/ast.ts';
import { parseFilter } from '#model/filter/parse.ts';

/** The filter that `text` says; "" is every session. @throws SluiceError `filter-syntax` with what is wrong and where. */
export function filterOf(text: string): Filter {
  const result = parseFilter(text);
  if (result.ok) return result.filter;
  const { message, start } = result.problem;
  throw new SluiceError(
    'filter-syntax',
    `${message.replace(/\.$/, '')} (at character ${start + 1} of the filter).`,
  );
}
