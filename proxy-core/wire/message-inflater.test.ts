import { randomBytes } from 'node:crypto';
import * as zlib from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_INFLATE_LIMITS, type InflateLimits, MessageInflater } from './message-inflater.ts';
import type { SeenMessage } from './websocket-reader.ts';

/** A sender's half of RFC 7692: one compressor for all messages, or one for each. */
class Sender {
  readonly #deflate: zlib.DeflateRaw;
  readonly #output: Buffer[] = [];

  constructor(windowBits = 15) {
    this.#deflate = zlib.createDeflateRaw({ windowBits });
    this.#deflate.on('data', (chunk: Buffer) => this.#output.push(chunk));
  }

  async compress(text: string | Uint8Array): Promise<SeenMessage> {
    this.#deflate.write(text);
    await new Promise<void>((done) => this.#deflate.flush(zlib.constants.Z_SYNC_FLUSH, () => done()));
    const whole = Buffer.concat(this.#output.splice(0));
    return compressed(whole.subarray(0, -4));
  }
}

const compressed = (data: Uint8Array, more: Partial<SeenMessage> = {}): SeenMessage => ({
  opcode: 1,
  data: new Uint8Array(data),
  compressed: true,
  ...more,
});
const alone = (text: string | Uint8Array) =>
  compressed(zlib.deflateRawSync(text, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).subarray(0, -4));

const TAKEOVER = { noContextTakeover: false, windowBits: 15 };
const NO_TAKEOVER = { noContextTakeover: true, windowBits: 15 };
const text = (message: SeenMessage | undefined) => message && Buffer.from(message.data).toString();

/** As message-capture does it. */
async function inflate(inflater: MessageInflater, message: SeenMessage): Promise<SeenMessage> {
  return inflater.inflateNow(message) ?? inflater.inflate(message);
}

describe('MessageInflater', () => {
  it.each([
    ['§7.2.3.1, one block', [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], 'Hello'],
    ['§7.2.3.3, no compression', [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00], 'Hello'],
    ['§7.2.3.4, a final block', [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00], 'Hello'],
    [
      '§7.2.3.5, two blocks',
      [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00],
      'Hello',
    ],
    ['§7.2.3.6, nothing', [0x00], ''],
    ['nothing at all', [], ''],
  ])('reads the example of RFC 7692 %s', (_, octets, expected) => {
    const message = new MessageInflater(TAKEOVER).inflateNow(compressed(Uint8Array.from(octets)));
    expect(message).toMatchObject({ opcode: 1, compressed: true, wireSize: octets.length });
    expect(message?.flaw).toBeUndefined();
    expect(text(message)).toBe(expected);
  });

  it('reads what points back into earlier messages (§7.2.3.2)', () => {
    const inflater = new MessageInflater(TAKEOVER);
    inflater.inflateNow(compressed(Uint8Array.of(0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00)));
    const second = inflater.inflateNow(compressed(Uint8Array.of(0xf2, 0x00, 0x11, 0x00, 0x00)));
    expect(text(second)).toBe('Hello');
  });

  it('goes on from a final block', async () => {
    const inflater = new MessageInflater(TAKEOVER);
    inflater.inflateNow(compressed(Uint8Array.of(0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00)));
    expect(text(inflater.inflateNow(compressed(Uint8Array.of(0xf2, 0x00, 0x11, 0x00, 0x00))))).toBe('Hello');
  });

  it.each([8 + 1, 12, 15])(
    'follows a conversation of small and large messages, window 2^%d',
    async (windowBits) => {
      const sender = new Sender(windowBits);
      const inflater = new MessageInflater({ noContextTakeover: false, windowBits });
      const words = randomBytes(3000).toString('hex');
      for (const size of [5, 5000, 1, 200_000, 70, 0, 40_000, 30, 1_500_000, 9]) {
        const said = words.repeat(Math.ceil(size / words.length)).slice(-size);
        const heard = await inflate(inflater, await sender.compress(size === 0 ? '' : said));
        expect(text(heard) === (size === 0 ? '' : said)).toBe(true);
        expect(heard.flaw).toBeUndefined();
      }
    },
  );

  it('says when the inflated text is not UTF-8, and only of texts', () => {
    const inflater = new MessageInflater(TAKEOVER);
    expect(inflater.inflateNow(alone(Buffer.of(0xff)))?.flaw).toMatch(/not valid UTF-8/);
    expect(inflater.inflateNow({ ...alone(Buffer.of(0xff)), opcode: 2 })?.flaw).toBeUndefined();
  });

  it('keeps what was wrong already', () => {
    const message = { ...alone('Hello'), flaw: 'masked by the server' };
    expect(new MessageInflater(TAKEOVER).inflateNow(message)?.flaw).toBe('masked by the server');
  });

  it('shows what there is of a message that broke off', () => {
    const whole = alone('Hello Hello Hello, this is a text').data;
    const message = compressed(whole.subarray(0, -9), { flaw: 'not finished when the connection ended' });
    const shown = new MessageInflater(TAKEOVER).inflateNow(message);
    expect(text(shown)).toMatch(/^Hello Hello/);
    expect(shown?.flaw).toBe('not finished when the connection ended');
  });
});

describe('what cannot be inflated is shown compressed', () => {
  const DAMAGED = compressed(Uint8Array.of(0xff, 0xff, 0xff));

  it.each(['inflateNow', 'inflate'] as const)('damage, by %s', async (method) => {
    const shown = await new MessageInflater(TAKEOVER)[method](DAMAGED);
    expect(shown?.data).toEqual(DAMAGED.data);
    expect(shown?.wireSize).toBeUndefined();
    expect(shown?.flaw).toMatch(/not a valid DEFLATE stream/);
  });

  it('and what may point into it, with context takeover', async () => {
    const inflater = new MessageInflater(TAKEOVER);
    inflater.inflateNow(DAMAGED);
    for (const method of ['inflateNow', 'inflate'] as const) {
      const shown = await inflater[method](alone('Hello'));
      expect(shown?.data).toEqual(alone('Hello').data);
      expect(shown?.flaw).toMatch(/may point into an earlier message/);
    }
  });

  it('and nothing else, without context takeover', () => {
    const inflater = new MessageInflater(NO_TAKEOVER);
    inflater.inflateNow(DAMAGED);
    expect(text(inflater.inflateNow(alone('Hello')))).toBe('Hello');
  });

  it('without context takeover a message that points back is damage', () => {
    const inflater = new MessageInflater(NO_TAKEOVER);
    inflater.inflateNow(alone('Hello'));
    const back = inflater.inflateNow(compressed(Uint8Array.of(0xf2, 0x00, 0x11, 0x00, 0x00)));
    expect(back?.flaw).toMatch(/not a valid DEFLATE stream/);
  });

  it('what was not kept whole', () => {
    const message = { ...alone('Hello'), wireSize: 100 };
    const shown = new MessageInflater(TAKEOVER).inflateNow(message);
    expect(shown).toMatchObject({ wireSize: 100, flaw: expect.stringMatching(/too large to inflate/) });
  });

  it('blocks after a final one are said to be missing', () => {
    const final = zlib.deflateRawSync('Hello');
    const inflater = new MessageInflater(TAKEOVER);
    const shown = inflater.inflateNow(compressed(Buffer.concat([final, final])));
    expect(text(shown)).toBe('Hello');
    expect(shown?.flaw).toMatch(/final DEFLATE block/);
    expect(inflater.inflateNow(alone('x'))?.flaw).toMatch(/may point into/);
  });
});

describe('limits', () => {
  const limits: InflateLimits = { kept: 1000, output: 100_000, ratio: 20, free: 10_000 };
  /** About 12 times smaller compressed. */
  const words = (size: number) =>
    randomBytes(Math.ceil(size / 16))
      .toString('hex')
      .repeat(9)
      .slice(0, size);

  it('cut what is shown, and keep the context of what was cut', async () => {
    const sender = new Sender();
    const inflater = new MessageInflater(TAKEOVER, limits);
    const said = words(50_000);
    const heard = await inflate(inflater, await sender.compress(said));
    expect(text(heard)).toBe(said.slice(0, 1000));
    expect(heard.flaw).toMatch(/shown up to 1000 bytes/);
    expect(text(await inflate(inflater, await sender.compress(said.slice(-900))))).toBe(said.slice(-900));
  });

  it('give up on what becomes too large, altogether or for its size', async () => {
    const inflater = new MessageInflater(NO_TAKEOVER, limits);
    const tooLarge = alone(words(100_001));
    expect((await inflate(inflater, tooLarge)).flaw).toMatch(/more than the limit/);
    const tooSteep = alone('a'.repeat(20_000));
    expect((await inflate(inflater, tooSteep)).flaw).toMatch(/more than the limit/);
    const free = alone('a'.repeat(9000));
    expect((await inflate(inflater, free)).flaw).toMatch(/shown up to/);
  });

  it('hold at their exact boundary', async () => {
    const inflater = new MessageInflater(NO_TAKEOVER, { ...limits, free: 100_000, output: 70_000 });
    expect((await inflate(inflater, alone('a'.repeat(70_000)))).flaw).toMatch(/shown up to/);
    expect((await inflate(inflater, alone('a'.repeat(70_001)))).flaw).toMatch(/more than the limit/);
  });

  it('hold while a bomb inflates: bounded time and memory (R5, 64)', async () => {
    const bomb = compressed(zlib.deflateRawSync(Buffer.alloc(80 * 1024 * 1024), { level: 1 }), {
      opcode: 2,
    });
    const inflater = new MessageInflater(NO_TAKEOVER);
    const before = process.memoryUsage();
    const started = performance.now();
    let peak = 0;
    for (let i = 0; i < 5; i++) {
      expect((await inflate(inflater, bomb)).flaw).toMatch(/more than the limit/);
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before.arrayBuffers);
    }
    expect(peak).toBeLessThan(100 * 1024 * 1024);
    expect(process.memoryUsage().rss - before.rss).toBeLessThan(200 * 1024 * 1024);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('leave the event loop to others meanwhile', async () => {
    const bomb = alone(Buffer.alloc(60 * 1024 * 1024));
    const inflater = new MessageInflater(TAKEOVER, { ...DEFAULT_INFLATE_LIMITS, ratio: 2000 });
    let turns = 0;
    let running = true;
    const turn = () => {
      turns += 1;
      if (running) setImmediate(turn);
    };
    const inflated = inflate(inflater, bomb);
    turn();
    expect((await inflated).flaw).toMatch(/shown up to/);
    running = false;
    expect(turns).toBeGreaterThan(100);
  });
});

describe('properties', () => {
  it('arbitrary octets never throw and never reject, at once or in threads, and say the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }), async (datas) => {
        const [now, later] = [new MessageInflater(TAKEOVER), new MessageInflater(TAKEOVER)];
        for (const data of datas) {
          const shown = now.inflateNow(compressed(data));
          expect(await later.inflate(compressed(data))).toEqual(shown);
        }
      }),
    );
  });
});
