import { describe, expect, it } from 'vitest';
import { found, JSON_TYPE, websocket } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { weakPassword } from './weak-password.ts';

const send = (body: string, type = 'application/json', url = 'https://acme.test/login') =>
  found(weakPassword, { method: 'POST', url, requestHeaders: [['Content-Type', type]], requestBody: body });
const basic = (pair: string) =>
  found(weakPassword, {
    requestHeaders: [['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]],
  });

describe('weak-password finds', () => {
  it.each([
    ['{"username":"mia","password":"password1"}', 'password', 'password1'],
    ['{"username":"mia","password":"qwerty"}', 'password', 'qwerty'],
    ['{"user":{"email":"mia.lee@acme.test","newPassword":"mia.lee"}}', 'user.newPassword', 'mia.lee'],
    ['{"variables":{"login":"admin","password":"admin"}}', 'variables.password', 'admin'],
  ])('%s', (body, parameter, shown) => expect(send(body)).toMatchObject([{ parameter, shown }]));

  it('one in a form, in multipart and in Basic', () => {
    expect(send('user=mia&passwd=letmein', 'application/x-www-form-urlencoded')).toMatchObject([
      { shown: 'letmein' },
    ]);
    const part = '--B\r\nContent-Disposition: form-data; name="password"\r\n\r\n123456\r\n--B--\r\n';
    expect(send(part, 'multipart/form-data; boundary=B')).toMatchObject([{ shown: '123456' }]);
    expect(basic('tomcat:s3cret')).toMatchObject([{ detail: expect.stringContaining('shipped') }]);
  });

  it('less of it when the server refused the login', () => {
    const refused = {
      method: 'POST',
      status: 401,
      requestHeaders: [JSON_TYPE],
      requestBody: '{"password":"qwerty"}',
    };
    expect(found(weakPassword, refused)).toMatchObject([
      { severity: 'low', confidence: 'low', detail: expect.stringContaining('refused') },
    ]);
  });

  it('and never repeats it', () => {
    for (const finding of send('{"password":"password1"}'))
      expect(JSON.stringify(finding.detail)).not.toContain('password1');
  });
});

describe('weak-password stays silent about', () => {
  it.each([
    '{"username":"mia","password":"vK8#qTz!2mLw9Rxp"}',
    '{"username":"mia","password":"correct-battery-lantern-mosaic"}',
    '{"password":"5f4dcc3b5aa765d61d8327deb882cf99"}',
    '{"password":""}',
    '{"password":"********"}',
    '{"password":"{{password}}"}',
    '{"passwordHint":"qwerty"}',
    '{"hasPassword":"true"}',
    '{"comment":"password"}',
    '{"confirmPassword":"qwerty"}',
  ])('%s', (body) => expect(send(body)).toEqual([]));

  it('what a response says, and strong Basic credentials', () => {
    expect(
      found(weakPassword, { responseHeaders: [JSON_TYPE], responseBody: '{"password":"qwerty"}' }),
    ).toEqual([]);
    expect(basic('mia:vK8#qTz!2mLw9Rxp')).toEqual([]);
    // A key in the place of the user name, with a stand-in for the password.
    expect(basic('q8ZrT2mVbX5nK7wLp3Hd:X')).toEqual([]);
    expect(basic('q8ZrT2mVbX5nK7wLp3Hd:')).toEqual([]);
  });
});

describe('weak-password in messages', () => {
  const sent = (...texts: string[]) =>
    found(
      weakPassword,
      websocket(
        texts.map((text) => ['sent', text] as const),
        'https://acme.test/live',
      ),
    );

  it('finds one, and knows the user name of the same message alone', () => {
    expect(sent('{"user":"admin"}', '42["login",{"password":"qwerty"}]')).toMatchObject([
      { parameter: '[1].password', shown: 'qwerty', evidence: [{ part: 'message', message: 1 }] },
    ]);
    expect(sent('{"user":"vK8qTz2mLw9R","password":"vK8qTz2mLw9R"}')).toMatchObject([
      { detail: expect.stringContaining('equals the user name') },
    ]);
    expect(sent('{"user":"vK8qTz2mLw9R"}', '{"password":"vK8qTz2mLw9R"}')).toEqual([]);
  });

  it.each(['{"password":"vK8#qTz!2mLw9Rxp"}', '{"password":"****"}', 'qwerty', '{"note":"qwerty"}'])(
    'is silent about %s',
    (text) => expect(sent(text)).toEqual([]),
  );

  it('is silent about what the server says', () => {
    expect(found(weakPassword, websocket([['received', '{"password":"qwerty"}']]))).toEqual([]);
  });

  it('judges the first of very many', () => {
    const accounts = Array.from({ length: 5000 }, (_, i) => ({ id: i, password: `pass${i}` }));
    const findings = send(JSON.stringify(accounts));
    expect(findings.length).toBeGreaterThan(100);
    expect(findings.length).toBeLessThanOrEqual(200);
  });
});

const login = (body: object) =>
  `POST /login\nContent-Type: application/json\n\n${JSON.stringify(body)}\n---\n200`;

testCheck(weakPassword, {
  finds: [
    login({ user: 'mia', password: '«qwerty123»' }),
    login({ login: { email: 'mia@a.test', password: '«mia@a.test»' } }),
    websocket([['sent', '42["login",{"password":"letmein"}]']]),
  ],
  passes: [
    login({ user: 'mia', password: 'vK8#qTz!2mLw9Rxp' }),
    login({ user: 'mia', password: '********' }),
    login({ user: 'mia', passwordHint: 'qwerty123' }),
    '200\nContent-Type: application/json\n\n{"password":"qwerty123"}',
    websocket([['received', '{"password":"letmein"}']]),
  ],
});
