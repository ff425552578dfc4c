/**
 * Which requests a rule is for: a form of their URL, the filter language over what is known of a request, the same over its response, a
 * share at random. All that is given must hold. Definition alone; proxy-core/intercept makes functions of it.
 */
import * as z from 'zod';
import { parseAlone } from '../filter/parser.ts';
import { checkIfLoaded } from '../filter/pattern-check.ts';
import { laterField } from './filter-fields.ts';
import { Pattern } from './parts.ts';

const parseFilter = (text: string) => parseAlone(text, { check: checkIfLoaded, now: Date.now() });

/** A filter's text over a whole exchange. */
export const FilterText = z.string().superRefine((text, context) => {
  const result = parseFilter(text);
  if (!result.ok) context.addIssue({ code: 'custom', message: result.problem.message });
});

/** A filter's text over what is known of a request before it has been answered. */
export const RequestFilterText = FilterText.superRefine((text, context) => {
  const result = parseFilter(text);
  const field = result.ok ? laterField(result.filter) : undefined;
  if (field === undefined) return;
  const message = `"${field}" is not known when a request is matched; put it under "response".`;
  context.addIssue({ code: 'custom', message });
});

/**
 * `exact`: the whole URL; `prefix`: how it begins; `wildcard`: the whole, `*` standing for any run of characters; `regex`: found in it. Scheme and host are
 * compared without regard to case, the rest as it is.
 */
export const UrlForm = z.union([
  z.strictObject({ exact: z.string().min(1) }),
  z.strictObject({ prefix: z.string().min(1) }),
  z.strictObject({ wildcard: z.string().min(1) }),
  z.strictObject({ regex: Pattern }),
]);
export type UrlForm = z.infer<typeof UrlForm>;

export const Conditions = z.strictObject({
  url: UrlForm.optional(),
  request: RequestFilterText.optional(),
  response: FilterText.optional(),
  /** Of those that match otherwise, the share that the rule is for. */
  chance: z.number().gt(0).max(1).optional(),
});
export type Conditions = z.infer<typeof Conditions>;

/** A text alone is the filter of the request. */
export const Matcher = z.union([RequestFilterText, Conditions]);
export type Matcher = z.infer<typeof Matcher>;

export const conditionsOf = (matcher: Matcher): Conditions =>
  typeof matcher === 'string' ? { request: matcher } : matcher;

function urlText(form: UrlForm): string {
  if ('exact' in form) return `whose URL is ${form.exact}`;
  if ('prefix' in form) return `whose URL begins with ${form.prefix}`;
  if ('wildcard' in form) return `whose URL looks like ${form.wildcard}`;
  return `whose URL matches /${form.regex}/`;
}

/** The matcher in words, as the end of "For …". */
export function explainMatcher(matcher: Matcher): string {
  const { url, request, response, chance } = conditionsOf(matcher);
  const parts: string[] = [];
  if (url !== undefined) parts.push(urlText(url));
  if (request !== undefined && request.trim() !== '') parts.push(`that pass ${request.trim()}`);
  if (response !== undefined && response.trim() !== '')
    parts.push(`whose response passes ${response.trim()}`);
  const share = chance === undefined || chance === 1 ? 'all' : `${Math.round(chance * 1000) / 10} % of the`;
  return parts.length === 0 ? `${share} requests` : `${share} requests ${parts.join(' and ')}`;
}
