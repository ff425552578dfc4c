/** Filter-language text as the store wants it; what is wrong with it as an error that can point at the place. */
import { SluiceError } from '#model/errors.ts';
import type { Filter, FilterProblem } from '#model/filter/ast.ts';
import { parseFilter } from '#model/filter/parse.ts';
import { type Aggregation, parseQuery } from '#model/filter/query.ts';

/** `filter-syntax`, with the text and the place in it. */
export class FilterSyntaxError extends SluiceError {
  readonly text: string;
  readonly problem: FilterProblem;

  constructor(text: string, problem: FilterProblem) {
    super(
      'filter-syntax',
      `${problem.message.replace(/\.$/, '')} (at character ${problem.start + 1} of the filter).`,
    );
    this.text = text;
    this.problem = problem;
  }
}

/** The filter that `text` says; "" is every session. @throws FilterSyntaxError with what is wrong and where. */
export function filterOf(text: string): Filter {
  const result = parseFilter(text);
  if (result.ok) return result.filter;
  throw new FilterSyntaxError(text, result.problem);
}

/** The filter, and the table to make of its sessions if `text` says one. @throws FilterSyntaxError */
export function queryOf(text: string): { readonly filter: Filter; readonly table?: Aggregation } {
  const result = parseQuery(text);
  if (result.ok) return result;
  throw new FilterSyntaxError(text, result.problem);
}
