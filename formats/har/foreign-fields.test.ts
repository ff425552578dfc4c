import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foreignFields, withForeignFields } from './foreign-fields.ts';

const standard = {
  startedDateTime: '2026-01-02T03:04:05Z',
  time: 1,
  request: { method: 'GET', url: 'https://a.test/', headers: [] },
  response: { status: 200, content: { size: 0 } },
  cache: {},
  timings: { send: 0, wait: 1, receive: 0 },
};
const chrome = {
  ...standard,
  pageref: 'page_1',
  _initiator: { type: 'script', stack: { callFrames: [] } },
  _priority: 'High',
  request: { ...standard.request, comment: 'theirs' },
  response: { ...standard.response, _transferSize: 5, content: { size: 0, _hash: 'x' } },
  timings: { ...standard.timings, _blocked_queueing: 1.5 },
};

describe('fields of other tools', () => {
  it('are what the format does not know', () => {
    expect(JSON.parse(foreignFields(chrome) ?? '')).toEqual({
      entry: { pageref: 'page_1', _initiator: chrome._initiator, _priority: 'High' },
      request: { comment: 'theirs' },
      response: { _transferSize: 5 },
      content: { _hash: 'x' },
      timings: { _blocked_queueing: 1.5 },
    });
  });

  it('are none in an entry that has nothing of its own', () => {
    expect(foreignFields(standard)).toBeUndefined();
    expect(foreignFields({})).toBeUndefined();
    expect(
      foreignFields({ ...standard, _resourceType: 'websocket', _webSocketMessages: [] }),
    ).toBeUndefined();
  });

  it('are a resource type and a cache that say something', () => {
    const text = foreignFields({ ...standard, _resourceType: 'fetch', cache: { beforeRequest: null } });
    expect(JSON.parse(text ?? '')).toEqual({
      entry: { _resourceType: 'fetch', cache: { beforeRequest: null } },
    });
  });

  it('stand again where they stood', () => {
    expect(withForeignFields(standard, foreignFields(chrome))).toEqual(chrome);
  });

  it('never replace what the entry says', () => {
    const hostile = JSON.stringify({
      entry: { time: 9, startedDateTime: 'x', _sluice: { version: 1 } },
      request: { url: 'https://evil.test/' },
      content: { text: 'x' },
    });
    expect(withForeignFields(standard, hostile)).toEqual(standard);
  });

  it.each(['', 'x', 'null', '[]', '5', '{"entry":5}', '{"entry":[1]}'])('are not %j', (text) => {
    expect(Object.keys(withForeignFields(standard, text))).not.toContain('0x');
    expect(withForeignFields(standard, text).request).toEqual(standard.request);
  });

  it('touch no prototype', () => {
    const entry = JSON.parse('{"__proto__":{"a":1},"request":{"__proto__":{"b":1},"_x":{"__proto__":1}}}');
    const text = foreignFields(entry);
    expect(text).toBe('{"request":{"_x":{"__proto__":1}}}');
    const merged = withForeignFields(standard, '{"entry":{"__proto__":{"polluted":1}}}');
    expect('polluted' in merged).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it('come back exactly, whatever they are', () => {
    const own = fc.dictionary(
      fc.string({ minLength: 1 }).map((name) => `_x${name}`),
      fc.jsonValue(),
      { maxKeys: 3 },
    );
    fc.assert(
      fc.property(own, own, own, own, (entry, request, content, timings) => {
        const whole = {
          ...standard,
          ...entry,
          request: { ...standard.request, ...request },
          response: { ...standard.response, content: { size: 0, ...content } },
          timings: { ...standard.timings, ...timings },
        };
        const copy: unknown = JSON.parse(JSON.stringify(whole));
        const text = foreignFields(whole);
        const restored = withForeignFields(standard, text);
        expect(JSON.parse(JSON.stringify(restored))).toEqual(copy);
        expect(foreignFields(restored)).toBe(text);
      }),
    );
  });
});
