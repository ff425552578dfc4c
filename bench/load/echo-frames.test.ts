import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EchoReader, echoedFrame, sentFrame, WrongEcho } from './echo-frames.ts';

test('what is sent is a masked text frame of 125 octets, which unmasked is what comes back', () => {
  const sent = sentFrame();
  const echo = echoedFrame();
  expect([sent[0], sent[1]]).toEqual([0x81, 0x80 | 125]);
  expect([echo[0], echo[1]]).toEqual([0x81, 125]);
  const mask = sent.subarray(2, 6);
  const unmasked = sent.subarray(6).map((octet, index) => octet ^ (mask[index % 4] ?? 0));
  expect(Buffer.from(unmasked)).toEqual(echo.subarray(2));
  expect(JSON.parse(echo.toString('utf8', 2))).toMatchObject({ event: 'tick' });
});

test('echoes are counted', () => {
  const reader = new EchoReader();
  expect(reader.push(echoedFrame())).toBe(1);
  expect(reader.push(Buffer.concat([echoedFrame(), echoedFrame()]))).toBe(2);
});

test('however they are cut into chunks', () => {
  const all = Buffer.concat([echoedFrame(), echoedFrame(), echoedFrame()]);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: all.length }), { maxLength: 6 }), (cuts) => {
      const places = [0, ...cuts, all.length].toSorted((a, b) => a - b);
      const reader = new EchoReader();
      const counts = places.slice(1).map((end, i) => reader.push(all.subarray(places[i], end)));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    }),
  );
});

test('another octet anywhere is an error', () => {
  fc.assert(
    fc.property(fc.nat({ max: echoedFrame().length - 1 }), (at) => {
      const wrong = echoedFrame();
      wrong.writeUInt8((wrong[at] ?? 0) ^ 1, at);
      expect(() => new EchoReader().push(wrong)).toThrow(WrongEcho);
    }),
  );
});

test('also in a later echo, and when it came in pieces', () => {
  const reader = new EchoReader();
  reader.push(echoedFrame());
  reader.push(echoedFrame().subarray(0, 50));
  expect(() => reader.push(Buffer.from('?'))).toThrow('not the echo');
});

test('a close frame is not an echo', () => {
  expect(() => new EchoReader().push(Buffer.from([0x88, 2, 3, 0xe8]))).toThrow('8802');
});
