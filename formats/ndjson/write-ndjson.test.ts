import { describe, expect, it } from 'vitest';
import { Session } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { exportText } from '../testing/export-text.ts';
import { NDJSON_BODIES_FORMAT, NDJSON_FORMAT, ndjsonLine } from './write-ndjson.ts';

const socket = makeSession({
  id: 2,
  kind: 'websocket',
  messages: [{ direction: 'sent', at: 5, opcode: 2, data: Uint8Array.of(0, 255) }],
});
const plain = makeSession({
  id: 1,
  method: 'POST',
  requestBody: Uint8Array.of(1, 2, 255),
  comment: 'two\nlines\u2028and\u0085more',
  requestHeaders: [['X-Latin', 'caf\xe9']],
});

describe('NDJSON', () => {
  it('has a line for each session, with everything but the bodies', async () => {
    const { text, report } = await exportText(NDJSON_FORMAT, [plain, socket]);
    const lines = text.split(/[\n\r\u2028\u2029\u0085]/);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe('');
    expect(Session.parse(JSON.parse(lines[0] ?? ''))).toEqual(plain.session);
    expect(JSON.parse(lines[1] ?? '')).toEqual(JSON.parse(JSON.stringify(socket.session)));
    expect(report.losses).toEqual([
      { session: 1, what: 'bodies' },
      { session: 2, what: 'bodies' },
      { session: 2, what: 'messages' },
    ]);
  });

  it('has the bodies and messages where they are asked for, and loses nothing', async () => {
    const { text, report } = await exportText(NDJSON_BODIES_FORMAT, [plain, socket]);
    const [first, second] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(Buffer.from(first.requestBody, 'base64')).toEqual(Buffer.of(1, 2, 255));
    expect(Buffer.from(first.responseBody, 'base64').toString()).toBe('{"ok":true}');
    expect(first).not.toHaveProperty('messages');
    expect(second.messages).toEqual([{ index: 0, direction: 'sent', at: 5, opcode: 2, data: 'AP8=' }]);
    expect(report).toMatchObject({ sessions: 2, lossy: 0, losses: [] });
  });

  it('says nothing of a body that there is not', () => {
    expect(JSON.parse(ndjsonLine(makeSession({ status: null }), true))).not.toHaveProperty('responseBody');
  });

  it('of no sessions is empty', async () => {
    expect((await exportText(NDJSON_FORMAT, [])).text).toBe('');
  });
});
