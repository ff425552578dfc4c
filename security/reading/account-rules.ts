/** How people say which requests log in and which log out: filters over the session and its request's body, compiled once. Pure. */

import type { AccountFilters } from '#model/account-filters.ts';
import { parseFilter } from '#model/filter/parse.ts';
import { sessionPredicate } from '#model/filter/predicate.ts';
import type { CheckInput } from '../check.ts';

type Test = (input: CheckInput) => boolean;

/** Each is there where something was said. */
export interface AccountRules {
  readonly login?: Test;
  readonly logout?: Test;
}

/** A byte string as the text that it holds. */
const text = (bytes: string | undefined) =>
  bytes === undefined ? {} : { requestBody: Buffer.from(bytes, 'latin1').toString('utf8') };

function test(filter: string | undefined): Test | undefined {
  const parsed = filter === undefined || filter.trim() === '' ? undefined : parseFilter(filter);
  if (parsed?.ok !== true) return undefined;
  const passes = sessionPredicate(parsed.filter);
  return ({ session, request }) => passes({ row: session.row, session, ...text(request.text) });
}

/** A filter that cannot be read says nothing: it was refused where it was given. */
export function accountRules({ login, logout }: AccountFilters = {}): AccountRules {
  const [isLogin, isLogout] = [test(login), test(logout)];
  return {
    ...(isLogin === undefined ? {} : { login: isLogin }),
    ...(isLogout === undefined ? {} : { logout: isLogout }),
  };
}
