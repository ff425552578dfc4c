/** A rule's matcher as functions over what is known of a request and of its response; and which hosts and methods it can be for at all. */
import { parseFilter } from '#model/filter/parse.ts';
import { filterPredicate, type RowPredicate } from '#model/filter/predicate.ts';
import { conjuncts } from '#model/rules/filter-fields.ts';
import { conditionsOf, type Matcher, type UrlForm } from '#model/rules/matcher.ts';
import type { SessionRow } from '#model/session.ts';
import { hostOfForm, urlTest } from './url-test.ts';

export interface Condition {
  /** Whether a request of that host (as in a row) and method may match: decides what is looked at closer. */
  readonly may: (host: string, method: string) => boolean;
  readonly request: RowPredicate;
  /** Absent: the request alone decides. */
  readonly response: RowPredicate | undefined;
  readonly chance: number;
  readonly url: UrlForm | undefined;
}

const ALL: RowPredicate = () => true;

/** Rows of which only these fields are looked at. */
const stub = (known: Partial<SessionRow>) => known as SessionRow;

function predicateOf(text: string | undefined): RowPredicate | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const result = parseFilter(text);
  if (!result.ok) throw new TypeError('filters are checked where rules are read');
  return filterPredicate(result.filter);
}

/** The terms of a filter that speak of that field alone. */
function termsAbout(text: string, field: 'host' | 'method'): RowPredicate[] {
  const result = parseFilter(text);
  if (!result.ok) return [];
  return conjuncts(result.filter)
    .filter((term) => 'field' in term && term.field === field)
    .map(filterPredicate);
}

export function conditionOf(matcher: Matcher): Condition {
  const { url, request = '', response, chance = 1 } = conditionsOf(matcher);
  const onlyHost = url && hostOfForm(url);
  const hosts = termsAbout(request, 'host');
  const methods = termsAbout(request, 'method');
  const passes = predicateOf(request) ?? ALL;
  const looks = url && urlTest(url);
  return {
    may: (host, method) =>
      (onlyHost === undefined || onlyHost === host) &&
      hosts.every((test) => test(stub({ host }))) &&
      methods.every((test) => test(stub({ method }))),
    request: looks ? (row) => looks(row.url) && passes(row) : passes,
    response: predicateOf(response),
    chance,
    url,
  };
}
