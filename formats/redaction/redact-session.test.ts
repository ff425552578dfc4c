import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { masking, opaque } from '../testing/masking.ts';
import { seeded } from '../testing/planted-kinds.ts';
import { redactSession } from './redact-session.ts';

const token = opaque();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('a redacted session', () => {
  it('tells the length that its body has now', async () => {
    const body = `{"token":"${token}"}`;
    const before = makeSession({
      method: 'POST',
      requestHeaders: [['Content-Length', String(body.length)]],
      requestBody: body,
      responseHeaders: [['content-length', '99']],
      responseBody: body,
    });
    const { full } = await redactSession(before, masking().masker);
    const size = full.requestBody.length;
    expect(text(full.requestBody)).toBe('{"token":"[redacted:token:1]"}');
    expect(full.session.request.head.headers).toEqual([['Content-Length', String(size)]]);
    expect([full.session.request.body.size, full.session.row.requestBodySize]).toEqual([size, size]);
    // One that was wrong before is not made right.
    expect(full.session.response?.head.headers).toEqual([['content-length', '99']]);
    expect(full.session.row.responseBodySize).toBe(full.responseBody.length);
  });

  it('has the same URL, path and target', async () => {
    const before = makeSession({ url: `https://a.test/x?token=${token}` });
    const { full } = await redactSession(before, masking().masker);
    expect([full.session.row.url, full.session.row.path, full.session.request.head.target]).toEqual([
      'https://a.test/x?token=%5Bredacted:token:1%5D',
      '/x?token=%5Bredacted:token:1%5D',
      '/x?token=%5Bredacted:token:1%5D',
    ]);
  });

  it('loses the octets of a head that was changed, and of no other', async () => {
    const raw = `GET /orders/1 HTTP/1.1\r\nX-Api-Key:  ${token}\r\n\r\n`;
    const before = makeSession({ requestHeaders: [['X-Api-Key', token]] });
    before.session.request.head.raw = raw;
    expect((await redactSession(before, masking().masker)).full.session.request.head).not.toHaveProperty(
      'raw',
    );
    const plain = makeSession({ requestHeaders: [['Accept', 'x']] });
    plain.session.request.head.raw = 'GET /orders/1 HTTP/1.1\r\nAccept:   x\r\n\r\n';
    expect((await redactSession(plain, masking().masker)).full).toEqual(plain);
  });

  it('is masked in heads sent on, trailers, early responses, messages, comments and failures', async () => {
    const before = makeSession({
      informational: [
        { httpVersion: 'HTTP/1.1', status: 103, reason: 'Early Hints', headers: [['X-Api-Key', token]] },
      ],
      responseTrailers: [['X-Api-Key', token]],
      messages: [
        {
          direction: 'sent',
          at: 1,
          opcode: 1,
          data: new Uint8Array(Buffer.from(`token=${token}`)),
          event: { type: 'x', id: token },
        },
        {
          direction: 'sent',
          at: 1,
          opcode: 8,
          data: new Uint8Array(Buffer.from(`\x03\xe8bye ${token}`, 'latin1')),
        },
      ],
      comment: `ä token: ${token}`,
      failure: { code: 'other', detail: `Sent ${token} in vain.` },
    });
    before.session.request.sent = { ...before.session.request.head, headers: [['X-Api-Key', token]] };
    const { masker, book } = masking();
    const { full } = await redactSession(before, masker);
    const second = await redactSession(before, masker);
    for (const { session, messages } of [second.full]) {
      expect(JSON.stringify(session)).not.toContain(token);
      expect(messages.map(({ data }) => text(data)).join()).not.toContain(token);
      expect(messages[0]?.event?.id).toMatch(/^\[redacted/);
    }
    expect(full.session.row.comment).toMatch(/^ä token: \[redacted:/);
    expect(book.size).toBe(1);
  });

  it('says which body was left out, and that it is not complete', async () => {
    const random = seeded(1);
    const cut = zlib
      .gzipSync(Buffer.from(Array.from({ length: 9000 }, () => random() * 256)))
      .subarray(0, 3000);
    const before = makeSession({
      id: 9,
      responseHeaders: [['Content-Encoding', 'gzip']],
      responseBody: new Uint8Array(cut),
    });
    const { full, unread } = await redactSession(before, masking().masker);
    expect(unread).toEqual([{ session: 9, side: 'response', reason: expect.stringContaining('truncated') }]);
    expect(full.session.response?.body.complete).toBe(false);
  });

  it('is another object: what it was made of stays', async () => {
    const make = () =>
      makeSession({ url: `https://a.test/x?token=${token}`, responseBody: `{"token":"${token}"}` });
    const before = make();
    await redactSession(before, masking().masker);
    expect(before).toEqual(make());
  });
});
