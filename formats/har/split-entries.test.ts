import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type HarLimits, splitEntries } from './split-entries.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** `whole` cut at the given places. */
function cutAt(whole: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, i) => whole.subarray(from, sorted[i] ?? whole.length));
}

async function split(chunks: readonly Uint8Array[], limits: Partial<HarLimits> = {}) {
  const found = [];
  for await (const entry of splitEntries(chunks, { ...DEFAULT_LIMITS, ...limits })) found.push(entry);
  return found;
}
const texts = async (file: string, limits?: Partial<HarLimits>) =>
  (await split([bytes(file)], limits)).map(({ text }) => text);

describe('splitEntries', () => {
  it('finds each entry and where it begins', async () => {
    const file = '{"log":{"entries":[ {"a":1}\n,{"b":[{}]}]}}';
    expect(await split([bytes(file)])).toEqual([
      { text: '{"a":1}', offset: 20, exact: true },
      { text: '{"b":[{}]}', offset: 29, exact: true },
    ]);
  });

  it('finds the same wherever the chunks end', async () => {
    const file = bytes(
      '\ufeff{"log":{"pages":[{"entries":[{"no":1}]}],"entries":[{"text":"\\"]}\\\\"},{"\u00e9\ud83d\ude80":[[],{}]}],"_x":"entries"},"entries":[1]}',
    );
    const whole = await split([file]);
    expect(whole.map(({ text }) => text)).toEqual(['{"text":"\\"]}\\\\"}', '{"\u00e9\ud83d\ude80":[[],{}]}']);
    for (let place = 0; place <= file.length; place++) {
      expect(await split(cutAt(file, [place])), `cut at ${place}`).toEqual(whole);
    }
    expect(await split([...file].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('gives back any JSON objects, cut anywhere', async () => {
    const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
    const file = fc.record({
      before: fc.dictionary(fc.string(), fc.jsonValue()),
      entries: fc.array(object, { maxLength: 5 }),
      space: fc.constantFrom(undefined, 2, '\t'),
      cuts: fc.array(fc.nat(), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(file, async ({ before, entries, space, cuts }) => {
        const { entries: _, ...others } = before;
        const json = JSON.stringify(
          { creator: before, log: { ...others, entries, after: before } },
          null,
          space,
        );
        const found = await split(cutAt(bytes(json), cuts));
        expect(found.map(({ text }) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(entries)));
      }),
    );
  });

  it('is content with no entries', async () => {
    expect(await texts('{"log":{"version":"1.2","entries":[]}}')).toEqual([]);
  });

  it.each([
    ['', /empty/],
    ['[]', /byte 0 stands an array/],
    ['<html>', /byte 0 stands something that is not a JSON object/],
    ['\xff\xfe{', /byte 0/],
    ['{"log":{}}', /no log\.entries/],
    ['{"entries":[{}]}', /no log\.entries/],
    ['{"log":{"entries":{}}}', /no log\.entries/],
    ['{"log":{"entries":[{"a"', /is cut: it ends at byte 23 inside entry 1/],
    ['{"log":{"entries":[{}]', /is cut: .* outside the entries/],
    ['{"log":{"entries":[{"a":"', /is cut/],
    ['{"log":{"entries":[{}]]}', /byte 22 stands an unmatched "\]"/],
    ['{"log":{"entries":[{]}]}}', /byte 20 stands an unmatched/],
    ['{"log":{"entries":[1]}}', /byte 19 stands something other than an object/],
    ['{"log":{"entries":["{}"]}}', /byte 19 stands something other/],
    ['{"log":{"entries":[[{}]]}}', /byte 19 stands an array/],
    ['{"log":{"entries":[]}} {}x', /byte 25 stands/],
  ])('refuses %j', async (file, message) => {
    const raw = Uint8Array.from(file, (char) => char.charCodeAt(0));
    await expect(split([raw])).rejects.toMatchObject({
      code: 'bad-har',
      message: expect.stringMatching(message),
    });
  });

  it('reads what is not UTF-8 as well as it can, and says so', async () => {
    const file = Uint8Array.from('{"log":{"entries":[{"a":"\xff"},{}]}}', (char) => char.charCodeAt(0));
    expect(await split([file])).toEqual([
      { text: '{"a":"\ufffd"}', offset: 19, exact: false },
      { text: '{}', offset: 29, exact: true },
    ]);
  });

  it('says what the file holds beside its entries', async () => {
    const said: string[] = [];
    const file =
      '{"comment":"not this","log":{"creator":{"comment":"nor this"},"comment":"c","browser":{"name":"x"},' +
      '"pages":[{"id":"1","x":{}},{}],"entries":[{"comment":"nor this","pages":[{}]}],"_own":[{}]}}';
    for await (const _ of splitEntries([bytes(file)], DEFAULT_LIMITS, (field) => said.push(field)));
    expect(said).toEqual(['comment', 'browser', 'pages', 'pages']);
  });

  it('yields what comes before the fault', async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { text } of splitEntries([bytes('{"log":{"entries":[{"a":1},{"b"')], DEFAULT_LIMITS)) {
        seen.push(text);
      }
    })();
    await expect(reading).rejects.toThrow('cut');
    expect(seen).toEqual(['{"a":1}']);
  });
});

describe('limits', () => {
  it('count entries', async () => {
    await expect(texts('{"log":{"entries":[{},{},{}]}}', { maxEntries: 2 })).rejects.toThrow(
      'more than 2 entries',
    );
    expect(await texts('{"log":{"entries":[{},{}]}}', { maxEntries: 2 })).toHaveLength(2);
  });

  it('bound an entry before it has all arrived', async () => {
    let given = 0;
    const endless = (function* () {
      yield bytes('{"log":{"entries":[{"a":"');
      for (; given < 1000; given++) yield bytes('x'.repeat(100));
    })();
    const reading = (async () => {
      for await (const _ of splitEntries(endless, { ...DEFAULT_LIMITS, maxEntryBytes: 1000 }));
    })();
    await expect(reading).rejects.toThrow('entry 1 is larger than 1000 bytes');
    expect(given).toBeLessThan(20);
  });

  it('bound nesting, inside entries and outside', async () => {
    const deep = '['.repeat(100_000);
    await expect(texts(`{"log":{"entries":[{"a":${deep}`)).rejects.toThrow(
      'entry 1 nests deeper than 1000 levels',
    );
    await expect(texts(`{"log":{"pages":${deep}`)).rejects.toThrow('outside the entries nests deeper');
  });
});
