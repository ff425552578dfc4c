import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOfText, textOf } from './body-text.ts';

it('UTF-8 is read as such, anything else octet by octet', () => {
  expect(textOf(Buffer.from('ä'))).toEqual({ text: 'ä', encoding: 'utf8' });
  expect(textOf(Buffer.from([0xe4]))).toEqual({ text: 'ä', encoding: 'latin1' });
  expect(textOf(Buffer.from([1, 0, 2]))).toBeUndefined();
});

it('what an encoding cannot say is written as UTF-8', () => {
  expect(bytesOfText('ä', { encoding: 'latin1' })).toEqual(Buffer.from([0xe4]));
  expect(bytesOfText('€', { encoding: 'latin1' })).toEqual(Buffer.from('€'));
});

it('no octet is lost there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const body = textOf(Buffer.from(bytes));
      if (body !== undefined) expect(new Uint8Array(bytesOfText(body.text, body))).toEqual(bytes);
    }),
  );
});
