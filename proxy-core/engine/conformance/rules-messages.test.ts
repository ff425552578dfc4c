/** Rules on WebSockets and event streams: their handshakes, and messages that are paused one by one. */
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { PausedItem, PausedResolution } from '#model/rules/paused.ts';
import type { RuleInput } from '#model/rules/rule.ts';
import type { Interception } from '../../intercept/interception.ts';
import { listening } from '../../testing/origin.ts';
import { rawClient } from '../../testing/raw-client.ts';
import { rulesOf } from '../../testing/rules.ts';
import { until } from '../../testing/until.ts';
import { closePayload, frame } from '../../testing/websocket-frames.ts';
import { request, talk, wireBench } from './harness.ts';

const bench = wireBench();
const HANDSHAKE =
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
const AGREED =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const EACH: RuleInput['actions'] = [{ action: 'break', at: 'messages' }];

/** Resolves what is paused by what `say` makes of it. */
function attending(interception: Interception, say: (item: PausedItem) => PausedResolution): Disposable {
  const here = interception.breakpoints.attend();
  const watch = interception.breakpoints.onChange(() => {
    for (const item of interception.breakpoints.items) {
      queueMicrotask(() => interception.breakpoints.resolve(item.id, say(item)));
    }
  });
  return {
    [Symbol.dispose]: () => {
      watch[Symbol.dispose]();
      here[Symbol.dispose]();
    },
  };
}

async function chat(interception: Interception, fields = '') {
  const proxy = await bench().start({ interception });
  let head = '';
  let got = '';
  let made: (socket: Socket) => void = () => {};
  const opened = new Promise<Socket>((resolve) => {
    made = resolve;
  });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      if (head.endsWith('\r\n\r\n')) {
        got += chunk.toString('latin1');
        return;
      }
      head += chunk.toString('latin1');
      if (!head.endsWith('\r\n\r\n')) return;
      socket.write(AGREED);
      made(socket);
    });
  });
  const listener = await listening(server, {});
  const client = await rawClient(proxy.port);
  client.write(
    `GET ${listener.url}/chat HTTP/1.1\r\nHost: ${new URL(listener.url).host}\r\n${HANDSHAKE}${fields}\r\n`,
  );
  await client.until(/\r\n\r\n/);
  const origin = await opened;
  return {
    proxy,
    client,
    origin,
    asked: () => head,
    /** Frames of the client, their masks taken off. */
    got: () => unmasked(got),
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
      origin.destroy();
      await listener[Symbol.asyncDispose]();
    },
  };
}

function unmasked(octets: string): string[] {
  const bytes = Buffer.from(octets, 'latin1');
  const texts: string[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const size = (bytes[at + 1] ?? 0) & 0x7f;
    const key = bytes.subarray(at + 2, at + 6);
    texts.push(
      Buffer.from(
        bytes.subarray(at + 6, at + 6 + size).map((octet, i) => octet ^ (key[i % 4] ?? 0)),
      ).toString(),
    );
    at += 6 + size;
  }
  return texts;
}
const say = (payload: string, opcode = 1) => frame({ payload, opcode, key: 0x01020304 });

describe('a WebSocket', () => {
  it('has its handshake edited like any request and answer', async () => {
    const interception = rulesOf([
      {
        actions: [
          { action: 'set-header', name: 'X-Test', value: '1' },
          { action: 'set-header', in: 'response', name: 'X-Seen', value: '2' },
        ],
      },
    ]);
    await using c = await chat(interception);
    expect(c.asked()).toMatch(/\r\nX-Test: 1\r\n/);
    expect(c.client.text()).toMatch(/\r\nX-Seen: 2\r\n/);
    c.client.write(say('untouched'));
    await until(
      () => c.got().length > 0,
      () => c.asked(),
    );
    expect(c.got()).toEqual(['untouched']);
    c.client.socket.destroy();
    const [recorded] = await c.proxy.sink.ended(1);
    expect(recorded?.session.row.kind).toBe('websocket');
    expect(recorded?.session.touches).toHaveLength(2);
    expect(recorded?.session.response?.sent?.headers).toContainEqual(['X-Seen', '2']);
  });

  it('is answered, or cut, by a rule instead', async () => {
    const interception = rulesOf([{ actions: [{ action: 'block', status: 426 }] }]);
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url, HANDSHAKE));
    expect(await t.client.until(/rule of Sluice/)).toMatch(/^HTTP\/1\.1 426 /);
  });

  it('has the text of its messages replaced by a rule, with nobody there', async () => {
    const interception = rulesOf([
      { actions: [{ action: 'replace-message', direction: 'sent', find: 'a', with: 'A' }] },
      { actions: [{ action: 'replace-message', find: '(\\d+)', with: '<$1>', regex: true }] },
    ]);
    await using c = await chat(interception, 'Sec-WebSocket-Extensions: permessage-deflate\r\n');
    expect(c.asked()).not.toMatch(/Extensions/i);
    c.client.write(say('a 1'));
    c.client.write(say('none'));
    await until(
      () => c.got().length === 2,
      () => JSON.stringify(c.got()),
    );
    expect(c.got()).toEqual(['A <1>', 'none']);
    c.origin.write(frame({ payload: 'a 2' }));
    await c.client.until(/a <2>/);
    c.client.socket.destroy();
    const [recorded] = await c.proxy.sink.ended(1);
    expect(recorded?.session.touches?.map(({ changes }) => changes[0])).toEqual([
      { part: 'message sent', before: 'a 1', after: 'A 1' },
      { part: 'message sent', before: 'A 1', after: 'A <1>' },
      { part: 'message received', before: 'a 2', after: 'a <2>' },
    ]);
  });

  it('has each message paused, edited, dropped or let go, both ways', async () => {
    const interception = rulesOf([{ actions: EACH }]);
    using _attending = attending(interception, ({ content, direction }) => {
      const text = Buffer.from(content ?? []).toString();
      if (text === 'drop') return { kind: 'drop' };
      return text.startsWith('edit')
        ? { kind: 'go', content: new Uint8Array(Buffer.from(`${direction} edited`)) }
        : { kind: 'go' };
    });
    await using c = await chat(interception, 'Sec-WebSocket-Extensions: permessage-deflate\r\n');
    expect(c.asked()).not.toMatch(/Extensions/i);
    for (const text of ['plain', 'drop', 'edit me']) c.client.write(say(text));
    await until(
      () => c.got().length === 2,
      () => JSON.stringify(c.got()),
    );
    expect(c.got()).toEqual(['plain', 'sent edited']);
    c.origin.write(
      Buffer.concat([
        frame({ payload: 'edit too' }),
        frame({ opcode: 9, payload: 'ping' }),
        frame({ payload: 'last' }),
      ]),
    );
    const text = await c.client.until(/last/);
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe(
      Buffer.concat([
        frame({ payload: 'received edited' }),
        frame({ opcode: 9, payload: 'ping' }),
        frame({ payload: 'last' }),
      ]).toString('latin1'),
    );
    c.client.write(frame({ opcode: 8, payload: closePayload(1000), key: 1 }));
    await until(
      () => c.got().length === 3,
      () => JSON.stringify(c.got()),
    );
    c.origin.end(frame({ opcode: 8, payload: closePayload(1000) }));
    const [recorded] = await c.proxy.sink.ended(1);
    expect(recorded?.session.row.state).toBe('completed');
    // What came is recorded, what became of it told.
    expect(
      recorded?.messages.filter(({ opcode }) => opcode === 1).map(({ data }) => Buffer.from(data).toString()),
    ).toEqual(['plain', 'drop', 'edit me', 'edit too', 'last']);
    expect(recorded?.session.touches).toMatchObject([
      { action: 'drop a message', changes: [{ part: 'message sent', before: 'drop' }] },
      { action: 'edit a message', changes: [{ before: 'edit me', after: 'sent edited' }] },
      {
        action: 'edit a message',
        changes: [{ part: 'message received', before: 'edit too', after: 'received edited' }],
      },
    ]);
  });

  it('goes on unchanged when whoever stood at the breakpoint leaves', async () => {
    const interception = rulesOf([{ actions: EACH }]);
    const here = interception.breakpoints.attend();
    await using c = await chat(interception);
    c.client.write(say('waits'));
    await until(
      () => interception.breakpoints.items.length === 1,
      () => 'nothing is paused',
    );
    here[Symbol.dispose]();
    c.client.write(say('passes'));
    await until(
      () => c.got().length === 2,
      () => JSON.stringify(c.got()),
    );
    expect(c.got()).toEqual(['waits', 'passes']);
  });
});

describe('an event stream', () => {
  const events =
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 45\r\n\r\ndata: one\n\ndata: drop\n\nid: 3\ndata: edit\n\nrest';

  it('has each event paused, and stays whole', async () => {
    const interception = rulesOf([{ actions: EACH }]);
    using _attending = attending(interception, ({ content }) => {
      const text = Buffer.from(content ?? []).toString();
      if (text.includes('drop')) return { kind: 'drop' };
      return text.includes('edit')
        ? { kind: 'go', content: new Uint8Array(Buffer.from('data: edited')) }
        : { kind: 'go' };
    });
    await using t = await talk(bench(), { answer: events, engine: { interception } });
    t.client.write(request(t.url, 'Accept-Encoding: gzip\r\n'));
    const text = await t.client.until(/0\r\n\r\n$/);
    expect(t.origin.received().toString('latin1')).not.toMatch(/Accept-Encoding/i);
    expect(text).toMatch(/Transfer-Encoding: chunked/);
    expect(text).not.toMatch(/Content-Length/i);
    const body = text.slice(text.indexOf('\r\n\r\n') + 4).replaceAll(/(^|\r\n)[0-9a-f]+\r\n/g, '');
    expect(body).toBe('data: one\n\ndata: edited\n\nrest\r\n');
    const recorded = await t.session();
    expect(Buffer.from(recorded.responseBody).toString()).toContain('data: drop');
    expect(recorded.session.row.state).toBe('completed');
  });

  it('streams as ever where nobody stands at the breakpoint', async () => {
    await using t = await talk(bench(), {
      answer: events,
      engine: { interception: rulesOf([{ actions: EACH }]) },
    });
    t.client.write(request(t.url));
    expect(await t.client.until(/rest$/)).toBe(events);
  });
});
