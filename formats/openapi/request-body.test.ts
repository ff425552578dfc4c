import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { byteString } from '../octets.ts';
import { createExamples } from './example-value.ts';
import { createReferences } from './references.ts';
import { exampleBody } from './request-body.ts';

function body(content: unknown, document: unknown = {}) {
  const losses = new Losses();
  const references = createReferences(document, losses);
  const found = exampleBody({ content }, references, createExamples(references), losses);
  return {
    type: found?.type,
    text: found && byteString(found.bytes),
    lost: losses.report().losses.map(({ what }) => what),
  };
}
const schema = { type: 'object', properties: { a: { type: 'string' }, n: { type: 'integer' } } };

describe('an example body', () => {
  it('is JSON where that is one of the types', () => {
    const content = {
      'text/plain': {},
      'multipart/form-data': { schema },
      'application/json; charset=utf-8': { schema },
    };
    expect(body(content)).toEqual({
      type: 'application/json; charset=utf-8',
      text: '{\n  "a": "string",\n  "n": 1\n}',
      lost: [],
    });
    expect(body({ 'application/problem+json': { example: [1] } }).text).toBe('[\n  1\n]');
  });

  it('is a form', () => {
    expect(body({ 'application/x-www-form-urlencoded': { schema } }).text).toBe('a=string&n=1');
  });

  it('is a form of parts, files among them empty', async () => {
    const withFile = {
      ...schema,
      properties: { ...schema.properties, f: { type: 'string', format: 'binary' } },
    };
    const { type = '', text } = body({ 'multipart/form-data': { schema: { $ref: '#/s' } } }, { s: withFile });
    const form = await new Response(text ?? '', { headers: { 'content-type': type } }).formData();
    expect([form.get('a'), form.get('n')]).toEqual(['string', '1']);
    expect(form.get('f')).toMatchObject({ name: 'file', size: 0 });
  });

  it('is text where the document gives some', () => {
    expect(body({ 'application/xml': { example: '<a/>' } })).toEqual({
      type: 'application/xml',
      text: '<a/>',
      lost: [],
    });
  });

  it('is empty where nothing can be made, and says so', () => {
    expect(body({ 'application/xml': { schema } })).toEqual({
      type: 'application/xml',
      text: '',
      lost: ['example of a body that is not JSON or a form'],
    });
    expect(body({ '*/*': {} })).toEqual({ type: 'application/octet-stream', text: '', lost: [] });
    expect(body({}).type).toBeUndefined();
    expect(body(null).type).toBeUndefined();
  });
});
