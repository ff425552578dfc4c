import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { byteString, readable } from '../octets.ts';
import { postmanBody } from './postman-body.ts';

function body(given: unknown) {
  const losses = new Losses();
  const { type, bytes } = postmanBody(given, (text) => text.replaceAll('{{v}}', 'é'), losses);
  return {
    type,
    text: readable(byteString(bytes)),
    lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`),
  };
}

describe('the body', () => {
  it.each([[undefined], [{}], [{ mode: 'raw', raw: '' }], [{ mode: 'raw', raw: 'x', disabled: true }]])(
    'of %j is empty',
    (given) => {
      expect(body(given)).toEqual({ type: undefined, text: '', lost: [] });
    },
  );

  it.each([
    [
      { mode: 'raw', raw: '{"a":"{{v}}"}', options: { raw: { language: 'json' } } },
      'application/json',
      '{"a":"é"}',
    ],
    [{ mode: 'raw', raw: '<a/>', options: { raw: { language: 'xml' } } }, 'application/xml', '<a/>'],
    [{ mode: 'raw', raw: 'x' }, 'text/plain', 'x'],
    [
      {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'a', value: '{{v}} 1' },
          { key: 'off', value: '', disabled: true },
        ],
      },
      'application/x-www-form-urlencoded',
      'a=%C3%A9%201',
    ],
    [
      { mode: 'graphql', graphql: { query: 'query { a }', variables: '{"x": "{{v}}"}' } },
      'application/json',
      '{"query":"query { a }","variables":{"x":"é"}}',
    ],
    [
      { mode: 'graphql', graphql: { query: '{ a }', variables: 'not json' } },
      'application/json',
      '{"query":"{ a }"}',
    ],
  ])('of %j is read', (given, type, text) => {
    expect(body(given)).toEqual({ type, text, lost: [] });
  });

  it('of a form has its parts, and loses its files', async () => {
    const formdata = [
      { key: 'a', value: '{{v}}', type: 'text' },
      { key: 'f', type: 'file', src: '/home/me/x.png' },
      { key: 'g', type: 'file', src: ['y.bin', 'z'], contentType: 'image/gif' },
      { key: 'off', value: '1', disabled: true },
    ];
    const { type = '', text, lost } = body({ mode: 'formdata', formdata });
    const form = await new Response(text, { headers: { 'content-type': type } }).formData();
    expect([...form.keys()]).toEqual(['a', 'f', 'g']);
    expect(form.get('a')).toBe('é');
    expect(form.get('f')).toMatchObject({ name: 'x.png', type: 'application/octet-stream' });
    expect(form.get('g')).toMatchObject({ name: 'y.bin', type: 'image/gif' });
    expect(lost).toEqual(['content of a file: /home/me/x.png', 'content of a file: y.bin']);
  });

  it('that is a file or of an unknown kind is lost', () => {
    expect(body({ mode: 'file', file: { src: 'x' } }).lost).toEqual(['content of a file: x']);
    expect(body({ mode: 'new', new: 1 }).lost).toEqual(['body of an unknown kind: new']);
  });
});
