import { expect, it } from 'vitest';
import { AccountFilters } from './account-filters.ts';

it('takes filters, each, both or none', () => {
  for (const said of [{}, { login: 'method:POST path:/enter' }, { login: 'path:/in', logout: 'path:/out' }])
    expect(AccountFilters.parse(said)).toEqual(said);
});

it.each([
  [{ login: 'pathh:/x' }, 'There is no field "pathh"'],
  [{ logout: '(' }, 'missing'],
  [{ logni: 'path:/x' }, 'logni'],
])('refuses %j', (said, message) => {
  const messages = AccountFilters.safeParse(said)
    .error?.issues.map((issue) => issue.message)
    .join(' ');
  expect(messages).toContain(message);
});
