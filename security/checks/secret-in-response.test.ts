import { describe, expect, it } from 'vitest';
import { eventStream, found, websocket } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { secretInResponse } from './secret-in-response.ts';

const answer = (body: string, type = 'application/json') =>
  found(secretInResponse, { responseHeaders: [['Content-Type', type]], responseBody: body });
/** Written in two parts, so that no scanner takes these test values for leaked ones. */
const AWS = ['AKIA', 'QX7DPZJ2N5WRT4LM'].join('');
const GITHUB = ['ghp_', 'q8ZrT2mVbX5nK7wLp3Hd9sFjG4cYtR1uEaB6'].join('');
const STRIPE = ['sk_', 'live_q8ZrT2mVbX5nK7wLp3Hd9sFj'].join('');
const SLACK = ['xoxb-', '2048516273-q8ZrT2mVbX5nK7wLp3Hd'].join('');

describe('secret-in-response finds', () => {
  it.each([
    [`{"aws":{"accessKeyId":"${AWS}"}}`, 'aws.accessKeyId', AWS],
    [`{"token":"${GITHUB}"}`, 'token', GITHUB],
    [`{"keys":["${STRIPE}"]}`, 'keys[0]', STRIPE],
    [`{"slack":"${SLACK}"}`, 'slack', SLACK],
  ])('%s', (body, parameter, shown) => expect(answer(body)).toMatchObject([{ parameter, shown }]));

  it('one in a page, in a script and in plain text', () => {
    expect(answer(`<script>const k="${STRIPE}"</script>`, 'text/html')).toMatchObject([{ shown: STRIPE }]);
    expect(answer(`const k="${STRIPE}"`, 'text/javascript')).toHaveLength(1);
    const url = 'postgres://app:vK8qTz2mLw9Rxp@db.internal:5432/shop';
    expect(answer(`DATABASE_URL=${url}`, 'text/plain')).toMatchObject([{ shown: url }]);
  });

  it('a private key', () => {
    const body = Buffer.from(Array.from({ length: 120 }, (_, i) => (i * 73) % 251)).toString('base64');
    const key = `-----BEGIN ${'RSA PRIVATE'} KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`;
    expect(answer(key, 'text/plain')).toHaveLength(1);
  });

  it('and never repeats it', () => {
    for (const finding of answer(`{"k":"${AWS}"}`)) expect(finding.detail).not.toContain(AWS);
  });
});

describe('secret-in-response stays silent about', () => {
  it.each([
    '{"ok":true}',
    '{"key":"AKIAIOSFODNN7EXAMPLE"}',
    '{"key":"AKIAXXXXXXXXXXXXXXXX"}',
    '{"publishable":"pk_live_q8ZrT2mVbX5nK7wLp3Hd9sFj"}',
    '{"test":"sk_test_q8ZrT2mVbX5nK7wLp3Hd9sFj"}',
    '{"url":"postgres://user:password@localhost/db"}',
    '{"url":"postgres://app:$'.concat('{DB_PASSWORD}@db/shop"}'),
    '{"url":"https://user:pass@example.com/"}',
    '{"doc":"-----BEGIN PUBLIC KEY-----MIIB"}',
    '{"sha":"2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"}',
  ])('%s', (body) => expect(answer(body)).toEqual([]));

  it('a stylesheet and an image', () => {
    expect(answer(`.a{b:"${AWS}"}`, 'text/css')).toEqual([]);
    expect(answer(AWS, 'image/png')).toEqual([]);
  });
});

describe('secret-in-response in messages', () => {
  it('finds one that the server sends, by its path or in plain text', () => {
    expect(
      found(
        secretInResponse,
        websocket([
          ['received', `42["config",{"aws":"${AWS}"}]`],
          ['received', `token ${GITHUB}`],
        ]),
      ),
    ).toMatchObject([
      { parameter: '[1].aws', shown: AWS, evidence: [{ part: 'message', message: 0 }] },
      { parameter: 'message', shown: GITHUB, evidence: [{ part: 'message', message: 1 }] },
    ]);
  });

  it('finds one in an event, at its place in the stream', () => {
    const body = `event: x\ndata: {"n":1}\n\ndata: {"key":"${STRIPE}"}\n\n`;
    expect(found(secretInResponse, eventStream(body))).toMatchObject([
      { parameter: 'key', shown: STRIPE, evidence: [{ part: 'response-body' }] },
    ]);
  });

  it('is silent about what the client sends, and about stand-ins', () => {
    expect(found(secretInResponse, websocket([['sent', `{"key":"${STRIPE}"}`]]))).toEqual([]);
    expect(found(secretInResponse, websocket([['received', '{"key":"AKIAIOSFODNN7EXAMPLE"}']]))).toEqual([]);
    expect(found(secretInResponse, websocket([['received', 'hello']]))).toEqual([]);
  });
});

const json = (body: object) => `200\nContent-Type: application/json\n\n${JSON.stringify(body)}`;

testCheck(secretInResponse, {
  finds: [
    json({ key: `«${STRIPE}»` }),
    json({ aws: { accessKeyId: `«${AWS}»` } }),
    websocket([['received', `{"key":"${STRIPE}"}`]]),
  ],
  passes: [
    json({ key: STRIPE.replace('sk_', 'pk_') }),
    json({ key: STRIPE.replace('live', 'test') }),
    json({ aws: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } }),
    json({ sha: '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12' }),
    json({ url: `https://a.s3.amazonaws.com/b?X-Amz-Credential=${AWS}%2F20250615%2Feu%2Fs3` }),
    json({ clientSecret: 'pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH' }),
    websocket([['sent', `{"key":"${STRIPE}"}`]]),
  ],
});
