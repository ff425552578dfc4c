import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { readHar } from './read-har.ts';

const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const entry = (url: string, more: object = {}) => ({
  startedDateTime: '2026-01-02T03:04:05.006Z',
  request: { method: 'GET', url },
  ...more,
});
const har = (...entries: unknown[]) => ({
  log: { version: '1.2', creator: { name: 'x', version: '1' }, entries },
});

async function read(file: unknown, limits = {}) {
  const sessions = [];
  for await (const session of readHar([bytes(file)], limits)) sessions.push(session);
  return sessions;
}

describe('readHar', () => {
  it('numbers entries of other tools in file order, sorted or not', async () => {
    const sessions = await read(
      har(
        entry('https://b.test/', { startedDateTime: '2026-01-02T00:00:00+02:00' }),
        entry('https://a.test/', { startedDateTime: '2026-01-01T00:00:00.0000000Z' }),
      ),
    );
    expect(sessions.map(({ session: { row } }) => [row.id, row.host, row.startedAt])).toEqual([
      [1, 'b.test', Date.UTC(2026, 0, 1, 22)],
      [2, 'a.test', Date.UTC(2026, 0, 1)],
    ]);
  });

  it('accepts a byte order mark', async () => {
    expect(await read(`\ufeff${JSON.stringify(har(entry('https://a.test/')))}`)).toHaveLength(1);
  });

  it('reads from a stream in small chunks', async () => {
    const whole = bytes(har(entry('https://a.test/'), entry('https://b.test/')));
    async function* slow() {
      for (let at = 0; at < whole.length; at += 7) yield whole.subarray(at, at + 7);
    }
    let count = 0;
    for await (const _ of readHar(slow())) count += 1;
    expect(count).toBe(2);
  });

  it('yields each session before it reads on', async () => {
    let given = 0;
    function* endless() {
      yield bytes('{"log":{"entries":[');
      for (;;) {
        given += 1;
        yield bytes(`${JSON.stringify(entry('https://a.test/'))},`);
      }
    }
    let seen = 0;
    for await (const _ of readHar(endless())) if (++seen === 10) break;
    expect(given).toBe(10);
  });

  it.each([
    [har(entry('https://a.test/'), { request: {} }), 'Entry 2 (at byte'],
    [har(entry('/relative')), 'it has no absolute request.url.'],
    [
      har({ ...entry('https://a.test/'), startedDateTime: 'yesterday' }),
      'its startedDateTime is not an ISO 8601 time.',
    ],
    ['{"log":{"entries":[{"a":}]}}', 'Entry 1 (at byte 19): it is not valid JSON.'],
    [har(entry('https://a.test/', { _sluice: { version: 1, row: 5 } })), 'its _sluice.row is damaged'],
    ['PK\u0003\u0004', 'it is not a HAR file'],
  ])('refuses %j with a sentence that says where', async (file, sentence) => {
    await expect(read(file)).rejects.toMatchObject({
      code: 'bad-har',
      message: expect.stringContaining(sentence),
    });
  });

  it('takes limits', async () => {
    const file = har(entry('https://a.test/'), entry('https://b.test/'));
    await expect(read(file, { maxEntries: 1 })).rejects.toThrow('more than 1 entries');
    await expect(read(file, { maxEntryBytes: 20 })).rejects.toThrow('larger than 20 bytes');
    await expect(read(file, { maxDepth: 4 })).rejects.toThrow('deeper than 4');
  });

  it('is not moved by keys that name prototypes', async () => {
    const text = JSON.stringify(har(entry('https://a.test/'))).replaceAll(
      '"method"',
      '"__proto__":{"polluted":1,"postData":{"text":"x"}},"constructor":{"prototype":{"polluted":1}},"method"',
    );
    const [session] = await read(text);
    expect(session?.requestBody.length).toBe(0);
    expect(session?.session.row.method).toBe('GET');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    const row = '{"version":1,"row":{"__proto__":{"mark":3}},"timings":{},"facts":{},"request":{}}';
    const [ours] = await read(
      JSON.stringify(har(entry('https://a.test/', { _sluice: 0 }))).replace(
        '"_sluice":0',
        `"_sluice":${row}`,
      ),
    );
    expect(ours?.session.row.mark).toBe(0);
  });

  it('says what of a file no capture has', async () => {
    const losses = new Losses();
    const file = har(entry('https://a.test/?caf\u00e9'), entry('https://b.test/'));
    const whole = { log: { ...file.log, browser: { name: 'x', version: '1' }, pages: [{ id: 'page_1' }] } };
    const cut = Uint8Array.from(Buffer.from(JSON.stringify(whole)));
    const at = cut.indexOf(0xc3);
    cut[at] = 0xff;
    let id = 10;
    for await (const _ of readHar([cut], {}, losses)) losses.settle(id++);
    expect(losses.report()).toMatchObject({
      sessions: 2,
      lossy: 1,
      losses: [
        { session: 10, what: 'octets that are not UTF-8' },
        { session: 0, what: 'the name of the browser' },
        { session: 0, what: 'a page with its timings' },
      ],
    });
  });
});
