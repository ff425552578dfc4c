import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openRedaction } from './open-redaction.ts';

const TOKEN = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
const session = () =>
  makeSession({
    id: 3,
    requestBody: `token=${TOKEN}`,
    responseBody: 'nothing here',
    messages: [{ direction: 'sent', at: 1, opcode: 1, data: new Uint8Array(Buffer.from(`hi ${TOKEN}`)) }],
  });

describe('a redaction in its worker', () => {
  it('learns, redacts and sums up', async () => {
    await using redaction = openRedaction({ patterns: ['nothing'] });
    await redaction.learn([session()]);
    const [{ requestBody, responseBody, messages } = expect.unreachable('it came back')] =
      await redaction.redact([session()]);
    expect(Buffer.from(requestBody).toString()).toBe('token=%5Bredacted:token:1%5D');
    expect(Buffer.from(responseBody).toString()).toBe('[redacted:custom:1] here');
    expect(Buffer.from(messages[0]?.data ?? []).toString()).toBe('hi [redacted:token:1]');
    expect(await redaction.summary()).toMatchObject({
      sessions: 1,
      masked: 1,
      kinds: [
        { kind: 'custom', secrets: 1, count: 1 },
        { kind: 'token', secrets: 1, count: 2 },
      ],
    });
  });

  it('masks texts by what it has learnt', async () => {
    await using redaction = openRedaction();
    await redaction.learn([session()]);
    expect(await redaction.texts([`see ${TOKEN}`, 'nothing'])).toEqual(['see [redacted:token:1]', 'nothing']);
  });

  it('leaves the session that it is given as it is', async () => {
    await using redaction = openRedaction();
    const given = session();
    await redaction.redact([given]);
    expect(given).toEqual(session());
  });

  it('answers in the order asked', async () => {
    await using redaction = openRedaction();
    const asked = [1, 2, 3, 4].map((id) =>
      makeSession({ id, responseBody: `${id} ${TOKEN.repeat(id * 500)}` }),
    );
    const answers = await Promise.all([
      redaction.redact(asked.slice(0, 3)),
      redaction.redact(asked.slice(3)),
    ]);
    expect(answers.flat().map(({ session: { row } }) => row.id)).toEqual([1, 2, 3, 4]);
  });

  it('refuses a pattern that is none before it begins', () => {
    expect(() => openRedaction({ patterns: ['('] })).toThrow(/cannot be read/);
  });

  it('ends at once when it is closed, whatever it reads', async () => {
    const redaction = openRedaction({ patterns: ['(a*)*(a|b)*c'] });
    const long = makeSession({ responseBody: 'ab'.repeat(5_000_000) });
    const working = redaction.redact([long]);
    const refused = expect(working).rejects.toMatchObject({ code: 'cancelled' });
    await redaction.close();
    await refused;
    await expect(redaction.summary()).rejects.toMatchObject({ code: 'cancelled' });
    await redaction.close();
  });
});
