import { describe, expect, it } from 'vitest';
import { postmanUrl } from './postman-url.ts';

describe('a Postman address', () => {
  it.each([
    ['https://a.test/x?y=1', 'https://a.test/x?y=1'],
    ['a.test/x', 'http://a.test/x'],
    ['{{base}}/x', '{{base}}/x'],
    ['', ''],
    [undefined, ''],
    [{ raw: 'https://a.test/raw' }, 'https://a.test/raw'],
    [{ protocol: 'https', host: ['a', 'test'], port: 8443, path: ['x', 'y'] }, 'https://a.test:8443/x/y'],
    [{ host: ['{{base}}'], path: [{ type: 'string', value: 'x' }] }, '{{base}}/x'],
    [{ protocol: 'http:', host: 'a.test', path: '/x' }, 'http://a.test/x'],
  ])('%j is %s', (url, text) => {
    expect(postmanUrl(url)).toBe(text);
  });

  it('leaves out parameters that are switched off, and tells empty from missing values', () => {
    const query = [
      { key: 'a', value: '1' },
      { key: 'off', value: '1', disabled: true },
      { key: 'empty', value: '' },
      { key: 'bare', value: null },
    ];
    const url = {
      raw: 'https://a.test/?a=1&off=1',
      protocol: 'https',
      host: ['a', 'test'],
      path: [''],
      query,
    };
    expect(postmanUrl(url)).toBe('https://a.test/?a=1&empty=&bare');
  });

  it('fills in the variables of its path', () => {
    const url = {
      raw: 'https://a.test:8080/users/:id/:missing?t=:id',
      variable: [
        { key: 'id', value: '42' },
        { key: 'missing', value: '' },
      ],
    };
    expect(postmanUrl(url)).toBe('https://a.test:8080/users/42/:missing?t=:id');
  });
});
