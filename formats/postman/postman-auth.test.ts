import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { postmanAuth } from './postman-auth.ts';

function auth(given: unknown) {
  const losses = new Losses();
  const parts = postmanAuth(given, (text) => text.replace('{{pw}}', 'pé'), losses);
  return { ...parts, lost: losses.report().losses.map(({ detail }) => detail) };
}
const listed = (type: string, values: Record<string, string>) => ({
  type,
  [type]: Object.entries(values).map(([key, value]) => ({ key, value, type: 'string' })),
});

describe('credentials', () => {
  it.each([[undefined], [{ type: 'noauth' }], [{}]])('of %j are none', (given) => {
    expect(auth(given)).toEqual({ headers: [], query: [], lost: [] });
  });

  it('Basic are filled in before they are encoded', () => {
    const expected = `Basic ${Buffer.from('me:pé').toString('base64')}`;
    expect(auth(listed('basic', { username: 'me', password: '{{pw}}' })).headers).toEqual([
      ['Authorization', expected],
    ]);
    expect(auth({ type: 'basic', basic: { username: 'me', password: '{{pw}}' } }).headers).toEqual([
      ['Authorization', expected],
    ]);
  });

  it.each([
    [listed('bearer', { token: '{{t}}' }), 'Bearer {{t}}'],
    [listed('oauth2', { accessToken: 'x' }), 'Bearer x'],
    [listed('oauth2', { accessToken: 'x', headerPrefix: 'Token' }), 'Token x'],
  ])('%j are a header', (given, value) => {
    expect(auth(given)).toEqual({ headers: [['Authorization', value]], query: [], lost: [] });
  });

  it('keys stand where they are said to', () => {
    expect(auth(listed('apikey', { key: 'X-Key', value: '1', in: 'header' })).headers).toEqual([
      ['X-Key', '1'],
    ]);
    expect(auth(listed('apikey', { key: 'key', value: '1', in: 'query' })).query).toEqual([['key', '1']]);
    expect(auth(listed('oauth2', { accessToken: 'x', addTokenTo: 'queryParams' })).query).toEqual([
      ['access_token', 'x'],
    ]);
  });

  it.each(['digest', 'awsv4', 'hawk', 'ntlm', 'oauth1', 'oauth2'])(
    '%s are made anew each time, and lost',
    (type) => {
      expect(auth(listed(type, { a: 'b' }))).toEqual({ headers: [], query: [], lost: [type] });
    },
  );
});
