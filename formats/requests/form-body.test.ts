import { describe, expect, it } from 'vitest';
import { byteString, utf8ByteString } from '../octets.ts';
import { multipart, percentEncoded, urlencoded } from './form-body.ts';

describe('urlencoded', () => {
  it('is read back by the URL standard as it was', () => {
    const fields: [string, string][] = [
      ['a b', '1&2=3'],
      ['plus', '+%20'],
      ['é', '中'],
      ['', ''],
    ];
    const text = urlencoded(fields.map(([name, value]) => [utf8ByteString(name), utf8ByteString(value)]));
    expect([...new URLSearchParams(text)]).toEqual(fields);
  });

  it('leaves unreserved characters alone', () => {
    expect(percentEncoded('aZ09-._~')).toBe('aZ09-._~');
    expect(percentEncoded(' /\xff\0')).toBe('%20%2F%FF%00');
  });
});

describe('multipart', () => {
  it('is read back by a browser’s parser', async () => {
    const { type, body } = multipart([
      { name: 'a "b"\r\n', content: 'one' },
      { name: 'f', fileName: 'x.bin', type: 'image/png', content: Uint8Array.of(0, 255, 13, 10) },
    ]);
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    expect(form.get('a "b"\r\n')).toBe('one');
    const file = form.get('f');
    if (!(file instanceof File)) throw new Error('no file');
    expect([file.name, file.type]).toEqual(['x.bin', 'image/png']);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 13, 10));
  });

  it('never has its boundary in what it holds', () => {
    const { type, body } = multipart([{ name: 'a', content: 'sluice-form-boundary sluice-form-boundary-1' }]);
    expect(type).toBe('multipart/form-data; boundary=sluice-form-boundary-2');
    expect(byteString(body).endsWith('--sluice-form-boundary-2--\r\n')).toBe(true);
  });

  it('lets no type end its line', () => {
    expect(byteString(multipart([{ name: 'a', type: 'x\r\nY: z', content: '' }]).body)).not.toContain(
      '\r\nY:',
    );
  });
});
