import { describe, expect, it } from 'vitest';
import { endpointOf } from '#model/path-template.ts';
import { LearnedPaths } from './learned-paths.ts';

const row = (path: string, method = 'GET') => ({
  method,
  scheme: 'https',
  host: 'api.acme.test',
  port: 443,
  path,
});
const word = (i: number) =>
  `thing${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + Math.floor(i / 26))}`;

describe('learnt paths', () => {
  it('are those of the pattern until something is learnt', () => {
    const paths = new LearnedPaths();
    for (const path of ['/orders/17?x=1', '/orders/17/items', '/', '/a/2025-01-01', '/login']) {
      expect(paths.endpointOf(row(path))).toBe(endpointOf(row(path)));
    }
  });

  it('take many words behind one path for names of things', () => {
    const paths = new LearnedPaths();
    for (let i = 0; i < 40; i += 1) paths.endpointOf(row(`/tags/${word(i)}/posts`));
    expect(paths.endpointOf(row('/tags/another/posts'))).toBe('GET https://api.acme.test/tags/{name}/posts');
    expect(paths.endpointOf(row(`/tags/${word(3)}/posts`))).toBe(
      'GET https://api.acme.test/tags/{name}/posts',
    );
    expect(paths.endpointOf(row('/users/another/posts'))).toBe(
      'GET https://api.acme.test/users/another/posts',
    );
    expect(paths.endpointOf({ ...row('/tags/another/posts'), host: 'b.test' })).toBe(
      'GET https://b.test/tags/another/posts',
    );
  });

  it('keep what kind of file it is', () => {
    const paths = new LearnedPaths();
    for (let i = 0; i < 40; i += 1) paths.endpointOf(row(`/i/${word(i)}.png`));
    expect(paths.endpointOf(row('/i/new.svg'))).toBe('GET https://api.acme.test/i/{name}.svg');
  });

  it('have functions at the top for longer', () => {
    const paths = new LearnedPaths();
    for (let i = 0; i < 60; i += 1) paths.endpointOf(row(`/${word(i)}`));
    expect(paths.endpointOf(row('/login'))).toBe('GET https://api.acme.test/login');
  });
});
