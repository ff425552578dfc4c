/** The whole of redaction on traffic with a secret at every place; and on ordinary traffic, which has none. */
import { describe, expect, it } from 'vitest';
import type { RedactionOptions } from '#model/redaction.ts';
import type { FullSession } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { ordinaryTraffic } from '../testing/ordinary-traffic.ts';
import { plantedTraffic } from '../testing/planted-traffic.ts';
import { readable } from '../testing/surfaces.ts';
import { Redactor } from './redactor.ts';

async function redacted(sessions: readonly FullSession[], options?: RedactionOptions) {
  const redactor = new Redactor(options);
  for (const one of sessions) await redactor.learn(one);
  const out: FullSession[] = [];
  for (const one of sessions) out.push(await redactor.redact(one));
  return { out, summary: redactor.summary() };
}

/** Everything of a session as octets: its JSON, its bodies, its messages. */
const parts = ({ session, requestBody, responseBody, messages }: FullSession) => [
  Buffer.from(JSON.stringify(session)),
  requestBody,
  responseBody,
  ...messages.map(({ data }) => data),
];
const found = (
  sessions: readonly FullSession[],
  secrets: readonly { kind: string; place: string; value: string }[],
) => [...new Set(sessions.flatMap(parts).flatMap((part) => readable(part, secrets)))];
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

describe('planted secrets', { timeout: 120_000 }, () => {
  it('are none of them left, of any kind, at any place', async () => {
    const { sessions, secrets } = plantedTraffic();
    expect(secrets.length).toBeGreaterThan(200);
    expect(found(sessions, secrets)).toHaveLength(secrets.length);
    const { out, summary } = await redacted(sessions);
    expect(found(out, secrets).map(({ kind, place }) => `${kind} in ${place}`)).toEqual([]);
    expect(summary.sessions).toBe(sessions.length);
    expect(summary.kinds.reduce((sum, { secrets: count }) => sum + count, 0)).toBeGreaterThanOrEqual(
      secrets.length,
    );
    expect(summary.unread).toEqual([]);
  });

  it('are not to be read from what is told of them', async () => {
    const { sessions, secrets } = plantedTraffic(7);
    const { summary } = await redacted(sessions);
    expect(readable(Buffer.from(JSON.stringify(summary)), secrets)).toEqual([]);
  });
});

describe('ordinary traffic', () => {
  it('stays octet for octet', async () => {
    const sessions = ordinaryTraffic();
    const { out, summary } = await redacted(sessions);
    expect(summary.secrets.map(({ kind, sample, places }) => `${kind} ${sample} ${places}`)).toEqual([]);
    expect(out).toEqual(sessions);
  });
});

describe('the same secret', () => {
  const token = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
  const sessions = [
    // Told by nothing here but by the session after it.
    makeSession({
      id: 1,
      responseHeaders: [['Content-Type', 'text/plain']],
      responseBody: `trace ${token} end`,
    }),
    makeSession({
      id: 2,
      method: 'POST',
      url: `https://a.test/x?access_token=${token}`,
      requestHeaders: [
        ['Host', 'a.test'],
        ['Authorization', `Bearer ${token}`],
        ['Content-Type', 'application/json'],
        ['Content-Length', '54'],
      ],
      requestBody: `{"token":"${token}"}`,
      messages: [
        { direction: 'sent', at: 1, opcode: 1, data: new Uint8Array(Buffer.from(`hello ${token}`)) },
      ],
      comment: `see ${token}`,
    }),
  ];

  it('has one placeholder in heads, addresses, bodies, messages and comments', async () => {
    const { out, summary } = await redacted(sessions);
    const [first, second] = out;
    expect(text(first?.responseBody ?? new Uint8Array())).toBe('trace [redacted:token:1] end');
    expect(second?.session.row.url).toBe('https://a.test/x?access_token=%5Bredacted:token:1%5D');
    expect(second?.session.request.head.target).toBe('/x?access_token=%5Bredacted:token:1%5D');
    expect(second?.session.request.head.headers[1]).toEqual(['Authorization', 'Bearer [redacted:token:1]']);
    expect(text(second?.requestBody ?? new Uint8Array())).toBe('{"token":"[redacted:token:1]"}');
    expect(text(second?.messages[0]?.data ?? new Uint8Array())).toBe('hello [redacted:token:1]');
    expect(second?.session.row.comment).toBe('see [redacted:token:1]');
    expect(summary.secrets).toMatchObject([
      {
        kind: 'token',
        sample: 'q8Zk2…(38)',
        placeholder: '[redacted:token:1]',
        sessions: 2,
        firstSession: 1,
      },
    ]);
  });

  it('stays where the user keeps it, and is counted as kept', async () => {
    const { summary } = await redacted(sessions);
    const kept = await redacted(sessions, { keep: [summary.secrets[0]?.id ?? ''] });
    expect(kept.out).toEqual(sessions);
    expect(kept.summary).toMatchObject({ kinds: [], masked: 0, secrets: [{ kept: true }] });
  });
});

describe('patterns of the user', () => {
  const session = makeSession({ responseBody: '{"customer":"CUST-001234","again":"cust-1"}' });

  it('mask what they match, or their first group', async () => {
    const whole = await redacted([session], { patterns: ['CUST-\\d+'] });
    expect(text(whole.out[0]?.responseBody ?? new Uint8Array())).toBe(
      '{"customer":"[redacted:custom:1]","again":"cust-1"}',
    );
    const group = await redacted([session], { patterns: ['CUST-(\\d+)'] });
    expect(text(group.out[0]?.responseBody ?? new Uint8Array())).toContain('"CUST-[redacted:custom:1]"');
  });

  it('are refused with a sentence when they are none', () => {
    expect(() => new Redactor({ patterns: ['(unclosed'] })).toThrow(
      /The pattern "\(unclosed" cannot be read/,
    );
  });

  it('take linear time, whatever they are', async () => {
    const hostile = makeSession({
      responseHeaders: [['Content-Type', 'text/plain']],
      responseBody: `${'a'.repeat(100_000)}!`,
    });
    const started = performance.now();
    await redacted([hostile], { patterns: ['(a+)+$', '(a|a)*$'] });
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

it('masks in any text what sessions have told, and what looks like a secret', async () => {
  const redactor = new Redactor();
  const secret = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
  expect(redactor.text(`GET /reset/${secret} – é`)).toBe(`GET /reset/${secret} – é`);
  await redactor.learn(makeSession({ responseBody: JSON.stringify({ token: secret }) }));
  expect(redactor.text(`GET /reset/${secret} – é`)).toBe('GET /reset/[redacted:token:1] – é');
  expect(redactor.text('AKIAQ7ZXW2LMN4PRSTUV')).toMatch(/^\[redacted:aws-access-key-id:1\]$/);
  // It is no session of the export.
  expect(redactor.summary()).toMatchObject({ sessions: 0, kinds: [] });
});

it('leaves what was redacted before as it is', async () => {
  const { sessions } = plantedTraffic(3);
  const once = await redacted(sessions.slice(0, 60));
  const twice = await redacted(once.out);
  expect(twice.out.map(({ session }) => session.row.url)).toEqual(
    once.out.map(({ session }) => session.row.url),
  );
  expect(twice.summary.kinds).toEqual([]);
});
