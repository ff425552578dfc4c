import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { Losses } from '../losses.ts';
import { addBody, contentOf, emptyBodies, urlencodedFields } from './body-shape.ts';

async function content(...bodies: [type: string, body: string | Uint8Array, more?: HeaderPair[]][]) {
  const shapes = emptyBodies();
  const losses = new Losses();
  for (const [type, body, more = []] of bodies) {
    await addBody(shapes, [['Content-Type', type], ...more], Buffer.from(body as string), losses);
  }
  return {
    count: shapes.count,
    content: contentOf(shapes),
    lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`),
  };
}
const object = (properties: object, required = Object.keys(properties)) => ({
  schema: { type: 'object', properties, required },
});

describe('bodies', () => {
  it('of JSON are merged by their type', async () => {
    const one: HeaderPair[] = [['Content-Encoding', 'gzip']];
    expect(
      await content(
        ['application/json; charset=utf-8', '{"a":1}'],
        ['application/json', gzipSync('{"a":null}'), one],
        ['application/problem+json', '\ufeff[]'],
        ['application/json', ''],
      ),
    ).toEqual({
      count: 3,
      content: {
        'application/json': object({ a: { type: ['integer', 'null'] } }),
        'application/problem+json': { schema: { type: 'array', items: {} } },
      },
      lost: [],
    });
  });

  it('of forms have their fields', async () => {
    expect(
      (await content(['application/x-www-form-urlencoded', 'n=1&name=a+b&tag=x&tag=y'])).content,
    ).toEqual({
      'application/x-www-form-urlencoded': object({
        n: { type: 'integer' },
        name: { type: 'string' },
        tag: { type: 'array', items: { type: 'string' } },
      }),
    });
    const form =
      '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--B\r\nContent-Disposition: form-data; filename="f"; name="f"\r\n\r\n\xff\r\n--B--';
    expect((await content(['multipart/form-data; boundary=B', Buffer.from(form, 'latin1')])).content).toEqual(
      {
        'multipart/form-data': object({ a: { type: 'string' }, f: { type: 'string' } }),
      },
    );
  });

  it('of other types are only named', async () => {
    expect(
      (await content(['text/html', '<p>'], ['image/png', 'x'], ['application/xml', '<a/>'])).content,
    ).toEqual({
      'text/html': { schema: { type: 'string' } },
      'image/png': {},
      'application/xml': { schema: { type: 'string' } },
    });
  });

  it('that cannot be read say so', async () => {
    const { lost, content: found } = await content(
      ['application/json', '{'],
      ['application/json', Uint8Array.of(0xff)],
      ['application/json', 'x', [['Content-Encoding', 'unknown']]],
      ['application/json', gzipSync(Buffer.alloc(9_000_000, ' ')), [['Content-Encoding', 'gzip']]],
    );
    expect(lost).toEqual([
      'schema of a body that cannot be read: not JSON',
      'schema of a body that cannot be read: not JSON',
      'schema of a body that cannot be read: the content coding "unknown" is not known',
      'schema of a body that cannot be read: cut at 8388608 bytes while decoding',
    ]);
    expect(found).toEqual({ 'application/json': {} });
  });

  it('of very many types are told apart only so far', async () => {
    const all = Array.from({ length: 25 }, (_, i): [string, string] => [`x/y${i}`, 'z']);
    const { content: found, lost } = await content(...all);
    expect(Object.keys(found)).toHaveLength(20);
    expect(lost).toHaveLength(5);
  });
});

it('fields of a query are decoded', () => {
  expect(urlencodedFields('a=1&b=%C3%A9+x&c&=d&&e=f=g&%=%zz')).toEqual([
    ['a', '1'],
    ['b', 'é x'],
    ['c', ''],
    ['', 'd'],
    ['e', 'f=g'],
    ['%', '%zz'],
  ]);
});
